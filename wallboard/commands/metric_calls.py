"""The calls behind metrics: within the document of their figures, or line by line."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from wallboard.commands.metric_values import answer_values
from wallboard.commands.moments import written
from wallboard.commands.plain_table import table
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.behind import CallBehind, calls_behind
from wallboard.metrics.metric import Metric
from wallboard.metrics.sources import UnanswerableError
from wallboard.reporting_time import Calendar

HEAD: Final = ("slug", "part", "key", "source", "call", "started")


class Behind(NamedTuple):
    """A metric with the calls that it rests on; `why_not` says why there are none to name."""

    metric: Metric
    calls: tuple[CallBehind, ...]
    why_not: str


def all_behind(
    connection: sqlite3.Connection, metrics: Sequence[Metric], asked: Asked
) -> list[Behind]:
    """The calls behind each metric; where it is split, each under its keys."""
    found = []
    for metric in metrics:
        try:
            found.append(Behind(metric, tuple(calls_behind(connection, metric, asked)), ""))
        except UnanswerableError as reason:
            found.append(Behind(metric, (), str(reason)))
    return found


def behind_values(
    found: Sequence[Behind],
    answers: Mapping[str, Answer],
    before: Mapping[str, Answer],
    asked: Asked,
) -> list[dict[str, Any]]:
    """Each metric as it is without its calls, and its calls: null where they cannot be named."""
    values = []
    for metric, calls, why_not in found:
        one = answer_values(metric, answers[metric.slug], before.get(metric.slug))
        one["calls"] = None if why_not else [_call(call, asked) for call in calls]
        if why_not:
            one["calls_note"] = why_not
        values.append(one)
    return values


def behind_rows(found: Sequence[Behind], calendar: Calendar) -> list[tuple[str, ...]]:
    """A head and a row for each call; the key is empty where nothing is split."""
    rows = [
        (one.metric.slug, call.part, call.key or "", call.source, call.call, started)
        for one in found
        for call in one.calls
        for started in (written(calendar, call.started) or "",)
    ]
    return [HEAD, *rows]


def behind_text(found: Sequence[Behind], asked: Asked) -> str:
    """The calls as a table, with the times of a clock on the wall."""
    has_keys = any(call.key is not None for one in found for call in one.calls)
    rows = [
        (
            one.metric.slug,
            call.part,
            *((call.key or "",) if has_keys else ()),
            call.source,
            call.call,
            asked.calendar.format_time(call.started),
        )
        for one in found
        for call in one.calls
    ]
    head = [word for word in HEAD if word != "key" or has_keys]
    return table(head, rows)


def _call(call: CallBehind, asked: Asked) -> dict[str, Any]:
    values: dict[str, Any] = {"part": call.part}
    if asked.by is not None or call.key is not None:
        values["key"] = call.key
    return values | {
        "source": call.source,
        "call": call.call,
        "started": written(asked.calendar, call.started),
    }
