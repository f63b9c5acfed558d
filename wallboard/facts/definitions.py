"""What campaigns and queues are defined as, over time, and the terms a call is judged by.

A call is judged by the definitions in force at its start, else by the first known (readings 4).
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from msgspec import UNSET

from wallboard.events.definitions import CampaignDefined, QueueDefined, ServiceLevel
from wallboard.events.envelope import Stamp
from wallboard.facts.entry import merged
from wallboard.facts.judgement import MILLION, Terms


class Settings(NamedTuple):
    """The thresholds of the configuration, for what no definition sets; seconds and shares."""

    service_level_seconds: float = 20
    short_abandon_seconds: float = 5
    drop_seconds: float = 2
    drop_limit: float = 0.03


REMEMBERED: Final = 20_000
"""Campaigns and queues kept in memory between batches; others are read back when they are named."""

Defined = CampaignDefined | QueueDefined
Key = tuple[str, int, str]
"""`campaign` or `queue`, the source and the id."""


class _Entity(NamedTuple):
    """What was said of one, by stamp, and what that comes to from each of the times on."""

    history: list[tuple[Stamp, Defined]]
    merged: list[tuple[int, Defined]]


def _nothing(_: Key) -> Iterable[tuple[Stamp, Defined]]:
    return ()


class Definitions:
    """The history of definitions of campaigns and queues, by source and id.

    `stored` gives what was said earlier of one that is not remembered.
    """

    def __init__(
        self,
        settings: Settings,
        stored: Callable[[Key], Iterable[tuple[Stamp, Defined]]] = _nothing,
    ) -> None:
        self.settings = settings
        self._stored = stored
        self._entities: dict[Key, _Entity] = {}
        self._terms: dict[tuple[int, str, str], tuple[int, int, Terms]] = {}

    def clear(self) -> None:
        """Forget every definition; what is stored is read back when it is needed."""
        self._entities.clear()
        self._terms.clear()

    def trim(self) -> None:
        """Forget what was remembered first, so that memory stays bounded."""
        if len(self._terms) > REMEMBERED:
            self._terms.clear()
        for key in list(islice(self._entities, max(0, len(self._entities) - REMEMBERED))):
            del self._entities[key]

    def add(self, source: int, stamp: Stamp, said: Defined) -> tuple[int, int] | None:
        """Add a definition; return the span of call starts (UTC ms) that it judges anew, if any.

        The span is half open. None: no call can be judged otherwise than before.
        """
        return self.add_all(_key(source, said), [(stamp, said)])

    def add_all(self, key: Key, told: Sequence[tuple[Stamp, Defined]]) -> tuple[int, int] | None:
        """Add definitions of one campaign or queue, as `add` does each.

        At once, for it takes time that grows with what was told of it before.
        """
        self._terms.clear()
        return _put(self._entity(key), told)

    def remember(self, key: Key) -> None:
        """Read back what is stored of one, if it is not in memory."""
        self._entity(key)

    def _entity(self, key: Key) -> _Entity:
        """What is known of one, read back where it is not remembered."""
        entity = self._entities.get(key)
        if entity is None:
            entity = self._entities[key] = _Entity([], [])
            _put(entity, list(self._stored(key)))
        return entity

    def terms(self, source: int, campaign: str, queue: str, started: int) -> Terms:
        """The terms of a call: the first queue's, else the campaign's, else the settings'."""
        cached = self._terms.get((source, campaign, queue))
        if cached is not None and cached[0] <= started < cached[1]:
            return cached[2]
        campaign_from, campaign_to, by_campaign = self._at(("campaign", source, campaign), started)
        queue_from, queue_to, by_queue = self._at(("queue", source, queue), started)
        terms = self._combine(by_campaign, by_queue)
        self._terms[source, campaign, queue] = (
            max(campaign_from, queue_from),
            min(campaign_to, queue_to),
            terms,
        )
        return terms

    def _at(self, key: Key, started: int) -> tuple[int, int, Defined | None]:
        """The definition in force at `started`, with the span for which it is."""
        known = self._entity(key).merged if key[2] else None
        if not known:
            return 0, _FOREVER, None
        at = bisect_right(known, started, key=lambda item: item[0]) - 1
        begins = 0 if at <= 0 else known[at][0]
        ends = known[max(at, 0) + 1][0] if max(at, 0) + 1 < len(known) else _FOREVER
        return begins, ends, known[max(at, 0)][1]

    def _combine(self, campaign: Defined | None, queue: Defined | None) -> Terms:
        settings = self.settings
        level = _level(queue) or _level(campaign)
        short = queue.short_abandon_seconds if isinstance(queue, QueueDefined) else None
        limit = campaign.drop_limit if isinstance(campaign, CampaignDefined) else None
        drop = campaign.drop_seconds if isinstance(campaign, CampaignDefined) else None
        return Terms(
            _ms(level.seconds if level else settings.service_level_seconds),
            _ms(short if isinstance(short, int | float) else settings.short_abandon_seconds),
            _ms(drop if isinstance(drop, int | float) else settings.drop_seconds),
            round(
                (limit if isinstance(limit, int | float) else settings.drop_limit) * MILLION,
            ),
        )


_FOREVER = 1 << 62


def _put(entity: _Entity, told: Sequence[tuple[Stamp, Defined]]) -> tuple[int, int] | None:
    """Put definitions where they belong, and bring what follows them up to date.

    Returns the smallest span of starts that is judged differently, if any. What follows is looked
    at only until it comes to what it was: most definitions are whole, so that is at once.
    """
    if not told:
        return None
    history, known = entity
    before = list(known)
    for one in told:
        insort(history, one, key=_stamp)
    position = bisect_left(history, min(map(_stamp, told)), key=_stamp)
    last = bisect_left(history, max(map(_stamp, told)), key=_stamp)
    del known[position:]
    at = position
    for at in range(position, len(history)):
        (time, _, _), item = history[at]
        so_far = merged([known[-1][1], item]) if known else item
        if not isinstance(so_far, CampaignDefined | QueueDefined):
            raise TypeError(f"What was merged is a {type(so_far).__name__}.")
        known.append((time, so_far))
        if at > last and so_far == before[at - len(told)][1]:
            known += before[at - len(told) + 1 :]
            break
    return _changed_span(before, known, position, at)


def _stamp(told: tuple[Stamp, Defined]) -> Stamp:
    return told[0]


def _key(source: int, said: Defined) -> Key:
    if isinstance(said, CampaignDefined):
        return ("campaign", source, said.campaign)
    return ("queue", source, said.queue)


def _level(said: Defined | None) -> ServiceLevel | None:
    level = said.service_level if said is not None else None
    return level if isinstance(level, ServiceLevel) else None


def _ms(seconds: float) -> int:
    return round(seconds * 1_000)


def _judges_by(said: Defined) -> tuple[object, ...] | None:
    """What of a definition a call is judged by; None where the settings alone decide."""
    if isinstance(said, CampaignDefined):
        terms: tuple[object, ...] = (said.service_level, said.drop_limit, said.drop_seconds)
    else:
        terms = (said.service_level, said.short_abandon_seconds)
    given = tuple(None if term is UNSET else term for term in terms)
    return None if all(term is None for term in given) else given


def _changed_span(
    before: list[tuple[int, Defined]], after: list[tuple[int, Defined]], low: int, high: int
) -> tuple[int, int] | None:
    """The smallest span of starts for which the two histories judge differently.

    All that may differ is from place `low` to `high` of what is known after, whose times hold all
    that were known before.
    """
    edges = sorted({time for time, _ in after[low : high + 1]} | (set() if low else {0}))
    following = next((time for time, _ in after[high + 1 :] if time > edges[-1]), _FOREVER)
    first = last = None
    for start, end in zip(edges, [*edges[1:], following], strict=True):
        if _in_force(before, start) != _in_force(after, start):
            first = start if first is None else first
            last = end
    return None if first is None or last is None else (first, last)


def _in_force(history: list[tuple[int, Defined]], at: int) -> tuple[object, ...] | None:
    if not history:
        return None
    position = bisect_right(history, at, key=lambda item: item[0]) - 1
    return _judges_by(history[max(position, 0)][1])
