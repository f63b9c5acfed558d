"""Calls that no sane platform would report, for the tests by property."""

from typing import Any

from hypothesis import strategies as st

from tests.facts.stories import Json, of_call
from wallboard.facts.call import Call

LEGS = ["l", "l", "m"]
QUEUES = ["q", "q", "r"]
_one = st.sampled_from
KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "call.started": {"direction": _one(["inbound", "outbound"]), "campaign": _one(["x", None])},
    "leg.started": {"leg": _one(LEGS), "kind": _one("ABSM"), "agent": _one(["ann", "bob"])},
    "leg.answered": {"leg": _one(LEGS), "by": _one(["human", "machine", None])},
    "leg.held": {"leg": _one(LEGS)},
    "leg.resumed": {"leg": _one(LEGS)},
    "leg.ended": {"leg": _one(LEGS), "cause": _one(["completed", "busy"])},
    "queue.entered": {"queue": _one(QUEUES)},
    "queue.left": {"queue": _one(QUEUES), "reason": _one(["answered", "abandoned"])},
    "call.wrapped": {"agent": _one(["ann", "bob"])},
    "call.transferred": {"method": _one(["blind", "attended"])},
    "call.ended": {"reason": _one(["completed", "abandoned", "machine", "lost"])},
    "call.outcome": {"disposition": _one(["sold", None])},
}


@st.composite
def told(draw: st.DrawFn) -> list[Json]:
    """The events of one call, some at the same time, within half a minute."""
    made = []
    for number, kind in enumerate(draw(st.lists(_one(list(KINDS)), min_size=1, max_size=14))):
        data = {name: draw(values) for name, values in KINDS[kind].items()}
        second = draw(st.integers(0, 30))
        leg_kind = {"kind": data.pop("kind")} if "kind" in data else {}
        event = of_call(kind, second, event=f"{number * 5 % 17}-{number}", **data)
        event["data"] |= leg_kind
        made.append(event)
    return made


def facts(call: Call) -> tuple[Any, ...]:
    """All that is known of a call, without where the text of its events is."""
    return (
        *(call.started, call.ended, call.end_reason, call.first_event, call.said, call.outcome),
        *(repr(call.legs), repr(call.stays), call.transfers, call.wrap_ups),
        sorted((item.entry.id, item.reason) for item in call.rejected),
    )
