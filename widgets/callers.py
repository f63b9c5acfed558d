"""Callers who wait: how long, in which queue, and who they are."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual.geometry import Region

from widgets import figures
from widgets.choice import ChoicePanel
from widgets.items import LinePanel, lines_that_fit
from widgets.paint import Line, Picture, Span, cell, fit, page, styled
from widgets.status import Level, mark, role

WAIT: Final = 7
WIDEST = 128
"""In wider lines the number would stand too far from the queue."""
NUMBER: Final = 18


class CallerRow(Struct, frozen=True):
    """One caller: the wait in seconds, the queue's name, and the number or words in its place."""

    key: str
    wait: float
    queue: str
    number: str
    level: Level = Level.GOOD


class Callers(LinePanel[CallerRow]):
    """Those who wait longest, in the order their owner gives; each can be opened."""

    EMPTY = "nobody waits"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._waiting = 0

    class Selected(ChoicePanel.Selected):
        """The reader opened the call `key`."""

    def tell(self, callers: Sequence[CallerRow], waiting: int) -> None:
        """Show `callers`, who are the first of so many."""
        before, self._waiting = self._waiting, waiting
        self.show(callers)
        if waiting != before:
            self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the heading and the callers from the first in sight on."""
        return draw_callers(
            self._items, width, height, self._empty, self._waiting, self.marked_key, self.first
        )


def draw_callers(
    callers: Sequence[CallerRow],
    width: int,
    height: int,
    empty: str = "",
    waiting: int = 0,
    cursor: str | None = None,
    first: int = 0,
) -> Picture:
    """Draw `callers` from `first` on under a heading; the last line counts those left out."""
    whole, width = width, min(width, WIDEST)
    words = f"{figures.count(waiting)} waiting, the longest first" if callers else empty
    heading = [Span("   "), Span("CALLERS", "title"), Span("  "), cell(words, width, "label")]
    lines: list[Line] = [fit(heading, width)] if height > 1 or not callers else []
    seen = callers[first : first + lines_that_fit(len(callers), height)]
    spots: dict[str, Region] = {}
    for caller in seen:
        spots[caller.key] = Region(0, len(lines), width, 1)
        lines.append(_row(caller, width, caller.key == cursor))
    left = max(waiting, len(callers)) - len(seen)
    if left and len(lines) < height:
        lines.append((cell(f"   + {figures.count(left)} waiting", width, "label"),))
    return Picture(page(lines, whole, height), spots)


def _row(caller: CallerRow, width: int, is_marked: bool) -> Line:
    number = min(NUMBER, max(0, width - WAIT - 16))
    spans = [
        Span("›" if is_marked else " ", "strong"),
        cell(figures.duration(caller.wait), WAIT, role(caller.level, "strong"), "right"),
        Span(f" {mark(caller.level)} ", role(caller.level, "label")),
        cell(caller.queue, max(0, width - WAIT - 6 - number), "value"),
        Span("  "),
        cell(caller.number, number, "label"),
    ]
    line = fit(spans, width)
    return styled(line, "cursor") if is_marked else line
