"""The styles of a widget's roles, looked up once and kept until the stylesheet changes."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from widgets.contrast import SIGN, TEXT, legible
from widgets.paint import Line
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

    def strip(self, line: Line, width: int) -> Strip:
        """Return `line`, `width` cells wide, as a strip; blank cells have the background too.

        Each segment costs some forty bytes of colour codes, so those that look the same are joined,
        and blanks join what is before them when they lie on the same ground.
        """
        segments: list[Segment] = []
        text, style = "", Style.null()
        for span in line:
            own = self.style(span.role)
            if text and (own is style or (span.text.isspace() and _same_ground(own, style))):
                text += span.text
                continue
            if text:
                segments.append(Segment(text, style))
            text, style = span.text, own
        segments.append(Segment(text, style))
        return Strip(segments, width)

    def forget(self) -> None:
        """Forget every style: the stylesheet, the theme or a pseudo-class has changed."""
        self._known.clear()
        self.age += 1
