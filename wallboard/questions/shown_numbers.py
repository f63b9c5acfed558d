"""What a search may learn of masked numbers: the digits that are shown, or a number known whole."""

import re
import sqlite3
from functools import lru_cache
from typing import Final

from wallboard.cache.functions import add_function
from wallboard.masking import mask_number

SHOWS: Final = "shows_digits"
"""The function of a connection that `let_shown_digits_be_asked` adds: number, digits -> 0 or 1."""


@lru_cache(maxsize=65_536)
def _shown_parts(number: str | None) -> tuple[str, ...]:
    """The runs of digits that a masked number still shows: `1415` and `71` of `+1 415 *** **71`."""
    return tuple(re.findall(r"\d+", mask_number(number).replace(" ", "")))


def whole_forms(text: str, digits: str) -> tuple[str, ...]:
    """How a number that was typed whole may have been stored, with or without its country code."""
    return text, digits, f"+{digits}", f"+1{digits}"


def digits_of(text: str) -> str:
    """The digits of what is written as a phone number, empty for any other text."""
    if any(not (c.isdecimal() or c in " +-./()") for c in text):
        return ""
    return "".join(c for c in text if c.isdecimal())


def let_shown_digits_be_asked(connection: sqlite3.Connection) -> None:
    """Add the function SHOWS to the connection, once."""
    add_function(connection, SHOWS, 2, _shows)


def _shows(number: str | None, digits: str) -> bool:
    return any(digits in part for part in _shown_parts(number))
