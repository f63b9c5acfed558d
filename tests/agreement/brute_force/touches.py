"""Whose touch is whose."""

from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.money import Opportunity, Touch
from tests.agreement.brute_force.numbers import known
from tests.agreement.brute_force.world import World, other_party


def touches_by(world: World, phone: str | None, source: str, contact: str | None) -> list[Touch]:
    """The touches whose phone or contact match, in their order (reading 17)."""
    return [
        touch
        for touch in world.touches
        if (phone is not None and known(touch.fields.get("phone")) == phone)
        or (
            contact is not None
            and touch.source == source
            and touch.fields.get("contact") == contact
        )
    ]


def before_call(world: World, call: Call) -> list[Touch]:
    """The caller's touches strictly before the call."""
    found = touches_by(world, other_party(call), call.source, call.fields.get("contact"))
    return [touch for touch in found if touch.time < call.start]


def at_or_before_call(world: World, call: Call) -> list[Touch]:
    found = touches_by(world, other_party(call), call.source, call.fields.get("contact"))
    return [touch for touch in found if touch.time <= call.start]


def before_win(world: World, opportunity: Opportunity, won: int) -> list[Touch]:
    """The touches before a win, of the opportunity's own contact, else its call's."""
    phone, contact = known(opportunity.fields.get("phone")), opportunity.fields.get("contact")
    call = world.call_for(opportunity.source, opportunity.fields.get("call"))
    if call is not None:
        phone = phone or other_party(call)
        contact = contact or call.fields.get("contact")
    found = touches_by(world, phone, opportunity.source, contact)
    return [touch for touch in found if touch.time < won]
