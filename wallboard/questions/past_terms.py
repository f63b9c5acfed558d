"""The terms that calls were judged by at an instant in the past."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from wallboard.config import Metrics
from wallboard.events.envelope import Stamp
from wallboard.facts.call import Call
from wallboard.facts.definitions import Defined, Definitions, Key, Settings
from wallboard.facts.judgement import Terms
from wallboard.facts.said import given
from wallboard.questions.past_definitions import DECODERS

MOST_HELD: Final = 10_000
"""So many that were defined later are held in memory, and named to a query."""

_TERMS: Final = ("service_level", "short_abandon_seconds", "drop_limit", "drop_seconds")
_KNOWN: Final = """
SELECT time, sequence, id, said FROM definitions
WHERE kind = ? AND source = ? AND entity = ? AND time <= ? ORDER BY time, sequence, id
"""
_FIRST: Final = """
SELECT time, said FROM definitions WHERE kind = ? AND source = ? AND entity = ?
ORDER BY time, sequence, id LIMIT 1
"""
_FIRST_LATER: Final = """
SELECT source, entity, said FROM definitions AS d WHERE kind = ?1 AND time > ?2
    AND (time, sequence, id) = (SELECT time, sequence, id FROM definitions
        WHERE kind = d.kind AND source = d.source AND entity = d.entity
        ORDER BY time, sequence, id LIMIT 1)
"""


def definitions_then(connection: sqlite3.Connection, metrics: Metrics, now: int) -> Definitions:
    """The definitions of campaigns and queues as far as they were known at `now` (UTC ms)."""
    settings = Settings(
        metrics.service_level_seconds,
        metrics.short_abandon_seconds,
        metrics.drop_seconds,
        metrics.drop_limit,
    )
    return definitions_by(connection, settings, now)


def definitions_by(connection: sqlite3.Connection, settings: Settings, now: int) -> Definitions:
    """The same beside the settings that calls are judged by where nothing is defined."""

    def known(key: Key) -> Iterator[tuple[Stamp, Defined]]:
        """What was said of a campaign or queue by then, read when a call of it is judged."""
        decode = DECODERS[key[0]].decode
        for time, sequence, identity, said in connection.execute(_KNOWN, (*key, now)).fetchall():
            yield (time, sequence, identity), decode(said)

    return Definitions(settings, known)


def first_defined_later(connection: sqlite3.Connection, kind: str, now: int) -> list[str] | None:
    """The queues or campaigns, as `source/id`, whose own terms nobody knew at `now` (UTC ms).

    Those that were first defined after it, with terms that decide what became of a call: its result
    was judged by the settings until then. None where they are more than MOST_HELD.
    """
    later = (
        f"{source}/{entity}"
        for source, entity, said in defined_later(connection, kind, now)
        if _decides(kind, said)
    )
    found = list(islice(later, MOST_HELD + 1))
    return None if len(found) > MOST_HELD else found


def is_first_defined_later(
    connection: sqlite3.Connection, kind: str, source: int, entity: str, now: int
) -> bool:
    """Whether one queue or campaign is of these."""
    row = connection.execute(_FIRST, (kind, source, entity)).fetchone()
    return row is not None and row[0] > now and _decides(kind, DECODERS[kind].decode(row[1]))


def _decides(kind: str, said: Any) -> bool:  # noqa: ANN401 - as below
    """Whether a definition has terms that decide what became of a call."""
    terms = said.short_abandon_seconds if kind == "queue" else said.drop_seconds
    return given(terms) is not None


def has_terms(said: Any) -> bool:  # noqa: ANN401 - the definition of a queue or of a campaign
    """Whether a definition says anything that calls are judged by."""
    return any(given(getattr(said, name, None)) is not None for name in _TERMS)


def defined_later(
    connection: sqlite3.Connection, kind: str, now: int
) -> Iterator[tuple[int, str, Any]]:
    """The queues or campaigns that were first defined after `now` (UTC ms), and as what."""
    decode = DECODERS[kind].decode
    for source, entity, said in connection.execute(_FIRST_LATER, (kind, now)):
        yield source, entity, decode(said)


def terms_of(definitions: Definitions, source: int, facts: Call) -> Terms:
    """The terms of a call."""
    said = facts.said
    return definitions.terms(
        source,
        said.campaign if said is not None and isinstance(said.campaign, str) else "",
        facts.stays[0].queue if facts.stays else "",
        facts.first_event if facts.started is None else facts.started,
    )
