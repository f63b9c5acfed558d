"""What is known of the catalogue between two readings of its page."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from wallboard.board.metric_steps import MetricStep, What
from wallboard.board.pages import Question
from wallboard.metrics.answers import Answer, Value


class MetricFigures(Struct, frozen=True):
    """What is known of one metric: its answer, that of the period before, and its course.

    `course` has a value for each hour or day that is over, None where nothing is known. `before`
    and `course` are None until they were read, and where there is none.
    """

    answer: Answer
    before: Answer | None = None
    course: tuple[Value, ...] | None = None


class MetricsMemory:
    """Keeps figures while another part of the catalogue comes into sight, until they are too old.

    The thread that reads owns it. But `in_sight`, the slugs that somebody looks at now, is set by
    the screen: it is one reference, so that reading sees the old one or the new. What is not in
    sight any more is not read on. None: whatever is wanted is in sight.
    """

    def __init__(self) -> None:
        self.in_sight: tuple[str, ...] | None = None
        self._of: object = None
        self._at = 0
        self._figures: dict[str, MetricFigures] = {}
        self._done: set[tuple[What, str]] = set()

    def begin(self, question: Question, good_for_ms: int) -> None:
        """Forget what is of something else; read again what is old, but show it until then."""
        period = (question.period.start_ms, question.period.end_ms)
        of = (question.scope, period, question.configuration)
        if of != self._of:
            self._figures = {}
        if of != self._of or question.now - self._at >= good_for_ms:
            self._of, self._at = of, question.now
            self._done = set()

    def left(self, step: MetricStep) -> MetricStep | None:
        """The step without the metrics that it was taken for; None where that is all of them."""
        metrics = tuple(m for m in step.metrics if (step.what, m.slug) not in self._done)
        return step._replace(metrics=metrics) if metrics else None

    def keep(self, step: MetricStep, figures: Mapping[str, MetricFigures]) -> None:
        """The step was taken and gave these."""
        self._figures.update(figures)
        self._done |= {(step.what, metric.slug) for metric in step.metrics}

    def give_up(self, step: MetricStep, unknown: MetricFigures) -> None:
        """The step takes too long, and so would what comes after it: what is known, stays."""
        for metric in step.metrics:
            self._figures.setdefault(metric.slug, unknown)
            self._done |= {("now", metric.slug), ("before", metric.slug), ("course", metric.slug)}

    def figures(self) -> Mapping[str, MetricFigures]:
        """What is known by slug, as it is now."""
        return MappingProxyType(dict(self._figures))
