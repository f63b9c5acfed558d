"""The whole catalogue for a period, read step by step: what is cheap comes first.

What the rollups do not hold is read only for the metrics that somebody looks at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.asked import asked_of, period_before, time_dimension
from wallboard.board.limited import limited
from wallboard.board.metric_steps import MetricStep, next_step, steps
from wallboard.board.metrics_memory import MetricFigures, MetricsMemory
from wallboard.board.pages import Question
from wallboard.metrics.answers import Answer, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.metrics.live import live_answers
from wallboard.metrics.metric import Metric
from wallboard.metrics.spans import spans
from wallboard.questions.view import one_view
from wallboard.reporting_time import Period

FRESH_SECONDS: Final = 30.0
MOST_SECONDS: Final = 3.0
"""A metric that takes longer is read when it is opened, not for a list of many."""

TOO_LONG: Final = f"Takes more than {MOST_SECONDS:.0f} s to read: open it."


class MetricsContent(Struct, frozen=True, eq=False):
    """The figures by slug as far as they were read.

    `before` is what they are compared with, None where there is nothing; `by` is hour or day.
    """

    figures: Mapping[str, MetricFigures]
    before: Period | None
    by: str


@dataclass(frozen=True, slots=True)
class MetricsWanted:
    """Every metric that is cheap, and those of `slugs` whatever they cost."""

    slugs: tuple[str, ...] = ()
    memory: MetricsMemory = field(default_factory=MetricsMemory, compare=False)

    @property
    def fresh_seconds(self) -> float:
        """Figures of a period change slowly, and reading all of them is dear."""
        return FRESH_SECONDS

    def read(self, question: Question) -> Iterator[MetricsContent]:
        """The figures, ever more of them."""
        memory, wanted = self.memory, frozenset(self.slugs)
        memory.begin(question, round(FRESH_SECONDS * 1000))
        asked = asked_of(question)
        before, by = period_before(asked), time_dimension(question.period)
        left = [
            step
            for step in steps(CATALOGUE, asked, wanted)
            if before is not None or step.what != "before"
        ]
        yield MetricsContent(memory.figures(), before, by)
        while left:
            planned = next_step(left, wanted)
            left.remove(planned)
            step = memory.left(planned)
            if step is None:
                continue
            known = memory.figures()
            found = limited(
                question.connection,
                MOST_SECONDS,
                partial(_is_wanted, memory, step),
                partial(_read, question, asked, before, step, known),
            )
            if found is not None:
                memory.keep(step, found)
            elif _is_wanted(memory, step):
                memory.give_up(step, MetricFigures(Answer(None, note=TOO_LONG)))
            else:
                left.append(planned)
            yield MetricsContent(memory.figures(), before, by)


def _is_wanted(memory: MetricsMemory, step: MetricStep) -> bool:
    seen = memory.in_sight
    return step.is_cheap or seen is None or any(metric.slug in seen for metric in step.metrics)


def _read(
    question: Question,
    asked: Asked,
    before: Period | None,
    step: MetricStep,
    known: Mapping[str, MetricFigures],
) -> dict[str, MetricFigures]:
    """What one step adds to what is known."""
    connection, metrics = question.connection, step.metrics
    with one_view(connection):
        match step.what:
            case "live":
                found = live_answers(connection, asked)
            case "now":
                found = answers(connection, metrics, asked)
            case "before":
                earlier = answers(
                    connection, metrics, replace(asked, period=before or asked.before())
                )
                return {slug: replace(known[slug], before=one) for slug, one in earlier.items()}
            case "course":
                by = time_dimension(asked.period)
                split = answers(connection, metrics, replace(asked, by=by, is_split_alone=True))
                return {
                    metric.slug: replace(
                        known[metric.slug], course=_course_of(metric, split[metric.slug], asked, by)
                    )
                    for metric in metrics
                }
    # What it is compared with is of before: it stays until it is read again.
    return {
        slug: replace(known[slug], answer=answer) if slug in known else MetricFigures(answer)
        for slug, answer in found.items()
    }


def _course_of(metric: Metric, split: Answer, asked: Asked, by: str) -> tuple[Value, ...] | None:
    """The values of a metric that was split by time, for each span that is over."""
    if metric.unit == "breakdown" or split.breakdown is None:
        return None
    known = {str(row["key"]): row.get("value") for row in split.breakdown}
    over = [span for span in spans(asked.calendar, asked.period, by) if span.until <= asked.now]
    values = [known.get(key) for key in dict.fromkeys(span.key for span in over)]
    return tuple(value if isinstance(value, int | float) else None for value in values)
