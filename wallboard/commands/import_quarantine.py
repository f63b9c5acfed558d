"""What an import put in quarantine, in words: the first of it, with the line where each stands."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.collector.handover import IMPORT_FEED
from wallboard.collector.quarantine import LONGEST_TEXT
from wallboard.counted import counted
from wallboard.feeds.file import FileError, read_lines
from wallboard.questions.feeds import Quarantined, quarantine, quarantined_after
from widgets.text import visible

SHOWN: Final = 5
STANDARD_INPUT: Final = "-"


def last_entry(cache: Path) -> int | None:
    """The number of the newest entry of the quarantine, 0 for none; None where it is not known."""
    if not cache.exists():
        return 0
    try:
        connection = open_for_reading(cache)
    except CacheError:
        return None
    try:
        return max((entry.number for entry in quarantine(connection, 1)), default=0)
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def set_aside(cache: Path, before: int | None, count: int, files: Sequence[str]) -> Iterator[str]:
    """Sentences about what was put in quarantine after the entry `before`: `count` in all.

    The files are read once more for the lines; those of standard input cannot be told.
    """
    first: tuple[Quarantined, ...] = ()
    if before is not None:
        try:
            connection = open_for_reading(cache)
            try:
                first = quarantined_after(connection, IMPORT_FEED, before, min(SHOWN, count))
            finally:
                connection.close()
        except (CacheError, sqlite3.Error) as error:
            yield f"The reasons in quarantine cannot be read: {error}."
    places = _places(files, {entry.text for entry in first if entry.text is not None})
    unknown = "standard input: " if list(files) == [STANDARD_INPUT] else ""
    for entry in first:
        place = places.get(entry.text or b"", unknown)
        yield visible(f"{place}{entry.sentence}")
    more = count - len(first)
    if more > 0:
        what = f"and {more:,} more" if first else f"{counted(more, 'event')} in quarantine"
        yield f"{what}: `wallboard status` shows the latest."


def _places(files: Sequence[str], texts: set[bytes]) -> dict[bytes, str]:
    """Where each text first stands in the files."""
    found: dict[bytes, str] = {}
    for name in files:
        if name == STANDARD_INPUT:
            continue
        try:
            for chunk in read_lines(Path(name)):
                if len(found) == len(texts):
                    return found
                for number, line in zip(chunk.numbers, chunk.lines, strict=True):
                    if (start := line[:LONGEST_TEXT]) in texts:
                        found.setdefault(start, f"{name}, line {number:,}: ")
        except FileError:
            # The import has said it already; what was found before it is found.
            continue
    return found
