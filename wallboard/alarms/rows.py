"""The rows of alarms in the cache: read, begun, brought up to date, ended; what is to be posted."""

import sqlite3
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from wallboard.alarms.machine import Level, Limits, Reading, Standing
from wallboard.alarms.rules import Actions, Observation
from wallboard.config import Webhook

CRITICAL: Final = Level.CRITICAL.name.lower()


class Peak(NamedTuple):
    """The worst value since it began."""

    value: float
    at: int
    sample: float | None


class Row(Struct, frozen=True):
    """A row of the table `alarms`, by the names of its columns."""

    alarm: int
    rule: str
    key: str
    kind: str
    metric: str | None
    dimension: str
    span: str
    unit: str
    source: int | None
    call: int | None
    name: str
    words: str
    actions: str
    level: str
    critical_since: int | None
    started: int
    raised: int
    value: float | None
    sample: float | None
    threshold: float | None
    upward: int
    peak: float | None
    peak_at: int | None
    peak_sample: float | None
    flaps: int
    updated: int

    @classmethod
    def begun(cls, seen: Observation, standing: Standing, peak: Peak | None, now: int) -> "Row":
        """The row of an alarm that is raised now (UTC ms); its number is given by the cache."""
        actions = msgspec.json.encode(seen.actions.names).decode()
        empty = cls(
            0, seen.rule, seen.key, seen.kind, seen.metric, seen.dimension, seen.window, seen.unit,
            seen.source, seen.call, seen.name, seen.words, actions, "", None,
            now if standing.since is None else standing.since, now,
            None, None, None, int(seen.limits.upward), None, None, None, 0, now,
        )  # fmt: skip
        return empty.with_values(seen, standing, peak, now)

    def with_values(
        self, seen: Observation, standing: Standing, peak: Peak | None, now: int
    ) -> "Row":
        """The row as it is now (UTC ms). What is not known now stays as it was last known."""
        level = standing.level
        is_critical = level is Level.CRITICAL
        known = seen.reading.value is not None
        worst = self._worse(peak, seen.limits.upward)
        return replace(
            self,
            name=seen.name,
            words=seen.words,
            call=seen.call if seen.call is not None else self.call,
            level=level.name.lower(),
            critical_since=self.critical_since or (now if is_critical else None),
            value=seen.reading.value if known else self.value,
            sample=seen.reading.sample if known else self.sample,
            threshold=seen.limits.of(level),
            peak=worst.value if worst else None,
            peak_at=worst.at if worst else None,
            peak_sample=worst.sample if worst else None,
            updated=now,
        )

    def _worse(self, peak: Peak | None, upward: bool) -> Peak | None:
        if self.peak is None or self.peak_at is None:
            return peak
        before = Peak(self.peak, self.peak_at, self.peak_sample)
        if peak is None:
            return before
        is_worse = peak.value > before.value if upward else peak.value < before.value
        return peak if is_worse else before

    @property
    def worst(self) -> Peak | None:
        """Its worst value so far."""
        return self._worse(None, bool(self.upward))

    def seen(self) -> Observation:
        """What was last seen of it, as far as the row keeps that."""
        is_critical = self.level == CRITICAL
        warning = None if is_critical else self.threshold
        critical = self.threshold if is_critical else None
        return Observation(
            self.rule, self.key, self.kind,
            Limits(warning, critical, bool(self.upward), for_ms=0, hysteresis=0),
            Reading(self.value, self.sample), self.name, self.words, self.unit, self.metric,
            self.dimension, self.span, self.source, self.call,
            Actions(tuple(msgspec.json.decode(self.actions, type=list[str]))),
        )  # fmt: skip


_NAMES: Final = tuple(field.name for field in fields(Row))
_COLUMNS: Final = ", ".join(_NAMES)
_NEW: Final = _NAMES[1:]


def open_rows(connection: sqlite3.Connection) -> dict[tuple[str, str], Row]:
    """The alarms that stand, by rule and key."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM alarms WHERE ended IS NULL ORDER BY alarm")
    return {(row.rule, row.key): row for row in (Row(*found) for found in rows)}


def insert(connection: sqlite3.Connection, row: Row) -> Row:
    """Add an alarm; returns it with its number."""
    places = ", ".join("?" for _ in _NEW)
    found = connection.execute(
        f"INSERT INTO alarms ({', '.join(_NEW)}) VALUES ({places})", _values(row)
    )
    return replace(row, alarm=found.lastrowid or 0)


def update(connection: sqlite3.Connection, row: Row) -> None:
    """Write an alarm that stands, or stands again."""
    sets = ", ".join(f"{name} = ?" for name in _NEW)
    connection.execute(
        f"UPDATE alarms SET {sets}, ended = NULL, reason = '' WHERE alarm = ?",
        (*_values(row), row.alarm),
    )


def end(connection: sqlite3.Connection, row: Row, now: int, reason: str) -> None:
    """An alarm is over; `reason` where that is not because the value is back."""
    connection.execute(
        "UPDATE alarms SET ended = ?, reason = ?, updated = ? WHERE alarm = ?",
        (now, reason, now, row.alarm),
    )


def ended_since(connection: sqlite3.Connection, seen: Observation, since: int) -> Row | None:
    """The last alarm of the same rule and key that ended after `since` (UTC ms)."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM alarms WHERE ended > ? AND rule = ? AND key = ? AND reason = ''"
        " ORDER BY ended DESC LIMIT 1",
        (since, seen.rule, seen.key),
    ).fetchone()
    return None if found is None else Row(*found)


def post(
    connection: sqlite3.Connection, alarm: int, hook: Webhook, event: str, body: bytes, due: int
) -> None:
    """Have something posted at `due` (UTC ms)."""
    connection.execute(
        "INSERT INTO alarm_deliveries (alarm, hook, secret, event, body, created, due)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (alarm, hook.url_env, hook.secret_env, event, body, due, due),
    )


def hooks_told(connection: sqlite3.Connection, alarm: int) -> tuple[Webhook, ...]:
    """The webhooks to which anything of an alarm was or is to be posted."""
    rows = connection.execute(
        "SELECT DISTINCT hook, secret FROM alarm_deliveries WHERE alarm = ?", (alarm,)
    )
    return tuple(Webhook(url_env=hook, secret_env=secret) for hook, secret in rows)


def withhold(connection: sqlite3.Connection, alarm: int, event: str) -> None:
    """Do not post what was not tried yet."""
    connection.execute(
        "DELETE FROM alarm_deliveries WHERE alarm = ? AND event = ? AND attempts = 0",
        (alarm, event),
    )


def _values(row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _NEW)
