"""The rollups reckoned the plain way: every call of a stream derived, judged and summed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import add

from tests.collector.books import Books, Json
from wallboard.events import Event, decode_lines
from wallboard.events.definitions import CampaignDefined, QueueDefined
from wallboard.events.vocabulary import CALL_TYPES
from wallboard.facts.definitions import Definitions
from wallboard.facts.derive import derive
from wallboard.facts.judgement import judge
from wallboard.facts.measures import MEASURES, Bucket, Vector, measures

Sums = dict[tuple[object, ...], tuple[int, ...]]
_OF_CALLS = frozenset(CALL_TYPES.values())


def each_reckoned(books: Books, stream: Iterable[Json]) -> Iterator[tuple[str, Bucket, Vector]]:
    """Source, bucket and measures of each call of a stream whose events have ids of their own."""
    events = decode_lines([json.dumps(event).encode() for event in stream]).events
    sources = sorted({event.source for event in events})
    definitions = Definitions(books.settings)
    calls: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda one: one.stamp):
        data = event.data
        if isinstance(data, CampaignDefined | QueueDefined):
            definitions.add(sources.index(event.source), event.stamp, data)
        elif type(data) in _OF_CALLS:
            calls[event.source, getattr(data, "call", "")].append(event)
    for (source, name), told in calls.items():
        call = derive(name, told)
        if call.started is None or call.said is None:
            continue
        campaign = call.said.campaign if isinstance(call.said.campaign, str) else ""
        queue = call.stays[0].queue if call.stays else ""
        number = sources.index(source)
        terms = definitions.terms(number, campaign, queue, call.started)
        verdict = judge(call, terms, lambda ms: not books.calendar.in_business_hours(ms))
        bucket = Bucket(call.started, number, call.said.direction, campaign, queue)
        yield source, bucket, measures(call, verdict)


def reckoned(books: Books, stream: Iterable[Json]) -> tuple[Sums, Sums]:
    """The minutes and the hours of a stream whose events have ids of their own.

    By bucket, source, direction, campaign and first queue, as the calendar of `books` has them.
    """
    minutes: Sums = {}
    hours: Sums = {}
    for source, (started, _, *where), vector in each_reckoned(books, stream):
        rest = (source, *where)
        for sums, bucket in (
            (minutes, started - started % 60_000),
            (hours, books.calendar.hour_start(started)),
        ):
            known = sums.get((bucket, *rest))
            sums[(bucket, *rest)] = tuple(map(add, known, vector)) if known else vector
    return minutes, hours


def viewed(books: Books) -> list[tuple[object, ...]]:
    """What the cache says each call counts as: source, bucket, measures."""
    return sorted(
        books.rows(
            "SELECT name, started, direction, campaign, queue, "
            f"{', '.join(MEASURES)} FROM call_measures JOIN sources USING (source)"
        )
    )


def rolled(books: Books, table: str) -> Sums:
    """A table of rollups by its key, the source by name."""
    found: Sums = {}
    for row in books.rows(f"SELECT name, {table}.* FROM {table} JOIN sources USING (source)"):
        name, bucket, _, *rest = row
        found[bucket, name, *rest[:3]] = tuple(rest[3:])
    return found
