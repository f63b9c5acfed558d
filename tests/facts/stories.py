"""Calls told by hand: events as text, read as the feed would read them, and what they come to."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from wallboard.events import decode_lines
from wallboard.facts.call import Call
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry
from wallboard.facts.judgement import Judgement, Terms, judge
from wallboard.facts.measures import MEASURES, measures

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOON_MS = int(NOON.timestamp() * 1_000)
TERMS = Terms(20_000, 5_000, 2_000, 30_000)
"""20 s of service level, 5 s for a short abandon, 2 s and 3 % for a drop."""

Json = dict[str, Any]
_made = 0


def said(
    kind: str,
    second: float,
    /,
    *,
    event: str | None = None,
    sequence: int | None = None,
    source: str = "/pbx",
    **data: Any,
) -> Json:
    """An event `second` seconds after noon; each has an id of its own unless `event` names one."""
    global _made  # noqa: PLW0603 - ids that differ are all that is wanted of it
    _made += 1
    made: Json = {
        "specversion": "1.0",
        "id": event or f"event-{_made:06}",
        "source": source,
        "type": kind,
        "time": (NOON + timedelta(seconds=second)).isoformat(),
        "data": data,
    }
    if sequence is not None:
        made["sequence"] = str(sequence)
    return made


def of_call(kind: str, second: float, /, **rest: Any) -> Json:
    """An event of the call `c`."""
    return said(kind, second, call="c", **rest)


def started(second: float = 0, direction: str = "inbound", **rest: Any) -> Json:
    """The call `c` began."""
    return of_call("call.started", second, direction=direction, **rest)


def ended(second: float, reason: str = "completed", **rest: Any) -> Json:
    """The call `c` ended."""
    return of_call("call.ended", second, reason=reason, **rest)


def leg(
    name: str,
    kind: str,
    begins: float,
    answered: float | None = None,
    ends: float | None = None,
    *,
    agent: str | None = None,
    by: str | None = None,
) -> list[Json]:
    """The events of one leg; an agent's leg names its agent."""
    events = [
        of_call("leg.started", begins, leg=name, kind=kind, **({"agent": agent} if agent else {}))
    ]
    if answered is not None:
        given = {"by": by} if by else {}
        events.append(of_call("leg.answered", answered, leg=name, **given))
    if ends is not None:
        events.append(of_call("leg.ended", ends, leg=name, cause="completed"))
    return events


def entries(events: Iterable[Json]) -> list[Entry]:
    """The events as sorted entries; every one of them must be valid."""
    decoded = decode_lines([json.dumps(event).encode() for event in events])
    assert not decoded.invalid
    assert not decoded.unknown
    return sorted(decoded.events, key=lambda entry: entry.stamp)


def call_of(*events: Json | list[Json]) -> Call:
    """The facts of the call that these events tell."""
    flat = [one for item in events for one in (item if isinstance(item, list) else [item])]
    return derive("c", entries(flat))


def judged(*events: Json | list[Json], terms: Terms = TERMS) -> Judgement:
    """What the call comes to."""
    return judge(call_of(*events), terms)


def counted(*events: Json | list[Json], terms: Terms = TERMS) -> dict[str, int]:
    """What the call adds to its rollup bucket, by name."""
    call = call_of(*events)
    return dict(zip(MEASURES, measures(call, judge(call, terms)), strict=True))


def at(second: float) -> int:
    """UTC milliseconds of a second after noon."""
    return NOON_MS + round(second * 1_000)
