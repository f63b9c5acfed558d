"""The raw text of events: how messages are stored, and how one event is found in them."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
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


def register_packing(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `packed(text)`, so that whoever writes it packs it."""
    connection.create_function("packed", 1, packed, deterministic=True)


def raw_text(connection: sqlite3.Connection, entry: Entry) -> bytes | None:
    """The text of the entry's event as the feed sent it; None once its retention is over."""
    row = connection.execute(
        "SELECT body FROM messages WHERE message = ?", (entry.message,)
    ).fetchone()
    return None if row is None else _item_at(ZstdDecompressor().decompress(row[0]), entry.position)


def raw_texts(
    connection: sqlite3.Connection, message: int, positions: Iterable[int]
) -> tuple[str, int, list[bytes]]:
    """Whose a stored message is, when it came (UTC ms), and the texts at these positions of it."""
    feed, received, body = connection.execute(
        "SELECT feed, received, body FROM messages WHERE message = ?", (message,)
    ).fetchone()
    whole = ZstdDecompressor().decompress(body)
    items = list(_items(whole))
    return feed, received, [items[position] for position in positions]


def _item_at(body: bytes, position: int) -> bytes | None:
    """Item `position` of a message: of a JSON array, else of JSON Lines."""
    return next(islice(_items(body), position, None), None)


def _items(body: bytes) -> Iterator[bytes]:
    return items_of(body) if body.lstrip()[:1] == b"[" else iter(body.split(b"\n"))
