"""Telling the intake how a feed is doing: every change at once, mere figures now and then."""

from wallboard.feeds.intake import Condition, Intake


class Reporter:
    """Reports the condition of one feed, no oftener than needed."""

    def __init__(self, feed: str, intake: Intake, every: float) -> None:
        """`every`: seconds between two reports in which nothing but figures moved."""
        self._feed, self._intake, self._every = feed, intake, every
        self._last: Condition | None = None
        self._last_at = 0.0

    def report(self, condition: Condition, at: float) -> None:
        """Pass a condition on when it changed in kind, or when its figures are due.

        `at` is in monotonic seconds.
        """
        last = self._last
        if condition == last:
            return
        if last is None or _kind(condition) != _kind(last) or at - self._last_at >= self._every:
            self._last, self._last_at = condition, at
            self._intake.report(self._feed, condition)


def _kind(condition: Condition) -> tuple[object, ...]:
    return condition.stage, condition.since, condition.reason, condition.retry_at
