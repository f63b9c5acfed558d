"""The calls behind a figure: those that its numerator counts, and those of its denominator."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wallboard.metrics.asked import NONE, Asked
from wallboard.metrics.behind_live import live_behind
from wallboard.metrics.behind_parts import (
    Part,
    is_of_calls,
    key_of,
    parts_behind,
    rows_statement,
    source_behind,
)
from wallboard.metrics.completeness import never_sent
from wallboard.metrics.engine import answers
from wallboard.metrics.folds import fold_of
from wallboard.metrics.metric import Listed, Metric, Split
from wallboard.metrics.reckoned import figure_of
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.sources import UnanswerableError, source
from wallboard.metrics.spans import spans
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.scan import stretches
from wallboard.reporting_time import Period

_STRETCH: Final = "calls.started > :after AND calls.started <= :reached"

_NAMED: Final = (
    "SELECT behind.call, sources.name, behind.id, behind.started FROM calls behind"
    " JOIN sources ON sources.source = behind.source\n"
    "WHERE behind.call IN (SELECT value FROM json_each(?))"
    " ORDER BY behind.started, behind.id, behind.source"
)


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


def part_names(metric: Metric, asked: Asked) -> tuple[str, ...]:
    """The names of the parts that calls may stand behind; none where no calls do."""
    if metric.reckoning is None:
        return ("numerator",)
    try:
        return tuple(parts_behind(metric, asked))
    except UnanswerableError:
        return ()


def _calls_statement(
    metric: Metric, part: Part, asked: Asked
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of the calls on which a part rests, oldest first.

    Raises UnanswerableError where it does not rest on calls.
    """
    rows, values = rows_statement(metric, part, asked, None)
    sql = (
        "SELECT behind.call, sources.name, behind.id, behind.started FROM calls behind"
        " JOIN sources ON sources.source = behind.source\n"
        f"WHERE behind.call IN (SELECT call FROM (\n{rows}\n))\n"
        "ORDER BY behind.started, behind.id, behind.source"
    )
    return sql, values


def calls_behind(
    connection: sqlite3.Connection, metric: Metric, asked: Asked
) -> Iterator[CallBehind]:
    """The calls behind the numerator, then those behind the denominator; as they are read.

    Where the figure is split, each call once under every key that it counts for. A part that is
    no calls, such as spend, is passed over beside one that is. Raises UnanswerableError where
    none is, where a filter or the split is none that such a part knows, and where the feed never
    sent what the metric rests on.
    """
    _refuse_unknown(connection, metric)
    if metric.reckoning is None:
        for name, live in live_behind(connection, metric, asked).items():
            rows = connection.execute(_NAMED, (json.dumps(list(live)),)).fetchall()
            for number, of, call, started in rows:
                for live_key in live[number]:
                    yield CallBehind(name, number, of, call, started, live_key)
        return
    parts = parts_behind(metric, asked)
    by = key_of(metric, asked)
    for part in parts.values():
        if not is_of_calls(part):
            # What cannot be asked of it cannot be asked of the figure.
            source(part.over, metric.scope, asked, by, ["1"])
    for within in _periods(connection, metric, asked):
        for name, part in parts.items():
            if is_of_calls(part):
                keys = _keys(connection, metric, part, within, by)
                for number, of, call, started in connection.execute(
                    *_calls_statement(metric, part, within)
                ):
                    for key in (None,) if keys is None else keys.get(number, (NONE,)):
                        yield CallBehind(name, number, of, call, started, key)


def _refuse_unknown(connection: sqlite3.Connection, metric: Metric) -> None:
    if missing := never_sent(connection, metric.needs):
        raise UnanswerableError(missing)


def _periods(connection: sqlite3.Connection, metric: Metric, asked: Asked) -> list[Asked]:
    """What is asked about: of a metric of the highest few rows these alone, in order of time."""
    split = figure_of(metric, asked)
    if not isinstance(split, Split) or split.most is None:
        return [asked]
    rows = answers(connection, [metric], asked)[metric.slug].breakdown or ()
    highest = {row["key"] for row in rows}
    return [
        replace(asked, period=Period(span.start, span.until, asked.period.days))
        for span in spans(asked.calendar, asked.period, split.by)
        if span.key in highest
    ]


def _keys(
    connection: sqlite3.Connection, metric: Metric, part: Part, asked: Asked, by: str | None
) -> dict[int, list[str]] | None:
    """The keys of a breakdown under which each call counts, by the call's number; None for none."""
    if by is None and not isinstance(part, Listed):
        return None
    sql, values = rows_statement(metric, part, asked, by)
    rows = [(number, str(key or "")) for number, key in connection.execute(sql, values) if number]
    if by is None and not any(key for _, key in rows):
        return None
    fold = None if isinstance(part, Listed) else fold_of(part, by)
    names = None if fold is None else fold.names(connection, {key for _, key in rows})
    keys: dict[int, list[str]] = {}
    for number, key in rows:
        keys.setdefault(number, []).append(key if names is None else names[key])
    # Several raw keys may have one name.
    return {number: list(dict.fromkeys(some)) for number, some in keys.items()}


def newest_behind(
    connection: sqlite3.Connection, metric: Metric, name: str, asked: Asked
) -> Iterator[list[int]]:
    """The numbers of the calls behind a part of a figure, newest first; a short stretch at a time.

    Raises UnanswerableError where it does not rest on calls.
    """
    _refuse_unknown(connection, metric)
    if metric.reckoning is None:
        numbers = list(live_behind(connection, metric, asked).get(name, {}))
        rows = connection.execute(_NAMED, (json.dumps(numbers),)).fetchall()
        yield [number for number, *_ in rows][::-1]
        return
    parts = parts_behind(metric, asked)
    if name not in parts:
        raise UnanswerableError(f"This figure has no {name}.")
    part = parts[name]
    for within in reversed(_periods(connection, metric, asked)):
        yield from _newest(connection, metric, part, within)


def _newest(
    connection: sqlite3.Connection, metric: Metric, part: Part, asked: Asked
) -> Iterator[list[int]]:
    if isinstance(part, Listed) or RELATIONS[part.over].at != "calls.started":
        # Few, and not in the order of the calls.
        sql, values = _calls_statement(metric, part, asked)
        yield [number for number, *_ in connection.execute(sql, values)][::-1]
        return
    found = source_behind(metric, part, asked, None, _STRETCH)
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
