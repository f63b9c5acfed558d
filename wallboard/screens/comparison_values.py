"""From two sides of figures to a table. Pure."""

from typing import Final

from wallboard.board.comparison_page import Comparison
from wallboard.board.sample import UNKNOWN, Sample
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.metric import Metric
from wallboard.reporting_time import Calendar, Period
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row

_CHANGE: Final = 3
_SHORT: Final = {
    "view_through_rate": "View-through rate",
    "click_through_rate": "Click-through rate",
    "control_rate": "Control group rate",
    "goal_type_average": "Average of its goal type",
    "goals_after_engagement": "Goals after chats, clicks",
    "revenue_after_engagement": "Revenue after chats, clicks",
}
"""Titles of the catalogue that are too long for a column at 80 cells."""


def columns(mine: str, other: str) -> tuple[Column, ...]:
    """The columns, under the names of both sides."""
    return (
        Column("figure", 27, grow=3, priority=5),
        Column(mine, 16, "right", grow=1, priority=4),
        Column(other, 16, "right", grow=1, priority=3),
        Column("change", 10, "right", priority=2),
    )


def comparison_rows(page: Comparison, currency: str) -> list[Row]:
    """A row for each figure that either side has; one by which it is worse is marked."""
    return [
        _row(BY_SLUG[slug], page.mine.get(slug, UNKNOWN), page.other.get(slug, UNKNOWN), currency)
        for slug in page.slugs
        if page.mine.get(slug, UNKNOWN).value or page.other.get(slug, UNKNOWN).value
    ]


def _row(metric: Metric, mine: Sample, other: Sample, currency: str) -> Row:
    words, level = _change(metric, mine.value, other.value)
    cells = (
        _SHORT.get(metric.slug, metric.title),
        _text(metric, mine, currency),
        _text(metric, other, currency),
        words,
    )
    levels = tuple(level if at == _CHANGE else Level.GOOD for at in range(len(cells)))
    return Row(metric.slug, cells, level, levels)


def _change(metric: Metric, mine: float | None, other: float | None) -> tuple[str, Level]:
    """Shares by points, durations by seconds, all else by its part."""
    if mine is None or other is None:
        return figures.UNKNOWN, Level.GOOD
    difference = mine - other
    worse = (difference < 0) if metric.better == "up" else (difference > 0)
    level = Level.NOTICE if metric.better != "none" and worse and difference else Level.GOOD
    if metric.unit == "ratio":
        words = figures.change(difference * 100)
        return (words if words == "=" else f"{words} pts"), (Level.GOOD if words == "=" else level)
    if metric.unit == "seconds":
        words = figures.change(difference)
        return (words if words == "=" else f"{words} s"), Level.GOOD if words == "=" else level
    if not other:
        return (figures.change(difference, 0) if difference else "="), level
    words = figures.change(difference / abs(other) * 100, 0)
    return (words if words == "=" else f"{words} %"), Level.GOOD if words == "=" else level


def _text(metric: Metric, sample: Sample, currency: str) -> str:
    value = sample.value
    match metric.unit:
        case "ratio":
            of = f" of {figures.count(sample.denominator)}" if sample.denominator else ""
            return f"{figures.share(value)}{of}"
        case "seconds":
            return figures.duration(value)
        case "money":
            return figures.money(value, currency)
        case "count":
            return figures.count(value)
        case _:
            return figures.UNKNOWN if value is None else f"{value:,.1f}"


def before_words(period: Period | None, calendar: Calendar) -> str:
    """The period before, in as few words as tell it; with the time up to which it is compared."""
    if period is None:
        return "before"
    days = period.days
    first = f"{calendar.local(period.start_ms):%d %b}"
    last = calendar.local(period.end_ms - 1)
    is_cut = period.end_ms not in {calendar.day_bounds(day)[1] for day in days[-1:]}
    until = f" to {last:%H:%M}" if is_cut else ""
    span = first if len(days) <= 1 else f"{first} – {last:%d %b}"
    return f"{span}{until}"
