"""The kinds of values a key may hold; each reads what TOML gave, or says what it expected."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from wallboard.config.place import Place

LARGEST_EXACT = 1 << 53  # beyond it a float no longer holds every whole number


class Refused:
    """Stands for a value that was reported as wrong."""


REFUSED: Final = Refused()


class Kind(Protocol):
    """What a key may hold."""

    def read(self, value: object, place: Place) -> object:
        """Return the value as the configuration holds it, or report it and return REFUSED."""
        ...


class Text(Struct, frozen=True):
    """A line of text; `fits` narrows it, `secret` keeps the value out of messages."""

    expected: str = "a text"
    fits: Callable[[str], object] = lambda _: True
    secret: bool = False

    def read(self, value: object, place: Place) -> object:
        """Return the text."""
        if isinstance(value, str) and all(map(str.isprintable, value)) and self.fits(value):
            return value
        if self.secret:
            place.report(f"is not {self.expected} (its value is not repeated here)")
        else:
            place.expected(value, self.expected)
        return REFUSED


class Choice(Struct, frozen=True):
    """One text of a closed list."""

    names: tuple[str, ...]

    def read(self, value: object, place: Place) -> object:
        """Return the name."""
        if isinstance(value, str) and value in self.names:
            return value
        place.expected(value, f"one of {', '.join(name or 'an empty text' for name in self.names)}")
        return REFUSED


class Flag(Struct, frozen=True):
    """True or false."""

    def read(self, value: object, place: Place) -> object:
        """Return the flag."""
        if isinstance(value, bool):
            return value
        place.expected(value, "true or false")
        return REFUSED


class Number(Struct, frozen=True):
    """A finite number from `least` to `most`, both included; `whole` for an integer."""

    expected: str
    least: float = -math.inf
    most: float = math.inf
    whole: bool = False

    def read(self, value: object, place: Place) -> object:
        """Return an int where a whole number is asked for, else a float."""
        number = self._number(value)
        if number is not None and self.least <= number <= self.most:
            return number
        place.expected(value, self.expected)
        return REFUSED

    def _number(self, value: object) -> int | float | None:
        if isinstance(value, bool):
            return None
        if isinstance(value, int) and abs(value) <= LARGEST_EXACT:
            return value if self.whole else float(value)
        if isinstance(value, float) and math.isfinite(value) and not self.whole:
            return value
        return None


class FilePath(Struct, frozen=True):
    """A path; `~` is the user's home, a relative one starts at the configuration's folder."""

    def read(self, value: object, place: Place) -> object:
        """Return an absolute path, or None for an empty text."""
        if value == "":
            return None
        if isinstance(value, str) and all(map(str.isprintable, value)):
            try:
                return place.file.absolute().parent / Path(value).expanduser()
            except RuntimeError:
                place.report(f"is {value} where the home of that user is not known")
                return REFUSED
        place.expected(value, "the path of a file")
        return REFUSED


class ListOf(Struct, frozen=True):
    """A list of values of one kind, held as a tuple."""

    kind: Kind
    expected: str = "a list"
    least: int = 0

    def read(self, value: object, place: Place) -> object:
        """Return a tuple of what the items were read as."""
        if not isinstance(value, list) or len(value) < self.least:
            place.expected(value, self.expected)
            return REFUSED
        items = [self.kind.read(item, place.item(n)) for n, item in enumerate(value, 1)]
        return REFUSED if REFUSED in items else tuple(items)


class MapOf(Struct, frozen=True):
    """A table whose keys are free, all values of one kind."""

    kind: Kind

    def read(self, value: object, place: Place) -> object:
        """Return a dictionary."""
        if not isinstance(value, dict):
            place.expected(value, "a table")
            return REFUSED
        read = {key: self.kind.read(item, place.child(key)) for key, item in value.items()}
        return REFUSED if REFUSED in read.values() else read


SECONDS: Final = Number(
    "a number of seconds, 0 or more and 1,000,000,000 at most", least=0, most=1_000_000_000
)
"""In ms a larger one would be more than what times are reckoned with can hold."""
HOURS: Final = Number("a number of hours, 0 or more and 1,000,000 at most", 0, 1_000_000)
YEARS: Final = Number("a number of years, 0 or more and 1,000 at most", 0, 1_000)
LONGEST_DAYS: Final = 100_000
SHARE: Final = Number("a share from 0 to 1", least=0, most=1)
