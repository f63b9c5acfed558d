"""The calls behind a figure: those that its numerator counts, and those of its denominator."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from wallboard.metrics.asked import NONE, Asked
from wallboard.metrics.folds import fold_of
from wallboard.metrics.metric import CALLS, MEASURES, Aggregate, Count, Metric, Ratio, Split
from wallboard.metrics.reckoned import aggregates, figure_of
from wallboard.metrics.relation import Relation
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.sources import UnanswerableError, source
from wallboard.questions.answers import CallLine
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.scan import stretches

OF_A_QUERY: Final = "This metric is reckoned by a query of its own over many calls."
OF_NO_CALLS: Final = "This figure does not rest on calls."

_STRETCH: Final = "calls.started > :after AND calls.started <= :reached"


class CallBehind(NamedTuple):
    """A call that a figure rests on. `started` UTC ms; `part` is numerator or denominator.

    `key` is that of the breakdown under which it counts, None where nothing is split.
    """

    part: str
    number: int
    source: str
    call: str
    started: int
    key: str | None = None


def parts_of(metric: Metric, asked: Asked) -> dict[str, Aggregate]:
    """The numerator and the denominator, as far as they are aggregates."""
    reckoned = figure_of(metric, asked)
    figure = reckoned.figures["value"] if isinstance(reckoned, Split) else reckoned
    if isinstance(figure, Ratio):
        return {"numerator": figure.numerator, "denominator": figure.denominator}
    if not isinstance(figure, Count):
        return {}
    return dict(zip(("numerator", "also numerator"), aggregates(figure), strict=False))


def calls_statement(
    metric: Metric, aggregate: Aggregate, asked: Asked
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of the calls on which an aggregate rests, oldest first.

    Raises UnanswerableError where it does not rest on calls.
    """
    over = CALLS if aggregate.over == MEASURES else aggregate.over
    call = RELATIONS[over].call
    if call is None:
        raise UnanswerableError(OF_NO_CALLS)
    counts = f"coalesce({aggregate.of}, 0) NOT IN (0, '')"
    found = source(over, metric.scope, asked, None, [call], [counts])
    sql = (
        "SELECT behind.call, sources.name, behind.id, behind.started FROM calls behind"
        " JOIN sources ON sources.source = behind.source\n"
        f"WHERE behind.call IN (SELECT {call}\n{found.rows})\n"
        "ORDER BY behind.started, behind.id, behind.source"
    )
    return sql, found.values


def calls_behind(
    connection: sqlite3.Connection, metric: Metric, asked: Asked
) -> Iterator[CallBehind]:
    """The calls behind the numerator, then those behind the denominator; as they are read.

    Where the figure is split, each call once under every key that it counts for. A part that is
    no calls, such as spend, is passed over beside one that is. Raises UnanswerableError where
    none is, and where a filter or the split is none that such a part knows.
    """
    parts = parts_of(metric, asked)
    if not parts:
        raise UnanswerableError(OF_A_QUERY)
    counted = {part: one for part, one in parts.items() if _relation(one).call is not None}
    if not counted:
        raise UnanswerableError(OF_NO_CALLS)
    for part, aggregate in parts.items():
        if part not in counted:
            source(aggregate.over, metric.scope, asked, asked.by, ["1"])
    for part, aggregate in counted.items():
        sql, values = calls_statement(metric, aggregate, asked)
        keys = None if asked.by is None else _keys(connection, metric, aggregate, asked, asked.by)
        for number, of, call, started in connection.execute(sql, values):
            for key in (None,) if keys is None else keys.get(number, (NONE,)):
                yield CallBehind(part, number, of, call, started, key)


def _relation(aggregate: Aggregate) -> Relation:
    """What an aggregate is read from when its single calls are asked for."""
    return RELATIONS[CALLS if aggregate.over == MEASURES else aggregate.over]


def _keys(
    connection: sqlite3.Connection, metric: Metric, aggregate: Aggregate, asked: Asked, by: str
) -> dict[int, list[str]]:
    """The keys of a breakdown under which each call counts, by the call's number."""
    over = CALLS if aggregate.over == MEASURES else aggregate.over
    fold = fold_of(aggregate, by)
    counts = f"coalesce({aggregate.of}, 0) NOT IN (0, '')"
    call = RELATIONS[over].call
    if call is None:
        raise UnanswerableError(OF_NO_CALLS)
    found = source(over, metric.scope, asked, by if fold is None else fold.raw, [call], [counts])
    sql = f"{found.head}SELECT DISTINCT {call}, {found.key or 'NULL'}\n{found.rows}"
    rows = [(number, str(key)) for number, key in connection.execute(sql, found.values) if number]
    names = None if fold is None else fold.names(connection, {key for _, key in rows})
    keys: dict[int, list[str]] = {}
    for number, key in rows:
        keys.setdefault(number, []).append(key if names is None else names[key])
    return keys


def newest_behind(
    connection: sqlite3.Connection, metric: Metric, part: str, asked: Asked
) -> Iterator[list[int]]:
    """The numbers of the calls behind a part of a figure, newest first; a short stretch at a time.

    Raises UnanswerableError where it does not rest on calls.
    """
    aggregate = parts_of(metric, asked).get(part)
    if aggregate is None:
        raise UnanswerableError(OF_A_QUERY)
    over = CALLS if aggregate.over == MEASURES else aggregate.over
    if RELATIONS[over].at != "calls.started":
        # Few, and not in the order of the calls.
        sql, values = calls_statement(metric, aggregate, asked)
        yield [number for number, *_ in connection.execute(sql, values)][::-1]
        return
    counts = f"coalesce({aggregate.of}, 0) NOT IN (0, '')"
    found = source(over, metric.scope, asked, None, [], [counts], _STRETCH)
    sql = (
        f"SELECT DISTINCT calls.call, calls.started, calls.id, calls.source {found.rows}\n"
        "ORDER BY calls.started DESC, calls.id DESC, calls.source DESC"
    )
    for stretch in stretches(connection, asked.period.start_ms, asked.period.end_ms - 1):
        within = {"after": stretch.after, "reached": stretch.until}
        yield [number for number, *_ in connection.execute(sql, found.values | within)]


def lines_behind(
    connection: sqlite3.Connection, numbers: Sequence[int], now: int
) -> list[CallLine]:
    """The calls of these numbers as they stood at `now` (UTC ms), newest first."""
    rows = connection.execute(
        f"{SELECTED} FROM calls WHERE calls.call IN (SELECT value FROM json_each(?))"
        " ORDER BY calls.started DESC, calls.id DESC, calls.source DESC",
        (json.dumps(list(numbers)),),
    ).fetchall()
    return lines_of(connection, rows, now)
