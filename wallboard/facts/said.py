"""The fields of events as plain values."""

import re
from typing import Any, Final

from msgspec import UNSET

_DIGITS: Final = frozenset("0123456789")
_DIGIT: Final = re.compile("[0-9]").search


def given(value: Any) -> Any:  # noqa: ANN401 - any field of any event
    """The value of an optional field, None where it was not said."""
    return None if value is UNSET else value


def number_given(value: Any) -> str | None:  # noqa: ANN401 - an optional text
    """A phone number, None where it is withheld: absent, null, blank or without a digit."""
    if not isinstance(value, str):
        return None
    return value if value[-1:] in _DIGITS or _DIGIT(value) else None
