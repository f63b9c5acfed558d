"""Answers of the catalogue as JSON values and as rows of a table for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wallboard.commands.metric_found import Found
from wallboard.metrics.answers import Answer, Value, change
from wallboard.metrics.explain import Statement, formula_in_force
from wallboard.metrics.metric import Metric


def answer_values(metric: Metric, answer: Answer, before: Answer | None = None) -> dict[str, Any]:
    """One metric as an object; its breakdown and its note only where there are any.

    With the answer of the period before: its value as `before`, and the `change` from it.
    """
    values: dict[str, Any] = {
        "slug": metric.slug,
        "title": metric.title,
        "category": metric.category,
        "unit": metric.unit,
        "value": answer.value,
        "numerator": answer.numerator,
        "denominator": answer.denominator,
    }
    if answer.breakdown is not None:
        values["breakdown"] = list(answer.breakdown)
    values["complete"] = answer.complete
    if answer.note:
        values["note"] = answer.note
    if before is not None:
        values["before"] = before.value
        values["change"] = change(answer.value, before.value)
    return values


def answer_rows(answers: Iterable[Found], *, is_compared: bool) -> Iterator[tuple[object, ...]]:
    """A head and one row a figure: a metric's own with no key, then those of its breakdown."""
    more = ("before", "change") if is_compared else ()
    head = (
        "slug",
        "title",
        "category",
        "unit",
        "key",
        "value",
        "numerator",
        "denominator",
        "share",
    )
    yield (*head, "complete", "note", *more)
    for metric, answer, before in answers:
        named = (metric.slug, metric.title, metric.category, metric.unit)
        figures = (None, answer.value, answer.numerator, answer.denominator, None)
        whole = (str(answer.complete).lower(), answer.note)
        compared: tuple[Value, ...] = ()
        if is_compared:
            earlier = before.value if before is not None else None
            compared = (earlier, change(answer.value, earlier))
        yield (*named, *figures, *whole, *compared)
        for row in answer.breakdown or ():
            cells = (row.get(name) for name in head[4:])
            yield (*named, *cells, *whole, *(None for _ in more))


def explained_values(metric: Metric, answer: Answer, how: Sequence[Statement]) -> dict[str, Any]:
    """A metric with its definition and its SQL beside its figures."""
    return {
        **answer_values(metric, answer),
        "number": metric.number,
        "scope": metric.scope,
        "better": metric.better,
        "formula": metric.formula,
        "formula_setting": formula_in_force(metric) or None,
        "tells": metric.tells,
        "misleads": metric.misleads,
        "origin": metric.origin,
        "needs": list(metric.needs),
        "sql": [{"gives": one.gives, "sql": one.sql, "values": one.values} for one in how],
    }
