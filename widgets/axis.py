"""A time axis: cells for moments, and tick labels that never overlap."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from rich.cells import cell_len

from widgets.paint import Line, Span, fit
from widgets.text import plain

STEPS = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
)  # fmt: skip


@dataclass(frozen=True)
class Axis:
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


def draw_axis(axis: Axis, clock: Callable[[float], str]) -> Line:
    """Draw the tick labels of `axis`, each at its moment, with at least two cells between them."""
    widest = max(cell_len(clock(axis.start)), cell_len(clock(axis.end)), 4) + 2
    least = widest * axis.seconds_of_cell
    step = next((step for step in STEPS if step >= least), ceil(least / 86_400) * 86_400)
    spans: list[Span] = []
    x = 0
    tick: float = ceil(axis.start / step) * step
    if clock(axis.start) == "0:00":
        tick = axis.start  # a clock that counts from the start has its ticks there too
    while tick <= axis.end:
        label = clock(tick)
        at = axis.cell(tick)
        size = cell_len(label[:64])
        if at >= x and at + size <= axis.cells:
            spans += [Span(" " * (at - x)), Span(plain(label, size), "label")]
            x = at + size
        tick += step
    return fit(spans, axis.cells)
