"""What is wrong with the calling itself: webhooks in trouble, alarms not evaluated. Pure."""

from collections.abc import Callable, Sequence

from wallboard.counted import counted
from wallboard.questions.alarms import STATES, DeliveryTrouble, RuleTrouble


def trouble_lines(
    deliveries: Sequence[DeliveryTrouble],
    rules: Sequence[RuleTrouble],
    moment: Callable[[int], str],
) -> list[str]:
    """A sentence for each webhook in trouble, and for each alarm that cannot be evaluated."""
    lines = []
    for hook in dict.fromkeys(delivery.hook for delivery in deliveries):
        of = [delivery for delivery in deliveries if delivery.hook == hook]
        latest = of[0]
        again = [delivery.due for delivery in of if delivery.due is not None]
        then = f"tried again at {moment(min(again))}" if again else "given up"
        what = counted(len(of), "message")
        lines.append(f"! The webhook of {hook}: {what} not delivered, {latest.trouble}; {then}.")
    return lines + [_of_rule(rule, moment(rule.since)) for rule in rules]


def _of_rule(rule: RuleTrouble, since: str) -> str:
    if not rule.rule:
        return f"! Alarms have not been evaluated since {since}: {rule.trouble}"
    if rule.rule == STATES:
        return f"! What is stuck or impossible is not looked for since {since}: {rule.trouble}"
    return f"! The alarm {rule.rule} cannot be evaluated since {since}: {rule.trouble}"
