"""A figure with what it is made of, as pages hold it."""

from typing import Final

from msgspec import Struct

from wallboard.board.pages import Question
from wallboard.metrics.answers import Answer, Row, Value
from wallboard.reporting_time import Period
from wallboard.reports.report import Asked


class Sample(Struct, frozen=True):
    """A value, and numerator and denominator where it has them; None is unknown, never 0."""

    value: Value = None
    numerator: Value = None
    denominator: Value = None


UNKNOWN: Final = Sample()


def sample_of(answer: Answer | None) -> Sample:
    """What was answered; unknown where nothing was."""
    if answer is None:
        return UNKNOWN
    return Sample(answer.value, answer.numerator, answer.denominator)


def samples_by_key(answer: Answer) -> dict[str, Sample]:
    """The rows of a breakdown by their keys."""
    return {
        str(row["key"]): Sample(
            number(row, "value"), number(row, "numerator"), number(row, "denominator")
        )
        for row in answer.breakdown or ()
    }


def number(row: Row, name: str) -> Value:
    """A figure of a row; None where it is unknown."""
    value = row.get(name)
    return value if isinstance(value, int | float) else None


def report_asked(
    question: Question, knows: tuple[str, ...], *, period: Period | None = None
) -> Asked:
    """The question to a report that can be asked by the dimensions `knows`."""
    return Asked(
        period or question.period,
        question.calendar,
        question.configuration.metrics,
        question.now,
        {name: value for name, value in question.scope.filters.items() if name in knows},
    )
