"""The raw text of events: how messages are stored, and how one event is found in them."""

import sqlite3
import threading
from itertools import islice
from typing import Final

from zstandard import ZstdCompressor, ZstdDecompressor

from wallboard.events.split import items_of
from wallboard.facts.entry import Entry

LEVEL: Final = 1
"""Of the levels tried on the demo's events the fastest but one, and the smallest result."""


class _Compressor(threading.local):
    """A compressor of each thread's own, for it serves one only; kept, for its memory is large."""

    def __init__(self) -> None:
        self.compress = ZstdCompressor(level=LEVEL).compress


_COMPRESSOR: Final = _Compressor()


def packed(body: bytes) -> bytes:
    """A message's text as the cache stores it: a tenth of its size."""
    return _COMPRESSOR.compress(body)


def raw_text(connection: sqlite3.Connection, entry: Entry) -> bytes | None:
    """The text of the entry's event as the feed sent it; None once its retention is over."""
    row = connection.execute(
        "SELECT body FROM messages WHERE message = ?", (entry.message,)
    ).fetchone()
    return None if row is None else _item_at(ZstdDecompressor().decompress(row[0]), entry.position)


def _item_at(body: bytes, position: int) -> bytes | None:
    """Item `position` of a message: of a JSON array, else of JSON Lines."""
    items = items_of(body) if body.lstrip()[:1] == b"[" else iter(body.split(b"\n"))
    return next(islice(items, position, None), None)
