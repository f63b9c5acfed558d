"""Other numbers and names in the place of real ones: the same for the same, within one recording.

Unlike the masks of screens they keep different callers apart, so that a fault can be reproduced.
"""

import re
import secrets
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

LEFT_OUT: Final = "(left out)"
NUMBER: Final = re.compile(r"(?<![\w.+-])(\+?)(\d{7,15})(?![\w.])")
"""Digits that may be a phone number: not within an id, as pbx-1795316780.2, nor a time."""
SECRET: Final = re.compile(r"secret|passw|token|authori[sz]ation|api_?key|challenge", re.IGNORECASE)
NAMES: Final = re.compile(
    r"(CallerIDName|ConnectedLineName|MemberName|^Name)$|^(name|client|original_name|notes)$"
)
"""Fields that hold names of people, of AMI, of ARI, and of our own events."""
NUMBERS: Final = re.compile(
    r"(CallerIDNum|ConnectedLineNum)$|^(number|phone|(from|to)_number|caller_id|to)$"
)
EITHER: Final = frozenset({"caller_id", "to"})
"""Fields of our own events that hold a number, or else the name or address of a person."""
KEPT: Final = re.compile(
    r"(Timestamp|Uniqueid|Linkedid|TV|SessionID|LastCall|LastPause|LoginTime)$"
    r"|^(id|time|ts|source|sequence|oldest|newest|epoch)$"
)
"""Fields that tie things together or tell when they were."""


class Pseudonyms:
    """Replaces numbers and names; made anew, it gives others."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = secrets.token_bytes(32) if key is None else key
        self._people: dict[str, str] = {}

    def masked(self, value: object, field: str = "") -> object:
        """A value of JSON with everything in it replaced that may be a person's."""
        if isinstance(value, Mapping):
            return {key: self.masked(item, str(key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.masked(item, field) for item in value]
        if not isinstance(value, str) or KEPT.search(field):
            return value
        if NAMES.search(field):
            return self.name(value)
        if NUMBERS.search(field) and value.lstrip("+").isdigit() and len(value) > 4:
            return self.number(value)
        if field in EITHER and any(sign.isalpha() for sign in value):
            return self.name(value)
        for known, other in self._people.items():
            if len(known) > 3 and known in value:
                value = value.replace(known, other)
        return NUMBER.sub(lambda found: self.number(found[0]), value)

    def number(self, number: str) -> str:
        """Another number of the same length, with the same first two digits."""
        plus, digits = ("+", number[1:]) if number.startswith("+") else ("", number)
        hashed = int.from_bytes(blake2b(digits.encode(), key=self._key, digest_size=16).digest())
        return f"{plus}{digits[:2]}{str(hashed).zfill(40)[-(len(digits) - 2) :]}"

    def name(self, name: str) -> str:
        """Another name: Person 1, Person 2, in the order in which they are met."""
        if not name.strip() or name in {"<unknown>", "unknown"}:
            return name
        return self._people.setdefault(name, f"Person {len(self._people) + 1}")


def without_secrets(value: object, field: str = "") -> object:
    """A value of JSON without what may be a secret."""
    if isinstance(value, Mapping):
        return {key: without_secrets(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item, field) for item in value]
    if field and SECRET.search(field) and isinstance(value, str) and value:
        return LEFT_OUT
    return value
