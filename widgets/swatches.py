"""Styles of roles found when they are drawn, not for every role of every panel beforehand.

Textual resolves each component class of a widget whenever it styles the widget; three dozen roles
on each of thirty panels took half a second of the time in which a screen opens. A panel draws with
a handful of them.
"""

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget

from widgets.palette import Palette
from widgets.roles import CLASSES


class Swatches(Widget):
    """A widget that draws with roles, each a component class that is resolved at its first use."""

    @property
    def palette(self) -> Palette:
        """The styles of the roles as they are drawn."""
        if "_own_palette" not in self.__dict__:
            self._own_palette = Palette(self)
        return self._own_palette

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of component classes, those of roles included."""
        for name in names:
            if name in CLASSES and name not in self._component_styles:
                self._component_styles[name] = self._resolved(name)
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Resolve those in use again when the stylesheet, the theme or a pseudo-class changes.

        Textual does so itself, but only for roles that a class of widgets names beforehand.
        """
        super().notify_style_update()
        self.palette.forget()
        resolved = {name: self._resolved(name) for name in self._component_styles}
        if resolved != self._component_styles:
            self._component_styles = resolved
            self.refresh()

    def _resolved(self, name: str) -> RenderStyles:
        node = DOMNode(classes=name)
        node._attach(self)  # noqa: SLF001 - as Textual does it; its version is pinned
        self.app.stylesheet.apply(node, animate=False)
        return node.styles
