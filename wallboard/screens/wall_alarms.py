"""A critical alarm that takes the wall, and what is said of the other ones. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.alarms import AlarmLine
from widgets import figures
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.lettering import fitting, letter, lines_of, scale_for
from widgets.paint import Line, Picture, cell, fit, page
from widgets.sheet import grounded, placed
from widgets.status import Level, glyph

Clock = Callable[[int], str]
"""The reporting zone's clock at an instant (UTC ms), without seconds."""

OTHERS_LEAST: Final = 4


def taking(alarms: Sequence[AlarmLine]) -> tuple[AlarmLine, ...]:
    """The alarms that take the screen: critical ones to which nobody has said to see."""
    return tuple(line for line in alarms if line.is_critical and not line.is_acknowledged)


def draw_alarms(
    alarms: Sequence[AlarmLine], now: int, clock: Clock, width: int, height: int, unit: int
) -> Picture:
    """Draw the first of `alarms` over all of the screen, the others in rows below it."""
    first, others = alarms[0], alarms[1:]
    scale = max(1, unit)
    below = 0
    if others:
        below = min(1 + lines_of(scale) * len(others), max(OTHERS_LEAST, height // 3))
    lines = grounded(_taken(first, now, clock, width, height - below, scale), "alert")
    if below:
        rows = [alarm_row(line, now) for line in others]
        shown = draw_large_rows(rows, width, below, scale=scale, title="OTHER ALARMS",
                                headings=("", "for"), noun="alarm")  # fmt: skip
        lines += shown.lines
    return Picture(page(lines, width, height))


def _taken(
    alarm: AlarmLine, now: int, clock: Clock, width: int, height: int, scale: int
) -> list[Line]:
    """The alarm on all of the lines: what it is of, the figure, the limit, and since when."""
    lasts = figures.clock((now - alarm.started) / 1000)
    heads = (f"✖ critical since {clock(alarm.started)}", f"✖ since {clock(alarm.started)}")
    head = fitting(heads, width - 2, scale) or heads[-1]
    value = of_unit(alarm.value, alarm.unit)
    limit = limit_words(alarm)
    foot = [text for text in (f"{limit}, for {lasts}" if limit else f"for {lasts}",) if text]
    title = _title(alarm, width - 2, scale)
    sample = sample_words(alarm)
    words = [text for text in (alarm.words, sample) if text]
    fixed = lines_of(scale) * 2 + len(words) + (lines_of(scale) if title else 0) + 1
    digits = scale_for([value], width - 2, height - fixed) if value != figures.UNKNOWN else 0
    parts: list[Line] = [*_centred(head, scale, width), fit((), width)]
    if title:
        parts += _centred(title, scale, width)
    if digits:
        parts += placed(letter(value, digits, ""), width, "center")
    for text in foot:
        parts += _centred(text, scale, width)
    parts += [(cell(text, width, "", "center"),) for text in words]
    parts = parts[:height]
    above = (height - len(parts)) // 2
    blank = fit((), width)
    return [blank] * above + parts + [blank] * (height - above - len(parts))


def _centred(text: str, scale: int, width: int) -> list[Line]:
    """Text in the largest letters that fit up to `scale`, at last as it is."""
    for smaller in range(scale, 0, -1):
        if fitting((text,), width - 2, smaller) is not None:
            return placed(letter(text, smaller), width, "center")
    return [(cell(text, width, "", "center"),)]


def _title(alarm: AlarmLine, width: int, scale: int) -> str:
    metric = metric_title(alarm)
    forms = [f"{metric} {alarm.name}".strip(), alarm.name or metric]
    return fitting(forms, width, scale) or forms[0]


def metric_title(alarm: AlarmLine) -> str:
    """The title of its metric in the catalogue; empty where it is of none."""
    known = BY_SLUG.get(alarm.metric or "")
    return known.title if known is not None else ""


def of_unit(value: float | None, unit: str) -> str:
    """A value in its unit, in few letters: `4.9%`, `1:10`, `12`."""
    if value is None:
        return figures.UNKNOWN
    if unit == "ratio":
        return figures.share(value).replace(" %", "%")
    if unit == "seconds":
        return figures.duration(value)
    return figures.count(value) if float(value).is_integer() else f"{value:,.1f}"


def limit_words(alarm: AlarmLine) -> str:
    """Which limit it has crossed: `over 3.0%`."""
    if alarm.threshold is None:
        return ""
    way = "over" if alarm.upward else "below"
    return f"{way} {of_unit(alarm.threshold, alarm.unit)}"


def sample_words(alarm: AlarmLine) -> str:
    """What its figure is made of."""
    return "" if alarm.sample is None else f"of {figures.count(alarm.sample)}"


def alarm_row(alarm: AlarmLine, now: int) -> LargeRow:
    """One of several alarms as a row."""
    level = Level.CRITICAL if alarm.is_critical else Level.WARNING
    name = f"{metric_title(alarm)} {alarm.name}".strip() or alarm.words
    value = of_unit(alarm.value, alarm.unit)
    lasts = figures.clock((now - alarm.started) / 1000)
    return LargeRow(name, (value, lasts), level, (), (alarm.words, limit_words(alarm)))


def counted(alarms: Sequence[AlarmLine]) -> tuple[str, Level] | None:
    """How many alarms stand, in few words, and how bad the worst is; None where there is none."""
    critical = sum(line.is_critical for line in alarms)
    if critical:
        words = "critical alarm" if critical == 1 else f"{critical} critical alarms"
        return f"{glyph(Level.CRITICAL)} {words}", Level.CRITICAL
    if alarms:
        words = "warning" if len(alarms) == 1 else f"{len(alarms)} warnings"
        return f"{glyph(Level.WARNING)} {words}", Level.WARNING
    return None
