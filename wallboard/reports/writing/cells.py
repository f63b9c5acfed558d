"""The values of each kind of column as cells: texts and numbers, without thousands separators."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec

from wallboard.reporting_time import Calendar
from wallboard.reports.report import Column, Kind
from wallboard.reports.writing.changing import Change
from wallboard.reports.writing.times import time_writer

DECIMALS: Final = 6
"""Money, shares and numbers are rounded to so many places."""

STATES: Final = {name: name.replace("_", " ") for name in ("in_progress", "no_answer", "timed_out")}
"""The states of two words; what a person wrote stays as it was written."""

REMEMBERED: Final = 4_096
"""Lists that are kept written out: there are many equal ones."""

_DECODE: Final = msgspec.json.Decoder().decode


def as_cells(columns: Sequence[Column], calendar: Calendar) -> list[Change | None]:
    """How each column becomes texts and numbers; lists are written out, flags are yes and no."""
    return _changes(columns, calendar, {"list": _lists_as_text, "flag": _flags_as_text})


def as_words(columns: Sequence[Column], calendar: Calendar) -> list[Change | None]:
    """How each column is for people to read: as cells, and states with blanks."""
    as_text: dict[Kind, Change] = {"list": _lists_as_text, "flag": _flags_as_text}
    return _changes(columns, calendar, {**as_text, "state": _states_as_text})


def as_values(columns: Sequence[Column], calendar: Calendar) -> list[Change | None]:
    """How each column becomes JSON values: lists stay lists, flags are true and false."""
    return _changes(columns, calendar, {"list": _lists, "flag": _flags})


def _changes(
    columns: Sequence[Column], calendar: Calendar, own: dict[Kind, Change]
) -> list[Change | None]:
    write = time_writer(calendar)

    def times(column: Sequence[Any]) -> list[Any]:
        return [None if ms is None else write(ms) for ms in column]

    known: dict[Kind, Change] = {
        "time": times,
        "seconds": _seconds,
        "number": _rounded,
        "money": _rounded,
        "share": _rounded,
        "party": _plain,
        **own,
    }
    return [known.get(column.kind) for column in columns]


def _seconds(column: Sequence[Any]) -> list[Any]:
    return [None if ms is None else ms // 1_000 if not ms % 1_000 else ms / 1_000 for ms in column]


def tidy(value: float | None) -> int | float | None:
    """A number without the noise of adding floats, whole where it is whole."""
    if value is None:
        return None
    value = round(value, DECIMALS)
    return int(value) if value == int(value) else value


def _rounded(column: Sequence[Any]) -> list[Any]:
    # As `tidy` does, without a call for each.
    return [
        None if value is None else short if (short := round(value, DECIMALS)) % 1 else int(short)
        for value in column
    ]


def _plain(column: Sequence[Any]) -> list[Any]:
    return [None if party is None else str(party) for party in column]


def _flags_as_text(column: Sequence[Any]) -> list[Any]:
    return [None if value is None else "yes" if value else "no" for value in column]


def _flags(column: Sequence[Any]) -> list[Any]:
    return [None if value is None else bool(value) for value in column]


def _states_as_text(column: Sequence[Any]) -> list[Any]:
    return [STATES.get(state, state) for state in column]


def _lists(column: Sequence[Any]) -> list[Any]:
    return [None if text is None else _DECODE(text) for text in column]


def _lists_as_text(column: Sequence[Any]) -> list[Any]:
    return [None if text is None else _list_as_text(text) for text in column]


@lru_cache(maxsize=REMEMBERED)
def _list_as_text(text: str) -> str:
    return ", ".join(map(str, _DECODE(text)))
