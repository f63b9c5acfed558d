"""Bars of figures that are compared, one below the other, with a stroke at what they are held to.

Each group has its own scale, so that shares and amounts can stand in one panel.
"""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from widgets.paint import Line, Picture, Span, cell, fit, page, sentence
from widgets.panel import Panel
from widgets.status import Level, role

TITLE_MOST = 26
TEXT_MOST = 22
NOTE_MOST = 24
LEAST_BAR = 6
STROKE = "│"
EIGHTHS = " ▏▎▍▌▋▊▉█"


class RateBar(Struct, frozen=True):
    """A bar: its value (None when unknown), the value in words, and what is noted beside it.

    `is_reference` marks the one that the others of its group are held to.
    """

    title: str
    value: float | None
    text: str
    note: str = ""
    level: Level = Level.GOOD
    is_reference: bool = False


class BarGroup(Struct, frozen=True):
    """Bars of one scale under a heading."""

    title: str
    bars: tuple[RateBar, ...]


class RateBars(Panel):
    """Groups of bars."""

    def __init__(self, empty: str = "Nothing to compare yet.", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._groups: tuple[BarGroup, ...] = ()

    def show(self, groups: Sequence[BarGroup]) -> None:
        """Show `groups` in this order."""
        self._groups = tuple(groups)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw as many groups as fit."""
        return draw_rate_bars(self._groups, width, height, self._empty)


def draw_rate_bars(groups: Sequence[BarGroup], width: int, height: int, empty: str = "") -> Picture:
    """Draw `groups`; notes go first when there is no room, then bars. Free lines where there is."""
    bars = [bar for group in groups for bar in group.bars]
    if not bars:
        return sentence(empty, width, height)
    title = min(TITLE_MOST, max(cell_len(bar.title[:64]) for bar in bars), max(1, width // 2))
    text = min(TEXT_MOST, max(cell_len(bar.text[:64]) for bar in bars))
    note = min(NOTE_MOST, max(cell_len(bar.note[:64]) for bar in bars))
    if width < title + text + note + LEAST_BAR + 8:
        note = 0
    room = width - title - text - note - (8 if note else 6)
    seen = _whole_groups(groups, height)
    left_out = 0
    if len(seen[0].bars) >= height > 1:
        seen = [_shortened(seen[0], height - 1)]
        left_out = len(groups[0].bars) - len(seen[0].bars)
    is_airy = height >= len(bars) + 2 * len(groups) - 1
    lines: list[Line] = []
    for number, group in enumerate(seen):
        if number and is_airy:
            lines.append(())
        more = len(groups) - len(seen) if number == len(seen) - 1 else 0
        more += left_out
        words = f"  + {more} more in a taller terminal" if more else ""
        lines.append(fit([Span(" "), cell(group.title + words, width - 1, "title")], width))
        lines += [_line(bar, group.bars, title, text, note, room, width) for bar in group.bars]
    return Picture(page(lines, width, height))


def _whole_groups(groups: Sequence[BarGroup], height: int) -> Sequence[BarGroup]:
    """The groups that fit whole, the first in any case."""
    used = 0
    for number, group in enumerate(groups):
        used += 1 + len(group.bars)
        if number and used > height:
            return groups[:number]
    return groups


def _shortened(group: BarGroup, most: int) -> BarGroup:
    """The first bars of a group, and what they are held to."""
    held = tuple(bar for bar in group.bars if bar.is_reference)[:most]
    others = tuple(bar for bar in group.bars if not bar.is_reference)
    return BarGroup(group.title, (*others[: most - len(held)], *held))


def _line(
    bar: RateBar, group: Sequence[RateBar], title: int, text: int, note: int, room: int, width: int
) -> Line:
    quiet = "label" if bar.is_reference else "value"
    spans = [Span("  "), cell(bar.title, title, quiet), Span("  ")]
    if room >= LEAST_BAR:
        most = max((one.value or 0) for one in group) or 1
        reference = next((one.value for one in group if one.is_reference), None)
        spans += [*_bar(bar, most, reference, room), Span("  ")]
    spans.append(cell(bar.text, text, role(bar.level, quiet)))
    if note:
        spans += [Span("  "), cell(bar.note, note, role(bar.level, "label"))]
    return fit(spans, width)


def _bar(bar: RateBar, most: float, reference: float | None, cells: int) -> list[Span]:
    colour = "typical" if bar.is_reference else "bar"
    eighths = round(max(0.0, (bar.value or 0) / most) * cells * 8)
    drawn = ("█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")).ljust(cells)
    if reference is None or bar.is_reference:
        return [Span(drawn[:cells], colour)]
    at = min(cells - 1, max(0, round(reference / most * cells)))
    over = "alarm" if bar.level is Level.CRITICAL else colour
    return [Span(drawn[:at], colour), Span(STROKE, "strong"), Span(drawn[at + 1 : cells], over)]
