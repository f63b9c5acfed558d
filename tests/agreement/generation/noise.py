"""What must change nothing: events of unknown types, and invalid ones."""

from typing import Any

from tests.agreement.generation.teller import Teller

STARTED = {"call": "noise", "direction": "inbound", "from_number": "+14155550100"}


def noise(teller: Teller, at: int) -> None:
    """One event of every kind that counts for nothing."""
    teller.tell("call.hummed", at, call="noise", tune="any")
    broken: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("call.started", STARTED, {"specversion": "0.3"}),
        ("call.started", STARTED, {"time": "2026-11-22T07:00:00"}),
        ("call.started", STARTED, {"time": "1999-12-31T23:59:59Z"}),
        ("call.started", STARTED, {"time": "2101-01-01T00:00:00Z"}),
        ("call.started", STARTED, {"time": 7}),
        ("call.started", STARTED | {"direction": "sideways"}, {}),
        ("call.started", {"call": "noise"}, {}),
        ("call.started", STARTED | {"attempt": "second"}, {}),
        ("call.started", STARTED | {"tracked": "yes"}, {}),
        ("call.started", STARTED | {"call": None}, {}),
        ("call.started", STARTED, {"data": "text"}),
        ("call.ended", {"call": "call-1", "reason": "bored"}, {}),
        ("leg.started", {"leg": "noise-a", "call": "call-1", "kind": "Z"}, {}),
        ("queue.left", {"call": "call-1", "queue": "support", "reason": "left"}, {}),
        ("sale.recorded", {"sale": "noise", "call": "call-1", "amount": "much"}, {}),
        ("goal.reached", {"visit": "visit-1", "goal": "buy", "goal_type": "fame"}, {}),
        ("spend.recorded", {"spend": "noise", "amount": 9, "day": "yesterday"}, {}),
    ]
    for kind, data, envelope in broken:
        teller.tell(kind, at, **data).update(envelope)
