"""Metrics 53 to 67: how inbound calls were handled."""

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import ratio, seconds
from tests.agreement.brute_force.asked import Answer
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.demand import number
from tests.agreement.brute_force.judged import (
    abandoned,
    answer_time,
    answer_wait,
    answered,
    callback,
    decided,
    missed,
    patience,
    short_abandoned,
    target,
)


def service_level(
    formula: str, within: int, answers: int, misses: int, shorts: int, gone: int, gone_within: int
) -> Answer:
    """The named formulas of metric 63.

    Of answers within the target, all answers, missed, short abandoned, abandoned, and abandoned
    within the target.
    """
    formulas = {
        "offered": (within, answers + misses - shorts),
        "answered": (within, answers),
        "within": (within + gone_within, answers + gone),
        "late_abandons": (within, answers + gone - gone_within),
    }
    return ratio(*formulas[formula])


def level(chosen: Chosen) -> Answer:
    world, calls = chosen.world, chosen.inbound
    picked = [call for call in calls if answered(call)]
    gone = [call for call in calls if abandoned(world, call)]
    return service_level(
        chosen.settings.service_level_formula,
        within=sum(answer_wait(call) <= target(world, call) for call in picked),
        answers=len(picked),
        misses=sum(missed(call) for call in calls),
        shorts=sum(short_abandoned(world, call) for call in calls),
        gone=len(gone),
        gone_within=sum(patience(call) <= target(world, call) for call in gone),
    )


def routed(call: Call) -> bool:
    """Entered a queue or was sent to a destination, and is decided (reading 28)."""
    return decided(call) and (bool(call.stays) or any(leg.kind in {"A", "S"} for leg in call.legs))


def undisturbed(call: Call) -> bool:
    """Connected, and not transferred after the answer."""
    at = answer_time(call)
    return at is not None and not any(moved > at for moved in call.transfers)


def handling(chosen: Chosen) -> dict[str, Answer]:
    world, settings, calls = chosen.world, chosen.settings, chosen.inbound
    picked = [call for call in calls if answered(call)]
    lost = [call for call in calls if missed(call)]
    offered = len(picked) + len(lost)
    shorts = sum(short_abandoned(world, call) for call in calls)
    reachable = [call for call in lost if number(call) is not None]
    returned = [(call, callback(world, call)) for call in reachable]
    delays = [back.start - (call.end or 0) for call, back in returned if back is not None]
    closed = [call for call in calls if not clock.is_open(call.start, settings)]
    served = [call for call in closed if answered(call) or callback(world, call) is not None]
    sent = [call for call in calls if routed(call)]
    waited = [call for call in calls if any(stay.left is not None for stay in call.stays)]
    queued = [call for call in calls if call.stays]
    stays = [stay for call in calls for stay in call.stays]
    ended_answered = [stay.length for stay in stays if stay.reason == "answered"]
    intended = [call for call in queued if call.fields.get("intended_queue") is not None]
    return {
        "answer_rate": ratio(len(picked), offered),
        "missed_call_rate": ratio(len(lost), offered),
        "callback_rate": ratio(len(delays), len(reachable)),
        "callback_response_time": ratio(seconds(sum(delays)), len(delays)),
        "after_hours_response_rate": ratio(len(served), len(closed)),
        "routing_success_rate": ratio(sum(undisturbed(call) for call in sent), len(sent)),
        "transfer_rate": ratio(sum(bool(call.transfers) for call in calls), len(picked)),
        "abandonment_rate": ratio(sum(abandoned(world, call) for call in calls), offered - shorts),
        "average_speed_of_answer": ratio(
            seconds(sum(answer_wait(call) for call in picked)), len(picked)
        ),
        "average_waiting_time": ratio(seconds(sum(stay.length for stay in stays)), len(waited)),
        "service_level": level(chosen),
        "overflow_routing_rate": ratio(
            sum(any(stay.reason == "overflowed" for stay in call.stays) for call in calls),
            len(sent),
        ),
        "average_transfers_per_call": ratio(
            sum(len(call.transfers) for call in calls), len(picked)
        ),
        "queue_response_time": ratio(seconds(sum(ended_answered)), len(ended_answered)),
        "routing_accuracy": ratio(
            sum(call.queue == call.fields["intended_queue"] for call in intended), len(intended)
        ),
    }
