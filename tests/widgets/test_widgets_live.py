"""The panels inside an app: only what changed is refreshed; keys and the mouse choose and open."""

import pytest
from msgspec.structs import replace
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from widgets.agents import Agents
from widgets.banner import Banner, Freshness, Trust
from widgets.headline import Headline, Rate
from widgets.histogram import Histogram, Hour
from widgets.lanes import Lane, Lanes, Phase, Stretch
from widgets.panel import Panel
from widgets.queues import QueueRow, Queues
from widgets.rows import Rows
from widgets.sparkline import Sparkline
from widgets.table import Column, Row
from widgets.tiles import AgentState, AgentTile

ROWS = tuple(QueueRow(f"q{n}", f"queue {n}", n, n * 10.0) for n in range(30))
COLUMNS = (Column("id", 10, priority=1), Column("name", 20, grow=1))
TILES = tuple(AgentTile(f"a{n}", f"Agent {n}", AgentState.ON_CALL, -n * 61.0) for n in range(80))


class Host(App[None]):
    """An app with one panel, which keeps the messages it gets and the regions refreshed."""

    def __init__(self, panel: Widget) -> None:
        super().__init__()
        self.panel = panel
        self.got: list[Message] = []

    def compose(self) -> ComposeResult:
        """Show the panel alone."""
        yield self.panel

    def on_mount(self) -> None:
        """Give the panel the keys."""
        self.panel.focus()

    def keep(self, message: Message) -> None:
        """Keep a message of the panel."""
        self.got.append(message)

    on_choice_panel_selected = keep
    on_queues_selected = keep
    on_agents_selected = keep
    on_headline_selected = keep
    on_rows_moved = keep
    on_rows_opened = keep
    on_rows_wanted = keep


def cursor_of(panel: Queues | Rows) -> str | None:
    """Return the key under the cursor."""
    return panel.cursor_key


def watched(panel: Panel | Rows, monkeypatch: pytest.MonkeyPatch) -> list[Region | None]:
    """Return a list in which each region that the panel refreshes is put; None for all of it."""
    regions: list[Region | None] = []
    refresh = panel.refresh

    def recording(*changed: Region, repaint: bool = True, layout: bool = False) -> Widget:
        regions.extend(changed or (None,))
        return refresh(*changed, repaint=repaint, layout=layout)

    monkeypatch.setattr(panel, "refresh", recording)
    return regions


async def test_queues_refresh_only_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows again refresh nothing; one new figure refreshes its cells on its line."""
    panel = Queues()
    async with Host(panel).run_test(size=(100, 20)) as pilot:
        panel.show(ROWS)
        await pilot.pause()
        regions = watched(panel, monkeypatch)
        panel.show(tuple(replace(row) for row in ROWS))
        assert regions == []
        panel.show((*ROWS[:4], replace(ROWS[4], waiting=99), *ROWS[5:]))
        assert [region.y if region else -1 for region in regions] == [5]
        assert regions[0] is not None
        assert regions[0].width <= 10
        assert "99" in panel.render_line(5).text


async def test_a_tick_sends_only_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second later the clocks are refreshed, each of its own, and neither names nor counts."""
    panel = Agents()
    async with Host(panel).run_test(size=(100, 20)) as pilot:
        panel.show(TILES, 1000.0)
        await pilot.pause()
        regions = watched(panel, monkeypatch)
        panel.show(TILES, 1000.4)
        assert regions == []
        panel.show(TILES, 1001.0)
        await pilot.pause()
        assert None not in regions
        rows = sorted({region.y for region in regions if region})
        # The clocks past an hour, further down, count in minutes.
        assert rows == list(range(1, 1 + len(rows)))
        assert 10 < len(rows) < 19
        assert len(regions) > 2 * len(rows)
        assert all(region and region.width == 5 for region in regions)


async def test_headline_histogram_lanes_banner_and_sparkline_refresh_regions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of the other panels refreshes nothing when nothing changed, and parts when parts did."""
    rate = Rate("a", "ANSWERED", "92 %")
    headline = Headline()
    async with Host(headline).run_test(size=(80, 4)) as pilot:
        headline.show([rate, replace(rate, key="b")])
        await pilot.pause()
        regions = watched(headline, monkeypatch)
        headline.show([replace(rate), replace(rate, key="b")])
        assert regions == []
        headline.show([replace(rate, value="93 %"), replace(rate, key="b")])
        assert [region.y if region else -1 for region in regions] == [1]

    hours = [Hour(f"{n:02}", n, 1) for n in range(23)]
    histogram = Histogram()
    async with Host(histogram).run_test(size=(80, 10)) as pilot:
        histogram.show(hours)
        await pilot.pause()
        regions = watched(histogram, monkeypatch)
        histogram.show(list(hours))
        assert regions == []
        histogram.show([*hours[:5], Hour("05", 14, 1), *hours[6:]])
        assert regions
        assert all(region and region.width <= 4 for region in regions)

    lane = Lane("b", "B", (Stretch(Phase.TALKING, 0, 60),), 60)
    lanes = Lanes()
    async with Host(lanes).run_test(size=(80, 5)) as pilot:
        lanes.show([lane], 60)
        await pilot.pause()
        regions = watched(lanes, monkeypatch)
        lanes.show([replace(lane)], 90)
        assert regions == []
        lanes.show([replace(lane, reason="x")], 90)
        assert regions

    banner = Banner()
    async with Host(banner).run_test(size=(80, 1)) as pilot:
        banner.show(Trust(Freshness.LIVE, 0.31, "", "Acme", "14:05:32"))
        await pilot.pause()
        regions = watched(banner, monkeypatch)
        banner.show(Trust(Freshness.LIVE, 0.32, "", "Acme", "14:05:32"))
        assert regions == []
        banner.show(Trust(Freshness.LIVE, 0.32, "", "Acme", "14:05:33"))
        assert regions
        assert "14:05:33" in banner.render_line(0).text

    sparkline = Sparkline()
    async with Host(sparkline).run_test(size=(80, 1)) as pilot:
        assert "no data" in sparkline.render_line(0).text
        sparkline.show([1, 2, 3])
        await pilot.pause()
        regions = watched(sparkline, monkeypatch)
        sparkline.show([1.0, 2.0, 3.0])
        assert regions == []


async def test_every_cell_has_a_background() -> None:
    """Blank cells are styled too, or they would show the terminal's own ground through."""
    for size in ((100, 20), (20, 3), (1, 1)):
        panel = Queues()
        async with Host(panel).run_test(size=size) as pilot:
            panel.show(ROWS)
            await pilot.pause()
            for y in range(size[1]):
                strip = panel.render_line(y)
                assert strip.cell_length == size[0]
                assert all(segment.style and segment.style.bgcolor for segment in strip)


async def test_queues_by_keys_and_mouse() -> None:
    """Arrows move, the cursor stays in sight, Enter and a click open."""
    panel = Queues()
    app = Host(panel)
    async with app.run_test(size=(100, 10)) as pilot:
        panel.show(ROWS)
        await pilot.press("down", "down", "enter")
        await pilot.press("end", "enter")
        assert "›" in panel.render_line(8).text
        assert "queue 29" in panel.render_line(8).text
        await pilot.press("home", "pagedown", "up")
        assert panel.cursor_key == "q7"
        await pilot.click(panel, offset=(10, 1))
        await pilot.click(panel, offset=(10, 0))
        keys = [message.key for message in app.got if isinstance(message, Queues.Selected)]
        assert keys == ["q2", "q29", panel.cursor_key]


async def test_the_cursor_stays_on_its_key() -> None:
    """When the order changes the cursor follows what it is on; when that is gone, it stays near."""
    panel = Queues()
    async with Host(panel).run_test(size=(100, 40)) as pilot:
        panel.show(ROWS)
        await pilot.press("down", "down", "down")
        panel.show(tuple(reversed(ROWS)))
        assert panel.cursor_key == "q3"
        panel.show(ROWS[10:])
        assert panel.cursor_key == "q29"
        panel.show(())
        assert cursor_of(panel) is None
        await pilot.press("down", "enter", "up", "pageup", "end")
        assert "No queue" in panel.render_line(0).text


async def test_agents_move_in_two_directions() -> None:
    """Tiles are a grid: down is the tile below."""
    panel = Agents()
    app = Host(panel)
    async with app.run_test(size=(100, 20)) as pilot:
        panel.show(TILES, 0.0)
        await pilot.press("down", "right", "enter")
        await pilot.press("up", "enter")
        await pilot.click(panel, offset=(40, 3))
        keys = [message.key for message in app.got if isinstance(message, Agents.Selected)]
        assert keys == ["a4", "a1", "a7"]
        await pilot.press("end")
        assert "Agent 79" in "".join(panel.render_line(y).text for y in range(20))


class Owner(App[None]):
    """An app with two panels of a kind, which handles the messages of one."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[str] = []

    def compose(self) -> ComposeResult:
        """Show two panels of queues and a table."""
        yield Queues(id="first")
        yield Queues(id="second")
        yield Rows(COLUMNS, id="table")

    @on(Queues.Selected, "#second")
    def keep_queue(self, message: Queues.Selected) -> None:
        """Keep what was opened on the second panel."""
        self.got.append(message.key)

    @on(Rows.Opened, "#table")
    def keep_row(self, message: Rows.Opened) -> None:
        """Keep the row that was opened."""
        self.got.append(message.key)


async def test_an_owner_can_tell_its_panels_apart() -> None:
    """Messages are matched to the panel they come from."""
    app = Owner()
    async with app.run_test(size=(80, 24)) as pilot:
        for panel in app.query(Queues):
            panel.show(ROWS)
        app.query_one(Rows).show(rows_of(0, 10), 10)
        await pilot.press("tab", "enter", "tab", "down", "enter", "tab", "down", "enter")
        await pilot.pause()
        assert app.got == ["q0", "k1"]


async def test_a_table_grows_and_shrinks_under_the_reader() -> None:
    """New totals keep the place; a table that shrinks below it shows its end."""
    panel = Rows(COLUMNS)
    async with Host(panel).run_test(size=(80, 11)) as pilot:
        panel.show(rows_of(0, 500), 500)
        await pilot.press(*["pagedown"] * 5)
        place = panel.render_line(1).text
        panel.show(rows_of(0, 600), 600)
        await pilot.pause()
        assert panel.render_line(1).text == place
        panel.show(rows_of(0, 30), 30)
        await pilot.pause()
        assert "name 29" in panel.render_line(10).text
        assert panel.cursor == 29
        panel.show(rows_of(0, 3), 3)
        await pilot.pause()
        assert "name 0" in panel.render_line(1).text
        panel.show([], 0)
        await pilot.pause()
        assert "Nothing to show." in panel.render_line(0).text


async def test_headline_opens() -> None:
    """A rate opens by keys and by the mouse."""
    panel = Headline()
    app = Host(panel)
    async with app.run_test(size=(80, 4)) as pilot:
        panel.show([Rate(key, key.upper(), "1") for key in "abc"])
        await pilot.press("right", "enter")
        await pilot.click(panel, offset=(2, 1))
        assert [m.key for m in app.got if isinstance(m, Headline.Selected)] == ["b", "a"]


async def test_hostile_names_do_not_stop_the_app() -> None:
    """Markup, escapes and huge names are text."""
    panel = Queues()
    names = ("[/]", "[bold]x", "\x1b]52;c;aGk=\x07", "x" * 10_000, "العربية", "👩‍👩‍👧")
    async with Host(panel).run_test(size=(100, 10)) as pilot:
        panel.show([QueueRow(name, name) for name in names])
        await pilot.press("down", "down")
        await pilot.pause()
        assert "[/]" in panel.render_line(1).text
        assert "[bold]x" in panel.render_line(2).text
        assert "\x1b" not in panel.render_line(3).text


async def test_a_resize_draws_anew() -> None:
    """After a resize lines have the new width and the columns that fit it."""
    panel = Queues()
    async with Host(panel).run_test(size=(120, 10)) as pilot:
        panel.show(ROWS)
        await pilot.pause()
        assert "ASA" in panel.render_line(0).text
        await pilot.resize_terminal(50, 6)
        await pilot.pause()
        assert panel.render_line(0).cell_length == 50
        assert "ASA" not in panel.render_line(0).text
        assert "+ 26 queues" in panel.render_line(5).text


def rows_of(offset: int, count: int) -> list[Row]:
    """Return the rows from `offset` on."""
    return [Row(f"k{n}", (f"id {n}", f"name {n}")) for n in range(offset, offset + count)]


async def test_rows_ask_for_what_they_lack() -> None:
    """A million rows: only pages around what is in sight are ever asked for."""
    panel = Rows(COLUMNS)
    app = Host(panel)
    async with app.run_test(size=(80, 21)) as pilot:
        panel.show(rows_of(0, 100), 1_000_000)
        await pilot.pause()
        assert not [m for m in app.got if isinstance(m, Rows.Wanted)]
        await pilot.press("end")
        await pilot.pause()
        wanted = [m for m in app.got if isinstance(m, Rows.Wanted)][-1]
        assert wanted.offset <= 999_980
        assert wanted.offset + wanted.count >= 1_000_000
        assert wanted.count < 200
        assert "…" in panel.render_line(20).text
        assert cursor_of(panel) is None
        panel.show(rows_of(wanted.offset, 1_000_000 - wanted.offset), 1_000_000, wanted.offset)
        await pilot.pause()
        assert "name 999999" in panel.render_line(20).text
        assert panel.cursor_key == "k999999"
        await pilot.press("enter")
        assert [m.key for m in app.got if isinstance(m, Rows.Opened)] == ["k999999"]


async def test_rows_do_not_ask_twice_for_the_same() -> None:
    """An owner that answers with too few rows is not asked for ever."""
    panel = Rows(COLUMNS)
    app = Host(panel)
    async with app.run_test(size=(80, 21)) as pilot:
        for _ in range(5):
            panel.show([], 50)
            await pilot.pause()
        assert len([m for m in app.got if isinstance(m, Rows.Wanted)]) == 1


async def test_rows_move_and_keep_their_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moved cursor refreshes two lines; the cursor stays on its row when rows come above it."""
    panel = Rows(COLUMNS)
    app = Host(panel)
    async with app.run_test(size=(80, 11)) as pilot:
        panel.show(rows_of(0, 40), 40)
        await pilot.press("down", "down")
        regions = watched(panel, monkeypatch)
        await pilot.press("down")
        assert sorted(region.y if region else -1 for region in regions) == [3, 4]
        moved = [m for m in app.got if isinstance(m, Rows.Moved)]
        assert [(m.key, m.index) for m in moved] == [("k1", 1), ("k2", 2), ("k3", 3)]
        panel.show([Row("new", ("id", "new")), *rows_of(0, 39)], 40)
        assert panel.cursor_key == "k3"
        assert panel.cursor == 4
        await pilot.press("home", "pagedown")
        assert panel.cursor == 10
        await pilot.click(panel, offset=(5, 2))
        await pilot.click(panel, offset=(5, 2))
        assert [m.key for m in app.got if isinstance(m, Rows.Opened)] == [panel.cursor_key]


async def test_rows_refresh_only_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same page again refreshes nothing; one new cell refreshes its line."""
    panel = Rows(COLUMNS)
    async with Host(panel).run_test(size=(80, 11)) as pilot:
        panel.show(rows_of(0, 40), 40)
        await pilot.pause()
        regions = watched(panel, monkeypatch)
        panel.show(rows_of(0, 40), 40)
        assert regions == []
        rows = rows_of(0, 40)
        panel.show([*rows[:3], Row("k3", ("id 3", "other")), *rows[4:]], 40)
        assert [region.y if region else -1 for region in regions] == [4]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (80, 24), (160, 45)])
async def test_rows_are_exact_at_any_size(size: tuple[int, int]) -> None:
    """Every line is as wide as the panel, from one cell up."""
    panel = Rows(COLUMNS, "No call yet.")
    async with Host(panel).run_test(size=size) as pilot:
        for total in (0, 3, 10_000):
            panel.show(rows_of(0, min(total, 100)), total)
            await pilot.pause()
            for y in range(size[1]):
                assert panel.render_line(y).cell_length == size[0]
        await pilot.press("down", "end", "home", "pagedown", "enter")
