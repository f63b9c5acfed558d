"""How many lines each panel of the floor has: what matters most is given its lines first. Pure.

Where room is short, panels give way in a fixed order: the histogram, the agents down to their
counts, the rates, the queues; the alarms last. What calls for nobody goes before that: an alarm
that somebody has acknowledged and a quiet queue are counted rather than take the last line of the
rates or of the agents' counts.
"""

from typing import Final

from msgspec import Struct

from widgets.agents import TILE_LEAST, tiles_in_sight
from widgets.large_rates import AROUND
from widgets.lettering import lines_drawn

WIDE: Final = 110
"""From so many columns on the small panels stand beside the queues, not under the agents."""
HEADLINE_TALL: Final = 4
HEADLINE_SHORT: Final = 2
HOURS_LEAST: Final = 5
HOURS_MOST: Final = 24
"""Hours that tower over all else would be what the eye meets first."""
LARGE: Final = ((282, AROUND + lines_drawn(2)), (170, AROUND + lines_drawn(1)))
"""From so many columns on, and where so many lines are free, rates have large digits."""
CALLERS_ROOM: Final = 9
"""Lines for those who wait longest, however many: nothing moves as they come and go."""
BAND_LEAST: Final = 14
"""So many lines the hours want beside the queues, where there are as many."""
SMALL: Final = ("histogram", "alarms")


class Filled(Struct, frozen=True):
    """How much there is to show. `alarms` is None where no panel shows them."""

    queues: int = 0
    agents: int = 0
    signed_in: int = 0
    """The others get tiles only where there is room for all."""
    alarms: int | None = None
    calling: int = 0
    """Queues with callers, or below what was promised: they come first."""
    standing_out: int = 0
    """Agents who need attention: they come first."""
    quiet_alarms: int = 0
    """Alarms that somebody has acknowledged: they come last."""


class Floor(Struct, frozen=True):
    """What is being placed: the panels of a layout, in its order, at a width."""

    width: int
    filled: Filled
    panels: tuple[str, ...]
    is_tall: bool

    @property
    def is_wide(self) -> bool:
        """Whether there is room for panels side by side."""
        return self.width >= WIDE

    @property
    def host(self) -> str | None:
        """The panel beside which the small ones stand."""
        return next((name for name in ("queues", "agents") if name in self.panels), None)

    @property
    def beside(self) -> list[str]:
        """The small panels that stand beside another."""
        is_beside = self.is_wide and self.host is not None
        return [name for name in self.panels if name in SMALL] if is_beside else []

    @property
    def rows(self) -> list[str]:
        """The panels that begin a line, from the top."""
        return [name for name in self.panels if name not in self.beside]

    def row_of(self, panel: str) -> str | None:
        """The row in which a panel stands: its own, or that of its host; None for no panel."""
        if panel in self.beside:
            return self.host
        return panel if panel in self.panels else None

    def has_rule(self, name: str) -> bool:
        """Whether a line stands above a panel, for the moment of its data."""
        return self.is_tall and name in {"queues", "agents"}

    def own_lines(self, host: str, height: int) -> int:
        """The lines that the host of a band of so many lines fills."""
        wanted = queue_lines(self.filled) if host == "queues" else self.agent_lines(height)
        return min(wanted, height)

    def agent_lines(self, room: int) -> int:
        """The lines that the agents take of so many, as tiles no narrower than they must be."""
        everybody, signed_in = self.filled.agents, self.filled.signed_in
        fitting, per_row = tiles_in_sight(everybody, signed_in, self.width, room)
        if fitting < signed_in:
            return room
        lines = 1 + -(-fitting // per_row)
        return lines if fitting == everybody else min(room, lines + 1)

    def is_cut(self, lines: dict[str, int]) -> bool:
        """Whether queues or alarms have fewer lines than they have to show."""
        wanted = {"queues": queue_lines(self.filled), "alarms": alarm_lines(self.filled)}
        rows = {name: self.row_of(name) for name in wanted}
        return any(lines[row] < wanted[name] for name, row in rows.items() if row is not None)


def queue_lines(filled: Filled) -> int:
    """A heading, and a line for each queue or for the words that there is none."""
    return 1 + max(1, filled.queues)


def _calling_lines(filled: Filled) -> int:
    """A heading, the queues that call for somebody, and a line that counts the others."""
    return 1 + min(filled.queues, filled.calling + 1) if filled.queues else 1


def alarm_lines(filled: Filled) -> int:
    """One line while no alarm stands; else a heading and the alarms."""
    return 1 + (filled.alarms or 0)


def _loud_lines(filled: Filled) -> int:
    """A heading, the alarms that nobody has acknowledged, and a line that counts the others."""
    return alarm_lines(filled) - max(0, filled.quiet_alarms - 1)


def _standing_lines(filled: Filled, width: int) -> int:
    """The counts, the agents who stand out, and a line that counts the others."""
    per_row = max(1, (width + 1) // (TILE_LEAST + 3))
    rows = -(-filled.standing_out // per_row)
    return 1 + rows + (rows > 1 and filled.standing_out < filled.agents)


def lines_of(floor: Floor, height: int) -> dict[str, int]:
    """The lines of each row; with the rules they fill the height, but for rates alone."""
    filled, host = floor.filled, floor.host
    lines = dict.fromkeys(floor.rows, 0)
    rest = max(0, height - sum(map(floor.has_rule, lines)))

    def claim(panel: str, wanted: int) -> None:
        nonlocal rest
        row = floor.row_of(panel)
        if row is not None:
            given = max(0, min(wanted - lines[row], rest))
            lines[row] += given
            rest -= given

    claim("alarms", _loud_lines(filled))
    claim("queues", _calling_lines(filled))
    claim("agents", 1)
    claim("rates", 1)
    claim("alarms", alarm_lines(filled))
    claim("queues", queue_lines(filled))
    claim("rates", HEADLINE_TALL if floor.is_tall and floor.is_wide else HEADLINE_SHORT)
    claim("agents", _standing_lines(filled, floor.width))
    hours = 0
    if "histogram" in floor.beside and host is not None:
        other = 0 if "alarms" not in floor.beside else alarm_lines(filled)
        claim("histogram", min(other, queue_lines(filled)) + HOURS_LEAST)
        claim("histogram", min(max(BAND_LEAST, queue_lines(filled)), max(6, height // 2)))
    elif "histogram" in lines and rest >= HOURS_LEAST:
        hours = HOURS_LEAST
    rest -= hours
    if "agents" in lines and host != "agents":
        claim("agents", floor.agent_lines(lines["agents"] + rest))
    elif "agents" in lines:
        claim("agents", lines["agents"] + rest if floor.beside or not hours
              else floor.agent_lines(lines["agents"] + rest))  # fmt: skip
    if hours:
        lines["histogram"] = hours + rest
        return lines
    if floor.is_tall and floor.is_wide and lines.get("rates") == HEADLINE_TALL:
        # Digits that are read from afar, of the lines that nothing else has use for.
        fitting = (high for least, high in LARGE if floor.width >= least and rest >= high)
        claim("rates", next(fitting, 0))
    if host == "queues" and "agents" in lines and lines["agents"]:
        # What is free stands at the foot, not as a hole between the panels.
        alarms = alarm_lines(filled) if "alarms" in floor.beside else 0
        wanted = max(queue_lines(filled), alarms + CALLERS_ROOM)
        claim("queues", wanted + (HOURS_MOST if "histogram" in floor.beside else 0))
        claim("agents", height)
    last = next((name for name in ("queues", "agents", "alarms") if lines.get(name)), None)
    if last is not None:
        lines[last] += rest
    return lines
