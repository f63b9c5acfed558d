"""What the rollups have learned of a past instant only since then, to be taken off their sums.

A rollup counts a call under its start with all that became known of it. So the calls in progress at
the instant, and those that had just ended, are judged again from the events up to then, and the
difference corrects the sums. At a live instant nothing is known of later, and this costs nothing.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import sub
from typing import Final, NamedTuple, TypeAlias

from wallboard.config import Metrics
from wallboard.facts.definitions import Definitions
from wallboard.facts.judgement import judge
from wallboard.facts.measures import MEASURES, Bucket, bucket_of, measures
from wallboard.questions.past_calls import KnownCall, PastCalls, known_calls, past_calls
from wallboard.questions.past_terms import defined_later, definitions_then, has_terms, terms_of
from wallboard.questions.scope import Scope
from wallboard.questions.sums import NOTHING, Sums, end_of_minute

MOST_JUDGED_ANEW: Final = 2_000
"""Up to so many calls are judged anew since their targets were first told only later."""
HOUR_MS: Final = 3_600_000
SPANS: Final = ((26 * HOUR_MS, 0), (8 * 24 * HOUR_MS + 2 * HOUR_MS, 7 * 24 * HOUR_MS - HOUR_MS))
"""The starts of the calls that rates are of: the day up to the instant, and that a week before."""

AT_ONCE: Final = 50_000
"""So many queues or campaigns that were defined later are looked for in one go through calls."""

_MOST: Final = {"most": MOST_JUDGED_ANEW + 1}
_PLACES: Final = [MEASURES.index(name) for name in Sums._fields]
_OF_THEM: Final = """
SELECT call, source, id FROM calls WHERE started > :after AND started <= :until
    AND (source || '/' || {}) IN (SELECT value FROM json_each(:entities)) LIMIT :most
"""
_COUNTED: Final = f"""
SELECT c.call, m.started, m.direction, m.campaign, m.queue,
    {", ".join(f"m.{name}" for name in Sums._fields)}
FROM calls AS c JOIN call_measures AS m ON m.call = c.call
WHERE c.call IN (SELECT value FROM json_each(?))
"""


class Correction(NamedTuple):
    """What is to be added to the sums of a bucket."""

    bucket: Bucket
    sums: Sums


Corrections: TypeAlias = tuple[Correction, ...]


def hindsight(
    connection: sqlite3.Connection, metrics: Metrics, now: int, past: PastCalls | None = None
) -> Corrections:
    """The corrections of the rollups up to the minute of `now` (UTC ms); none when it is live.

    `past` is the answer of `past_calls`, where the caller has it already.
    """
    past = past_calls(connection, now) if past is None else past
    if past is None:
        return ()
    differing = {known.call: known for known in past if not known.is_same}
    for known in _judged_later(connection, now, differing):
        differing.setdefault(known.call, known)
    rows = connection.execute(_COUNTED, (json.dumps(sorted(differing)),)).fetchall()
    definitions = definitions_then(connection, metrics, now)
    return tuple(
        correction
        for number, *row in rows
        for correction in _corrections(definitions, differing[number], *row)
    )


def corrected(
    sums: Sums,
    corrections: Corrections,
    scope: Scope,
    start: int,
    until: int,
    direction: str | None = None,
) -> Sums:
    """The sums of a scope from `start` up to the minute of `until`, corrected.

    Of one direction only where it is given.
    """
    for bucket, more in corrections:
        if direction not in {None, bucket.direction}:
            continue
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
    known: KnownCall,
    started: int,
    direction: str,
    campaign: str,
    queue: str,
    *sums: int,
) -> Iterator[Correction]:
    bucket = Bucket(started, known.source, direction, campaign, queue)
    yield Correction(bucket, Sums._make(map(sub, NOTHING, sums)))
    facts = known.facts
    if facts is None or facts.started is None or facts.said is None:
        return
    verdict = judge(facts, terms_of(definitions, known.source, facts))
    then = bucket_of(facts, verdict, known.source)
    if then is not None:
        yield Correction(then, _sums(measures(facts, verdict)))


def _judged_later(
    connection: sqlite3.Connection, now: int, known: Iterable[int]
) -> Iterator[KnownCall]:
    """Further calls of queues and campaigns that nobody had defined at the instant.

    They are judged by what was first told of those, which was not known then (readings 4). Too many
    of them are left as they are: it would take too long; `is_judged_by_later_terms` tells it.
    """
    found = _of_later_terms(connection, now)
    if len(found) <= MOST_JUDGED_ANEW:
        skipped = set(known)
        yield from known_calls(connection, (row for row in found if row[0] not in skipped), now)


def is_judged_by_later_terms(connection: sqlite3.Connection, now: int) -> bool:
    """Whether rates at `now` (UTC ms) judge calls by targets that were first told after it.

    So it is where those are more than MOST_JUDGED_ANEW.
    """
    return len(_of_later_terms(connection, now)) > MOST_JUDGED_ANEW


def _of_later_terms(connection: sqlite3.Connection, now: int) -> set[tuple[int, int, str]]:
    """The calls of both spans whose queue or campaign was first defined later, with own terms."""
    found: set[tuple[int, int, str]] = set()
    for kind, column in (("queue", "first_queue"), ("campaign", "campaign")):
        later = (
            f"{source}/{entity}"
            for source, entity, said in defined_later(connection, kind, now)
            if has_terms(said)
        )
        while some := list(islice(later, AT_ONCE)):
            entities = json.dumps(some)
            for after, until in SPANS:
                values = {"after": now - after, "until": now - until, "entities": entities}
                rows = connection.execute(_OF_THEM.format(column), values | _MOST)
                found.update(rows)
            if len(found) > MOST_JUDGED_ANEW:
                return found
    return found


def _sums(vector: tuple[int, ...]) -> Sums:
    return Sums._make(vector[place] for place in _PLACES)
