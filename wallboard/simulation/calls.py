"""Calls and their legs, and the events that their lives consist of."""

from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct, field

from wallboard.simulation.population import Person
from wallboard.simulation.stage import Stage
from wallboard.simulation.usage import use_service

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

RATES = {"B": 0.014, "S": 0.021}
"""What a minute costs on the legs that leave the house."""


class Leg(Struct, eq=False):
    """One connection of a call."""

    id: str
    kind: str
    agent: str | None
    started: float
    answered: float | None = None
    trunk: str | None = None


class Call(Struct, eq=False):
    """One attempt or one arrival, while it lasts and for what is found out afterwards."""

    id: str
    direction: str
    person: Person
    account: str
    campaign: str | None
    call_type: str
    started: float
    contact: str | None = None
    withheld: bool = False
    tracked: bool = False
    source: str | None = None
    recorded: bool = False
    connected: bool = False
    over: bool = False
    outcome: str | None = None
    """What the agent noted that it came to."""
    is_spam: bool = False
    legs: dict[str, Leg] = field(default_factory=dict)
    """The legs that are still up, by id."""


def start_leg(stage: Stage, call: Call, kind: str, **details: object) -> Leg:
    """A leg begins to ring."""
    agent = details.get("agent")
    trunk = details.get("trunk")
    leg = Leg(
        stage.identify("l"),
        kind,
        agent if isinstance(agent, str) else None,
        stage.now,
        trunk=trunk if isinstance(trunk, str) else None,
    )
    call.legs[leg.id] = leg
    stage.emit("leg.started", leg.id, {"leg": leg.id, "call": call.id, "kind": kind, **details})
    return leg


def answer_leg(stage: Stage, call: Call, leg: Leg, **details: object) -> None:
    """Somebody, or something, picks up."""
    leg.answered = stage.now
    if leg.kind in {"A", "S"}:
        call.connected = True
    stage.emit("leg.answered", leg.id, {"leg": leg.id, "call": call.id, **details})


def end_leg(stage: Stage, call: Call, leg: Leg, cause: str, **details: object) -> None:
    """The connection is over; legs that left the house are billed by six seconds."""
    if call.legs.pop(leg.id, None) is None:
        return
    data: Data = {"leg": leg.id, "call": call.id, "cause": cause, **details}
    if leg.kind in RATES and leg.answered is not None:
        billable = ceil(stage.since(leg.answered) / 6) * 6
        data["billable_seconds"] = billable
        if call.direction == "outbound" or leg.kind == "S":
            data["cost"] = round(billable / 60 * RATES[leg.kind], 4)
    stage.emit("leg.ended", leg.id, data)
    if "cost" in data:
        minutes = round(int(str(data["billable_seconds"])) / 60, 1)
        use_service(
            stage, "outbound voice", call.account, minutes, call=call.id, campaign=call.campaign
        )


def end_call(stage: Stage, call: Call, reason: str, by: str | None = None) -> None:
    """The call is over, and with it every leg that is still up."""
    if call.over:
        return
    cause = "dropped" if reason == "dropped" else "completed"
    for leg in list(call.legs.values()):
        details: Data = {"by": by} if by else {}
        end_leg(stage, call, leg, cause if leg.answered is not None else "cancelled", **details)
    call.over = True
    data: Data = {"call": call.id, "reason": reason}
    if by:
        data["by"] = by
    stage.emit("call.ended", call.id, data)
