"""The alarms in the status: read, as values, as lines of text, and as the reason of a probe."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from wallboard.board.alarms_page import TROUBLE_MS
from wallboard.board.drop_lines import NamedBudget, named_budgets
from wallboard.board.pages import Question
from wallboard.board.periods import TODAY, period_named
from wallboard.commands.moments import written
from wallboard.commands.plain_table import indented, table
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.questions.alarms import (
    AlarmLine,
    DeliveryTrouble,
    RuleTrouble,
    delivery_troubles,
    open_alarms,
    rule_troubles,
)
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar
from wallboard.screens.alarm_trouble import trouble_lines
from wallboard.screens.alarm_words import against
from wallboard.screens.drop_budget_words import budget_words
from widgets.figures import duration
from widgets.text import visible


class Alarmed(Struct, frozen=True):
    """The alarms that stand at the instant, and what is wrong with the calling now."""

    alarms: tuple[AlarmLine, ...] = ()
    deliveries: tuple[DeliveryTrouble, ...] = ()
    rules: tuple[RuleTrouble, ...] = ()
    budgets: tuple[NamedBudget, ...] = ()


def alarmed(
    connection: sqlite3.Connection,
    calendar: Calendar,
    configuration: Configuration,
    at: int,
    now: int,
) -> Alarmed:
    """What stands `at` an instant, and what is wrong with webhooks `now`. Raises sqlite3.Error.

    The budgets of drops are of now: of the past they would count what was not known then.
    """
    today = period_named(calendar, TODAY, now)
    question = Question(connection, calendar, configuration, Scope(), today, now)
    return Alarmed(
        open_alarms(connection, at),
        delivery_troubles(connection, now - TROUBLE_MS),
        rule_troubles(connection),
        named_budgets(question) if at == now else (),
    )


def alarm_values(alarms: Sequence[AlarmLine], at: int, calendar: Calendar) -> list[dict[str, Any]]:
    """The alarms as objects: values in their unit, durations in seconds, null for unknown."""
    return [
        {
            "number": alarm.number,
            "rule": alarm.rule,
            "kind": alarm.kind,
            "level": alarm.level,
            "name": alarm.name,
            "words": alarm.words,
            "metric": alarm.metric,
            "by": alarm.dimension or None,
            "key": alarm.key,
            "window": alarm.window or None,
            "unit": alarm.unit,
            "value": alarm.value,
            "sample": alarm.sample,
            "threshold": alarm.threshold,
            "peak": {
                "value": alarm.peak,
                "time": written(calendar, alarm.peak_at),
                "sample": alarm.peak_sample,
            },
            "started": written(calendar, alarm.started),
            "raised": written(calendar, alarm.raised),
            "seconds": max(0, at - alarm.started) / 1_000,
            "flaps": alarm.flaps,
            "acknowledged": {
                "time": written(calendar, alarm.acknowledged),
                "by": alarm.acknowledged_by,
                "note": alarm.note,
            }
            if alarm.is_acknowledged
            else None,
        }
        for alarm in alarms
    ]


def trouble_values(found: Alarmed, calendar: Calendar) -> dict[str, Any]:
    """What could not be posted, and which alarms cannot be evaluated."""
    return {
        "webhooks": [
            {
                "webhook": trouble.hook,
                "alarm": trouble.alarm,
                "event": trouble.event,
                "created": written(calendar, trouble.created),
                "attempts": trouble.attempts,
                "next_attempt": written(calendar, trouble.due),
                "reason": trouble.trouble,
            }
            for trouble in found.deliveries
        ],
        "not_evaluated": [
            {
                "rule": trouble.rule,
                "since": written(calendar, trouble.since),
                "reason": trouble.trouble,
            }
            for trouble in found.rules
        ],
    }


def budget_values(budgets: Sequence[NamedBudget], calendar: Calendar) -> list[dict[str, Any]]:
    """What is left of drops by campaign; the times are null where that is not used up today."""
    return [
        {
            "campaign": line.campaign,
            "name": line.name,
            "left_today": line.budget.left_today,
            "left_30_days": line.budget.left,
            "used_up_today_at": written(calendar, line.budget.runs_out_today),
            "used_up_30_days_at": written(calendar, line.budget.runs_out),
            "drop_rate_30_days": line.budget.rolling,
            "limit": line.budget.limit,
        }
        for line in budgets
    ]


def alarm_text(found: Alarmed, at: int, calendar: Calendar) -> Iterator[str]:
    """The alarms as lines, the worst first; then what is wrong with the calling."""
    if not found.alarms:
        yield "ALARMS  none"
    else:
        critical = sum(alarm.is_critical for alarm in found.alarms)
        yield f"ALARMS  {counted(len(found.alarms), 'alarm')}, {critical} critical"
        rows = [
            (
                alarm.level,
                calendar.format_clock(alarm.started),
                visible(alarm.name),
                visible(alarm.words),
                against(alarm, at),
                duration(max(0, at - alarm.started) / 1_000),
                _seen_to(alarm),
            )
            for alarm in found.alarms
        ]
        yield indented(table(("",) * 7, rows))
    if words := budget_words(found.budgets, lambda ms: calendar.format_clock(ms, seconds=False)):
        yield "  Drops left:"
        for line in words:
            yield visible(f"    {line}")
    for line in trouble_lines(found.deliveries, found.rules, calendar.format_time):
        yield visible(f"  {line}")


def _seen_to(alarm: AlarmLine) -> str:
    if not alarm.is_acknowledged:
        return ""
    return visible(": ".join(filter(None, (alarm.acknowledged_by, alarm.note))))


def why_critical(alarms: Sequence[AlarmLine], at: int) -> str:
    """Why the probe for critical alarms fails, empty when none stands."""
    critical = [alarm for alarm in alarms if alarm.is_critical]
    if not critical:
        return ""
    first = critical[0]
    about = f"{visible(first.name)}: " if first.name else ""
    more = f", and {len(critical) - 1} more" if len(critical) > 1 else ""
    return f"{about}{visible(first.words)} {against(first, at)}{more}"
