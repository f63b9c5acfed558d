"""From alarms to what panels and lists draw: words, figures against limits, levels. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace
from rich.cells import cell_len

from wallboard.questions.alarms import AlarmLine, RuleEvaluation
from wallboard.screens.alarm_words import against, beside_limit, level_of, limit_words, value_now
from widgets import figures
from widgets.alarms import AlarmRow
from widgets.status import Level, glyph, word
from widgets.table import Column, Row

Clock = Callable[[int], str]
OLD_MS: Final = 61_000
"""A threshold that was not evaluated for so long says so: all but the dear ones are."""

COLUMNS: Final = (
    Column("since", 12, priority=10),
    Column("", 10, priority=9),
    Column("what", 35, grow=9, priority=10),
    Column("value", 9, "right", priority=8),
    Column("limit", 9, "right", priority=8),
    Column("peak", 9, "right", priority=5),
    Column("of", 7, "right", priority=3),
    Column("lasted", 7, "right", priority=7),
    Column("times", 5, "right", priority=2),
    Column("seen to by", 12, grow=1, priority=6),
    Column("note", 12, grow=2, priority=1),
)

FITTED: Final = (0, 3, 4, 5, 6)
"""The columns that are no wider than what stands in them, so that the words are whole."""

MOST_OLD: Final = 3


def panel_rows(alarms: Sequence[AlarmLine], now: int, clock: Clock) -> list[AlarmRow]:
    """The alarms that stand as the panel draws them, in their order."""
    return [
        AlarmRow(
            str(alarm.number),
            clock(alarm.started),
            level_of(alarm),
            alarm.name,
            alarm.words,
            against(alarm, now),
            figures.clock(max(0, now - alarm.started) / 1_000),
            "" if alarm.sample is None else f"of {figures.count(alarm.sample)}",
            _seen_to(alarm),
            alarm.is_acknowledged,
            alarm.flaps,
            alarm.words.rpartition(", ")[0],
        )
        for alarm in alarms
    ]


def _seen_to(alarm: AlarmLine) -> str:
    if not alarm.is_acknowledged:
        return ""
    return f"✓ {alarm.acknowledged_by}" + (f": {alarm.note}" if alarm.note else "")


def summary(alarms: Sequence[AlarmLine]) -> str:
    """How many stand, of those that are listed."""
    standing = [alarm for alarm in alarms if alarm.ended is None]
    critical = sum(alarm.is_critical for alarm in standing)
    seen_to = sum(alarm.is_acknowledged for alarm in standing)
    return (
        f"{len(standing)} standing: {critical} critical, {len(standing) - critical} warning; "
        f"{seen_to} acknowledged · {len(alarms) - len(standing)} over"
    )


def evaluated_words(evaluations: Sequence[RuleEvaluation], now: int) -> str:
    """How old the last evaluation is of the thresholds that are not evaluated every minute."""
    old = sorted((one for one in evaluations if now - one.at >= OLD_MS), key=lambda one: one.at)
    said = [f"{one.rule} {figures.clock((now - one.at) / 1_000)} ago" for one in old[:MOST_OLD]]
    more = f" and {len(old) - MOST_OLD} more" if len(old) > MOST_OLD else ""
    return f"Last evaluated: {' · '.join(said)}{more}" if old else ""


def list_rows(alarms: Sequence[AlarmLine], now: int, moment: Clock) -> list[Row]:
    """The alarms of the list, open or over."""
    return [_row(alarm, now, moment) for alarm in alarms]


def _sign(alarm: AlarmLine) -> str:
    """What stands before the level: a tick where somebody sees to it, whatever the width."""
    if alarm.ended is not None:
        return " "
    return "✓" if alarm.is_acknowledged else glyph(level_of(alarm))


def _row(alarm: AlarmLine, now: int, moment: Clock) -> Row:
    is_over = alarm.ended is not None
    level = level_of(alarm)
    until = now if alarm.ended is None else alarm.ended
    about = f"{alarm.name}: " if alarm.name else ""
    why = f" ({alarm.reason})" if alarm.reason else ""
    return Row(
        str(alarm.number),
        (
            moment(alarm.started),
            f"{_sign(alarm)} {word(level)}",
            f"{about}{alarm.words}{why}",
            beside_limit(alarm, value_now(alarm, now)),
            limit_words(alarm),
            beside_limit(alarm, alarm.peak),
            figures.count(alarm.sample) if alarm.sample is not None else "",
            figures.clock(max(0, until - alarm.started) / 1_000),
            str(alarm.flaps + 1),
            alarm.acknowledged_by,
            alarm.note,
        ),
        levels=() if is_over else (Level.GOOD, level),
        faint=is_over,
    )


def fitted(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of the list for these rows."""

    def width(index: int, column: Column) -> int:
        if index not in FITTED:
            return column.width
        longest = max((cell_len(row.cells[index]) for row in rows), default=0)
        return min(column.width, max(cell_len(column.title), longest))

    return tuple(replace(column, width=width(at, column)) for at, column in enumerate(COLUMNS))
