"""The rates that sums give, by the formulas of the metric catalogue (its numbers in brackets)."""

from typing import Final

from wallboard.config import Metrics
from wallboard.facts.judgement import MILLION
from wallboard.questions.floor_answers import Ratio
from wallboard.questions.sums import Sums

SECOND_MS: Final = 1_000


def answer_rate(sums: Sums) -> Ratio:
    """Answered of offered, which is answered and missed [53]."""
    return Ratio(sums.answered, sums.answered + sums.missed)


def abandonment_rate(sums: Sums) -> Ratio:
    """Abandoned of those offered who waited at least the short time [60]."""
    return Ratio(sums.abandoned, sums.answered + sums.missed - sums.short_abandoned)


def service_level(sums: Sums, metrics: Metrics) -> Ratio:
    """Answered within the target, of what the configured formula says [63]."""
    within, answered = sums.within_target, sums.answered
    match metrics.service_level_formula:
        case "offered":
            return Ratio(within, answered + sums.missed - sums.short_abandoned)
        case "answered":
            return Ratio(within, answered)
        case "within":
            return Ratio(within + sums.abandoned_within_target, answered + sums.abandoned)
        case "late_abandons":
            return Ratio(within, answered + sums.abandoned - sums.abandoned_within_target)


def drop_rate(sums: Sums, metrics: Metrics) -> Ratio:
    """Live answers with no agent in time, by the configured formula [K5].

    Ofcom's D' / (H + D') with D' = D - D x A / (H + A) = D x H / (H + A) is, times (H + A) / H,
    D / (H + A + D): the same share in whole numbers. With machines but no live call handled
    nothing is left of the drops, and so nothing was measured. A live call that an agent took too
    late is a drop, and so not one handled.
    """
    drops = sums.dropped
    match metrics.drop_formula:
        case "ftc":
            return Ratio(drops, sums.live_answers)
        case "ofcom":
            handled, machines = sums.live_with_agent, sums.machine_with_agent
            if machines and not handled:
                return Ratio(0, 0)
            return Ratio(drops, handled + machines + drops)
        case "answered":
            return Ratio(drops, sums.dial_answered)


def drops_allowed(sums: Sums) -> int | None:
    """Drops that the live answers so far allow, in whole ones; None when nothing was dialled."""
    return sums.drop_allowance_millionths // MILLION if sums.decided else None


def drops_left(sums: Sums) -> int | None:
    """Drops left before the limit, negative when over [K6]; None when nothing was dialled."""
    allowed = drops_allowed(sums)
    return None if allowed is None else allowed - sums.dropped


def average_seconds(total_ms: int, calls: int) -> float | None:
    """A mean in seconds, None over nothing."""
    return total_ms / SECOND_MS / calls if calls else None


def handle_seconds(sums: Sums) -> float | None:
    """Talk, hold and wrap-up over connected calls, in seconds [72]."""
    return average_seconds(sums.talk_ms + sums.hold_ms + sums.wrap_ms, sums.connected)


def speed_of_answer(sums: Sums) -> float | None:
    """The mean wait of answered calls until their answer, in seconds [61]."""
    return average_seconds(sums.answer_ms, sums.answered)
