"""The targets that stand beside the rates: a queue's own, else a campaign's, else the settings'."""

import sqlite3
from typing import NamedTuple

from wallboard.config import Metrics
from wallboard.questions.past_definitions import defined_then, level_then
from wallboard.questions.scope import Scope


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
        then = defined_then(connection, key, now)
        rows = connection.execute(
            f"SELECT source, service_level_seconds, service_level_share FROM {table}"
            f" WHERE {key} = ? ORDER BY source",
            (entity,),
        ).fetchall()
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
        then = defined_then(connection, "campaign", now)
        rows = connection.execute(
            "SELECT source, drop_limit FROM campaigns WHERE campaign = ? ORDER BY source",
            (scope.campaign,),
        ).fetchall()
        for source, known in rows:
            is_then = (source, scope.campaign) in then
            said = then.get((source, scope.campaign))
            limit = getattr(said, "drop_limit", None) if is_then else known
            if isinstance(limit, int | float):
                return float(limit)
    return metrics.drop_limit
