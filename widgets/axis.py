"""A time axis: cells for moments, and tick labels that never overlap."""

from collections.abc import Callable
from math import ceil

from msgspec import Struct
from rich.cells import cell_len

from widgets.paint import Line, Span, fit
from widgets.text import plain

STEPS = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
)  # fmt: skip


class Axis(Struct, frozen=True):
    """The time from `start` to `end` (epoch seconds) on `cells` cells."""

    start: float
    end: float
    cells: int

    @property
    def seconds_of_cell(self) -> float:
        """How many seconds one cell stands for."""
        return (self.end - self.start) / self.cells

    def cell(self, at: float) -> int:
        """Return the cell of the moment `at`, the nearest there is."""
        place = int((at - self.start) / self.seconds_of_cell)
        return max(0, min(self.cells - 1, place))


def draw_axis(axis: Axis, clock: Callable[[float], str], *, from_start: bool = False) -> Line:
    """Draw the tick labels of `axis`, each at its moment, with at least two cells between them.

    `clock` names a moment. Ticks stand on full minutes and hours of the clock, or, with
    `from_start`, on those since the start. Seconds are left out where all are `:00` of a time of
    day.
    """
    step, label = _step(axis, clock, from_start)
    tick: float = axis.start if from_start else ceil(axis.start / step) * step
    spans: list[Span] = []
    x = 0
    while tick <= axis.end:
        at = axis.cell(tick)
        text = label(tick)
        size = cell_len(text[:64])
        if at >= x and at + size <= axis.cells:
            spans += [Span(" " * (at - x)), Span(plain(text, size), "label")]
            x = at + size
        tick += step
    return fit(spans, axis.cells)


def _step(
    axis: Axis, clock: Callable[[float], str], from_start: bool
) -> tuple[int, Callable[[float], str]]:
    """Return the shortest time between ticks at which labels stay apart, and how to label one."""

    def without_seconds(at: float) -> str:
        text = clock(at)
        return text[:-3] if text.count(":") == 2 and text.endswith(":00") else text

    for step in STEPS:
        label = without_seconds if step >= 60 and not from_start else clock
        tick = axis.start if from_start else ceil(axis.start / step) * step
        widest = max(cell_len(label(tick)[:64]), cell_len(label(tick + step)[:64])) + 2
        if step >= widest * axis.seconds_of_cell:
            return step, label
    days = ceil((axis.end - axis.start) / 86_400 / 4)
    return max(1, days) * 86_400, without_seconds
