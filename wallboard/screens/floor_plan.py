"""Where the panels of the floor stand, for any layout and any size of terminal. Pure.

A wide terminal has the histogram and the alarms beside the queues (beside the agents where there
are no queues): on the left when the layout names one of them before, else on the right. A narrow
one has all panels one below another. Where room is short, panels go in a fixed order.
"""

from dataclasses import dataclass
from typing import Final

from textual.geometry import Region

from wallboard.config.layout import PANELS
from widgets.agents import tiles_in_sight

WIDE: Final = 110
"""From so many columns on the small panels stand beside the queues, not under the agents."""
TALL: Final = 30
"""From so many lines on there is room for rules between panels and for whole headlines."""
HEADLINE_TALL: Final = 4
HEADLINE_SHORT: Final = 2
HOURS_LEAST: Final = 5
BAND_LEAST: Final = 14
"""So many lines the hours want beside the queues, where there are as many."""
COLUMN_MOST: Final = 112
"""The queues take no more columns than they have something to say in."""

IDS: Final = {
    "rates": "headline",
    "queues": "queues",
    "agents": "agents",
    "histogram": "hours",
    "alarms": "alarms",
}
"""The widget of each panel."""
SMALL: Final = ("histogram", "alarms")
LEAST: Final = {
    "rates": HEADLINE_SHORT, "queues": 2, "agents": 2, "histogram": HOURS_LEAST, "alarms": 1,
}  # fmt: skip
GOING: Final = ("histogram", "agents to counts", "rates", "agents", "queues")
"""What goes first where there are too few lines for all; the alarms stay."""

Plan = dict[str, Region]


@dataclass(frozen=True, slots=True)
class Filled:
    """How much there is to show. `alarms` is None where no panel shows them."""

    queues: int = 0
    agents: int = 0
    signed_in: int = 0
    """The others get tiles only where there is room for all."""
    alarms: int | None = None


@dataclass(slots=True)
class _Floor:
    """What is being placed: the panels that are kept, and how."""

    width: int
    filled: Filled
    kept: list[str]
    is_tall: bool
    only_counts: bool = False

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE

    @property
    def host(self) -> str | None:
        """The panel beside which the small ones stand."""
        return next((name for name in ("queues", "agents") if name in self.kept), None)

    @property
    def beside(self) -> list[str]:
        """The small panels that stand beside another."""
        is_beside = self.is_wide and self.host is not None
        return [name for name in self.kept if name in SMALL] if is_beside else []

    @property
    def rows(self) -> list[str]:
        """The panels that begin a line, from the top."""
        return [name for name in self.kept if name not in self.beside]

    @property
    def headline(self) -> int:
        return HEADLINE_TALL if self.is_tall and self.is_wide else HEADLINE_SHORT

    def has_rule(self, name: str) -> bool:
        """Whether a line stands above a panel, for the moment of its data."""
        return self.is_tall and name in {"queues", "agents"}

    def needed(self) -> int:
        """The fewest lines with which every panel that is kept can do."""
        least = LEAST | ({"agents": 1} if self.only_counts else {})
        needed = sum(least[name] for name in self.rows)
        if self.host is not None:
            needed += max(0, sum(LEAST[name] for name in self.beside) - least[self.host])
        return needed

    def agent_lines(self, room: int) -> int:
        """The lines that the agents take of so many, as tiles no narrower than they must be."""
        if self.only_counts:
            return 1
        everybody, signed_in = self.filled.agents, self.filled.signed_in
        fitting, per_row = tiles_in_sight(everybody, signed_in, self.width, room)
        if fitting < signed_in:
            return room
        lines = 1 + -(-fitting // per_row)
        return lines if fitting == everybody else min(room, lines + 1)


def plan(
    width: int, height: int, filled: Filled = Filled(), panels: tuple[str, ...] = PANELS
) -> Plan:
    """Return the region of each panel, by its widget's id; none overlap.

    A panel without a region is not shown: it is not among `panels`, or there is no room for it.
    """
    kept = [name for name in panels if name != "alarms" or filled.alarms is not None]
    floor = _Floor(width, filled, kept, height >= TALL)
    for going in GOING:
        if floor.needed() <= height:
            break
        if going == "agents to counts":
            floor.only_counts = True
        elif going in kept:
            kept.remove(going)
    lines = _lines(floor, height)
    regions: Plan = {}
    top = 0
    for name in floor.rows:
        if floor.has_rule(name):
            regions[f"rule-{name}"] = Region(0, top, width, 1)
            top += 1
        if name == floor.host and floor.beside:
            regions.update(_side_by_side(floor, name, panels, Region(0, top, width, lines[name])))
        else:
            regions[IDS[name]] = Region(0, top, width, lines[name])
        top += lines[name]
    return regions


def _lines(floor: _Floor, height: int) -> dict[str, int]:
    """The lines of each panel that begins one; together with the rules they fill the height."""
    rows = floor.rows
    lines = {"rates": min(floor.headline, height)} if "rates" in rows else {}
    rest = height - sum(lines.values()) - sum(map(floor.has_rule, rows))
    if "alarms" in rows:
        lines["alarms"] = _alarm_lines(floor, rest)
        rest -= lines["alarms"]
    flexible = [name for name in rows if name not in lines]
    if not flexible:
        # What is left has all the room; of rates alone, that stays empty.
        if "alarms" in lines:
            lines["alarms"] += rest
        return lines
    spare = rest - (HOURS_LEAST if "histogram" in flexible else 0)
    if "queues" in flexible and "agents" in flexible:
        lines |= _of_queues_and_agents(floor, spare, rest)
    elif "queues" in flexible and "histogram" in flexible:
        lines["queues"] = min(_queue_lines(floor), spare)
    elif "agents" in flexible and "histogram" in flexible:
        lines["agents"] = max(1, min(floor.agent_lines(max(1, spare)), spare))
    last = next(name for name in ("histogram", "queues", "agents") if name in flexible)
    lines[last] = rest - sum(lines[name] for name in flexible if name != last)
    return lines


def _of_queues_and_agents(floor: _Floor, spare: int, rest: int) -> dict[str, int]:
    """What both take of the lines; the queues have what the agents leave, or the hours do."""
    wanted = _queue_lines(floor)
    if floor.beside or "histogram" not in floor.rows:
        least = BAND_LEAST if "histogram" in floor.beside else 2
        band = min(max(least, wanted), max(6, rest // 2), rest - 1)
        agents = max(1, floor.agent_lines(rest - band))
        return {"agents": agents, "queues": rest - agents}
    agents = floor.agent_lines(max(2, spare - min(wanted, spare // 2)))
    queues = min(wanted, max(4, spare // 2, spare - agents))
    return {"queues": queues, "agents": max(1, min(agents, spare - queues))}


def _queue_lines(floor: _Floor) -> int:
    return 1 + max(1, floor.filled.queues)


def _alarm_lines(floor: _Floor, room: int) -> int:
    """A line without alarms; else a heading and the alarms, up to a quarter of the room."""
    alarms = floor.filled.alarms or 0
    return min(1 + alarms, max(2, room // 4)) if alarms and room > 2 else 1


def _side_by_side(floor: _Floor, host: str, panels: tuple[str, ...], band: Region) -> Plan:
    """A panel with the small ones beside it, one below the other."""
    wide = min(COLUMN_MOST, band.width * 3 // 5)
    is_right = panels.index(host) < panels.index(floor.beside[0])
    x = band.x + wide + 1 if is_right else band.x
    narrow = band.width - wide - 1
    own = Region(band.x if is_right else band.x + narrow + 1, band.y, wide, band.height)
    regions = {IDS[host]: own}
    alarms = band.height if floor.beside == ["alarms"] else _alarms_beside(floor, band.height)
    top = band.y
    for name in floor.beside:
        lines = alarms if name == "alarms" else band.bottom - top
        if name == "histogram" and floor.beside[-1] == "alarms":
            lines = band.height - alarms
        regions[IDS[name]] = Region(x, top, narrow, lines)
        top += lines
    return regions


def _alarms_beside(floor: _Floor, height: int) -> int:
    """What the alarms take of a column in which the histogram stands too."""
    alarms = floor.filled.alarms or 0
    return min(1 + alarms, max(1, height - HOURS_LEAST), max(1, height // 2)) if alarms else 1
