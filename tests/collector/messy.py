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
MESSAGES = ["m", "m", "n"]
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
_flag = st.sampled_from([True, False, None])
_level = st.one_of(st.none(), st.fixed_dictionaries({"seconds": _seconds, "share": st.just(0.8)}))

OF_CALLS: dict[str, st.SearchStrategy[Json]] = {
    "call.started": _data(
        {**_call, "direction": _some(["inbound", "outbound"])},
        campaign=_some([*CAMPAIGNS, None]),
        from_number=_some(["+14155550100", None]),
        attempt=_some([1, 2]),
        attribution=_optional(source=_some(["search", None]), keyword=_some(["coats"])),
        location=_optional(country=_some(["US", "DE"]), city=_some(["Bonn", None])),
        tracked=_flag,
        recording_eligible=_flag,
        intended_queue=_some([*QUEUES, None]),
        call_type=_some(["sales", None]),
        to_number=_some(["anonymous", "", "+1"]),
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
    "call.outcome": _data(
        _call,
        disposition=_some(["sold", None]),
        tags=_some([["hot"], []]),
        call_type=_some(["sales", "support", None]),
        lead=_flag,
        quote=_flag,
        spam=_flag,
        quote_value=_some([12.5, 0, None]),
        survey=_some([[{"question": "q", "answer": 3}], None]),
    ),
    "call.recording": _data(
        {**_call, "status": _some(["started", "completed", "failed"])},
        leg=_some(["l", None]),
        url=_some(["https://a", None]),
    ),
    "call.analysed": _data(
        _call, sentiment=_some([0.5, None]), phrases=_some([["a", "b"], None]), intent=_some(["x"])
    ),
    "call.reviewed": _data(_call, spam=_flag, outcome=_some(["sold", None])),
    "call.matched": _data({**_call, "record": _some(["r", None])}),
    "call.exported": _data({**_call, "platform": _some(["g", "m"]), "ok": st.booleans()}),
    "call.checked": _data({**_call, "rule": _some(["r1", "r2"]), "passed": st.booleans()}),
    "connect.attempted": _data(
        {
            **_call,
            "connect": _some(["n1", "n2"]),
            "number": _some(["+1", "+2"]),
            "started": _some([BEGIN.isoformat(), (BEGIN + timedelta(seconds=1)).isoformat()]),
            "result": _some(["connected", "busy"]),
        },
        talk_seconds=_seconds,
    ),
}
RECORDS: dict[str, st.SearchStrategy[Json]] = {
    "account.defined": _data(
        {"account": _some(["a"]), "name": _some(["A", "B"])}, setup=_some([0.5, 1, None])
    ),
    "user.defined": _data(
        {"user": _some(["u"]), "account": _some(["a"]), "role": _some(["x"]), "client": _flag},
        intended=_flag,
    ).filter(lambda data: data["client"] is not None),
    "list.loaded": _data(
        {
            "list": _some(["l"]),
            "name": _some(["L", "M"]),
            "started": _some([BEGIN.isoformat()]),
            "finished": _some([BEGIN.isoformat()]),
            "records": _some([3, 4]),
            "rejected": _some([0, 1]),
        },
        rejects=_some([{"duplicate": 1}, None]),
    ),
    "contact.added": _data(
        {"contact": _some(["k1", "k1", "k2"])},
        name=_some(["Ann", None]),
        phone=_some(["+1", "+2", None]),
        tags=_some([["a"], [], None]),
    ),
    "contact.filtered": _data(
        {"contact": _some(["k1"]), "reason": _some(["duplicate", "do_not_call"])},
        list=_some(["l", None]),
        campaign=_some(CAMPAIGNS),
    ),
    "visit.started": _data(
        {
            "visit": _some(["v", "v", "w"]),
            "visitor": _some(["p", "q"]),
            "campaigns": _some([["x"], ["x", "y", "x"], []]),
            "control": _some([["y"], ["x"], []]),
        },
        page=_some(["/", None]),
    ),
    "exposure.shown": _data(
        {
            "visit": _some(["v"]),
            "campaign": _some(CAMPAIGNS),
            "engagement": _some(["e"]),
            "kind": _some(["button", "content"]),
        }
    ),
    "goal.reached": _data(
        {"visit": _some(["v"]), "goal": _some(["g"]), "goal_type": _some(["sale", "other"])},
        order=_some(["o", None]),
        revenue=_some([9.99, None]),
    ),
    "touch.recorded": _data(
        {"touch": _some(["t"]), "source": _some(["search", "mail"])}, phone=_some(["+1", None])
    ),
    "spend.recorded": _data(
        {"spend": _some(["s"]), "amount": _some([1, 2.5]), "day": _some(["2026-03-01"])},
        campaign=_some(["x", None]),
    ),
    "opportunity.changed": _data(
        {
            "opportunity": _some(["o", "o", "p"]),
            "stage": _some(["open", "won", "lost"]),
            "value": _some([0, 10.5]),
        },
        call=_some(["c", None]),
        phone=_some(["+1"]),
    ),
    "sale.recorded": _data(
        {"sale": _some(["s", "s", "t"]), "amount": _some([5, 7.25])},
        call=_some(["c", None]),
        agent=_some(AGENTS),
    ),
    "pool.sampled": _data({"pool": _some(["p"]), "size": _some([3]), "in_use": _some([1, 2])}),
    "message.sent": _data(
        {"message": _some(MESSAGES), "campaign": _some(CAMPAIGNS), "channel": _some(["sms"])},
        to=_some(["+1", None]),
        tags=_some([["a"], None]),
    ),
    "message.delivered": _data({"message": _some(MESSAGES)}),
    "message.failed": _data({"message": _some(MESSAGES)}, reason=_some(["full", "gone", None])),
    "report.delivered": _data(
        {
            "delivery": _some(["d"]),
            "report": _some(["r"]),
            "account": _some(["a"]),
            "due": _some([BEGIN.isoformat()]),
            "white_label": st.booleans(),
        },
        delivered=_some([BEGIN.isoformat(), None]),
        right_data=_flag,
    ),
}
"""Events of records, two or three ids of each."""
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
    **RECORDS,
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
    ["call.started", "call.ended", "call.recording", "call.analysed", "call.reviewed"],
    ["call.started", "call.matched", "call.exported", "call.checked", "connect.attempted"],
    ["agent.changed", "agent.defined"],
    ["contact.added", "contact.filtered", "list.loaded"],
    ["visit.started", "exposure.shown", "goal.reached", "touch.recorded"],
    ["message.sent", "message.delivered", "message.failed"],
    ["opportunity.changed", "sale.recorded"],
    list(RECORDS),
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
