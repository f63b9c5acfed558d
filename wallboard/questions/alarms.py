"""The alarms: those that stand at an instant, those that are over, and what could not be sent."""

import sqlite3
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wallboard.questions.view import one_view

CRITICAL: Final = "critical"
WARNING: Final = "warning"

_COLUMNS: Final = """
SELECT a.alarm, a.rule, a.key, a.kind, a.metric, a.dimension, a.span, a.unit, a.source, a.call,
    a.name, a.words, a.actions, a.level, a.critical_since, a.started, a.raised, a.ended, a.reason,
    a.value, a.sample, a.threshold, a.upward, a.peak, a.peak_at, a.peak_sample, a.flaps, a.updated,
    k.at, k.who, k.note
FROM alarms AS a LEFT JOIN alarm_acknowledgements AS k ON k.rowid = (
    SELECT rowid FROM alarm_acknowledgements WHERE alarm = a.alarm AND at <= :now
    ORDER BY at DESC, rowid DESC LIMIT 1)
"""
_STANDING_FIRST: Final = """
CASE WHEN a.ended <= :now THEN 2 WHEN a.level = 'critical' THEN 0 ELSE 1 END
"""
_STANDSTILL: Final = (
    "Events are collected, but no look at the alarms has come to its end. "
    "The log of the collector may say why; a collector started anew looks anew."
)
_LAST_ROUND: Final = "SELECT max(at) FROM alarm_evaluations WHERE rule = ''"
_HEARD_SINCE: Final = "SELECT 1 FROM feeds WHERE stage = 'live' AND since < ?1 AND updated > ?1"
SILENT_MS: Final = 60_000
"""While events come, alarms are looked at every few seconds."""
STATES: Final = "states"
SETTLED_MS: Final = 30_000
"""An open alarm is written anew at least so often: what is longer before that is past."""


class AlarmLine(Struct, frozen=True):
    """One alarm, as it stood at the instant that was asked about. Times are UTC milliseconds.

    `kind` is threshold, or what is stuck or impossible: agent_on_ended_call, agent_over_limit,
    call_silent, queue_unattended, feed_silent, feed_lagging, feed_skewed. `key` is the id of what
    it is about (a campaign, queue, team or agent by `dimension`; empty for all), `name` its name,
    `words` the whole of it in a sentence without figures. `level` is warning or critical. Values
    are in the metric's `unit` (ratio: shares 0 to 1; seconds); `upward`: more is worse. `threshold`
    is that of the level, `peak` the worst value with its moment and sample. `flaps` is how often it
    ended and came back at once. `acknowledged` is when, by whom and with which note, at last. Of
    an instant in the past what came later is unknown: its value, a worse peak, its flaps.
    """

    number: int
    rule: str
    key: str
    kind: str
    metric: str | None
    dimension: str
    window: str
    unit: str
    source: int | None
    call: int | None
    name: str
    words: str
    actions: tuple[str, ...]
    level: str
    critical_since: int | None
    started: int
    raised: int
    ended: int | None
    reason: str
    value: float | None
    sample: float | None
    threshold: float | None
    upward: bool
    peak: float | None
    peak_at: int | None
    peak_sample: float | None
    flaps: int
    updated: int
    acknowledged: int | None
    acknowledged_by: str
    note: str

    @property
    def is_critical(self) -> bool:
        """Whether it is critical."""
        return self.level == CRITICAL

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody has said that they see to it, and it has not become critical since."""
        if self.acknowledged is None:
            return False
        is_worse = self.is_critical and (self.critical_since or 0) > self.acknowledged
        return not is_worse


class DeliveryTrouble(Struct, frozen=True):
    """A message to a webhook that has not arrived. `due` is the next attempt, None: given up."""

    alarm: int
    hook: str
    event: str
    created: int
    attempts: int
    due: int | None
    trouble: str


class RuleTrouble(Struct, frozen=True):
    """An alarm of the configuration that cannot be evaluated since (UTC ms), and why.

    `rule` is empty where no alarm at all is evaluated, STATES of what is stuck or impossible.
    """

    rule: str
    since: int
    trouble: str


class RuleEvaluation(Struct, frozen=True):
    """When a threshold was evaluated last, in UTC milliseconds."""

    rule: str
    at: int


def open_alarms(connection: sqlite3.Connection, now: int) -> tuple[AlarmLine, ...]:
    """The alarms that stand at `now` (UTC ms), live or past, in the order of attention.

    Critical ones first, of those the ones that nobody has acknowledged, then the latest.
    """
    with one_view(connection):
        rows = connection.execute(
            f"{_COLUMNS} WHERE a.ended IS NULL AND +a.raised <= :now UNION ALL "
            f"{_COLUMNS} WHERE a.ended > :now AND +a.raised <= :now",
            {"now": now},
        ).fetchall()
    lines = [_line(row, now) for row in rows]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                not line.is_critical,
                line.is_acknowledged,
                -line.raised,
                -line.number,
            ),
        )
    )


def latest_alarms(
    connection: sqlite3.Connection, now: int, limit: int, offset: int = 0
) -> tuple[AlarmLine, ...]:
    """The alarms raised up to `now` (UTC ms): those that stand, critical ones first, then the rest.

    Each group the latest first.
    """
    with one_view(connection):
        rows = connection.execute(
            f"{_COLUMNS} WHERE a.raised <= :now ORDER BY {_STANDING_FIRST}, a.raised DESC,"
            " a.alarm DESC LIMIT :limit OFFSET :offset",
            {"now": now, "limit": limit, "offset": offset},
        ).fetchall()
    return tuple(_line(row, now) for row in rows)


def delivery_troubles(
    connection: sqlite3.Connection, since: int, limit: int = 20
) -> tuple[DeliveryTrouble, ...]:
    """Messages to webhooks that have not arrived: waiting, or given up after `since` (UTC ms)."""
    rows = connection.execute(
        "SELECT alarm, hook, event, created, attempts, due, trouble FROM alarm_deliveries"
        " WHERE delivered IS NULL AND trouble <> '' AND (due IS NOT NULL OR created >= ?)"
        " ORDER BY delivery DESC LIMIT ?",
        (since, limit),
    )
    return tuple(DeliveryTrouble(*row) for row in rows)


def rule_troubles(connection: sqlite3.Connection) -> tuple[RuleTrouble, ...]:
    """The alarms of the configuration that cannot be evaluated, and whether none at all is."""
    with one_view(connection):
        rows = connection.execute("SELECT rule, since, trouble FROM alarm_troubles ORDER BY rule")
        found = [RuleTrouble(*row) for row in rows]
        (last,) = connection.execute(_LAST_ROUND).fetchone()
        if found and not found[0].rule and last is not None:
            found[0] = replace(found[0], since=last)
        elif last is not None and connection.execute(_HEARD_SINCE, (last + SILENT_MS,)).fetchone():
            found.insert(0, RuleTrouble("", last, _STANDSTILL))
        return tuple(found)


def rule_evaluations(connection: sqlite3.Connection) -> tuple[RuleEvaluation, ...]:
    """When each threshold was evaluated last, as far as any was."""
    rows = connection.execute(
        "SELECT rule, at FROM alarm_evaluations WHERE rule <> '' ORDER BY rule"
    )
    return tuple(RuleEvaluation(*row) for row in rows)


def _line(row: tuple[Any, ...], now: int) -> AlarmLine:
    values = list(row)
    values[12] = tuple(msgspec.json.decode(row[12], type=list[str]))
    values[22] = bool(row[22])
    values[29:] = [row[29] or "", row[30] or ""]
    line = AlarmLine(*values)
    if line.ended is None and now >= line.updated - SETTLED_MS:
        return line
    if line.ended is not None and line.ended > now:
        line = replace(line, ended=None, reason="")
    # Of what is past only this is kept: when it first became critical, and its worst.
    was_critical = line.critical_since is not None and line.critical_since <= now
    level = CRITICAL if was_critical else WARNING
    if now >= line.updated - SETTLED_MS:
        return replace(line, level=level)
    if line.peak_at is not None and line.peak_at > now:
        line = replace(line, peak=None, peak_at=None, peak_sample=None)
    threshold = line.threshold if level == line.level else None
    return replace(line, level=level, threshold=threshold, value=None, sample=None, flaps=0)
