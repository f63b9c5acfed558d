"""What campaigns, queues and agents were defined as at an instant in the past.

Their tables hold what they are defined as by now. So only those of which something was said after
the instant are looked up.
"""

import sqlite3
from collections.abc import Collection, Iterable
from typing import Any, Final

import msgspec

from wallboard.events.definitions import AgentDefined, CampaignDefined, QueueDefined, ServiceLevel
from wallboard.facts.entry import merged
from wallboard.questions.past_calls import is_past

Defined = AgentDefined | CampaignDefined | QueueDefined
FEW: Final = 1_000
"""So many entities are looked up one by one."""

Then = dict[tuple[int, str], Defined | None]
"""By source and id; None for what was not defined yet."""

DECODERS: Final[dict[str, msgspec.msgpack.Decoder[Any]]] = {
    "agent": msgspec.msgpack.Decoder(AgentDefined),
    "campaign": msgspec.msgpack.Decoder(CampaignDefined),
    "queue": msgspec.msgpack.Decoder(QueueDefined),
}
_LATER: Final = """
SELECT source, entity FROM definitions WHERE kind = ? GROUP BY source, entity HAVING max(time) > ?
"""
_IS_LATER: Final = """
SELECT 1 FROM definitions WHERE kind = ? AND source = ? AND entity = ? AND time > ? LIMIT 1
"""
_SAID: Final = """
SELECT said FROM definitions WHERE kind = ? AND source = ? AND entity = ? AND time <= ?
ORDER BY time, sequence, id
"""


def defined_then(
    connection: sqlite3.Connection, kind: str, now: int, of: Collection[tuple[int, str]]
) -> Then:
    """What was defined otherwise at `now` (UTC ms) than it is by now, of a kind of definition.

    Only these are looked up, by source and id: a feed may have defined any number.
    """
    then: Then = {}
    if not is_past(connection, now):
        return then
    for key in _later(connection, kind, now, of):
        then[key] = said_then(connection, kind, key, now)
    return then


def said_then(
    connection: sqlite3.Connection, kind: str, key: tuple[int, str], now: int
) -> Defined | None:
    """What something, by its source and id, was defined as at `now`; None for not yet."""
    decode = DECODERS[kind].decode
    rows = connection.execute(_SAID, (kind, *key, now)).fetchall()
    said = merged([decode(row[0]) for row in rows]) if rows else None
    return said if isinstance(said, Defined) else None


def _later(
    connection: sqlite3.Connection, kind: str, now: int, of: Collection[tuple[int, str]]
) -> Iterable[tuple[int, str]]:
    """Of these entities those of which something was said later."""
    if len(of) > FEW:
        return (key for key in connection.execute(_LATER, (kind, now)) if key in of)
    return (key for key in of if connection.execute(_IS_LATER, (kind, *key, now)).fetchone())


def is_defined_later(source: str, entity: str) -> str:
    """The SQL that tells whether something was said after :then of what these columns name.

    `:kind` is the kind of definition.
    """
    return (
        "EXISTS (SELECT 1 FROM definitions AS said WHERE said.kind = :kind"
        f" AND said.source = {source} AND said.entity = {entity} AND said.time > :then)"
    )


def name_then(said: Defined | None, entity: str) -> str:
    """The name that was defined, the id where it is blank or was not known."""
    return (said.name if said is not None else "").strip() or entity


def level_then(said: Defined | None) -> tuple[float, float] | None:
    """The service level that was defined, in seconds and as a share; None for none."""
    level = getattr(said, "service_level", None)
    return (level.seconds, level.share) if isinstance(level, ServiceLevel) else None
