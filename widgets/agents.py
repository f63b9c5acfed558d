"""Agents as a grid of tiles, under a line that counts them by state."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from textual.geometry import Region, Size

from widgets.choice import ChoicePanel
from widgets.counts import draw_counts
from widgets.paint import Line, Picture, Span, cell, fit, sentence, styled
from widgets.tiles import AgentState, AgentTile, draw_tile

TILE_LEAST = 28
TILE_MOST = 36
BETWEEN = Span(" │ ", "faint")


class Agents(ChoicePanel):
    """The agents as tiles, in the order their owner gives. One line high, it only counts them.

    A tick is `show` with the same tiles and another `now`: only clocks are drawn and sent again.
    """

    class Selected(ChoicePanel.Selected):
        """The reader opened the agent `key`."""

    def __init__(
        self,
        empty: str = "No agent has been seen yet.",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._tiles: tuple[AgentTile, ...] = ()
        self._crowd = crowd_of(())
        self._now = 0.0
        self._note = ""

    def show(
        self, tiles: Sequence[AgentTile], now: float, note: str = "", *, empty: str | None = None
    ) -> None:
        """Show `tiles` as at `now` (epoch seconds), those who are offline last.

        `note` says how they are sorted; `empty` stands where there are none from now on.
        """
        self._now = now
        self._note = note
        self._empty = self._empty if empty is None else empty
        if tiles is self._tiles:
            self.repaint()
            return
        self._tiles = tuple(tiles)
        self._crowd = crowd_of(self._tiles)
        self.choose_among([tile.key for tile in self._tiles])

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many tiles fit in `size`, and how many stand in one row."""
        if self.has_focus:
            return _tiles_that_fit(len(self._tiles), *size)
        return tiles_in_sight(len(self._tiles), self._crowd.signed, *size)

    def draw(self, width: int, height: int) -> Picture:
        """Draw the counts and the tiles from the first in sight on."""
        return draw_agents(
            self._tiles, self._now, width, height,
            empty=self._empty, note=self._note, cursor=self.marked_key, first=self.first,
            crowd=self._crowd,
        )  # fmt: skip


def _tiles_that_fit(tiles: int, width: int, height: int) -> tuple[int, int]:
    """Return how many tiles are seen and how many stand in one row.

    The first line counts; the last one too when not all tiles fit. Tiles are as wide as they can
    be while all of them fit, so that names are whole.
    """
    most = max(1, (width - 2 + len(BETWEEN.text)) // (TILE_LEAST + len(BETWEEN.text)))
    rows = height - 1
    if tiles > rows * most:
        rows -= 1 if rows > 1 else 0
        return max(0, min(tiles, rows * most)), most
    fewest = max(1, (width - 2 + len(BETWEEN.text)) // (TILE_MOST + len(BETWEEN.text)))
    return tiles, min(most, max(fewest, -(-tiles // max(1, rows))))


def lines_of_tiles(tiles: int, width: int) -> int:
    """Return how many lines have room for all of so many tiles, with the line that counts them."""
    most = max(1, (width - 2 + len(BETWEEN.text)) // (TILE_LEAST + len(BETWEEN.text)))
    return 1 + -(-tiles // most)


class Crowd(Struct, frozen=True):
    """How many agents are in each state, and how many come before those at the end offline."""

    states: Counter[AgentState]
    signed: int


def crowd_of(tiles: Sequence[AgentTile]) -> Crowd:
    """Count `tiles`, once for all the times that they are drawn."""
    ends = (at for at in range(len(tiles), 0, -1) if tiles[at - 1].state is not AgentState.OFFLINE)
    return Crowd(Counter(tile.state for tile in tiles), next(ends, 0))


def tiles_in_sight(tiles: int, signed: int, width: int, height: int) -> tuple[int, int]:
    """Return how many tiles are seen while nobody chooses among them, and how many in one row.

    Where there is no room for all, only the `signed` first ones are, who are signed in.
    """
    fitting, per_row = _tiles_that_fit(tiles, width, height)
    if fitting == tiles:
        return fitting, per_row
    # A line less, for the count of the others, unless it costs somebody the tile.
    fitting, per_row = _tiles_that_fit(signed, width, height - 1)
    return (fitting, per_row) if fitting == signed else _tiles_that_fit(signed, width, height)


def draw_agents(
    tiles: Sequence[AgentTile],
    now: float,
    width: int,
    height: int,
    *,
    empty: str = "",
    note: str = "",
    cursor: str | None = None,
    first: int = 0,
    crowd: Crowd | None = None,
) -> Picture:
    """Draw `tiles` from `first` on; those out of sight are counted as `+ 52 agents, 12 offline`.

    Without a cursor those who are offline have a tile only where there is room for all. `crowd` is
    what `crowd_of` says of the tiles, where the caller knows it already.
    """
    if not tiles:
        return sentence(empty, width, height)
    crowd = crowd_of(tiles) if crowd is None else crowd
    if cursor is None:
        fitting, per_row = tiles_in_sight(len(tiles), crowd.signed, width, height)
    else:
        fitting, per_row = _tiles_that_fit(len(tiles), width, height)
    seen = tiles[first : first + fitting]
    cells = max(0, (width - 2 - len(BETWEEN.text) * (per_row - 1)) // per_row)
    note = note if height > 1 else ""
    lines: list[Line] = [fit(draw_counts(tiles, width, note, crowd.states), width)]
    spots: dict[str, Region] = {}
    for start in range(0, len(seen), per_row):
        spans: list[Span] = [Span(" ")]
        x = 1
        for column, tile in enumerate(seen[start : start + per_row]):
            if column:
                spans.append(BETWEEN)
                x += len(BETWEEN.text)
            drawn = draw_tile(tile, now, cells)
            spans += styled(drawn, "cursor") if tile.key == cursor else drawn
            spots[tile.key] = Region(x, len(lines), cells, 1)
            x += cells
        # Tiles are as wide as they say: measuring them again would cost as much as drawing them.
        room = width - x
        lines.append((*spans, Span(" " * room)) if room > 0 else fit(spans, width))
    left = len(tiles) - len(seen)
    offline = crowd.states[AgentState.OFFLINE]
    offline -= sum(tile.state is AgentState.OFFLINE for tile in seen)
    agents = left - offline
    words = [f"+ {agents} agent{'s' if agents > 1 else ''}"] if agents else []
    if left and height > len(lines):
        counted = ", ".join([*words, f"{offline} offline"] if offline else words)
        lines.append((cell(f" {counted}", width, "label"),))
    elif words and height > 1:
        # No line is left for the count: it joins the first, which has who is offline already.
        lines[0] = fit(draw_counts(tiles, width, words[0], crowd.states), width)
    below = [fit((), width)] * (height - len(lines))
    return Picture((*lines[:height], *below), spots)
