"""The targets that stand beside the rates: a queue's own, else a campaign's, else the settings'."""

import sqlite3
from typing import NamedTuple

from wallboard.config import Metrics
from wallboard.questions.answers import Scope


class Target(NamedTuple):
    """A share of calls to be answered within so many seconds."""

    seconds: float
    share: float


def target_of(connection: sqlite3.Connection, metrics: Metrics, scope: Scope) -> Target:
    """The service level's target of a scope, as now defined."""
    for table, key, entity in (
        ("queues", "queue", scope.queue),
        ("campaigns", "campaign", scope.campaign),
    ):
        if entity is None:
            continue
        row = connection.execute(
            f"SELECT service_level_seconds, service_level_share FROM {table} WHERE {key} = ?"
            " AND service_level_seconds IS NOT NULL LIMIT 1",
            (entity,),
        ).fetchone()
        if row is not None:
            seconds, share = row
            return Target(seconds, metrics.service_level_share if share is None else share)
    return Target(metrics.service_level_seconds, metrics.service_level_share)


def drop_limit_of(connection: sqlite3.Connection, metrics: Metrics, scope: Scope) -> float:
    """The share of live answers that may be dropped, as now defined."""
    if scope.campaign is not None:
        row = connection.execute(
            "SELECT drop_limit FROM campaigns WHERE campaign = ? AND drop_limit IS NOT NULL",
            (scope.campaign,),
        ).fetchone()
        if row is not None:
            return float(row[0])
    return metrics.drop_limit
