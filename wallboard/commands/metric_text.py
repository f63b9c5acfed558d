"""The catalogue and its answers as text for a person."""

import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from wallboard.commands.metric_values import change
from wallboard.commands.plain_table import indented, table
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.explain import Statement, formula_in_force
from wallboard.metrics.metric import Metric

UNKNOWN: Final = "–"
WIDTH: Final = 96
MOST_ROWS: Final = 12
"""Rows of a breakdown that are shown beside other metrics; alone it is shown whole."""


def figure(value: object, unit: str) -> str:
    """A value as people read it: shares in per cent, the rest with separators."""
    if value is None:
        return UNKNOWN
    if not isinstance(value, int | float):
        return str(value)
    if unit == "ratio":
        return f"{value * 100:,.1f} %"
    if unit in {"count", "breakdown"} and float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.1f} s" if unit == "seconds" else f"{value:,.2f}"


def answers_text(
    metrics: Sequence[Metric],
    answers: Mapping[str, Answer],
    before: Mapping[str, Answer],
    asked: Asked,
) -> str:
    """The answers by category; each breakdown below its metric."""
    lines = [_period(asked), ""]
    for category, group in groupby(metrics, key=lambda metric: metric.category):
        lines.append(category.replace("_", " ").capitalize())
        for metric in group:
            answer = answers[metric.slug]
            lines.append(indented(_line(metric, answer, before.get(metric.slug))))
            if answer.breakdown:
                most = None if len(metrics) == 1 else MOST_ROWS
                lines.append(indented(_rows(metric, answer, most), 6))
        lines.append("")
    if incomplete := next(
        (answers[m.slug].note for m in metrics if not answers[m.slug].complete), ""
    ):
        lines.append(textwrap.fill(f"Not complete: {incomplete}", WIDTH))
    return "\n".join(lines).rstrip()


def list_text(metrics: Sequence[Metric]) -> str:
    """The catalogue: a line for each metric."""
    return table(
        ("SLUG", "TITLE", "CATEGORY", "UNIT", "WHAT IT TELLS"),
        [(m.slug, m.title, m.category.replace("_", " "), m.unit, m.tells) for m in metrics],
    )


def explained_text(metric: Metric, answer: Answer, how: Sequence[Statement], asked: Asked) -> str:
    """A metric's definition, figures and SQL."""
    setting = formula_in_force(metric)
    better = {"up": "more is better", "down": "less is better", "none": "neither is better"}
    facts = [
        ("Formula", metric.formula),
        *([("In force", f"{setting} = {getattr(asked.settings, setting)}")] if setting else []),
        ("Tells", metric.tells),
        ("Misleads", metric.misleads),
        ("Counts", f"{metric.scope} · {metric.unit} · {better[metric.better]}"),
        ("Rests on", ", ".join(need.replace("|", " or ") for need in metric.needs)),
        ("Comes from", metric.origin),
        ("Period", _period(asked)),
        (
            "Value",
            figure(answer.value, metric.unit) + (" (an estimate)" if metric.estimate else ""),
        ),
        ("Numerator", figure(answer.numerator, "count")),
        ("Denominator", figure(answer.denominator, "count")),
        *([("Note", answer.note)] if answer.note else []),
    ]
    lines = [f"{metric.title} ({metric.slug})", ""]
    for name, text in facts:
        lines.append(
            textwrap.fill(text, WIDTH, initial_indent=f"{name:12}", subsequent_indent=" " * 12)
        )
    if answer.breakdown:
        lines += ["", _rows(metric, answer, None)]
    for one in how:
        lines += ["", f"SQL of the {one.gives}:", indented(one.sql)]
        shown = {name: value for name, value in one.values.items() if f":{name}" in one.sql}
        if shown:
            lines.append(
                indented("with " + ", ".join(f":{n} = {str(v)[:60]}" for n, v in shown.items()))
            )
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


def _period(asked: Asked) -> str:
    start, until = (
        asked.calendar.format_time(at, seconds=False)
        for at in (asked.period.start_ms, asked.period.end_ms)
    )
    days = len(asked.period.days)
    filters = "".join(f", {name} {value}" for name, value in asked.filters.items())
    return f"{start} up to {until} ({days} {'day' if days == 1 else 'days'}){filters}"
