"""The definitions: every one that was sent is kept; names and targets are the latest merged."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlite_utils import Database

from wallboard.collector.call_book import JudgedAnew
from wallboard.events.definitions import (
    AgentDefined,
    CampaignDefined,
    Goal,
    QueueDefined,
    ServiceLevel,
)
from wallboard.events.envelope import milliseconds
from wallboard.events.kinds import Data
from wallboard.facts.definitions import Definitions, Settings
from wallboard.facts.entry import Stamp, merged

KINDS: Final[dict[type[Data], tuple[str, str]]] = {
    CampaignDefined: ("campaign", "campaigns"),
    QueueDefined: ("queue", "queues"),
    AgentDefined: ("agent", "agents"),
}
"""The definitions that have a table, with the name of their key and of the table."""

_ENCODE: Final = msgspec.msgpack.Encoder().encode
_DECODERS: Final[dict[str, msgspec.msgpack.Decoder[Any]]] = {
    kind: msgspec.msgpack.Decoder(data) for data, (kind, _) in KINDS.items()
}


class DefinitionBook:
    """Campaigns, queues and agents as defined, in memory for judging and in the cache."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self.definitions = Definitions(settings)
        self._changed: dict[tuple[str, int, str], None] = {}
        self.forget()

    def forget(self) -> None:
        """Read everything back from the cache."""
        self._changed.clear()
        self.definitions.clear()
        for kind, source, time, sequence, identity, said in self._db.conn.execute(
            "SELECT kind, source, time, sequence, id, said FROM definitions "
            "WHERE kind IN ('campaign', 'queue') ORDER BY time, sequence, id"
        ):
            self.definitions.add(source, (time, sequence, identity), _DECODERS[kind].decode(said))

    def add(self, source: int, stamp: Stamp, said: Data) -> JudgedAnew | None:
        """Add a definition; return which calls are to be judged anew for it, if any."""
        kind, _ = KINDS[type(said)]
        entity = getattr(said, kind)
        self._db.conn.execute(
            "INSERT OR IGNORE INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, source, entity, *stamp, _ENCODE(said)),
        )
        self._changed[kind, source, entity] = None
        if isinstance(said, CampaignDefined | QueueDefined):
            span = self.definitions.add(source, stamp, said)
            return JudgedAnew(kind, source, entity, *span) if span else None
        return None

    def write(self) -> None:
        """Bring names and targets up to date; part of the collector's transaction."""
        for kind, table in KINDS.values():
            rows = [
                self._row(kind, source, entity)
                for known, source, entity in self._changed
                if known == kind
            ]
            if rows:
                self._db.table(table).upsert_all(rows, pk=("source", kind))
        self._changed.clear()

    def _row(self, kind: str, source: int, entity: str) -> dict[str, Any]:
        """The merged definition of an entity as a row of its table."""
        told = self._db.conn.execute(
            "SELECT time, said FROM definitions WHERE kind = ? AND source = ? AND entity = ? "
            "ORDER BY time, sequence, id",
            (kind, source, entity),
        ).fetchall()
        whole = merged([_DECODERS[kind].decode(said) for _, said in told])
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
