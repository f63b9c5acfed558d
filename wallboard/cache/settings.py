"""By which settings the calls of a cache are judged: its collector's, kept for a look back."""

import sqlite3
from typing import Final

import msgspec

from wallboard.facts.definitions import Settings

_NAME: Final = "settings"
_DECODER: Final = msgspec.json.Decoder(Settings)


def keep_settings(connection: sqlite3.Connection, settings: Settings) -> None:
    """Keep what the collector judges by, where it is not what is kept already."""
    if settings_kept(connection) != settings:
        text = msgspec.json.encode(settings).decode()
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, text))


def settings_kept(connection: sqlite3.Connection) -> Settings | None:
    """What the collector judges by; None where no collector has said so yet."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    return None if row is None else _DECODER.decode(row[0])
