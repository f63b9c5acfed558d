"""A critical alarm that takes the wall, and how many others stand. Pure."""

from collections.abc import Callable, Sequence

from wallboard.masking import mask_free
from wallboard.questions.alarms import AlarmLine
from wallboard.screens import alarm_words
from widgets import figures
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.lettering import letter, lines_of, scale_for
from widgets.paint import Line, Picture, cell, fit, page
from widgets.sheet import grounded, lowered, placed
from widgets.status import Level, glyph

Clock = Callable[[int], str]
"""The reporting zone's clock at an instant (UTC ms), without seconds."""


def taking(alarms: Sequence[AlarmLine]) -> tuple[AlarmLine, ...]:
    """The alarms that take the screen: critical ones that nobody has said to see to."""
    return tuple(line for line in alarms if line.is_critical and not line.is_acknowledged)


def draw_alarms(
    alarms: Sequence[AlarmLine], now: int, clock: Clock, width: int, height: int, unit: int
) -> Picture:
    """Draw the first of `alarms` over all of the screen, the others in rows below it."""
    first, others = alarms[0], alarms[1:]
    scale = max(1, unit)
    below = 0
    if others:
        below = min(1 + lines_of(scale) * len(others), max(1 + lines_of(scale), height // 3))
    head = f"{glyph(Level.CRITICAL)} critical alarm"
    if others:
        head += f" 1 of {len(alarms)}"
    lines = grounded(_taken(first, head, now, clock, width, height - below, unit), "alert")
    if below:
        rows = [_row(line, now) for line in others]
        shown = draw_large_rows(rows, width, below, scale=scale, title="OTHER CRITICAL ALARMS",
                                headings=("now",), noun="alarm")  # fmt: skip
        lines += shown.lines
    return Picture(page(lines, width, height))


def _taken(
    alarm: AlarmLine, head: str, now: int, clock: Clock, width: int, height: int, unit: int
) -> list[Line]:
    """The alarm on all of the lines: of what it is, its figure, the limit, and since when."""
    scale, room = max(1, unit), width - 2
    value = _value(alarm, now)
    limit = alarm_words.limit_words(alarm).replace(" %", "%")
    passed = "over" if alarm.upward else "below"
    if not alarm_words.is_past(alarm, alarm_words.value_now(alarm, now)):
        passed = "near"
    limit = f"{passed} {limit}" if limit else ""
    lasts = figures.clock(max(0, now - alarm.started) / 1_000)
    since = f"since {clock(alarm.started)}, for {lasts}"
    sample = "" if alarm.sample is None else f"of {figures.count(alarm.sample)}"
    name = mask_free(alarm.name or alarm.words)
    parts = [
        _lines(head, scale, width),
        _lines(name, scale + 1, width),
        _lines(alarm.words, unit, width) if alarm.name else [],
        _lines(f"{limit} {sample}".strip() if unit else limit, scale, width),
        _lines(since if unit else f"{since}  {sample}".strip(), unit, width),
    ]
    used = sum(map(len, parts))
    digits = scale_for([value], room, height - used)
    shown = placed(letter(value, digits), width, "center") if digits else _lines(value, 0, width)
    drawn = [*parts[0], *parts[1], *parts[2], *shown, *parts[3], *parts[4]]
    return lowered(drawn, height)


def _lines(text: str, most: int, width: int) -> list[Line]:
    """Text in the middle, in the largest letters that fit up to the scale `most`; none of none."""
    if not text:
        return []
    scale = scale_for([text], width - 2, lines_of(most), most) if most else 0
    if scale:
        return placed(letter(text, scale), width, "center")
    return [fit([cell(text, width, "", "center")], width)]


def _value(alarm: AlarmLine, now: int) -> str:
    shown = alarm_words.beside_limit(alarm, alarm_words.value_now(alarm, now))
    return shown.replace(" %", "%")


def _row(alarm: AlarmLine, now: int) -> LargeRow:
    """One of several alarms as a row."""
    level = alarm_words.level_of(alarm)
    return LargeRow(
        mask_free(alarm.name or alarm.words), (_value(alarm, now),), level, (level,),
        (alarm.words, alarm_words.against(alarm, now)) if alarm.name else (),
    )  # fmt: skip


def counted(alarms: Sequence[AlarmLine]) -> tuple[str, Level] | None:
    """How many alarms stand, in few words, and how bad the worst is; None where there is none."""
    for level, word in ((Level.CRITICAL, "critical"), (Level.WARNING, "warning")):
        number = sum(alarm_words.level_of(line) is level for line in alarms)
        if number:
            plural = f"{number} {word} alarm{'s' if number > 1 else ''}"
            return f"{glyph(level)} {plural}", level
    return None
