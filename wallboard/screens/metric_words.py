"""What is said of metrics on the board: values with their unit, samples, changes. Pure."""

import re
from datetime import date, datetime
from typing import Final

from wallboard.metrics.answers import Answer, Value, change
from wallboard.metrics.completeness import NEVER_SENT
from wallboard.metrics.metric import Category, Metric
from wallboard.metrics.written import UNKNOWN, figure
from wallboard.reporting_time import Calendar, Period

NOT_READ: Final = "…"
GAP: Final = "*"
"""Stands behind a figure over a period with a gap in its data."""

EXACT: Final = 100
"""From here on fractions of a sum are not shown in a sample; the words of a figure have them."""

MANIFOLD: Final = 9.0
"""From ten times as much on a change is told in times, not in per cent."""

_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")

_CATEGORIES: Final[dict[Category, str]] = {"campaign": "web campaigns"}


def category_words(category: Category) -> str:
    """A category as it is headed."""
    return _CATEGORIES.get(category, category.replace("_", " "))


def value_words(metric: Metric, answer: Answer, currency: str) -> str:
    """A value with its unit; of a breakdown how many rows it has."""
    gap = "" if answer.complete else GAP
    if metric.unit == "breakdown":
        if answer.breakdown is None:
            return UNKNOWN
        rows = len(answer.breakdown)
        return f"{rows} row{'s' * (rows != 1)}{gap}"
    if answer.value is None:
        return UNKNOWN
    about = "~" if metric.estimate else ""
    unit = f" {currency}" if metric.unit == "money" else ""
    return f"{about}{figure(answer.value, metric.unit)}{unit}{gap}"


def sample_words(metric: Metric, answer: Answer) -> str:
    """What a value is made of; of a breakdown its first row; where nothing is known, why."""
    if answer.note.startswith(NEVER_SENT):
        return f"needs {answer.note.removeprefix(NEVER_SENT).rstrip('.')}"
    if metric.unit == "breakdown" and answer.breakdown:
        return _largest(answer)
    if answer.denominator is not None:
        return f"{_part(answer.numerator)} of {_part(answer.denominator)}"
    return answer.note if answer.value is None else ""


def _part(value: Value) -> str:
    """A part of a ratio: no fractions of what is large."""
    return figure(value if value is None or abs(value) < EXACT else round(value), "count")


def _largest(answer: Answer) -> str:
    """The row of a breakdown with the most: its number first, which is never to be cut."""

    def size(row: dict[str, str | int | float | None]) -> float:
        value = row.get("value")
        return value if isinstance(value, int | float) else -1

    row = max(answer.breakdown or (), key=size)
    share = row.get("share")
    shown = figure(share, "ratio") if share is not None else figure(row.get("value"), "breakdown")
    return f"{shown} {_key_words(str(row['key']))}"


def _key_words(key: str) -> str:
    """A key as it is read: of a day or an hour of one as `9 Jun 07:00`, else as it is."""
    try:
        at = datetime.fromisoformat(key if _DATED.fullmatch(key) else "")
    except ValueError:
        return key
    return f"{at.day} {at:%b}" + (f" {at:%H:%M}" if "T" in key else "")


def change_words(answer: Answer, before: Answer | None) -> str:
    """The change from the period before as a share of it."""
    if before is None or answer.value is None or before.value is None:
        return "" if before is None else UNKNOWN
    moved = change(answer.value, before.value)
    if moved is None:
        return "=" if answer.value == before.value else "from 0"
    if abs(moved) < 0.0005:
        return "="
    if moved >= MANIFOLD:
        return f"▲ {moved + 1:,.0f} x"
    return f"{'▲' if moved > 0 else '▼'} {abs(moved) * 100:,.1f} %"


def better_words(metric: Metric, answer: Answer, before: Answer | None) -> str:
    """Whether the change is for the better."""
    if before is None or answer.value is None or before.value is None or metric.better == "none":
        return ""
    if answer.value == before.value:
        return ""
    return "better" if (answer.value > before.value) == (metric.better == "up") else "worse"


def span_words(calendar: Calendar, period: Period) -> str:
    """A period in words: its days, and the time up to which it goes within the last."""
    first, last = period.days[0], period.days[-1]
    days = _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    if period.end_ms == calendar.day_bounds(last)[1]:
        return days
    return f"{days} up to {calendar.format_clock(period.end_ms, seconds=False)}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
