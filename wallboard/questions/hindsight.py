"""What the rollups have learned of a past instant only since then, to be taken off their sums.

A rollup counts a call under its start with all that became known of it. So the calls in progress at
the instant, and those that had just ended, are judged again from the events up to then, and the
difference corrects the sums. At a live instant nothing is known of later, and this costs nothing.
"""

import json
import sqlite3
from collections.abc import Iterator
from operator import sub
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from wallboard.cache.entries import entries_of
from wallboard.config import Metrics
from wallboard.events.definitions import CampaignDefined, QueueDefined
from wallboard.facts.definitions import Definitions, Settings
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry
from wallboard.facts.judgement import judge
from wallboard.facts.measures import MEASURES, Bucket, bucket_of, measures
from wallboard.questions.answers import Scope
from wallboard.questions.open_calls import open_calls
from wallboard.questions.sums import NOTHING, Sums, end_of_minute

WRAPPED_MS: Final = 15 * 60_000
"""After-call work is told up to so long after the end of the call."""

_PLACES: Final = [MEASURES.index(name) for name in Sums._fields]
_DEFINED: Final[dict[str, msgspec.msgpack.Decoder[Any]]] = {
    "campaign": msgspec.msgpack.Decoder(CampaignDefined),
    "queue": msgspec.msgpack.Decoder(QueueDefined),
}
_LATER: Final = """
SELECT (SELECT coalesce(max(last_event), 0) FROM feeds) > :now
    OR EXISTS (SELECT 1 FROM calls WHERE ended > :now)
"""
_LATELY: Final = """
SELECT call FROM calls WHERE ended > :now - :wrapped AND ended <= :now AND +wrap_ms > 0
UNION ALL SELECT call FROM calls WHERE started > :now AND started < :end
"""
_STATES: Final = f"""
SELECT c.call, c.source, c.id, m.started, m.direction, m.campaign, m.queue,
    {", ".join(f"m.{name}" for name in Sums._fields)}
FROM calls AS c JOIN call_measures AS m ON m.call = c.call
WHERE c.call IN (SELECT value FROM json_each(?))
"""


class Correction(NamedTuple):
    """What is to be added to the sums of a bucket."""

    bucket: Bucket
    sums: Sums


Corrections: TypeAlias = tuple[Correction, ...]


def hindsight(connection: sqlite3.Connection, metrics: Metrics, now: int) -> Corrections:
    """The corrections of the rollups up to the minute of `now` (UTC ms); none when it is live."""
    (is_past,) = connection.execute(_LATER, {"now": now}).fetchone()
    if not is_past:
        return ()
    lately = connection.execute(
        _LATELY, {"now": now, "end": end_of_minute(now), "wrapped": WRAPPED_MS}
    )
    numbers = {call for (call,) in lately}
    numbers.update(call.call for call in open_calls(connection, Scope(), now))
    rows = connection.execute(_STATES, (json.dumps(sorted(numbers)),)).fetchall()
    definitions = _definitions(connection, metrics, now)
    return tuple(
        correction
        for number, *row in rows
        for correction in _corrections(definitions, now, entries_of(connection, number), *row)
    )


def corrected(
    sums: Sums,
    corrections: Corrections,
    scope: Scope,
    start: int,
    until: int,
) -> Sums:
    """The sums of a scope from `start` up to the minute of `until`, corrected."""
    for bucket, more in corrections:
        if start <= bucket.started < end_of_minute(until) and is_within(bucket, scope):
            sums = Sums._make(map(int.__add__, sums, more))
    return sums


def corrected_by_queue(
    sums: dict[tuple[int, str], Sums],
    corrections: Corrections,
    scope: Scope,
    start: int,
    until: int,
    direction: str | None = None,
) -> dict[tuple[int, str], Sums]:
    """The same by source and first queue; of one direction only where it is given."""
    sums = dict(sums)
    for correction in corrections:
        bucket = correction.bucket
        if direction in {None, bucket.direction}:
            key = (bucket.source, bucket.queue)
            sums[key] = corrected(sums.get(key, NOTHING), (correction,), scope, start, until)
    return sums


def is_within(bucket: Bucket, scope: Scope) -> bool:
    """Whether a bucket is of the scope; calls are of no team."""
    return scope.campaign in {None, bucket.campaign} and scope.queue in {None, bucket.queue}


def _corrections(
    definitions: Definitions,
    now: int,
    entries: list[Entry],
    source: int,
    call: str,
    started: int,
    direction: str,
    campaign: str,
    queue: str,
    *sums: int,
) -> Iterator[Correction]:
    known = [entry for entry in entries if entry.time <= now]
    if len(known) == len(entries):
        return
    bucket = Bucket(started, source, direction, campaign, queue)
    yield Correction(bucket, Sums._make(map(sub, NOTHING, sums)))
    if not known:
        return
    facts = derive(call, known)
    said = facts.said
    if facts.started is None or said is None:
        return
    terms = definitions.terms(
        source,
        said.campaign if isinstance(said.campaign, str) else "",
        facts.stays[0].queue if facts.stays else "",
        facts.started,
    )
    verdict = judge(facts, terms)
    then = bucket_of(facts, verdict, source)
    if then is not None:
        yield Correction(then, _sums(measures(facts, verdict)))


def _sums(vector: tuple[int, ...]) -> Sums:
    return Sums._make(vector[place] for place in _PLACES)


def _definitions(connection: sqlite3.Connection, metrics: Metrics, now: int) -> Definitions:
    """What calls were judged by at the instant."""
    definitions = Definitions(
        Settings(
            metrics.service_level_seconds,
            metrics.short_abandon_seconds,
            metrics.drop_seconds,
            metrics.drop_limit,
        )
    )
    for kind, source, time, sequence, identity, said in connection.execute(
        "SELECT kind, source, time, sequence, id, said FROM definitions"
        " WHERE kind IN ('campaign', 'queue') AND time <= ? ORDER BY time, sequence, id",
        (now,),
    ):
        definitions.add(source, (time, sequence, identity), _DEFINED[kind].decode(said))
    return definitions
