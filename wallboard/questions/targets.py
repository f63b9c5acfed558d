"""The targets that stand beside the rates: a queue's own, else a campaign's, else the settings'."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.config import Metrics
from wallboard.questions.past_definitions import defined_then, level_then
from wallboard.questions.scope import Scope

MOST_SOURCES: Final = 1_000
"""Of so many sources a queue or campaign of one id is looked at: it has a target in the first."""


class Target(NamedTuple):
    """A share of calls to be answered within so many seconds."""

    seconds: float
    share: float


def target_of(connection: sqlite3.Connection, metrics: Metrics, scope: Scope, now: int) -> Target:
    """The service level's target of a scope, as it was defined at `now` (UTC ms)."""
    for table, key, entity in (
        ("queues", "queue", scope.queue),
        ("campaigns", "campaign", scope.campaign),
    ):
        if entity is None:
            continue
        rows = connection.execute(
            f"SELECT source, service_level_seconds, service_level_share FROM {table}"
            f" WHERE {key} = ? ORDER BY source LIMIT ?",
            (entity, MOST_SOURCES),
        ).fetchall()
        then = defined_then(connection, key, now, {(source, entity) for source, *_ in rows})
        for source, *known in rows:
            is_then = (source, entity) in then
            seconds, share = (
                (level_then(then[source, entity]) or (None, None)) if is_then else known
            )
            if seconds is not None:
                return Target(seconds, metrics.service_level_share if share is None else share)
    return Target(metrics.service_level_seconds, metrics.service_level_share)


def drop_limit_of(
    connection: sqlite3.Connection, metrics: Metrics, scope: Scope, now: int
) -> float:
    """The share of live answers that may be dropped, as it was defined at `now` (UTC ms)."""
    if scope.campaign is not None:
        rows = connection.execute(
            "SELECT source, drop_limit FROM campaigns WHERE campaign = ? ORDER BY source LIMIT ?",
            (scope.campaign, MOST_SOURCES),
        ).fetchall()
        of = {(source, scope.campaign) for source, _ in rows}
        then = defined_then(connection, "campaign", now, of)
        for source, known in rows:
            is_then = (source, scope.campaign) in then
            said = then.get((source, scope.campaign))
            limit = getattr(said, "drop_limit", None) if is_then else known
            if isinstance(limit, int | float):
                return float(limit)
    return metrics.drop_limit
