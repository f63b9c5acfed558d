"""The base of every panel: a picture on Textual's line API, of which only what changed is sent."""

from abc import abstractmethod

from textual.geometry import Size
from textual.strip import Strip

from widgets.paint import Picture, changed, fit
from widgets.roles import COMPONENTS
from widgets.swatches import Swatches


class Panel(Swatches):
    """A widget drawn from plain values. It has no timers: its owner calls `show(...)`."""

    DEFAULT_CSS = f"Panel {{ width: 1fr; height: 1fr; {COMPONENTS} }}"
    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        self._picture = Picture()
        self._drawn_size = Size(0, 0)
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
        if not self.size or self._drawn_size != self.size:
            # Not seen yet at this size: the next frame draws all of it anyway.
            self._drawn_size = Size(0, 0)
            self.refresh()
            return
        before = self._picture.lines
        self._picture = self.draw(*self.size)
        regions = changed(before, self._picture.lines)
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Return line `y` of the picture with the colours of the stylesheet."""
        lines = self.picture.lines
        width = self.size.width
        return self.palette.strip(lines[y] if y < len(lines) else fit((), width), width)
