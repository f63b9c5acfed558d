"""agent-performance: what each agent did, ranked."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from wallboard.reports.agent_time import Spent
from wallboard.reports.agent_work import each_work, reasons_of
from wallboard.reports.conditions import OF_CALLS
from wallboard.reports.report import Asked, Column, Generated, More, Report, Row
from wallboard.reports.writing.changing import batches
from wallboard.reports.writing.sorting import ranked, sorted_rows

MOST_REASONS: Final = 200
"""Reasons to pause that have a column of their own."""
OTHERS: Final = "(others)"


def _reasons(connection: sqlite3.Connection, asked: Asked) -> tuple[str, ...]:
    found = sorted(reasons_of(connection, asked))
    return tuple(found) if len(found) <= MOST_REASONS else (*found[:MOST_REASONS], OTHERS)


def _column(reason: str) -> Column:
    return Column(f"pause_seconds: {reason}", "seconds", "of it, for this reason", totalled=True)


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    columns = AGENT_PERFORMANCE.columns_for(asked)
    found = batches(_unranked(connection, asked))
    with sorted_rows(found, columns, "calls", [None] * len(columns)) as rows:
        yield from ranked(rows, columns, "calls")


def _unranked(connection: sqlite3.Connection, asked: Asked) -> Iterator[Row]:
    """The rows in the order of the agents' ids, which is that of equals too."""
    for key, work in each_work(connection, asked):
        if not work.is_any:
            continue
        worked = (0, key[1], work.calls, work.talk_ms, work.average_handle_ms, work.hold_ms)
        sold = (work.wrap_ms, work.sales, work.conversions)
        time = _time(work.spent, asked.keys)
        yield (*worked, *sold, *time, work.name, work.team)


def _paused(spent: Spent, reasons: tuple[str, ...]) -> Iterator[int]:
    """How long for each reason, in their order; the others, where there are such, come last."""
    named = [spent.reasons[reason] for reason in reasons if reason != OTHERS]
    yield from named
    if len(named) < len(reasons):
        yield spent.states["paused"] - sum(named)


def _time(spent: Spent | None, reasons: tuple[str, ...]) -> Row:
    """The columns of time; unknown where the calls alone are filtered."""
    if spent is None:
        return (None,) * (len(reasons) + 5)
    return (
        spent.pauses,
        spent.states["paused"],
        *_paused(spent, reasons),
        spent.states["available"],
        spent.occupancy,
        spent.signed_in_ms,
    )


AGENT_PERFORMANCE: Final = Report(
    name="agent-performance",
    question="Who handled how much, and how was everybody's time spent?",
    per="agent who answered a call or was signed in, ranked by calls or by --sort",
    columns=(
        Column("rank", "count", "by calls, or by the column of --sort; equals share a rank"),
        Column("agent", "text", "the id of the agent"),
        Column(
            "calls", "count", "calls the agent spoke on; dials to machines left out", totalled=True
        ),
        Column("talk_seconds", "seconds", "talk on them, less hold", totalled=True),
        Column("average_handle_seconds", "seconds", "talk, hold and wrap-up for each of them"),
        Column("hold_seconds", "seconds", "on hold", totalled=True),
        Column("wrap_seconds", "seconds", "after-call work", totalled=True),
        Column("sales", "count", "the agent's sales", totalled=True),
        Column(
            "conversions",
            "count",
            "calls that became a lead, appointment, quote, conversion or sale",
            totalled=True,
        ),
        Column("pauses", "count", "how often the agent went on pause", totalled=True),
        Column("pause_seconds", "seconds", "time shown as paused", totalled=True),
        Column("available_seconds", "seconds", "time available", totalled=True),
        Column("occupancy", "share", "busy of busy and available time"),
        Column("signed_in_seconds", "seconds", "time not offline", totalled=True),
        Column("name", "text", "the name of the agent"),
        Column("team", "text", "the team of the agent"),
    ),
    filters=tuple(OF_CALLS),
    narrowed=(
        "`--agent` and `--team` choose the rows, whoever answered a call last; the other filters "
        "narrow the calls, and the columns of time are then empty."
    ),
    rows=_rows,
    more=More(
        _reasons,
        _column,
        "pause_seconds",
        "the time paused for each reason, a column a reason",
    ),
    is_ranked=True,
)
