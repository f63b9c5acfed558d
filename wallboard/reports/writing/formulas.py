"""Text that a spreadsheet would run as a formula, made harmless."""

from collections.abc import Sequence
from typing import Any, Final

from wallboard.reports.report import FIGURES, Column
from wallboard.reports.writing.changing import Change

STARTS: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with in one spreadsheet or another, in full width too."""

SHIELD: Final = "'"
"""Before a text that begins so: spreadsheets then take it as text."""

_SAFE: Final = frozenset({*FIGURES, "time", "day", "flag"})


def shielded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it."""
    return SHIELD + text if text[:1] in STARTS else text


def shields(columns: Sequence[Column]) -> list[Change | None]:
    """What makes each column harmless; numbers, times and days stay what they are."""
    return [None if column.kind in _SAFE else _shield for column in columns]


def _shield(column: Sequence[Any]) -> list[Any]:
    return [SHIELD + text if text and text[0] in STARTS else text for text in column]
