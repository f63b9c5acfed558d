"""Metrics in words: figures as people read them, and what there is to say of one.

The command and the board say it with the same words, so that they never say different things.
"""

from typing import Final

from wallboard.counted import counted
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.explain import Statement, formula_in_force
from wallboard.metrics.metric import Metric

UNKNOWN: Final = "–"
_BETTER: Final = {"up": "more is better", "down": "less is better", "none": "neither is better"}
_LONGEST_VALUE: Final = 60


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


def facts(metric: Metric, answer: Answer, asked: Asked) -> list[tuple[str, str]]:
    """What there is to say of a metric, each under its name: the definition, then the figures."""
    setting = formula_in_force(metric)
    return [
        ("Formula", metric.formula),
        *([("In force", f"{setting} = {getattr(asked.settings, setting)}")] if setting else []),
        ("Tells", metric.tells),
        ("Misleads", metric.misleads),
        ("Counts", f"{metric.scope} · {metric.unit} · {_BETTER[metric.better]}"),
        ("Rests on", ", ".join(need.replace("|", " or ") for need in metric.needs)),
        ("Comes from", metric.origin),
        ("Period", period_words(asked)),
        (
            "Value",
            figure(answer.value, metric.unit) + (" (an estimate)" if metric.estimate else ""),
        ),
        ("Numerator", figure(answer.numerator, "count")),
        ("Denominator", figure(answer.denominator, "count")),
        *([("Note", answer.note)] if answer.note else []),
    ]


def named_values(statement: Statement) -> str:
    """The values that a statement names, in words; empty for none."""
    shown = [
        f":{name} = {str(value)[:_LONGEST_VALUE]}"
        for name, value in statement.values.items()
        if f":{name}" in statement.sql
    ]
    return f"with {', '.join(shown)}" if shown else ""


def period_words(asked: Asked) -> str:
    """The period and the filters; how many days it has only where it is of whole days."""
    period, calendar = asked.period, asked.calendar
    start, until = (
        calendar.format_time(at, seconds=False) for at in (period.start_ms, period.end_ms)
    )
    filters = "".join(f", {name} {value}" for name, value in asked.filters.items())
    whole = all(
        calendar.day_bounds(calendar.day_of(at))[0] == at for at in (period.start_ms, period.end_ms)
    )
    days = f" ({counted(len(period.days), 'day')})" if whole else ""
    return f"{start} up to {until}{days}{filters}"
