"""From one metric in full to what the screen of a figure shows. Pure."""

import textwrap
from collections.abc import Sequence
from typing import Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from wallboard.board.behind_list import BehindPage
from wallboard.board.figure_page import FigureContent
from wallboard.metrics.metric import Metric
from wallboard.metrics.written import figure, named_values
from wallboard.reporting_time import Calendar
from wallboard.screens.metric_words import (
    better_words,
    change_words,
    sample_words,
    span_words,
    value_words,
)
from wallboard.screens.text_lines import flowed
from widgets import figures
from widgets.course import Point
from widgets.table import Column, Row
from widgets.text import visible

MOST_NOTES: Final = 2
"""Lines of a note above all; the words have the whole of it."""

BESIDE: Final = frozenset({"key", "value", "numerator", "denominator", "share"})
"""The columns of a breakdown that have a place of their own."""


def head_lines(
    content: FigureContent, currency: str, calendar: Calendar, read: str, width: int
) -> list[str]:
    """The title, the value with its sample, what it is compared with, and what limits it."""
    metric, answer = content.metric, content.answer
    value = value_words(metric, answer, currency)
    # What an unknown one lacks stands below, whole.
    is_noted = answer.value is None and bool(answer.note) and not answer.breakdown
    sample = "" if is_noted else sample_words(metric, answer)
    lines = [f"{metric.title}   {value}" + (f"   {sample}" if sample else "")]
    said = [read]
    if content.before is not None and content.before_period is not None:
        when = span_words(calendar, content.before_period)
        moved = change_words(answer, content.before)
        better = better_words(metric, answer, content.before)
        was = figure(content.before.value, metric.unit)
        if metric.unit != "breakdown":
            if content.before.value is None or answer.value is None:
                said.append(f"nothing known to compare with on {when}")
            elif content.before.value:
                said.append(f"{moved} {better}".strip() + f", was {was} on {when}")
            else:
                said.append(f"was {was} on {when}")
    lines += flowed(said, max(20, width - 2))
    return lines + textwrap.wrap(answer.note, max(20, width - 2))[:MOST_NOTES]


def definition(content: FigureContent, said: Sequence[str]) -> Group:
    """What `wallboard metrics --explain` says of it, and the words of where it was opened."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for name, words in content.facts:
        grid.add_row(Text(name, style="bold"), Text(visible(words)))
    above = [Text(f"{visible(paragraph)}\n") for paragraph in said]
    return Group(*above, grid)


def sql(content: FigureContent) -> Text:
    """The statements that reckon it, with the values they name."""
    text = Text()
    for one in content.statements:
        text.append(f"SQL of the {one.gives}\n", style="bold")
        text.append(f"{_lines(one.sql)}\n")
        if named := named_values(one):
            text.append(f"{visible(named)}\n", style="dim")
        text.append("\n")
    return text if content.statements else Text("No SQL: it is reckoned of what is true now.")


def _lines(statement: str) -> str:
    return "\n".join(visible(line) for line in statement.splitlines())


def points(content: FigureContent) -> list[Point]:
    """The figure by hour or by day; a breakdown by time is its own course."""
    metric = content.metric
    return [
        Point(
            span.key if content.by == "hour" else span.key[5:],
            span.value,
            short_words(metric, span.value),
            span.is_now,
            span.has_gap,
        )
        for span in content.course or ()
    ]


def short_words(metric: Metric, value: float | None) -> str:
    """A value in few cells."""
    if value is None:
        return "–"
    if metric.unit == "ratio":
        return f"{value * 100:.0f} %" if abs(value) >= 0.1 or not value else f"{value * 100:.1f} %"
    if metric.unit == "seconds":
        return figures.clock(value)
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}"


def breakdown_columns(content: FigureContent) -> tuple[Column, ...]:
    """A column for each figure of the breakdown."""
    rows = content.answer.breakdown or ()
    names = tuple(rows[0]) if rows else ()
    extra = tuple(name for name in names if name not in BESIDE)
    of = ("numerator", "denominator") if any(row.get("denominator") for row in rows) else ()
    share = ("share",) if "share" in names else ()
    return (
        Column("", 20, grow=2, priority=9),
        Column("value", 12, "right", priority=8),
        *(Column(name, 10, "right", priority=7) for name in share),
        *(Column(name.replace("_", " "), 13, "right", priority=6) for name in (*extra, *of)),
    )


def breakdown_rows(content: FigureContent) -> list[Row]:
    """The rows of the breakdown, in the order of the answer."""
    rows = content.answer.breakdown or ()
    names = tuple(rows[0]) if rows else ()
    extra = [name for name in names if name not in BESIDE]
    if any(row.get("denominator") for row in rows):
        extra += ["numerator", "denominator"]
    return [
        Row(
            str(at),
            (
                str(row["key"]),
                figure(row.get("value"), content.metric.unit),
                *([figure(row.get("share"), "ratio")] if "share" in names else []),
                *(figure(row.get(name), "breakdown") for name in extra),
            ),
        )
        for at, row in enumerate(rows)
    ]


def behind_words(page: BehindPage | None, part: str) -> str:
    """How many calls stand behind a part, or why none do."""
    if page is None or page.part != part:
        return "looking …"
    if page.reason:
        return page.reason
    least = "" if page.is_all else "at least "
    more = "" if page.is_all else ", counting …"
    calls = f"{least}{figures.count(page.total)} call{'s' * (page.total != 1)}"
    return f"{calls} behind the {part}, newest first{more}"
