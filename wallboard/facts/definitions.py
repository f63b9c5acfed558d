"""What campaigns and queues are defined as, over time, and the terms a call is judged by.

A call is judged by the definitions in force at its start, else by the first known (readings 4).
"""

from bisect import bisect_right, insort
from typing import NamedTuple

from msgspec import UNSET

from wallboard.events.definitions import CampaignDefined, QueueDefined, ServiceLevel
from wallboard.facts.entry import Stamp, merged
from wallboard.facts.judgement import MILLION, Terms


class Settings(NamedTuple):
    """The thresholds of the configuration, for what no definition sets; seconds and shares."""

    service_level_seconds: float = 20
    short_abandon_seconds: float = 5
    drop_seconds: float = 2
    drop_limit: float = 0.03


Defined = CampaignDefined | QueueDefined
_Key = tuple[str, int, str]


class Definitions:
    """The history of definitions of campaigns and queues, by source and id."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._history: dict[_Key, list[tuple[Stamp, Defined]]] = {}
        self._merged: dict[_Key, list[tuple[int, Defined]]] = {}
        self._terms: dict[tuple[int, str, str], tuple[int, int, Terms]] = {}

    def clear(self) -> None:
        """Forget every definition."""
        self._history.clear()
        self._merged.clear()
        self._terms.clear()

    def add(self, source: int, stamp: Stamp, said: Defined) -> tuple[int, int] | None:
        """Add a definition; return the span of call starts (UTC ms) that it judges anew, if any.

        The span is half open. None: no call can be judged otherwise than before.
        """
        key = _key(source, said)
        history = self._history.setdefault(key, [])
        insort(history, (stamp, said), key=lambda item: item[0])
        position = next(at for at, (known, _) in enumerate(history) if known == stamp)
        before = self._merged.get(key, [])
        after = before[:position]
        for (time, _, _), item in history[position:]:
            so_far = merged([after[-1][1], item]) if after else item
            if isinstance(so_far, CampaignDefined | QueueDefined):
                after.append((time, so_far))
        self._merged[key] = after
        self._terms.clear()
        return _changed_span(before, after)

    def known(self, source: int, said: Defined) -> Defined:
        """The latest merged definition of the same entity as `said`."""
        return self._merged[_key(source, said)][-1][1]

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

    def _at(self, key: _Key, started: int) -> tuple[int, int, Defined | None]:
        """The definition in force at `started`, with the span for which it is."""
        known = self._merged.get(key)
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


def _key(source: int, said: Defined) -> _Key:
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
    before: list[tuple[int, Defined]], after: list[tuple[int, Defined]]
) -> tuple[int, int] | None:
    """The smallest span of starts for which the two histories judge differently."""
    edges = sorted({0} | {time for time, _ in before} | {time for time, _ in after})
    first = last = None
    for start, end in zip(edges, [*edges[1:], _FOREVER], strict=True):
        if _in_force(before, start) != _in_force(after, start):
            first = start if first is None else first
            last = end
    return None if first is None or last is None else (first, last)


def _in_force(history: list[tuple[int, Defined]], at: int) -> tuple[object, ...] | None:
    if not history:
        return None
    position = bisect_right(history, at, key=lambda item: item[0]) - 1
    return _judges_by(history[max(position, 0)][1])
