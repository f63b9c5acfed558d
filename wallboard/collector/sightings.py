"""What a snapshot says of calls by naming them as open, or by naming them no more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wallboard.collector.books import Books
from wallboard.facts.entry import ConnectionLost, ConnectionSeen, Entry
from wallboard.feeds.coverage import Coverage

Named = tuple[str, str]
"""A call, by its source and id."""


class Seen(NamedTuple):
    """What a snapshot saw: when (UTC ms), up to which sequence, of which sources and open calls."""

    time: int
    sequence: int | None
    sources: frozenset[str]
    calls: frozenset[Named]


class Sighted(NamedTuple):
    """The calls that were lost sight of, and those that were and are seen again."""

    lost: list[Named]
    again: list[Named]


def sighted(books: Books, feed: str, coverage: Coverage, seen: Seen) -> Sighted:
    """Compare what a snapshot names with what is known.

    Calls of which something newer than the snapshot is known are left alone.
    """
    lost, again = [], []
    named: defaultdict[str, list[str]] = defaultdict(list)
    for of, call in seen.calls:
        named[of].append(call)
    calls, sources = books.calls, books.sources
    for name in dict.fromkeys([*sources.with_open_calls(), *sorted(named)]):
        owner = sources.find(name)
        if owner is None or (owner.feed != feed and name not in seen.sources):
            continue
        source = owner.number
        for call in calls.open_calls(source, seen.time):
            # A number that this feed's coverage does not hold is of an earlier numbering.
            newer = seen.sequence is not None and any(
                number > seen.sequence and number in coverage
                for number in calls.sequences(source, call)
            )
            if not newer and (name, call) not in seen.calls:
                lost.append((name, call))
        known = calls.lost_calls(source, named[name], seen.time) if name in named else []
        again += [(name, call) for call in known]
    return Sighted(lost, again)


def entries_of_sightings(found: Sighted, time: int) -> Iterator[Entry]:
    """The entries that stand for what was found in a snapshot of this time (UTC ms)."""
    yield from _entries(found.lost, ConnectionLost, time)
    yield from _entries(found.again, ConnectionSeen, time)


def _entries(
    named: Iterable[Named], kind: type[ConnectionLost] | type[ConnectionSeen], time: int
) -> Iterator[Entry]:
    word = "lost" if kind is ConnectionLost else "seen"
    for name, call in named:
        yield Entry(name, f"wallboard:{word}:{time}:{call}", time, None, kind(call), 0)
