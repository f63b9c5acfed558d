"""Streams as bad as they come: late, repeated, contradictory, unknown, invalid, from the future."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

BEGIN = datetime(2026, 3, 2, 12, 14, tzinfo=UTC)
"""A minute before an hour of Kathmandu turns."""

SOURCES = ["/a", "/b"]
CALLS = ["c", "c", "d"]
LEGS = ["l", "l", "m"]
AGENTS = ["ann", "bob"]
QUEUES = ["q", "q", "r"]
CAMPAIGNS = ["x", "y"]
QUIET = st.none()


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=fields)


def _data(
    required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(required, optional=optional)


_call = {"call": st.sampled_from(CALLS)}
_leg = {"leg": st.sampled_from(LEGS), **_call}
_queue = {"queue": st.sampled_from(QUEUES), **_call}
_some = st.sampled_from
_seconds = st.sampled_from([0, 1, 2.5, 5, 20])
_level = st.one_of(st.none(), st.fixed_dictionaries({"seconds": _seconds, "share": st.just(0.8)}))

OF_CALLS: dict[str, st.SearchStrategy[Json]] = {
    "call.started": _data(
        {**_call, "direction": _some(["inbound", "outbound"])},
        campaign=_some([*CAMPAIGNS, None]),
        from_number=_some(["+14155550100", None]),
        attempt=_some([1, 2]),
        attribution=_optional(source=_some(["search", None]), keyword=_some(["coats"])),
    ),
    "leg.started": _data(
        {**_leg, "kind": _some(["A", "B", "S", "M"])}, agent=_some([*AGENTS, None])
    ),
    "leg.answered": _data(_leg, by=_some(["human", "machine", "unknown", None])),
    "leg.held": _data(_leg),
    "leg.resumed": _data(_leg),
    "leg.ended": _data({**_leg, "cause": _some(["completed", "busy"])}, cost=_some([0.25, None])),
    "queue.entered": _data(_queue, position=_some([1, 2])),
    "queue.left": _data({**_queue, "reason": _some(["answered", "abandoned", "overflowed"])}),
    "call.transferred": _data({**_call, "method": _some(["blind", "attended"])}),
    "call.ended": _data(
        {**_call, "reason": _some(["completed", "abandoned", "voicemail", "machine", "lost"])}
    ),
    "call.wrapped": _data({**_call, "agent": _some(AGENTS)}, seconds=_some([3, None])),
    "call.outcome": _data(_call, disposition=_some(["sold", None]), tags=_some([["hot"], []])),
    "call.analysed": _data(_call, sentiment=_some([0.5, None])),
}
OF_OTHERS: dict[str, st.SearchStrategy[Json]] = {
    "campaign.defined": st.fixed_dictionaries(
        {
            "campaign": _some(CAMPAIGNS),
            "name": _some(["Spring", "Autumn"]),
            "direction": st.just("blended"),
            "channel": st.just("voice"),
        },
        optional={
            "service_level": _level,
            "drop_seconds": st.one_of(QUIET, _seconds),
            "drop_limit": _some([0.01, None]),
        },
    ),
    "queue.defined": st.fixed_dictionaries(
        {"queue": _some(QUEUES), "name": _some(["Sales", "Care"])},
        optional={"service_level": _level, "short_abandon_seconds": st.one_of(QUIET, _seconds)},
    ),
    "agent.defined": st.fixed_dictionaries(
        {"agent": _some(AGENTS), "name": _some(["Ann", "Bob"])},
        optional={"team": _some(["east", None]), "skills": _some([["en"], [], None])},
    ),
    "agent.changed": st.fixed_dictionaries(
        {"agent": _some(AGENTS)},
        optional={
            "presence": _some(["offline", "available", "paused", None]),
            "activity": _some(["idle", "on_call", "wrap_up"]),
            "call": _some(["c", None]),
            "queues": _some([["q"], None]),
        },
    ),
    "contact.added": st.fixed_dictionaries({"contact": _some(["k1", "k2"])}),
    "call.teleported": st.fixed_dictionaries({"call": st.just("c")}),
}
_WRONG = [
    ("call.started", {"call": "c", "direction": "sideways"}, None),
    ("leg.started", {"leg": "l"}, None),
    ("call.ended", {"call": "c", "reason": "completed"}, "1999-12-31T23:59:59+00:00"),
    ("call.ended", {"call": "c", "reason": "completed"}, "2026-03-02T12:00:00"),
]
KINDS = {**OF_CALLS, **OF_OTHERS}
TOGETHER = [
    ["queue.entered", "call.ended", "queue.defined"],
    ["queue.entered", "queue.left", "call.started", "call.ended", "queue.defined"],
    ["call.started", "leg.started", "leg.answered", "leg.ended", "campaign.defined"],
    ["leg.started", "leg.answered", "leg.held", "leg.resumed", "leg.ended", "call.wrapped"],
    ["call.started", "call.ended", "call.outcome", "call.analysed", "call.transferred"],
    ["agent.changed", "agent.defined"],
    list(KINDS),
]
"""Kinds that make more trouble together than among all others."""


@st.composite
def events(draw: st.DrawFn, kinds: list[str], sources: list[str], *, invalid: bool) -> Json:
    """One event of these kinds, without an id."""
    if invalid and draw(st.integers(0, 19)) == 0:
        kind, data, time = draw(st.sampled_from(_WRONG))
    else:
        kind, time = draw(st.sampled_from(kinds)), None
        data = draw(KINDS[kind])
    moment = BEGIN + timedelta(milliseconds=draw(st.integers(0, 120)) * 500)
    if draw(st.integers(0, 24)) == 0:
        moment = moment.replace(year=2090)
    event: Json = {
        "specversion": "1.0",
        "source": draw(st.sampled_from(sources)),
        "type": kind,
        "time": time or moment.isoformat(),
        "data": data,
    }
    if draw(st.booleans()):
        event["sequence"] = str(draw(st.integers(0, 99)))
    return event


@st.composite
def streams(draw: st.DrawFn, *, most: int = 40, invalid: bool = True) -> list[Json]:
    """Events with ids that do not follow their order in time.

    Each stream has few kinds and mostly one source, so that its events have to do with each other.
    """
    kinds = [
        *draw(st.sampled_from(TOGETHER)),
        *draw(st.lists(st.sampled_from(list(KINDS)), max_size=2)),
    ]
    sources = draw(st.sampled_from([SOURCES[:1], SOURCES[:1], SOURCES]))
    drawn = draw(st.lists(events(kinds, sources, invalid=invalid), min_size=1, max_size=most))
    return [{**event, "id": f"{at * 7 % 41:02}-{at}"} for at, event in enumerate(drawn)]


@st.composite
def deliveries(draw: st.DrawFn, stream: list[Json]) -> list[list[Json]]:
    """The stream in another order, some of it more than once, in batches."""
    repeated = draw(st.lists(st.sampled_from(stream), max_size=8))
    order = draw(st.permutations([*stream, *repeated]))
    cuts = sorted(draw(st.sets(st.integers(0, len(order)), max_size=6)))
    edges = [0, *cuts, len(order)]
    return [order[a:b] for a, b in pairwise(edges) if a < b]
