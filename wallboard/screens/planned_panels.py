"""Panels of a screen, placed by a plan for the size that there is."""

from collections.abc import Callable

from textual.containers import Container
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from widgets.choice import ChoicePanel
from widgets.rows import Rows

Plan = dict[str, Region]
"""The region of each panel that is shown, by its id."""


class PlannedLayout(Layout):
    """Places panels by a plan; one that the plan leaves out is not placed."""

    name = "planned"

    def __init__(self, planned: Callable[[Size], Plan]) -> None:
        self._planned = planned

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Return the placements of the children that are in the plan."""
        del parent, greedy
        regions = self._planned(size)
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in regions
        ]


class PlannedPanels(Container):
    """Holds panels where the plan for its size puts them."""

    DEFAULT_CSS = "PlannedPanels { width: 1fr; height: 1fr; }"

    def __init__(self, *panels: Widget, planned: Callable[[Size], Plan]) -> None:
        super().__init__(*panels)
        self._plan = planned
        self._planned = PlannedLayout(planned)

    def hold_focus(self) -> None:
        """Only panels that have a place can be chosen with tab; called when the plan changes."""
        if not self.size:
            return
        placed = self._plan(self.size)
        for panel in self.children:
            if isinstance(panel, ChoicePanel | Rows):
                panel.can_focus = panel.id in placed

    def plan_anew(self) -> None:
        """The plan may be another one now."""
        for panel in self.children[:1]:
            panel.refresh(layout=True)  # forgets how its parent was arranged
        self.hold_focus()

    def on_resize(self) -> None:
        """Another size has another plan."""
        self.hold_focus()

    @property
    def layout(self) -> Layout:
        """The plan; Textual's own list of layouts by name cannot be added to."""
        return self._planned
