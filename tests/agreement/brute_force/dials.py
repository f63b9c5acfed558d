"""What became of outbound calls: who answered, and whether an agent was there in time."""

from decimal import Decimal

from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.judged import answered
from tests.agreement.brute_force.legs import Leg
from tests.agreement.brute_force.world import World


def contact_leg(call: Call) -> Leg | None:
    """The B-leg that was answered, by anything."""
    legs = [leg for leg in call.legs if leg.kind == "B" and leg.answered is not None]
    return min(legs, key=lambda leg: leg.answer_order, default=None)


def live(call: Call) -> bool:
    """Answered by a person, as far as anybody knows (reading 49)."""
    leg = contact_leg(call)
    person = leg is not None and leg.by in {None, "human", "unknown"}
    return person and call.reason not in {"machine", "fax"}


def agents_on(call: Call) -> list[Leg]:
    """Answered A-legs, but for those that ended before the contact answered (reading 50)."""
    contact = contact_leg(call)
    at = contact.answered if contact else None
    return [
        leg
        for leg in call.answered_agent_legs
        if at is None or leg.own_end is None or leg.own_end >= at
    ]


def dropped(world: World, call: Call) -> bool:
    """A live answer with no agent within drop_seconds of it."""
    contact = contact_leg(call)
    if contact is None or contact.judged_from is None or not live(call):
        return False
    allowed = world.campaign_of(call).get("drop_seconds")
    if allowed is None:
        allowed = world.settings.drop_seconds
    latest = contact.judged_from + Decimal(str(allowed)) * 1000
    return not any(leg.answered is not None and leg.answered <= latest for leg in agents_on(call))


def connected(call: Call) -> bool:
    """Two-way conversation with an agent: of both directions (reading 22, 32)."""
    if call.inbound:
        return answered(call)
    return live(call) and bool(agents_on(call))
