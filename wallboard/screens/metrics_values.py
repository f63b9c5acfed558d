"""From the catalogue and its figures to rows of a table. Pure."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from wallboard.board.metrics_memory import MetricFigures
from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.metric import Metric
from wallboard.metrics.written import figure
from wallboard.screens.metric_words import (
    NOT_READ,
    better_words,
    category_words,
    change_words,
    sample_words,
    value_words,
)
from widgets.sparkline import spark
from widgets.table import Column, Row

HEADING: Final = "category/"
"""What the keys of headings begin with; the others are slugs."""

WIDE: Final = 110
VERY_WIDE: Final = 200


def _course_cells(width: int) -> int:
    """How wide the course is in a table of `width` cells."""
    return 72 if width >= VERY_WIDE else 24 if width >= WIDE else 8


def columns_of(by: str, width: int) -> tuple[Column, ...]:
    """The columns in a table of `width` cells; `by` is what the course is shown by."""
    return (
        Column("metric", 34 if width >= WIDE else 22, grow=3, priority=9),
        Column("value", 12, "right", priority=8),
        Column("made of", 15, grow=2, priority=7),
        Column("change", 9, "right", priority=6),
        Column("", 6, priority=2),
        Column("before", 12, "right", priority=1),
        Column(f"by {by}", _course_cells(width), "right", priority=5, role="bar"),
    )


def narrowed(text: str) -> tuple[Metric, ...]:
    """The metrics in whose slug or title each of the words occurs."""
    words = text.casefold().split()
    return tuple(
        metric
        for metric in CATALOGUE
        if all(word in f"{metric.slug} {metric.title}".casefold() for word in words)
    )


def metric_rows(
    metrics: Sequence[Metric],
    figures: Mapping[str, MetricFigures],
    currency: str,
    width: int,
) -> list[Row]:
    """A heading for each category, and a line for each metric."""
    course = _course_cells(width)
    rows: list[Row] = []
    for category, group in groupby(metrics, key=lambda metric: metric.category):
        rows.append(Row(f"{HEADING}{category}", (category_words(category).upper(),), faint=True))
        rows += [_row(metric, figures.get(metric.slug), currency, course) for metric in group]
    return rows


def _row(metric: Metric, known: MetricFigures | None, currency: str, course: int) -> Row:
    title = f"  {metric.title}"
    if known is None:
        return Row(metric.slug, (title, NOT_READ, "", "", "", "", ""))
    answer, before = known.answer, known.before
    values = known.course or ()
    has_shape = any(value is not None for value in values)
    cells = (
        title,
        value_words(metric, answer, currency),
        sample_words(metric, answer),
        change_words(answer, before),
        better_words(metric, answer, before),
        "" if before is None else figure(before.value, metric.unit),
        spark(values, course) if has_shape else "",
    )
    is_unknown = answer.value is None and not answer.breakdown
    return Row(metric.slug, cells, faint=is_unknown)


def detail_lines(slug: str | None, known: MetricFigures | None) -> list[str]:
    """What is said of the metric under the cursor."""
    metric = BY_SLUG.get(slug or "")
    if metric is None:
        return []
    answer = known.answer if known is not None else None
    # Of a gap the line above the table tells.
    is_told = answer is None or (answer.value is not None and not answer.complete)
    note = "" if is_told or answer is None else answer.note
    return [
        f"{metric.title}  {metric.slug}",
        f"= {metric.formula}",
        note or metric.tells,
    ]
