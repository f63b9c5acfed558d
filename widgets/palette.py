"""The styles of a widget's roles, looked up once and kept until the stylesheet changes."""

from collections.abc import Callable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from widgets.contrast import SIGN, TEXT, legible
from widgets.paint import Line, Span
from widgets.roles import DRAWN


def _same_ground(one: Style, other: Style) -> bool:
    """Tell whether a blank looks the same in two styles."""
    seen = (one.reverse, one.underline, one.strike, other.reverse, other.underline, other.strike)
    return one.bgcolor == other.bgcolor and not any(seen)


class Palette:
    """Turns lines of roles into strips of colours for one widget."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._known: dict[str, Style] = {}
        self._seen: dict[str, Style] = {}
        self._filters: tuple[LineFilter, ...] = ()
        self._ground: Callable[[], Color] = lambda: TRANSPARENT
        self.age = 0
        """How often its styles were forgotten: what was made of them before is another's."""

    def style(self, role: str) -> Style:
        """Return the style of `role`: its component class, on the ground of a second one."""
        style = self._known.get(role)
        if style is None:
            name, _, over = role.partition(" ")
            style = self._component(name)
            if over:
                # What lies over a role, such as the cursor, is a ground: the role keeps its colour.
                style += Style(bgcolor=self._component(over).bgcolor)
            is_read = over or name not in DRAWN
            self._known[role] = style = legible(style, TEXT if is_read else SIGN)
        return style

    def _component(self, name: str) -> Style:
        if not name:
            return self._widget.rich_style
        return self._widget.get_component_rich_style(f"panel--{name}")

    def see_through(self, filters: Sequence[LineFilter], ground: Callable[[], Color]) -> None:
        """Have `segments` give colours as these filters of Textual show them on the ground."""
        if self._filters != tuple(filters):
            self._filters, self._ground = tuple(filters), ground
            self._seen.clear()

    def strip(self, line: Line, width: int) -> Strip:
        """Return `line`, `width` cells wide, as a strip; blank cells have the background too."""
        return Strip(_joined(line, self._known, self.style), width)

    def segments(self, line: Sequence[Span]) -> list[Segment]:
        """Return spans of a line as they are sent: with colours as filters show them."""
        return _joined(line, self._seen, self._seen_style)

    def _seen_style(self, role: str) -> Style:
        shown = Segment("", self.style(role))
        for each in self._filters:
            (shown,) = each.apply([shown], self._ground())
        self._seen[role] = style = shown.style or Style.null()
        return style

    def forget(self) -> None:
        """Forget every style: the stylesheet, the theme or a pseudo-class has changed."""
        self._known.clear()
        self._seen.clear()
        self.age += 1


def _joined(
    line: Sequence[Span], known: Mapping[str, Style], style_of: Callable[[str], Style]
) -> list[Segment]:
    """Return spans with their styles.

    Each segment costs some forty bytes of colour codes, so those that look the same are joined,
    and blanks join what is before them when they lie on the same ground.
    """
    segments: list[Segment] = []
    text, style = "", Style.null()
    for shown, role in line:
        own = known.get(role)
        if own is None:
            own = style_of(role)
        if text and (own is style or (shown.isspace() and _same_ground(own, style))):
            text += shown
            continue
        if text:
            segments.append(Segment(text, style))
        text, style = shown, own
    segments.append(Segment(text, style))
    return segments
