"""The catalogue and its answers as text for a person."""

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from wallboard.commands.metric_found import Found
from wallboard.commands.plain_table import indented, table
from wallboard.metrics.answers import Answer, change
from wallboard.metrics.asked import Asked
from wallboard.metrics.explain import Statement
from wallboard.metrics.metric import Metric
from wallboard.metrics.written import facts, figure, named_values, period_words

WIDTH: Final = 96
MOST_ROWS: Final = 12
"""Rows of a breakdown that are shown beside other metrics; alone it is shown whole."""


def answers_text(answers: Iterable[Found], asked: Asked, *, is_alone: bool) -> str:
    """The answers by category; each breakdown below its metric, whole where that is alone."""
    lines = [period_words(asked), ""]
    incomplete = ""
    for category, group in groupby(answers, key=lambda found: found.metric.category):
        lines.append(category.replace("_", " ").capitalize())
        for metric, answer, before in group:
            lines.append(indented(_line(metric, answer, before)))
            if answer.breakdown:
                lines.append(indented(_rows(metric, answer, None if is_alone else MOST_ROWS), 6))
            if not answer.complete:
                incomplete = incomplete or answer.note
        lines.append("")
    if incomplete:
        lines.append(textwrap.fill(f"Not complete: {incomplete}", WIDTH))
    return "\n".join(lines).rstrip()


def list_text(metrics: Sequence[Metric]) -> str:
    """The catalogue: a line for each metric."""
    return table(
        ("slug", "title", "category", "unit", "what it tells"),
        [(m.slug, m.title, m.category.replace("_", " "), m.unit, m.tells) for m in metrics],
    )


def explained_text(metric: Metric, answer: Answer, how: Sequence[Statement], asked: Asked) -> str:
    """A metric's definition, figures and SQL."""
    lines = [f"{metric.title} ({metric.slug})", ""]
    for name, text in facts(metric, answer, asked):
        lines.append(
            textwrap.fill(text, WIDTH, initial_indent=f"{name:12}", subsequent_indent=" " * 12)
        )
    if answer.breakdown:
        lines += ["", _rows(metric, answer, None)]
    for one in how:
        lines += ["", f"SQL of the {one.gives}:", indented(one.sql)]
        if named := named_values(one):
            lines.append(indented(named))
    return "\n".join(lines)


def _line(metric: Metric, answer: Answer, before: Answer | None) -> str:
    shown = "" if metric.unit == "breakdown" else figure(answer.value, metric.unit)
    of = ""
    if answer.denominator is not None:
        below = figure(answer.denominator, "count")
        of = f"{figure(answer.numerator, 'count')} of {below}"
    against = ""
    if before is not None:
        moved = change(answer.value, before.value)
        against = f"before {figure(before.value, metric.unit)}"
        against += "" if moved is None else f" ({moved:+.1%})"
    note = "" if answer.complete is False and answer.value is not None else answer.note
    return f"{metric.title:44} {shown:>14}  {of:24} {against} {note}".rstrip()


def _rows(metric: Metric, answer: Answer, most: int | None) -> str:
    rows = answer.breakdown or ()
    extra = [
        name
        for name in (rows[0] if rows else ())
        if name not in {"key", "value", "numerator", "denominator", "share"}
    ]
    body = [
        (
            str(row["key"]),
            figure(row.get("value"), metric.unit),
            *([figure(row.get("share"), "ratio")] if "share" in row else []),
            *(figure(row.get(name), "breakdown") for name in extra),
        )
        for row in rows[:most]
    ]
    head = ("", "value", *(["share"] if rows and "share" in rows[0] else []), *extra)
    text = table(head, body, " ".join(head))
    rest = len(rows) - len(body)
    return f"{text}\n… and {rest} more" if rest else text
