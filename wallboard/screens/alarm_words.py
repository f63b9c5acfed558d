"""Alarms in words: the figure against the limit, the whole of one in a line. Pure."""

from collections.abc import Sequence
from typing import Final

from wallboard.counted import counted
from wallboard.questions.alarms import AlarmLine
from widgets import figures
from widgets.status import Level

UNITS: Final = {
    "ratio": lambda value: figures.share(value).replace(".0 %", " %"),
    "seconds": figures.clock,
}
GOES_ON: Final = frozenset(
    {"agent_on_ended_call", "agent_over_limit", "call_silent", "feed_silent"}
)
"""Alarms whose value is the time that has passed: it goes on between two evaluations."""
WITHOUT_LIMIT: Final = frozenset(
    {"agent_on_ended_call", "queue_unattended", "feed_silent", "feed_lagging"}
)


def level_of(alarm: AlarmLine) -> Level:
    """How much attention it needs."""
    return Level.CRITICAL if alarm.is_critical else Level.WARNING


def figure(value: float | None, unit: str) -> str:
    """A value in its unit: `74 %`, `41:02`, `1,204`."""
    if value is None:
        return figures.UNKNOWN
    if unit in UNITS:
        return UNITS[unit](value)
    return figures.count(value) if float(value).is_integer() else f"{value:,.2f}"


def value_now(alarm: AlarmLine, now: int) -> float | None:
    """Its value at `now` (UTC ms), which has gone on where it is a time that passes."""
    if alarm.value is None or alarm.kind not in GOES_ON or alarm.ended is not None:
        return alarm.value
    return alarm.value + max(0, now - alarm.updated) / 1_000


def against(alarm: AlarmLine, now: int) -> str:
    """The value against the limit: `74 % < 80 %`; the value alone where there is no limit.

    One that is back within its limit, but not by as much as ends the alarm: `80.5 % near 80 %`.
    """
    measured = value_now(alarm, now)
    value, limit = beside_limit(alarm, measured), limit_words(alarm)
    if not limit:
        return value
    passed = ">" if alarm.upward else "<"
    return f"{value} {passed if is_past(alarm, measured) else 'near'} {limit}"


def is_past(alarm: AlarmLine, value: float | None) -> bool:
    """Whether the value is worse than the limit; an unknown one does not say that it is not.

    Only the alarm on a metric goes on for a while after it was.
    """
    if alarm.kind != "threshold" or value is None or alarm.threshold is None:
        return True
    return value > alarm.threshold if alarm.upward else value < alarm.threshold


def beside_limit(alarm: AlarmLine, value: float | None) -> str:
    """A value of it, with more digits where it would look as if it were at the limit."""
    shown = figure(value, alarm.unit)
    if value is not None and alarm.unit == "ratio" and shown == limit_words(alarm):
        return figures.share(value, 3)
    return shown


def limit_words(alarm: AlarmLine) -> str:
    """The limit in its unit, empty where it has none that says anything."""
    if alarm.threshold is None or alarm.kind in WITHOUT_LIMIT:
        return ""
    return figure(alarm.threshold, alarm.unit)


def sentence(alarm: AlarmLine, now: int) -> str:
    """The whole of it in a line: `support: Service level, 15 minutes 74 % < 80 %`."""
    about = f"{alarm.name}: " if alarm.name else ""
    return f"{about}{alarm.words} {against(alarm, now)}"


def standing_words(alarms: Sequence[AlarmLine], now: int) -> str:
    """The first critical one of the alarms (in the order of attention) that nobody sees to.

    And how many others there are; empty where there are none.
    """
    waiting = [alarm for alarm in alarms if not alarm.is_acknowledged]
    if not waiting:
        return ""
    if not waiting[0].is_critical:
        return f"! {counted(len(waiting), 'alarm')} to see to (8 lists them)"
    others = f" and {counted(len(waiting) - 1, 'other alarm')}" if len(waiting) > 1 else ""
    return f"✖ {sentence(waiting[0], now)}{others} (8 lists {'them' if others else 'it'})"


def first_second(alarm: AlarmLine) -> int:
    """The first whole second (UTC ms) at which it stood: going back in time knows no less."""
    return -(-alarm.raised // 1_000) * 1_000
