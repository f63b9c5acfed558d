"""The wall lives by itself: pages turn, alarms take it, and whatever breaks, it comes back."""

import asyncio
import re
from datetime import datetime
from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from tests.screens.piloting import Clock
from tests.screens.wall_center import DROPS, SERVICE, WARNINGS, alarmed, rotating
from wallboard.app import Board
from wallboard.board.trust import State, Verdict
from wallboard.board.wall_rotation import WALL_PAGES, Rotation
from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.feeds.intake import Condition, Stage
from wallboard.questions.floor_answers import Floor
from wallboard.screens.picture import as_text
from wallboard.screens.sight import Sight
from wallboard.screens.wall import WallScreen
from wallboard.screens.wall_layout import unit_of
from wallboard.screens.wall_sheet import draw_body, draw_heading, heading_lines
from wallboard.wall import Wall
from widgets.lettering import letter
from widgets.paint import cells_of, text_of

EVERY_KEY = (
    *"1234567abcdefghijklmnoprstuvwxyz?[]{},.<>+-= ", "enter", "space", "tab", "shift+tab", "up",
    "down", "left", "right", "escape", "home", "end", "pageup", "pagedown", "ctrl+p", "f1",
)  # fmt: skip


def lettered(words: str, scale: int = 1) -> str:
    """The first line of words in large letters, as it stands on the screen."""
    return text_of(letter(words, scale)[0]).rstrip()


def page_of(wall: Board) -> str:
    """The page in sight."""
    screen = wall.screen
    assert isinstance(screen, WallScreen)
    return screen.page


def floor_of(wall: Board) -> Floor | None:
    """The floor as it was read last."""
    return wall.snapshot.floor if wall.snapshot is not None else None


def remove(cache: Path) -> None:
    """Delete a cache with all of its files."""
    for end in ("", "-wal", "-shm"):
        Path(f"{cache}{end}").unlink(missing_ok=True)


async def shown(pilot: Pilot[None]) -> str:
    """Have the wall drawn now, rather than at the next second; return what it shows."""
    wall = pilot.app
    assert isinstance(wall, Board)
    wall.look()
    await pilot.pause()
    return as_text(wall)


async def until(pilot: Pilot[None], words: str) -> str:
    """Wait until words are on the screen."""
    async with asyncio.timeout(20):
        while words not in as_text(pilot.app):
            await pilot.pause(0.05)
    return as_text(pilot.app)


async def opened(pilot: Pilot[None]) -> None:
    """Wait until the wall has drawn what it read."""
    assert isinstance(pilot.app, Board)
    async with asyncio.timeout(20):
        await pilot.app.settled()
    await pilot.pause()


async def test_pages_turn_by_themselves(busy_cache: Path) -> None:
    """By the configuration, without a key, and no page comes up empty."""
    clock = Clock()
    wall = Wall(busy_cache, rotating("floor", "agents", "campaigns", seconds=10.0), clock=clock)
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        seen = []
        for words in ("QUEUES", "of 16 signed in", "CAMPAIGNS TODAY", "QUEUES"):
            await until(pilot, words)
            assert "being read" not in as_text(wall)
            seen.append(page_of(wall))
            clock.now += 10_000
        assert seen == ["floor", "agents", "campaigns", "floor"]


async def test_no_key_does_anything_but_close_it(busy_cache: Path) -> None:
    """Nothing gets a cursor, nothing opens; q closes."""
    wall = Wall(busy_cache, rotating(), clock=Clock())
    async with wall.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        before = as_text(wall)
        await pilot.press(*EVERY_KEY)
        await pilot.click("#wall")
        await pilot.pause()
        assert as_text(wall) == before
        assert wall.focused is None
        assert len(wall.screen_stack) == 1
        assert not wall.query("Footer")
        await pilot.press("q")
    assert wall.return_code == 0


async def test_a_critical_alarm_takes_the_screen_and_halts_the_rotation(
    busy_cache: Path, tmp_path: Path
) -> None:
    """Until somebody says that they see to it: then the pages turn again."""
    cache = alarmed(busy_cache, tmp_path / "cache.sqlite", DROPS)
    clock = Clock()
    wall = Wall(cache, rotating("floor", "agents", seconds=1.0), clock=clock)
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        await until(pilot, lettered("✖ critical alarm"))
        for _ in range(3):
            clock.now += 1_500
            # Drawn by the new clock, so that none of it is left to count once the alarm is gone.
            assert lettered("✖ critical alarm") in await shown(pilot)
            assert page_of(wall) == "floor"
        assert wall.snapshot is not None
        for alarm in wall.snapshot.alarms:
            record_acknowledgement(cache, alarm.number, clock.now, "mara", "")
        await until(pilot, "QUEUES")
        clock.now += 2_000
        await until(pilot, "of 16 signed in")


async def test_an_alarm_that_is_no_longer_critical_gives_the_screen_back(
    busy_cache: Path, tmp_path: Path
) -> None:
    """Warnings are counted at the top, and take nothing."""
    cache = alarmed(busy_cache, tmp_path / "cache.sqlite", WARNINGS)
    for size, words in (((80, 24), "warning alarms · "), ((160, 45), lettered("! 6 warning"))):
        wall = Wall(cache, rotating(), clock=Clock())
        async with wall.run_test(size=size) as pilot:
            await opened(pilot)
            assert words in await until(pilot, words)
            assert lettered("critical") not in as_text(wall)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_page_that_fails_is_a_sentence_and_the_rotation_goes_on(
    busy_cache: Path, size: tuple[int, int]
) -> None:
    """What no page can draw ends no wall: the next page comes, and so does the page itself."""
    clock = Clock()
    wall = Wall(busy_cache, rotating("floor", "feed", seconds=10.0), clock=clock)
    async with wall.run_test(size=size) as pilot:
        await opened(pilot)
        good = wall.snapshot
        assert good is not None
        broken = replace(good, floor=cast(Floor, object()))
        wall.post_message(Board.SnapshotRead(broken))
        await until(pilot, "AttributeError")
        assert "and so does the wall" in as_text(wall)
        clock.now += 10_000
        await until(pilot, "FEEDS")
        clock.now += 10_000
        await until(pilot, "AttributeError")
        wall.post_message(Board.SnapshotRead(good))
        await until(pilot, "QUEUES")


async def test_a_cache_that_goes_and_comes_again(tmp_path: Path) -> None:
    """Gone, it is unreadable in large letters; another one in its place is taken up."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW - 30_000_000, agents=4))
    wall = Wall(cache, rotating(), clock=Clock())
    async with wall.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        remove(cache)
        await until(pilot, lettered("✖ unreadable"))
        fill(cache, simulated(NOW - 30_000_000, agents=4))
        await until(pilot, lettered("● live"))
        assert "QUEUES" in as_text(wall)


async def test_a_resized_terminal_is_drawn_anew(busy_cache: Path) -> None:
    """From too small to a 4K television and back."""
    wall = Wall(busy_cache, rotating(), clock=Clock())
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        for width, height in [(79, 23), (80, 24), (300, 80), (20, 5), (100, 34), (160, 45)]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            text = as_text(wall)
            is_small = width < 80 or height < 24
            assert ("too small" in " ".join(text.split())) is is_small
            assert ("QUEUES" in text) is not is_small


@pytest.fixture(scope="module")
def sight(busy_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Sight:
    """What a wall with every page has to show, alarms among it."""
    cache = alarmed(busy_cache, tmp_path_factory.mktemp("sight") / "cache.sqlite", DROPS, SERVICE)

    async def read() -> Sight:
        wall = Wall(cache, rotating(*WALL_PAGES), clock=Clock())
        async with wall.run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await pilot.pause()
            screen = wall.board_screen
            assert screen is not None
            assert screen.sight is not None
            return screen.sight

    return asyncio.run(read())


@settings(max_examples=60)
@given(
    st.sampled_from(WALL_PAGES), st.integers(1, 320), st.integers(1, 90), st.booleans(),
    st.sampled_from(State),
)  # fmt: skip
def test_every_page_fills_every_size(
    sight: Sight, page: str, width: int, height: int, is_alarmed: bool, state: State
) -> None:
    """Exact lines at any size, in any state of the data, and no page fails."""
    if not is_alarmed:
        snapshot = replace(sight.snapshot, alarms=())
        sight = replace(sight, snapshot=snapshot)
    sight = replace(sight, verdict=Verdict(state, 12.0, "why", sight.now - 12_000))
    unit = unit_of(width, height)
    rotation = Rotation((page,))
    drawn = draw_body(sight, rotation, unit, width, height)
    assert len(drawn.lines) == height
    assert {cells_of(line) for line in drawn.lines} == {width}
    assert "cannot be" not in "".join(map(text_of, drawn.lines))
    heading = draw_heading(sight, rotation, unit, width)
    assert {cells_of(line) for line in heading} <= {width}
    assert len(heading) == heading_lines(sight, unit) or width < 20


@pytest.mark.parametrize(
    ("before", "after", "is_new_day", "hours"),
    [
        # Midnight, and the nights on which the clocks change.
        ("2026-06-09T23:59:50-04:00", "2026-06-10T00:00:10-04:00", True, 24),
        ("2026-03-08T01:59:50-05:00", "2026-03-08T03:00:10-04:00", False, 23),
        ("2026-11-01T01:59:50-04:00", "2026-11-01T01:00:10-05:00", False, 25),
    ],
    ids=["midnight", "spring", "autumn"],
)
async def test_today_turns(
    tmp_path: Path, before: str, after: str, is_new_day: bool, hours: int
) -> None:
    """The wall goes on through midnight and both changes of the clock; today begins at 0."""
    earlier, later = (int(datetime.fromisoformat(at).timestamp() * 1000) for at in (before, after))
    assert later - earlier == 20_000
    cache = tmp_path / "cache.sqlite"
    condition = Condition(Stage.LIVE, earlier, heard=earlier)
    fill(cache, simulated(earlier, agents=6), now=earlier, condition=condition)
    clock = Clock(earlier)
    wall = Wall(cache, rotating("calls"), clock=clock)
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        floor = floor_of(wall)
        assert floor is not None
        count = sum(hour.answered for hour in floor.hours)
        assert count > 0
        clock.now = later
        await until(pilot, lettered(after[11:16]))
        async with asyncio.timeout(20):
            while (floor := floor_of(wall)) is None or floor.at < later:
                await pilot.pause(0.05)
        left = sum(hour.answered for hour in floor.hours)
        assert left == (0 if is_new_day else count)
        assert len(floor.hours) == hours
        assert "cannot be shown" not in as_text(wall)


async def test_numbers_are_masked_on_a_wall_whatever_is_configured(hostile_cache: Path) -> None:
    """Nothing on any page is as long as a phone number, and no name is obeyed."""
    board = msgspec.structs.replace(rotating(*WALL_PAGES, seconds=10.0).board, mask_numbers=False)
    configuration = msgspec.structs.replace(CONFIGURATION, board=board)
    clock = Clock()
    wall = Wall(hostile_cache, configuration, clock=clock)
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        for _ in WALL_PAGES:
            text = await shown(pilot)
            assert not re.search(r"\+\d[\d ().-]{7,}", text)
            assert "\x1b" not in text
            assert "\u202e" not in text
            clock.now += 10_000


def test_a_name_that_is_a_number_is_masked_in_large_letters_too(sight: Sight) -> None:
    """Some platforms name agents and queues by their numbers."""
    floor, number = sight.snapshot.floor, "+1 415 555 0171"
    assert floor is not None
    queues = tuple(replace(queue, name=number) for queue in floor.queues)
    agents = tuple(
        replace(agent, name=number, state="fault", since=sight.now) for agent in floor.agents
    )
    floor = replace(floor, queues=queues, agents=agents)
    snapshot = replace(sight.snapshot, floor=floor, alarms=())
    sight = replace(sight, snapshot=snapshot)
    for page, width, height in (("floor", 80, 23), ("floor", 160, 41), ("agents", 160, 41)):
        drawn = draw_body(sight, Rotation((page,)), unit_of(width, height + 4), width, height)
        text = "\n".join(map(text_of, drawn.lines))
        assert "555" not in text
        assert lettered(number) not in text
        assert lettered("+1 415 *** **71") in text or "+1 415 *** **71" in text


@pytest.mark.parametrize(
    ("width", "height", "more"),
    [(80, 23, "+ 2"), (160, 41, "+ 23 agents"), (300, 73, "+ 22 agents")],
)
def test_agents_who_have_no_room_are_counted(
    sight: Sight, width: int, height: int, more: str
) -> None:
    """All 24 agents are at fault: some are named, the others counted once."""
    floor = sight.snapshot.floor
    assert floor is not None
    agents = tuple(
        replace(agent, name=f"Agent {number}", state="fault", since=sight.now)
        for number, agent in enumerate(floor.agents)
    )
    floor = replace(floor, agents=agents)
    sight = replace(sight, snapshot=replace(sight.snapshot, floor=floor, alarms=()))
    drawn = draw_body(sight, Rotation(("floor",)), unit_of(width, height + 4), width, height)
    lines = list(map(text_of, drawn.lines))
    said = [line for line in lines if "STAND OUT" in line or "Agent" in line]
    assert sum(line.count("+") for line in said) == 1
    assert more in said[0]


async def test_changed_settings_change_the_pages(busy_cache: Path) -> None:
    """Who edits config.toml need not go to the wall."""
    wall = Wall(busy_cache, rotating(), clock=Clock())
    async with wall.run_test(size=(160, 45)) as pilot:
        await opened(pilot)
        wall.post_message(Board.SettingsRead(rotating("campaigns", seconds=5.0)))
        await until(pilot, "CAMPAIGNS TODAY")
