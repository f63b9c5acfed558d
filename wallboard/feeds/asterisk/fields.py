"""Reading the fields of one AMI message, in which nothing is ever simply absent."""

from collections.abc import Mapping
from typing import Final, TypeAlias

Fields: TypeAlias = Mapping[str, str | list[str]]
"""One message of AMI; a key that is repeated (UserEvent does so) holds a list."""

PLACEHOLDERS: Final = frozenset({"", "<unknown>", "unknown", "(null)"})
"""What Asterisk writes where it knows nothing."""


def text(fields: Fields, key: str) -> str:
    """The value as it came, the first where the key is repeated; empty where it is absent."""
    value = fields.get(key, "")
    if isinstance(value, str):
        return value
    return value[0] if value else ""


def known(fields: Fields, key: str) -> str | None:
    """The value, None where a placeholder stands for it."""
    value = text(fields, key).strip()
    return None if value in PLACEHOLDERS else value


def whole(fields: Fields, key: str) -> int | None:
    """A whole number of up to nine digits, None where there is none."""
    value = text(fields, key)
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else None


def moment(fields: Fields, received: int) -> int:
    """When it happened in UTC milliseconds: its Timestamp, else when it arrived.

    Only with `timestampevents=yes` in manager.conf do events carry one.
    """
    try:
        return round(float(text(fields, "Timestamp")) * 1_000)
    except (ValueError, OverflowError):
        return received


def seconds_of(duration: str) -> int:
    """The seconds of `01:02:03`, as a snapshot of channels tells how long one has lived."""
    total = 0
    for part in duration.split(":"):
        total = total * 60 + (int(part) if part.isascii() and part.isdigit() else 0)
    return total
