"""Where the panels of the floor stand, for any size of terminal. Pure."""

from collections.abc import Callable
from typing import Final

from textual.containers import Container
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from widgets.agents import tiles_in_sight

WIDE: Final = 110
"""From so many columns on the hours stand beside the queues, not under the agents."""
TALL: Final = 30
"""From so many lines on there is room for rules between panels and for whole headlines."""
HEADLINE_TALL: Final = 4
HEADLINE_SHORT: Final = 2
HOURS_LEAST: Final = 5
BAND_LEAST: Final = 14
"""So many lines the hours want beside the queues, where there are as many."""

Plan = dict[str, Region]


def plan(width: int, height: int, queues: int, agents: int, signed_in: int) -> Plan:
    """Return the region of each panel, by id, for so many queues and agents; none overlap.

    So many of the agents are signed in: the others get tiles only where there is room for all.
    A panel without a region is not shown: on a low terminal the rules go.
    """
    is_tall = height >= TALL
    top = HEADLINE_TALL if is_tall and width >= WIDE else HEADLINE_SHORT
    regions = {"headline": Region(0, 0, width, top)}
    if is_tall:
        regions["rule-queues"] = Region(0, top, width, 1)
        top += 1
    rest = height - top - (1 if is_tall else 0)
    wide = width >= WIDE
    below = _beside if wide else _stacked
    regions.update(below(width, top, rest, queues, (agents, signed_in), is_tall))
    return regions


def _agent_lines(width: int, agents: tuple[int, int], room: int) -> int:
    """The lines that the agents take of so many, as tiles no narrower than they have to be."""
    fitting, per_row = tiles_in_sight(*agents, width, room)
    everybody, signed_in = agents
    if fitting < signed_in:
        return room
    lines = 1 + -(-fitting // per_row)
    return lines if fitting == everybody else min(room, lines + 1)


def _beside(
    width: int, top: int, rest: int, queues: int, agents: tuple[int, int], is_tall: bool
) -> Plan:
    """Queues and hours side by side over the agents, which have what they need up to two thirds."""
    band = min(max(BAND_LEAST, 1 + queues), max(6, rest // 2))
    lines = max(1, _agent_lines(width, agents, rest - band))
    band = rest - lines
    left = min(112, width * 3 // 5)
    rule = 1 if is_tall else 0
    plan = {
        "queues": Region(0, top, left, band),
        "hours": Region(left + 1, top, width - left - 1, band),
        "agents": Region(0, top + band + rule, width, lines),
    }
    if is_tall:
        plan["rule-agents"] = Region(0, top + band, width, 1)
    return plan


def _stacked(
    width: int, top: int, rest: int, queues: int, agents: tuple[int, int], is_tall: bool
) -> Plan:
    """Queues, agents and hours one under the other; the hours take what the others leave."""
    wanted_queues = 1 + max(1, queues)
    spare = rest - HOURS_LEAST
    wanted_agents = _agent_lines(width, agents, max(2, spare - min(wanted_queues, spare // 2)))
    high = min(wanted_queues, max(4, spare // 2, spare - wanted_agents))
    lines = max(1, min(wanted_agents, spare - high))
    rule = 1 if is_tall else 0
    below = top + high + rule
    plan = {
        "queues": Region(0, top, width, high),
        "agents": Region(0, below, width, lines),
        "hours": Region(0, below + lines, width, rest - high - lines),
    }
    if is_tall:
        plan["rule-agents"] = Region(0, top + high, width, 1)
    return plan


class FloorLayout(Layout):
    """Places panels by a plan; one that the plan leaves out is not placed."""

    name = "floor"

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


class FloorPanels(Container):
    """Holds the panels of the floor where the plan for its size puts them."""

    DEFAULT_CSS = "FloorPanels { width: 1fr; height: 1fr; }"

    def __init__(self, *panels: Widget, planned: Callable[[Size], Plan]) -> None:
        super().__init__(*panels)
        self._planned = FloorLayout(planned)

    @property
    def layout(self) -> Layout:
        """The plan; Textual's own list of layouts by name cannot be added to."""
        return self._planned
