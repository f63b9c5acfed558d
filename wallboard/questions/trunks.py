"""Over which trunk people were called, from the events of the calls: no table has it."""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from wallboard.cache.entries import entries_of
from wallboard.questions.part_conditions import trunk_of
from wallboard.questions.scope import Scope

BATCH: Final = 500

_CALLS: Final = """
SELECT started, call, dropped, live AND connected AND NOT dropped, machine_with_agent, live
FROM calls WHERE (started, call) > (:from, :after) AND started < :until AND direction = 'outbound'
    AND answered IS NOT NULL {scope} ORDER BY started, call LIMIT :batch
"""
_CONDITIONS: Final = (
    ("campaign", "campaign = :campaign"),
    ("queue", "first_queue = :queue"),
    (
        "team",
        (
            "EXISTS (SELECT 1 FROM agents WHERE agents.source = calls.source"
            " AND agents.agent = calls.agent AND agents.team = :team)"
        ),
    ),
)


class Answered(NamedTuple):
    """A dial that was answered by anything, and the trunk of its first leg that has one."""

    trunk: str | None
    dropped: int
    live_with_agent: int
    machine_with_agent: int
    live: int


def answered_by_trunk(
    connection: sqlite3.Connection, scope: Scope, start: int, end: int
) -> Iterator[list[Answered]]:
    """The answered dials from `start` up to `end` (UTC ms), some at a time.

    No statement is open between the batches. Raises sqlite3.Error.
    """
    chosen = [(name, sql) for name, sql in _CONDITIONS if getattr(scope, name) is not None]
    sql = _CALLS.format(scope="".join(f"AND {condition} " for _, condition in chosen))
    values: dict[str, int | str] = {"from": start, "until": end, "batch": BATCH, "after": 0}
    values.update((name, getattr(scope, name)) for name, _ in chosen)
    while rows := connection.execute(sql, values).fetchall():
        values["from"], values["after"] = rows[-1][:2]
        yield [
            Answered(trunk_of(entries_of(connection, call)), *measures)
            for _, call, *measures in rows
        ]
