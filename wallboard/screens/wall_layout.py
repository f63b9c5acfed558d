"""How much room each part of a wall has, for any size of terminal. Pure.

Regions depend on the size alone, never on the figures: who looks up at a wall all day knows where
to look, and nothing may jump.
"""

from typing import Final

from msgspec import Struct

from widgets.lettering import lines_of

WIDE: Final = 110
"""From so many columns on the hours stand beside the queues."""
BESIDE: Final = 4
"""The columns between panels that stand side by side."""
HOURS_LEAST: Final = 3
"""With fewer lines the hours are left out: they go first."""


def unit_of(width: int, height: int) -> int:
    """Return the scale of the letters of titles: 0, plain text, where a line is large by itself.

    What is read from 8 m has letters of about a thirtieth of the screen's height or more.
    """
    by_height = 0 if height < 34 else 1 if height < 66 else 2
    by_width = 0 if width < 100 else 1 if width < 200 else 2
    return min(by_height, by_width)


class FloorRoom(Struct, frozen=True):
    """The lines of the floor's parts; `left` are the columns of the queues beside the hours."""

    figures: int
    queues: int
    hours: int
    agents: int
    left: int


def floor_room(width: int, height: int, unit: int) -> FloorRoom:
    """Share the lines of the floor between its parts."""
    row = lines_of(max(1, unit))
    if unit == 0:
        agents = 2 if height >= 20 else 1
        figures = 10 if height >= 20 else 8
        queues = 1 + 2 * row
        hours = height - agents - figures - queues
        if hours < HOURS_LEAST:
            queues, hours = max(1 + row, height - agents - figures), 0
        return FloorRoom(figures, queues, hours, agents, width)
    agents = lines_of(unit) + 1 + row
    figures = height * 11 // 20
    queues = height - figures - agents
    whole = 1 + (queues - 1) // row * row
    # What is no whole row of a queue makes the figures larger.
    figures += queues - whole
    queues = whole
    if width < WIDE:
        hours = 0
        return FloorRoom(figures, queues, hours, agents, width)
    return FloorRoom(figures, queues, queues, agents, max(72, width * 11 // 20))
