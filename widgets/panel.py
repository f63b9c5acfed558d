"""The base of every panel: a picture on Textual's line API, of which only what changed is sent."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from widgets.paint import Line, Picture, changed, fit, within
from widgets.roles import COMPONENTS
from widgets.swatches import Swatches

Stretch: TypeAlias = tuple[int, int, int]
"""A line of the screen, and the cells of it from the first to before the second."""
Piece: TypeAlias = tuple[int, int, Sequence[Segment]]
"""What is to be seen on a line from a cell on."""


class Panel(Swatches):
    """A widget drawn from plain values. It has no timers: its owner calls `show(...)`."""

    DEFAULT_CSS = f"Panel {{ width: 1fr; height: 1fr; {COMPONENTS} }}"
    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self._picture = Picture()
        self._drawn_size = Size(0, 0)
        self._strips: dict[int, tuple[Line, Strip]] = {}
        self._strips_of = (0, 0)
        super().__init__(name=name, id=id, classes=classes)

    @abstractmethod
    def draw(self, width: int, height: int) -> Picture:
        """Return the picture of what is shown, `height` lines of `width` cells."""

    @property
    def picture(self) -> Picture:
        """What is on the screen now."""
        if self._drawn_size != self.size:
            self._drawn_size = self.size
            self._picture = self.draw(*self.size)
        return self._picture

    def repaint(self) -> None:
        """Draw again, and refresh only the regions in which the picture changed."""
        size = self.size
        if not size or self._drawn_size != size:
            # Not seen yet at this size: the next frame draws all of it anyway.
            self._drawn_size = Size(0, 0)
            if size:
                self.refresh()
            return
        before = self._picture.lines
        self._picture = self.draw(*size)
        regions = changed(before, self._picture.lines)
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Return line `y` of the picture with the colours of the stylesheet."""
        lines = self.picture.lines
        width = self.size.width
        return self.palette.strip(lines[y] if y < len(lines) else fit((), width), width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of `crop`, of which only those that changed are coloured anew.

        As Textual's own, without the borders, padding and opacity of which a panel has none as a
        rule; they cost as much as the drawing. With any of them Textual's own does it.
        """
        size = self.size
        if size != self.outer_size or self.opacity != 1:
            return super().render_lines(crop)
        self._see()
        made_of = (size.width, self.palette.age)
        if made_of != self._strips_of:
            self._strips_of = made_of
            self._strips.clear()
        lines = self.picture.lines
        found: list[Strip] = []
        for y in crop.line_range:
            line = lines[y] if y < len(lines) else fit((), size.width)
            known = self._strips.get(y)
            if known is None or (known[0] is not line and known[0] != line):
                strip = Strip(self.palette.segments(line), size.width)
                known = self._strips[y] = (line, strip)
            found.append(known[1])
        if crop.column_span != (0, size.width):
            return [strip.crop(*crop.column_span) for strip in found]
        return found

    def sent(self, region: Region, stretches: Sequence[Stretch]) -> Iterator[Piece]:
        """Return what is seen in stretches of the screen, on which the panel has `region`.

        Those of a line follow one another. One that begins and ends with spans of the picture is
        drawn from these alone.
        """
        is_drawn = self._drawn_size == region.size and self.opacity == 1
        self._see()
        x, y = region.offset
        lines = self._picture.lines
        for line, found in groupby(stretches, itemgetter(0)):
            parts = [(begin - x, end - x) for _, begin, end in found]
            is_there = is_drawn and line - y < len(lines)
            spans = within(lines[line - y], parts) if is_there else [None] * len(parts)
            for (begin, end), part in zip(parts, spans, strict=True):
                if part is not None:
                    yield line, begin + x, self.palette.segments(part)
                    continue
                for strip in self.render_lines(Region(begin, line - y, end - begin, 1)):
                    yield line, begin + x, list(strip)

    def _see(self) -> None:
        self.palette.see_through(self.get_line_filters(), lambda: self.background_colors[1])
