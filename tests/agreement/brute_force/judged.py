"""What became of inbound calls: answered, missed, abandoned, called back."""

from decimal import Decimal

from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.numbers import known
from tests.agreement.brute_force.world import World


def answer_time(call: Call) -> int | None:
    """The first answer of an A- or S-leg, which answers an inbound call (reading 22)."""
    times = [leg.answered for leg in call.legs if leg.kind in {"A", "S"}]
    return min((at for at in times if at is not None), default=None)


def answered(call: Call) -> bool:
    return answer_time(call) is not None


def missed(call: Call) -> bool:
    """Ended and never answered, but for calls whose connection was lost (reading 23)."""
    return call.end is not None and not answered(call) and call.reason != "lost"


def decided(call: Call) -> bool:
    return call.end is not None or answered(call)


def waiting_from(call: Call) -> int:
    """The first queue entry, else the start."""
    return call.stays[0].entered if call.stays else call.start


def hung_up(call: Call) -> bool:
    """Ended as abandoned and never answered, after however short a wait."""
    return call.reason == "abandoned" and not answered(call)


def patience(call: Call) -> int:
    """Milliseconds that an abandoned call waited."""
    return max(0, (call.end or call.start) - waiting_from(call))


def short_abandoned(world: World, call: Call) -> bool:
    threshold = world.queue_of(call).get("short_abandon_seconds")
    if threshold is None:
        threshold = world.settings.short_abandon_seconds
    return hung_up(call) and patience(call) < Decimal(str(threshold)) * 1000


def abandoned(world: World, call: Call) -> bool:
    return hung_up(call) and not short_abandoned(world, call)


def answer_wait(call: Call) -> int:
    """Milliseconds from the first queue entry, else the start, to the answer."""
    return max(0, (answer_time(call) or 0) - waiting_from(call))


def target(world: World, call: Call) -> Decimal:
    """Milliseconds of the service level: the queue's own, else the campaign's, else the setting."""
    for definition in (world.queue_of(call), world.campaign_of(call)):
        wanted = (definition.get("service_level") or {}).get("seconds")
        if wanted is not None:
            return Decimal(str(wanted)) * 1000
    return Decimal(str(world.settings.service_level_seconds)) * 1000


def callback(world: World, call: Call) -> Call | None:
    """The first outbound call to a missed call's number in time (reading 55 to 57)."""
    number = known(call.fields.get("from_number"))
    if number is None or call.end is None or not missed(call):
        return None
    until = call.end + Decimal(str(world.settings.callback_hours)) * 3_600_000
    for other in world.calls:
        if (
            not other.inbound
            and known(other.fields.get("to_number")) == number
            and call.end <= other.start <= until
        ):
            return other
    return None


def converted(call: Call) -> bool:
    """A lead, appointment, quote or converted flag, or a tied sale (reading 37)."""
    flags = ("lead", "appointment", "quote", "converted")
    return bool(call.sales) or any(call.flag(name) for name in flags)
