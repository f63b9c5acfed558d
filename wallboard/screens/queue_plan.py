"""Where the panels of a queue's screen stand, for any size of terminal. Pure."""

from typing import Final, NamedTuple

from textual.geometry import Region, Size

from wallboard.screens.planned_panels import Plan
from widgets.agents import lines_of_tiles

LEAST: Final = 5
"""Lines for a title, the heads of the columns and three calls; with less there are no calls."""
ROOMY: Final = 24
"""With so many lines for agents and calls, these have a third of them however many agents there
are; with less, agents who are signed in come before them."""


class Filled(NamedTuple):
    """What there is to show: lines of facts, callers, agents, and those of them signed in."""

    facts: int = 1
    callers: int = 0
    agents: int = 0
    signed: int = 0


def queue_plan(size: Size, filled: Filled) -> Plan:
    """The facts, the callers, the agents and the latest calls, one below another."""
    width, height = size
    placed = {"facts": Region(0, 0, width, filled.facts)}
    top = filled.facts + 1
    # With nobody in it, a line says so.
    callers = min(filled.callers + 1, max(3, height // 2 - 1))
    placed["callers"] = Region(0, top, width, callers)
    top += callers + 1
    room = max(0, height - top)
    agents = _agent_lines(filled, width, room)
    placed["agents"] = Region(0, top, width, agents)
    top += agents + 1
    if height - top >= LEAST:
        placed["latest-title"] = Region(0, top, width, 1)
        placed["latest"] = Region(0, top + 1, width, height - top - 1)
    return placed


def _agent_lines(filled: Filled, width: int, room: int) -> int:
    """The lines of the agents: all of them where that leaves enough for calls."""
    wanted = lines_of_tiles(filled.agents, width)
    left = room - 1 - LEAST
    if wanted <= left:
        return wanted
    # Some are out of sight: a line more counts them.
    signed = lines_of_tiles(filled.signed, width) + 1
    if room >= ROOMY:
        signed = min(signed, room * 2 // 3)
    return left if signed <= left else room
