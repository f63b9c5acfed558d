"""Where a value stands in a file, and the sentences said about the values that are wrong."""

import difflib
import json
import re
from collections.abc import Collection
from datetime import date, datetime, time
from pathlib import Path

from msgspec import Struct

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONGEST_SHOWN = 60


class Place(Struct, frozen=True):
    """A key of a file; `problems` is shared by all places of one reading of that file."""

    file: Path
    problems: list[str]
    key: str = ""

    def child(self, key: str) -> "Place":
        """Return the place of a key in this table."""
        written = key if BARE_KEY.fullmatch(key) else _shortened(_quoted(key))
        return Place(self.file, self.problems, f"{self.key}.{written}" if self.key else written)

    def within(self, path: str) -> "Place":
        """Return the place of a path, as messages write it, below this table."""
        return Place(self.file, self.problems, f"{self.key}.{path}".strip("."))

    def item(self, number: int) -> "Place":
        """Return the place of an item of this list, counted from 1 as people count."""
        return Place(self.file, self.problems, f"{self.key}[{number}]")

    def report(self, what: str) -> None:
        """Record a problem: the file and key are put before `what`, a full stop after it."""
        self.problems.append(f"{self.file}: {f'{self.key} ' if self.key else ''}{what}.")

    def expected(self, value: object, expected: str) -> None:
        """Record that `value` was found where `expected` should be."""
        self.report(f"is {shown(value)} where {expected} is expected")

    def unknown(self, key: str, known: Collection[str]) -> None:
        """Record a key that nobody knows, with the nearest known one."""
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known here are {', '.join(known)}"
        self.child(key).report(f"is not a known key ({hint})")


def shown(value: object) -> str:
    """Return a value from a file as words fit for one line of a message."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case str():
            return _shortened(_quoted(value))
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return _shortened(str(value))


def _quoted(text: str) -> str:
    """Return text in quotes with every character that a terminal might obey spelled out."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
