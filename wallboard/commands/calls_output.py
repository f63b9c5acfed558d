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
from wallboard.questions.tries import tries_in_words
from wallboard.reporting_time import Calendar
from wallboard.reports.writing.formulas import shielded
from widgets.figures import UNKNOWN, age, duration

HEAD: Final = (
    *("call", "started", "direction", "state", "from", "to", "campaign", "queue", "agent"),
    *("wait", "talk", "disposition"),
)
HEAD_TO_CALL_BACK: Final = (*HEAD[:-2], "ago", "tried")
"""Nobody answered these: they have no talk and no disposition."""
COLUMNS: Final = (
    *("call", "started_at", "direction", "state", "from_number", "to_number", "contact"),
    *("campaign", "campaign_name", "queue", "queue_name", "agent", "agent_name"),
    *("duration_seconds", "wait_seconds", "talk_seconds", "disposition", "legs"),
)
TO_CALL_BACK: Final = ("ago_seconds", "tries")
"""What those to call back have besides: the seconds since they called, and how often in a row they
reached nobody: 100 at the most, and 0 when a call of theirs was answered later."""


class Listing(Protocol):
    """A list that is printed page by page."""

    def page(self, lines: Sequence[CallLine], tries: Mapping[int, int]) -> str:
        """The text of a page, without its last line end; empty for nothing to print.

        `tries`: of those to call back, by the number of the call, how often they tried.
        """
        ...

    def end(self) -> str:
        """What comes after the last page."""
        ...


class _Named:
    """The names of what calls go by, and the calendar for their times.

    `back_at`: the moment of the list, in UTC ms, where it is of those to call back; else None.
    """

    def __init__(self, calendar: Calendar, names: Names, back_at: int | None) -> None:
        self.calendar = calendar
        self.back_at = back_at
        self._names = {
            "campaign": _by_id(names.campaigns),
            "queue": _by_id(names.queues),
            "agent": _by_id(names.agents),
        }

    def name(self, kind: str, entity: str | None) -> str | None:
        """The name of an entity: its id where it has none; None for none."""
        return None if entity is None else self._names[kind].get(entity, entity)

    def ago_seconds(self, line: CallLine, now: int) -> float:
        """How long ago the call began."""
        return max(0, now - (line.started or line.first_event)) / 1_000

    def values(self, line: CallLine, tries: Mapping[int, int]) -> Values:
        """The call as JSON has it, with the names beside the ids."""
        values: Values = {}
        for key, value in line_values(line, self.calendar).items():
            values[key] = value
            if key in self._names:
                values[f"{key}_name"] = self.name(key, value)
        if self.back_at is not None:
            told = (self.ago_seconds(line, self.back_at), tries.get(line.number))
            values |= dict(zip(TO_CALL_BACK, told, strict=True))
        return values


class _Table(_Named):
    """Columns as wide as those of the first page need."""

    def __init__(self, calendar: Calendar, names: Names, back_at: int | None) -> None:
        super().__init__(calendar, names, back_at)
        self._widths: list[int] = []

    def page(self, lines: Sequence[CallLine], tries: Mapping[int, int]) -> str:
        """The rows; before the first of them the head."""
        if not lines:
            return ""
        head = HEAD if self.back_at is None else HEAD_TO_CALL_BACK
        rows = [(*self._row(line), *self._rest(line, tries)) for line in lines]
        is_first = not self._widths
        self._widths = self._widths or widths_of(head, rows)
        return table_lines(head, rows, self._widths, "wait talk ago tried", with_head=is_first)

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
        )

    def _rest(self, line: CallLine, tries: Mapping[int, int]) -> tuple[str, str]:
        if self.back_at is None:
            return duration(line.talk_seconds), line.disposition or ""
        tried = tries.get(line.number)
        told = UNKNOWN if tried is None else tries_in_words(tried)
        return age(self.ago_seconds(line, self.back_at)), told


class _Json(_Named):
    """One array of objects, a line each."""

    _begun = False

    def page(self, lines: Sequence[CallLine], tries: Mapping[int, int]) -> str:
        """The objects of a page, after what separates them from those before."""
        items = [msgspec.json.encode(self.values(line, tries)).decode() for line in lines]
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

    def page(self, lines: Sequence[CallLine], tries: Mapping[int, int]) -> str:
        """The rows; before the first of them the header."""
        columns = COLUMNS if self.back_at is None else (*COLUMNS, *TO_CALL_BACK)
        text = io.StringIO()
        rows = csv.writer(text)
        if not self._begun:
            rows.writerow(columns)
        self._begun = True
        for line in lines:
            values = self.values(line, tries)
            values["started_at"] = values["started"]
            rows.writerow([_cell(values[column]) for column in columns])
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


FORMATS: Final[Mapping[str, Callable[[Calendar, Names, int | None], Listing]]] = MappingProxyType(
    {"table": _Table, "json": _Json, "csv": _Csv}
)
