"""What is sent to the terminal: the cells that changed and no others, whatever lies over whatever.

A terminal is kept here as a grid of cells: after each update it must hold what a drawing of the
whole screen would show.
"""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import RenderableType
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from widgets.agents import Agents
from widgets.banner import Banner, Freshness, Trust
from widgets.paint import Line, Span, changed, text_of, within
from widgets.queues import QueueRow, Queues
from widgets.spans import SpanCompositor, SpansUpdate, seen
from widgets.status import Level
from widgets.tiles import AgentState, AgentTile

Grid = list[list[tuple[str, object]]]
WIDTH, HEIGHT = 90, 24
TILES = tuple(AgentTile(f"a{n}", f"Agent {n}", AgentState.ON_CALL, -n * 61.0) for n in range(40))
ROWS = tuple(QueueRow(f"q{n}", f"queue {n}", n, n * 10.0) for n in range(6))


class Shown(Screen[None]):
    """A screen that draws by spans: panels, and a widget of Textual's that lies over one of them.

    What it sends goes into `terminal`.
    """

    CSS = """
    Shown { layers: below above; }
    Banner, Queues, Agents { layer: below; }
    Queues { height: 8; }
    Static { layer: above; offset: 30 10; width: 9; height: 4; background: red; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Watched(self)
        self.terminal: Grid = [[(" ", None)] * WIDTH for _ in range(HEIGHT)]
        self.sent: list[int] = []

    def compose(self) -> ComposeResult:
        """The panels and what lies over them."""
        yield Banner()
        yield Queues()
        yield Agents()
        yield Static("over")

    def whole(self) -> Grid:
        """The screen as a drawing of all of it shows it."""
        strips = SpanCompositor.render_strips(self._compositor)
        return [cells(list(strip)) for strip in strips]


class Watched(SpanCompositor):
    """Puts what is sent into the terminal of its screen."""

    def __init__(self, screen: Shown) -> None:
        super().__init__()
        self._screen = screen

    def render_update(
        self,
        full: bool = False,
        screen_stack: list[Screen[None]] | None = None,
        simplify: bool = False,
    ) -> RenderableType | None:
        """As its base."""
        update = super().render_update(full, screen_stack, simplify)
        screen = self._screen
        if isinstance(update, SpansUpdate):
            screen.sent.append(sum(len(cells(list(piece[2]))) for piece in update.pieces))
            for y, x, segments in update.pieces:
                put = cells(list(segments))
                screen.terminal[y][x : x + len(put)] = put
        elif update is not None:
            screen.terminal = screen.whole()
        return update


def cells(segments: Sequence[Segment]) -> list[tuple[str, object]]:
    """The cells of segments: letter and style; the second cell of a wide letter is empty."""
    found: list[tuple[str, object]] = []
    for text, style, _ in segments:
        looks = None if style is None else (style.color, style.bgcolor, style.bold, style.reverse)
        for letter in text:
            # Of a blank only the ground is seen.
            seen_as = (style.bgcolor if style else None) if letter == " " else looks
            found.append((letter, seen_as))
            found += [("", seen_as)] * (cell_len(letter) - 1)
    return found


async def test_terminal_holds_what_a_whole_drawing_shows() -> None:
    """After clocks, new names, an order turned round, a cursor, another theme and another size."""
    app: App[None] = App()
    screen = Shown()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await app.push_screen(screen)
        agents, queues = screen.query_one(Agents), screen.query_one(Queues)

        async def same() -> None:
            await pilot.pause()
            assert screen.terminal == screen.whole()

        tiles, rows = TILES, ROWS
        agents.show(tiles, 1000.0)
        queues.show(rows)
        await same()
        for second in range(1, 8):
            agents.show(tiles, 1000.0 + second)
            rows = (*rows[1:], replace(rows[0], waiting=second, level=Level.WARNING))
            queues.show(rows)
            screen.query_one(Banner).show(Trust(Freshness.LIVE, second / 10, clock=f"1:{second}"))
            await same()
        tiles = (
            replace(tiles[9], name="サポート 旅行"),
            *tiles[::-1],
            replace(tiles[0], name="نص"),
        )
        agents.show(tiles, 1010.0)
        await same()
        agents.focus()
        await same()
        agents.action_move_rows(1)
        await same()
        app.theme = "textual-light"
        await same()
        app.ansi_color = True
        agents.show(tiles, 1011.0)
        await same()


async def test_a_second_sends_the_clocks() -> None:
    """Less than a third of what the lines hold on which they stand."""
    app: App[None] = App()
    screen = Shown()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await app.push_screen(screen)
        panel = screen.query_one(Agents)
        panel.show(TILES, 1000.0)
        await pilot.pause()
        screen.sent.clear()
        panel.show(TILES, 1001.0)
        await pilot.pause()
        assert screen.sent
        assert 0 < sum(screen.sent) <= 5 * len(TILES)


@given(
    st.lists(
        st.tuples(st.integers(0, 15), st.integers(0, 5), st.integers(1, 12), st.integers(1, 6)),
        max_size=6,
    ),
    st.tuples(st.integers(0, 5), st.integers(0, 14), st.integers(1, 10)),
)
def test_of_each_cell_the_foremost_is_seen(
    boxes: list[tuple[int, int, int, int]], span: tuple[int, int, int]
) -> None:
    """Each cell of a stretch is asked of one widget: the first that has it."""
    y, begin, size = span
    places = [(Widget(), Region(*box), Region(*box)) for box in boxes]
    asked: dict[int, int] = {}
    for number, (line, first, end) in seen(places, (y, begin, begin + size)):
        assert line == y
        for x in range(first, end):
            assert x not in asked
            asked[x] = number
    for x in range(begin, begin + size):
        owners = [at for at, (_, _, box) in enumerate(places) if box.contains(x, y)]
        assert asked.get(x) == (owners[0] if owners else None)


SPANS = st.lists(
    st.builds(Span, st.sampled_from(["a", "bc", "旅行", "✖ ", "     ", "0123456789"]),
              st.sampled_from(["", "label"])),
    min_size=1, max_size=9,
)  # fmt: skip


@given(SPANS, SPANS)
def test_changed_cells_are_all_there_are(old: list[Span], new: list[Span]) -> None:
    """Putting what changed over the old line gives the new; the same has changed nowhere."""
    before, after = padded(old), padded(new)
    regions = changed([before], [after])
    line = grid(before)
    parts = [(region.x, region.right) for region in regions]
    for region, spans in zip(regions, within(after, parts), strict=True):
        assert spans is not None
        line[region.x : region.right] = grid(spans)
    assert line == grid(after)
    assert regions == sorted(regions, key=lambda region: region.x)
    assert changed([after], [after]) == []


@pytest.mark.parametrize(("begin", "end"), [(0, 1), (3, 4), (2, 8)])
def test_within_a_span_nothing_is_cut(begin: int, end: int) -> None:
    """Cells that begin or end within a span are told so."""
    line = (Span("ab"), Span("旅行"), Span("xyz"))
    assert within(line, [(begin, end)]) == [None]
    assert within(line, [(begin, end), (9, 9)]) == [None, ()]


def padded(spans: list[Span]) -> Line:
    """A line of 100 cells."""
    used = sum(cell_len(span.text) for span in spans)
    return (*spans, Span(" " * (100 - used)))


def grid(line: Line) -> list[tuple[str, str]]:
    """Each cell with its role."""
    found: list[tuple[str, str]] = []
    for span in line:
        for letter in span.text:
            found += [(letter, span.role), *[("", span.role)] * (cell_len(letter) - 1)]
    assert len(text_of(line)) <= len(found)
    return found
