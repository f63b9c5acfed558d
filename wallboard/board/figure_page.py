"""One metric in full: what it means, what it is made of, its hours, and the calls behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.asked import asked_of, period_before, time_dimension
from wallboard.board.behind_list import BehindList, BehindPage
from wallboard.board.limited import limited
from wallboard.board.metric_steps import has_course
from wallboard.board.pages import Question
from wallboard.metrics.answers import Answer, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.behind import part_names
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.metrics.explain import Statement, statements
from wallboard.metrics.live import live_answers
from wallboard.metrics.metric import Metric
from wallboard.metrics.spans import spans
from wallboard.metrics.written import facts
from wallboard.questions.gaps import gaps
from wallboard.questions.view import one_view
from wallboard.reporting_time import Period

FRESH_SECONDS: Final = 20.0
MOST_SECONDS: Final = 60.0
TOO_LONG: Final = f"Takes more than {MOST_SECONDS:.0f} s to read; `wallboard metrics` has the time."


class SpanFigure(Struct, frozen=True):
    """A figure of an hour or a day; `is_now`: it is not over; `has_gap`: events of it were lost."""

    key: str
    value: Value
    numerator: Value = None
    denominator: Value = None
    is_now: bool = False
    has_gap: bool = False


class FigureContent(Struct, frozen=True, eq=False):
    """What is known of a figure so far; None is what was not read yet, or is not there.

    `facts` are those of `wallboard metrics --explain`, each under its name.
    """

    metric: Metric
    answer: Answer
    facts: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    parts: tuple[str, ...]
    by: str
    before_period: Period | None = None
    before: Answer | None = None
    course: tuple[SpanFigure, ...] | None = None
    behind: BehindPage | None = None


class FigureMemory:
    """Keeps a figure while its calls are scrolled through. The thread that reads owns it.

    But `is_left`, which a screen sets when nobody looks at it any more: then no more is read.
    """

    def __init__(self) -> None:
        self.is_left = False
        self.of: object = None
        self.at = 0
        self.content: FigureContent | None = None
        self.behind: BehindList | None = None


@dataclass(frozen=True, slots=True)
class FigureWanted:
    """The metric `slug`, and `count` of the calls behind its `part` from `offset` on.

    `part` is empty while nobody looks at calls.
    """

    slug: str
    part: str = ""
    offset: int = 0
    count: int = 64
    visit: int = 0
    """How often somebody came back to it: then it is read on where it was left."""
    agent: str | None = None
    """The agent whose figure it is, None for all."""
    memory: FigureMemory = field(default_factory=FigureMemory, compare=False)

    @property
    def fresh_seconds(self) -> float:
        """A figure of a period changes slowly."""
        return FRESH_SECONDS

    def read(self, question: Question) -> Iterator[FigureContent]:
        """The figure, then its course and what it is compared with, then the calls."""
        memory, asked = self.memory, asked_of(question)
        if self.agent is not None:
            asked = replace(asked, filters={**asked.filters, "agent": self.agent})
        period = (question.period.start_ms, question.period.end_ms)
        of = (self.slug, question.scope, self.agent, period, question.configuration)
        content = memory.content
        is_old = question.now - memory.at >= FRESH_SECONDS * 1000
        if content is None or of != memory.of or (is_old and not self.offset):
            for content in self._figure(question, asked):
                yield content
            memory.content, memory.of, memory.at = content, of, question.now
            memory.behind = None
            if memory.is_left:
                # It was cut short, and is read again when somebody comes back.
                memory.content = None
                return
        if content is None:
            return
        yield content
        if self.part:
            yield from self._calls(question, asked, content)

    def _figure(self, question: Question, asked: Asked) -> Iterator[FigureContent]:
        metric = BY_SLUG[self.slug]
        is_live = metric.reckoning is None
        answer = self._limited(question, asked, metric) or Answer(None, note=TOO_LONG)
        content = FigureContent(
            metric,
            answer,
            tuple(facts(metric, answer, asked)),
            tuple(statements(metric, asked)),
            part_names(metric, asked),
            time_dimension(question.period),
            period_before(asked),
        )
        yield content
        if is_live or metric.unit == "breakdown" or answer.note == TOO_LONG:
            return
        if has_course(metric, asked):
            by_time = replace(asked, by=content.by, is_split_alone=True)
            split = self._limited(question, by_time, metric)
            if split is not None:
                course = _course(question, asked, split, content.by)
                content = replace(content, course=course)
                yield content
        if content.before_period is not None:
            earlier = replace(asked, period=content.before_period)
            yield replace(content, before=self._limited(question, earlier, metric))

    def _limited(self, question: Question, asked: Asked, metric: Metric) -> Answer | None:
        return limited(
            question.connection,
            MOST_SECONDS,
            lambda: not self.memory.is_left,
            partial(_answer, question, asked, metric),
        )

    def _calls(
        self, question: Question, asked: Asked, content: FigureContent
    ) -> Iterator[FigureContent]:
        memory, connection = self.memory, question.connection
        if memory.behind is None or memory.behind.part != self.part:
            memory.behind = BehindList(content.metric, self.part, asked)
        found = memory.behind
        while True:
            with one_view(connection):
                page = found.page(connection, self.offset, self.count)
            yield replace(content, behind=page)
            if found.is_all:
                return
            with one_view(connection):
                found.look_on(connection)


def _answer(question: Question, asked: Asked, metric: Metric) -> Answer:
    with one_view(question.connection):
        if metric.reckoning is None:
            return live_answers(question.connection, asked)[metric.slug]
        return answers(question.connection, [metric], asked)[metric.slug]


def _course(
    question: Question, asked: Asked, split: Answer, by: str
) -> tuple[SpanFigure, ...] | None:
    """The figure by spans of time that have begun; None where it cannot be split so."""
    if split.breakdown is None:
        return None
    rows = {str(row["key"]): row for row in split.breakdown}
    period = asked.period
    lost = gaps(question.connection, period.start_ms, period.end_ms)
    found: dict[str, SpanFigure] = {}
    for span in spans(asked.calendar, period, by):
        if span.start > asked.now:
            break
        row = rows.get(span.key, {})
        value, above, below = (
            figure if isinstance(figure := row.get(name), int | float) else None
            for name in ("value", "numerator", "denominator")
        )
        has_gap = any(gap.started < span.until and gap.ended > span.start for gap in lost)
        is_now = span.start <= asked.now < span.until
        found[span.key] = SpanFigure(span.key, value, above, below, is_now, has_gap)
    return tuple(found.values())
