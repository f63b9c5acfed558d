"""The values that thresholds are compared with: the catalogue's own answers for the window."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from msgspec import Struct, field

from wallboard.alarms.machine import Reading
from wallboard.alarms.rules import MINUTE_MS, NOW_MS, ROLLING_MS, Rule
from wallboard.config import Metrics
from wallboard.config.alarms import AlarmDimension, AlarmWindow
from wallboard.metrics.answers import Answer, Value
from wallboard.metrics.asked import NONE, Asked
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.completeness import NEVER_SENT
from wallboard.metrics.engine import answers
from wallboard.metrics.live import live_answers
from wallboard.questions.crowd import is_crowded, too_many
from wallboard.questions.gaps import is_being_filled
from wallboard.questions.names import Names
from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar, Period

DAYS_30: Final = timedelta(days=29)
UNKNOWN_BY: Final = ("Nothing here is known by", "This metric cannot be split by")
STILL_TO_COME: Final = "Older events of the window are still to come."
NOTHING: Final[Mapping[str, Reading]] = MappingProxyType({})


class Group(Struct, frozen=True):
    """Rules that one question answers: of one window, split by one dimension."""

    by: AlarmDimension
    window: AlarmWindow
    is_live: bool
    rules: tuple[Rule, ...]


class Measured(Struct, frozen=True):
    """The readings by key of each rule; and why of some there are none, in a sentence."""

    readings: Mapping[str, Mapping[str, Reading]] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)


def grouped(rules: Iterable[Rule]) -> tuple[Group, ...]:
    """The rules as the questions that answer them."""
    found: dict[tuple[AlarmDimension, AlarmWindow, bool], list[Rule]] = {}
    for rule in rules:
        found.setdefault((rule.by, rule.window, rule.is_live), []).append(rule)
    return tuple(Group(*of, tuple(group)) for of, group in found.items())


def _period_of(window: AlarmWindow, calendar: Calendar, now: int) -> Period:
    """The period that a window means at an instant (UTC ms): rolling ones to the minute."""
    today = calendar.day_of(now)
    if window == "today":
        return calendar.period(today.isoformat(), today.isoformat(), now)
    if window == "30d":
        return calendar.period((today - DAYS_30).isoformat(), today.isoformat(), now)
    end = (now // MINUTE_MS + 1) * MINUTE_MS
    start = end - ROLLING_MS.get(window, NOW_MS)
    first, last = calendar.day_of(start), calendar.day_of(end - 1)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    return Period(start, end, days)


def measure(
    connection: sqlite3.Connection,
    group: Group,
    calendar: Calendar,
    settings: Metrics,
    names: Names,
    now: int,
) -> Measured:
    """The values of a group's rules as of `now` (UTC ms). Raises sqlite3.Error."""
    period = _period_of("today" if group.is_live else group.window, calendar, now)
    by = group.by or None
    asked = Asked(period, calendar, settings, now, {}, by)
    with one_view(connection):
        if not group.is_live and is_being_filled(connection, period.start_ms):
            return Measured({}, {rule.id: STILL_TO_COME for rule in group.rules})
        if is_crowded(connection, group.by, period.start_ms, period.end_ms):
            return Measured({}, {rule.id: too_many(group.by) for rule in group.rules})
        if group.is_live:
            return _live(connection, group, asked, names)
        metrics = [BY_SLUG[slug] for slug in dict.fromkeys(rule.metric for rule in group.rules)]
        found = answers(connection, metrics, asked)
    readings = {rule.id: _readings(found[rule.metric], by) for rule in group.rules}
    return Measured(readings, _troubles(group, found))


def _readings(answer: Answer, by: str | None) -> dict[str, Reading]:
    if by is None:
        return {"": Reading(answer.value, answer.denominator)}
    return {
        str(row["key"]): Reading(_plain(row["value"]), _plain(row.get("denominator")))
        for row in answer.breakdown or ()
        if row["key"] != NONE
    }


def _troubles(group: Group, found: Mapping[str, Answer]) -> dict[str, str]:
    troubles = {}
    for rule in group.rules:
        note = found[rule.metric].note
        if note.startswith((NEVER_SENT, *UNKNOWN_BY)):
            troubles[rule.id] = note
    return troubles


def _live(connection: sqlite3.Connection, group: Group, asked: Asked, names: Names) -> Measured:
    if group.by in {"", "queue"}:
        found = _answered(live_answers(connection, asked))
        readings = {rule.id: _readings(found[rule.metric], asked.by) for rule in group.rules}
        return Measured(readings, _troubles(group, found))
    keys = names.teams if group.by == "team" else tuple(name.id for name in names.campaigns)
    by_key: dict[str, dict[str, Reading]] = {rule.id: {} for rule in group.rules}
    troubles: dict[str, str] = {}
    for key in keys:
        narrowed = Asked(asked.period, asked.calendar, asked.settings, asked.now, {group.by: key})
        found = _answered(live_answers(connection, narrowed))
        troubles |= _troubles(group, found)
        for rule in group.rules:
            by_key[rule.id][key] = _readings(found[rule.metric], None)[""]
    return Measured(by_key, troubles)


def _answered(found: dict[str, Answer]) -> dict[str, Answer]:
    """The live answers, with a longest wait of 0 where it is known that nobody waits."""
    waiting, longest = found["calls_waiting"], found["longest_wait"]
    if waiting.value == 0:
        longest = Answer(0, note=longest.note)
    rows = tuple(
        {**row, "value": row["value"] or 0} for row in found["longest_wait"].breakdown or ()
    )
    if rows:
        longest = Answer(longest.value, breakdown=rows, note=longest.note)
    # What is counted now has no sample: the catalogue's numerator is the figure itself.
    return found | {"longest_wait": longest}


def _plain(value: str | Value) -> float | None:
    return value if isinstance(value, int | float) else None
