"""What is sent of a frame: the cells that changed, and no others.

Textual's own partial update puts all lines of all widgets together, cuts them at every edge, and
sends each changed stretch from the left edge of its widget on. On a board that took most of the
time of a frame in which only clocks turn, and most of its bytes.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from widgets.panel import Panel, Piece, Stretch

Place: TypeAlias = tuple[Widget, Region, Region]
"""A widget, its region on the screen, and the part of it that can be seen."""


class SpansUpdate(CompositorUpdate):
    """Stretches of the screen, each with what is to be seen there from now on."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Return what is written to the terminal."""
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual's own
        drawn = Strip.render_style
        written: list[str] = []
        for y, x, segments in self.pieces:
            written.append(f"\x1b[{y + 1};{x + 1}H")
            written += [
                text if style is None else drawn(style, text, color_system=colours)
                for text, style, _ in segments
            ]
        return "".join(written)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The same for a console of Rich."""
        del console, options
        for y, x, segments in self.pieces:
            yield Control.move_to(x, y).segment
            yield from segments


class SpanCompositor(Compositor):
    """Places widgets as Textual does, and draws of what changed no more than that."""

    def render_update(
        self,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> RenderableType | None:
        """Return what changed since the last update, None when nothing did."""
        screen = self.size.region
        if full or screen in self._dirty_regions:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        regions = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(region for region in regions if region))
        if not spans:
            return None
        places = [
            (widget, region, region.intersection(clip).intersection(screen))
            for widget, (region, clip) in self.visible_widgets.items()
        ]
        asked: dict[Widget, list[Stretch]] = {}
        for span in spans:
            for number, stretch in seen(places, span):
                asked.setdefault(places[number][0], []).append(stretch)
        pieces: list[Piece] = []
        for widget, region, _ in places:
            if widget in asked:
                pieces += drawn(widget, region, asked[widget])
        return SpansUpdate(pieces)


def seen(places: Sequence[Place], span: Stretch, first: int = 0) -> Iterator[tuple[int, Stretch]]:
    """Return which widgets are seen in a stretch, by their number from the front, and where."""
    y, begin, end = span
    for number in range(first, len(places)):
        left, top, width, height = places[number][2]
        if not top <= y < top + height or left >= end or left + width <= begin:
            continue
        yield number, (y, max(left, begin), min(left + width, end))
        # On either side of it is what lies behind.
        if begin < left:
            yield from seen(places, (y, begin, left), number + 1)
        if left + width < end:
            yield from seen(places, (y, left + width, end), number + 1)
        return


def drawn(widget: Widget, region: Region, stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """Return what a widget shows in stretches of the screen, each with its line and column."""
    if isinstance(widget, Panel):
        yield from widget.sent(region, stretches)
        return
    x, y = region.offset
    for line, begin, end in stretches:
        for strip in widget.render_lines(Region(begin - x, line - y, end - begin, 1)):
            yield line, begin, list(strip)
