"""A list of calls as a table, as JSON or as csv, made page by page."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol

import msgspec

from wallboard.commands.call_values import Values, line_values
from wallboard.commands.plain_table import table_lines, widths_of
from wallboard.masking import show_number
from wallboard.questions.call_answers import CallLine
from wallboard.questions.names import Name, Names
from wallboard.reporting_time import Calendar
from wallboard.reports.writing.formulas import shielded
from widgets.figures import UNKNOWN, duration

HEAD: Final = (
    *("call", "started", "direction", "state", "from", "to", "campaign", "queue", "agent"),
    *("wait", "talk", "disposition"),
)
COLUMNS: Final = (
    *("call", "started_at", "direction", "state", "from_number", "to_number", "contact"),
    *("campaign", "campaign_name", "queue", "queue_name", "agent", "agent_name"),
    *("duration_seconds", "wait_seconds", "talk_seconds", "disposition", "legs"),
)


class Listing(Protocol):
    """A list that is printed page by page."""

    def page(self, lines: Sequence[CallLine]) -> str:
        """The text of a page, without its last line end; empty for nothing to print."""
        ...

    def end(self) -> str:
        """What comes after the last page."""
        ...


class _Named:
    """The names of what calls go by, and the calendar for their times."""

    def __init__(self, calendar: Calendar, names: Names) -> None:
        self.calendar = calendar
        self._names = {
            "campaign": _by_id(names.campaigns),
            "queue": _by_id(names.queues),
            "agent": _by_id(names.agents),
        }

    def name(self, kind: str, entity: str | None) -> str | None:
        """The name of an entity: its id where it has none; None for none."""
        return None if entity is None else self._names[kind].get(entity, entity)

    def values(self, line: CallLine) -> Values:
        """The call as JSON has it, with the names beside the ids."""
        values: Values = {}
        for key, value in line_values(line, self.calendar).items():
            values[key] = value
            if key in self._names:
                values[f"{key}_name"] = self.name(key, value)
        return values


class _Table(_Named):
    """Columns as wide as those of the first page need."""

    def __init__(self, calendar: Calendar, names: Names) -> None:
        super().__init__(calendar, names)
        self._widths: list[int] = []

    def page(self, lines: Sequence[CallLine]) -> str:
        """The rows; before the first of them the head."""
        if not lines:
            return ""
        rows = [self._row(line) for line in lines]
        is_first = not self._widths
        self._widths = self._widths or widths_of(HEAD, rows)
        return table_lines(HEAD, rows, self._widths, "wait talk", with_head=is_first)

    def end(self) -> str:
        """Nothing."""
        return ""

    def _row(self, line: CallLine) -> tuple[str, ...]:
        started = UNKNOWN if line.started is None else self.calendar.format_time(line.started)
        return (
            line.call,
            started,
            line.direction or UNKNOWN,
            line.state.replace("_", " "),
            _number(line.from_number),
            _number(line.to_number),
            self.name("campaign", line.campaign) or UNKNOWN,
            self.name("queue", line.queue) or UNKNOWN,
            self.name("agent", line.agent) or UNKNOWN,
            duration(line.wait_seconds),
            duration(line.talk_seconds),
            line.disposition or "",
        )


class _Json(_Named):
    """One array of objects, a line each."""

    _begun = False

    def page(self, lines: Sequence[CallLine]) -> str:
        """The objects of a page, after what separates them from those before."""
        items = [msgspec.json.encode(self.values(line)).decode() for line in lines]
        if not items:
            return ""
        before = ", " if self._begun else "[ "
        self._begun = True
        return before + "\n, ".join(items)

    def end(self) -> str:
        """The end of the array."""
        return "]" if self._begun else "[]"


class _Csv(_Named):
    """RFC 4180 with a header row; what a spreadsheet would run has an apostrophe before it."""

    _begun = False

    def page(self, lines: Sequence[CallLine]) -> str:
        """The rows; before the first of them the header."""
        text = io.StringIO()
        rows = csv.writer(text)
        if not self._begun:
            rows.writerow(COLUMNS)
        self._begun = True
        for line in lines:
            values = self.values(line)
            values["started_at"] = values["started"]
            rows.writerow([_cell(values[column]) for column in COLUMNS])
        return text.getvalue().removesuffix("\n")

    def end(self) -> str:
        """Nothing."""
        return ""


def _cell(value: object) -> object:
    return shielded(value) if isinstance(value, str) else value


def _number(number: str | None) -> str:
    """A number that may be masked already, which then is no number in E.164 form any more."""
    return number if number and "*" in number else show_number(number, masked=False)


def _by_id(named: Sequence[Name]) -> dict[str, str]:
    return {name.id: name.name for name in named}


FORMATS: Final[Mapping[str, Callable[[Calendar, Names], Listing]]] = MappingProxyType(
    {"table": _Table, "json": _Json, "csv": _Csv}
)
