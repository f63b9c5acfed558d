"""The raw text of events: how messages are stored, and how one event is found in them."""

import sqlite3
import zlib
from itertools import islice
from typing import Final

from wallboard.events.split import items_of
from wallboard.facts.entry import Entry

PACKED_AT_ONCE: Final = 8
"""Messages compressed in one short transaction, about 20 ms of work."""


def pack_messages(connection: sqlite3.Connection) -> bool:
    """Compress a few messages to an eighth of their size; tell whether there are more.

    Not done as they arrive: it would cost a busy feed a tenth of its rate.
    """
    found = connection.execute(
        "SELECT message, body FROM messages WHERE packed = 0 LIMIT ?", (PACKED_AT_ONCE,)
    ).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(
            "UPDATE messages SET body = ?, packed = 1 WHERE message = ?",
            [(zlib.compress(body, 1), message) for message, body in found],
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return len(found) == PACKED_AT_ONCE


def raw_text(connection: sqlite3.Connection, entry: Entry) -> bytes | None:
    """The text of the entry's event as the feed sent it; None once its retention is over."""
    row = connection.execute(
        "SELECT body, packed FROM messages WHERE message = ?", (entry.message,)
    ).fetchone()
    if row is None:
        return None
    body, packed = row
    return item_at(zlib.decompress(body) if packed else body, entry.position)


def item_at(body: bytes, position: int) -> bytes | None:
    """Item `position` of a message: of a JSON array, else of JSON Lines."""
    items = items_of(body) if body.lstrip()[:1] == b"[" else iter(body.split(b"\n"))
    return next(islice(items, position, None), None)
