"""The answers that `wallboard metrics` prints, all at once or, where they are long, one by one."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.engine import answers
from wallboard.metrics.live import live_answers
from wallboard.metrics.metric import Metric

LONG: Final = 10_000
"""A breakdown of more rows makes the metrics be answered one by one: each takes longer then, but
all of them take the memory of one."""


class Found(NamedTuple):
    """A metric with its answer, and that of the period before where it is compared."""

    metric: Metric
    answer: Answer
    before: Answer | None = None


def found_of(
    connection: sqlite3.Connection,
    metrics: Sequence[Metric],
    asked: Asked,
    beside: sqlite3.Connection | None,
    *,
    is_compared: bool,
    long: int = LONG,
) -> Iterator[Found]:
    """The answers in the order of the metrics. Raises sqlite3.Error."""
    earlier = replace(asked, period=asked.before(), by=None) if is_compared else None
    now = live_answers(connection, asked)
    groups = [metrics]
    if len(metrics) > 1 and asked.by is not None:
        first = answers(connection, metrics[:1], asked, beside)
        if any(len(answer.breakdown or ()) > long for answer in first.values()):
            groups = [[metric] for metric in metrics]
        del first
    for group in groups:
        found = answers(connection, group, asked, beside) | now
        before = answers(connection, group, earlier, beside) if earlier is not None else {}
        for metric in group:
            yield Found(metric, found[metric.slug], before.get(metric.slug))
