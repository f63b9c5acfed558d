"""Calls told to a cache in few words; times are seconds from noon."""

from typing import Any

from tests.questions.conftest import Cache


def dial(
    cache: Cache,
    call: str,
    at: float,
    reason: str = "no_answer",
    *,
    agent: str | None = None,
    by: str = "human",
    disposition: str | None = None,
    outcome: dict[str, Any] | None = None,
    **said: Any,
) -> None:
    """An outbound call: rings 10 s; with an agent it is answered and talked on for a minute."""
    number = said.setdefault("to_number", "+14155550171")
    cache.say("call.started", at, call=call, direction="outbound", **said)
    cache.say("leg.started", at, leg=f"{call}-b", call=call, kind="B", number=number)
    if agent is not None:
        cache.say("leg.answered", at + 10, leg=f"{call}-b", call=call, by=by)
        cache.say("leg.started", at + 10, leg=f"{call}-a", call=call, kind="A", agent=agent)
        cache.say("leg.answered", at + 11, leg=f"{call}-a", call=call)
        for leg in ("a", "b"):
            cost = {"billable_seconds": 60, "cost": 0.1} if leg == "b" else {}
            data = {"leg": f"{call}-{leg}", "call": call, "cause": "completed", **cost}
            cache.say("leg.ended", at + 71, **data)
        cache.say("call.ended", at + 71, call=call, reason="completed")
    else:
        cache.say("leg.ended", at + 10, leg=f"{call}-b", call=call, cause="no_answer")
        cache.say("call.ended", at + 10, call=call, reason=reason)
    if disposition is not None or outcome is not None:
        told = {"disposition": disposition} if disposition else {}
        cache.say("call.outcome", at + 80, call=call, **told, **(outcome or {}))


def answer(cache: Cache, call: str, at: float, agent: str, **said: Any) -> None:
    """An inbound call, answered after 5 s and talked on for 55."""
    cache.say("call.started", at, call=call, direction="inbound", **said)
    cache.say("leg.started", at, leg=f"{call}-b", call=call, kind="B")
    cache.say("leg.started", at + 2, leg=f"{call}-a", call=call, kind="A", agent=agent)
    cache.say("leg.answered", at + 5, leg=f"{call}-a", call=call)
    cache.say("leg.ended", at + 60, leg=f"{call}-a", call=call, cause="completed")
    cache.say("call.ended", at + 60, call=call, reason="completed")
