"""The definitions: every one that was sent is kept; names and targets are the latest merged."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec
from sqlite_utils import Database

from wallboard.cache.writer_connection import WriterConnection
from wallboard.collector.call_book import JudgedAnew
from wallboard.events.definitions import (
    AgentDefined,
    CampaignDefined,
    Goal,
    QueueDefined,
    ServiceLevel,
)
from wallboard.events.envelope import Stamp, milliseconds
from wallboard.events.kinds import Data
from wallboard.facts.definitions import Defined, Definitions, Key, Settings
from wallboard.facts.entry import merged

T = TypeVar("T")

CHUNK: Final = 10_000
"""What is bound to one statement at most; SQLite takes three times as much."""

KINDS: Final[dict[type[Data], tuple[str, str]]] = {
    CampaignDefined: ("campaign", "campaigns"),
    QueueDefined: ("queue", "queues"),
    AgentDefined: ("agent", "agents"),
}
"""The definitions that have a table, with the name of their key and of the table."""

_ENCODE: Final = msgspec.msgpack.Encoder().encode
_SAID: Final = (
    "SELECT time, sequence, id, said FROM definitions WHERE kind = ? AND source = ? AND entity = ?"
    " ORDER BY time, sequence, id"
)
_DECODERS: Final[dict[str, msgspec.msgpack.Decoder[Any]]] = {
    kind: msgspec.msgpack.Decoder(data) for data, (kind, _) in KINDS.items()
}


class DefinitionBook:
    """Campaigns, queues and agents as defined, in memory for judging and in the cache."""

    def __init__(self, db: Database, connection: WriterConnection, settings: Settings) -> None:
        self._db = db
        self._connection = connection
        self.definitions = Definitions(settings, self._stored)
        self._changed: dict[tuple[str, int, str], None] = {}
        self._judged: dict[tuple[str, int], dict[str, tuple[int, int]]] = {}
        self._told: dict[Key, dict[Stamp, Defined]] = {}
        self.forget()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._changed.clear()
        self._judged.clear()
        self._told.clear()
        self.definitions.clear()

    def _stored(self, key: Key) -> Iterator[tuple[Stamp, Defined]]:
        """What the cache holds of a campaign or a queue."""
        decode = _DECODERS[key[0]].decode
        for time, sequence, identity, said in self._connection.execute(_SAID, key):
            yield (time, sequence, identity), decode(said)

    def add(self, source: int, stamp: Stamp, said: Data) -> None:
        """Add a definition; for some, calls are to be judged anew: see `judged_anew`."""
        kind, _ = KINDS[type(said)]
        entity = getattr(said, kind)
        # Before it is in the cache: what is read back must not have it already.
        if isinstance(said, CampaignDefined | QueueDefined):
            key = (kind, source, entity)
            self.definitions.remember(key)
            self._told.setdefault(key, {})[stamp] = said
        self._connection.execute(
            "INSERT OR IGNORE INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, source, entity, *stamp, _ENCODE(said)),
        )
        self._changed[kind, source, entity] = None

    def judged_anew(self) -> list[JudgedAnew]:
        """What was changed since the last time that calls are judged by, as few as may be.

        Each is one look at all calls.
        """
        groups = [
            JudgedAnew(kind, source, dict(items))
            for (kind, source), spans in self._judged.items()
            for items in _in_chunks(list(spans.items()))
        ]
        self._judged.clear()
        return groups

    def write(self) -> None:
        """Bring names, targets and terms up to date; part of the collector's transaction.

        Calls are judged by what was added only from now on.
        """
        for (kind, source, entity), told in self._told.items():
            span = self.definitions.add_all((kind, source, entity), list(told.items()))
            if span is not None:
                spans = self._judged.setdefault((kind, source), {})
                start, end = spans.get(entity, span)
                spans[entity] = min(start, span[0]), max(end, span[1])
        self._told.clear()
        for kind, table in KINDS.values():
            rows = [
                self._row(kind, source, entity)
                for known, source, entity in self._changed
                if known == kind
            ]
            if rows:
                self._connection.carry_out()
                self._db.table(table).upsert_all(rows, pk=("source", kind))
        self._changed.clear()

    def _row(self, kind: str, source: int, entity: str) -> dict[str, Any]:
        """The merged definition of an entity as a row of its table."""
        told = self._connection.execute(_SAID, (kind, source, entity)).fetchall()
        whole = merged([_DECODERS[kind].decode(said) for *_, said in told])
        row: dict[str, Any] = {"source": source}
        if kind == "campaign":
            row["defined_at"] = told[0][0]
        for name in whole.__struct_fields__:
            value = getattr(whole, name)
            if name == "service_level":
                level = value if isinstance(value, ServiceLevel) else None
                row["service_level_seconds"] = level.seconds if level else None
                row["service_level_share"] = level.share if level else None
            elif name == "goal":
                goal = value if isinstance(value, Goal) else None
                row["goal_name"] = goal.name if goal else None
                row["goal_type"] = goal.type if goal else None
            elif name in {"starts", "ends"}:
                row[name] = milliseconds(value) if isinstance(value, datetime) else None
            elif name == "skills":
                row[name] = msgspec.json.encode(value).decode() if isinstance(value, list) else None
            elif name in _COLUMNS[kind]:
                row[name] = None if value is msgspec.UNSET else value
        return row


def _in_chunks(items: list[T]) -> Iterator[list[T]]:
    for at in range(0, len(items), CHUNK):
        yield items[at : at + CHUNK]


_COLUMNS: Final = {
    "campaign": frozenset(
        {
            *("campaign", "name", "direction", "channel", "account", "parent"),
            *("control_share", "drop_limit", "drop_seconds"),
        }
    ),
    "queue": frozenset(("queue", "name", "short_abandon_seconds")),
    "agent": frozenset(("agent", "name", "team")),
}
