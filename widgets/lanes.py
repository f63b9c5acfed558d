"""The legs of a call, or the days of agents, as lanes on one time axis."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct
from rich.cells import cell_len

from widgets import figures
from widgets.axis import Axis, draw_axis
from widgets.paint import Picture, Span, cell, page, sentence
from widgets.panel import Panel
from widgets.strokes import draw_strokes

TITLE_MOST = 24
REASON_MOST = 26


class Phase(StrEnum):
    """What goes on during a stretch of a lane: of a call's leg, or of an agent's day."""

    QUEUED = "queued"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    LISTENING = "listening"
    READY = "ready"
    WRAP_UP = "wrap-up"
    PAUSED = "paused"
    FAULT = "fault"
    OFFLINE = "offline"


class Stretch(Struct, frozen=True):
    """One phase from `start` to `end`, epoch seconds; `end` None runs to now."""

    phase: Phase
    start: float
    end: float | None = None
    word: str = ""


class LaneMark(Struct, frozen=True):
    """Something that happened at `at` (epoch seconds): a transfer `⇄`, a bridge, a note."""

    at: float
    glyph: str = "⇄"
    word: str = ""


class Lane(Struct, frozen=True):
    """One leg or queue stay: its title (`B contact`), its stretches, when and why it ended."""

    key: str
    title: str
    stretches: tuple[Stretch, ...] = ()
    end: float | None = None
    reason: str = ""
    marks: tuple[LaneMark, ...] = ()


class Lanes(Panel):
    """The lanes of one call. `clock` names a moment on the axis; without it, time since the start.

    `clock` takes epoch seconds and returns a short text such as `14:01:00`.
    """

    def __init__(
        self,
        empty: str = "This call has no legs.",
        clock: Callable[[float], str] | None = None,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._clock = clock
        self._lanes: tuple[Lane, ...] = ()
        self._now = 0.0

    def show(self, lanes: Sequence[Lane], now: float) -> None:
        """Show `lanes`; what is open runs to `now` (epoch seconds)."""
        self._lanes = tuple(lanes)
        self._now = now
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the axis and the lanes."""
        return draw_lanes(self._lanes, self._now, width, height, self._clock, self._empty)


def draw_lanes(
    lanes: Sequence[Lane],
    now: float,
    width: int,
    height: int,
    clock: Callable[[float], str] | None = None,
    empty: str = "",
) -> Picture:
    """Draw `lanes` in `width` by `height` cells; those that do not fit are counted."""
    starts = [stretch.start for lane in lanes for stretch in lane.stretches]
    if not lanes or not starts:
        return sentence(empty, width, height)
    start = min(starts)
    end = max(start + 1, *(_end(lane, now) for lane in lanes))
    title = min(TITLE_MOST, width // 3, max(cell_len(lane.title[:48]) for lane in lanes))
    reason = min(REASON_MOST, width // 4, max(cell_len(lane.reason[:64]) for lane in lanes))
    room = max(1, width - title - 3 - (reason + 2 if reason else 1))
    axis = Axis(start, end, room)
    seen = lanes
    if len(lanes) > height - 1:
        seen = lanes[: max(1, height - 2)] if height > 1 else lanes[:height]
    lines: list[Sequence[Span]] = []
    if height > 1:
        name = clock or (lambda at: figures.duration(at - start))
        ticks = draw_axis(axis, name, from_start=clock is None)
        lines.append([Span(" " * (title + 3)), *ticks])
    for lane in seen:
        head = [Span(" "), cell(lane.title, title, "value"), Span("  ")]
        lines.append([*head, *draw_strokes(lane, axis, now, width - title - 3)])
    left = len(lanes) - len(seen)
    if left and len(lines) < height:
        lines.append([cell(f" + {left} lane{'s' if left > 1 else ''}", width, "label")])
    return Picture(page(lines, width, height))


def _end(lane: Lane, now: float) -> float:
    open_end = now if lane.end is None else lane.end
    ends = [open_end if stretch.end is None else stretch.end for stretch in lane.stretches]
    return max([open_end, *ends, *(mark.at for mark in lane.marks)])
