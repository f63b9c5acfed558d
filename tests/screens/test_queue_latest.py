"""The latest calls on the screen of a queue: which they are, what opens them, and their place."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from tests.screens.agents_center import HOUR, NINE, WAITS, small_center
from tests.screens.center import CONFIGURATION, NOW, event, fill
from tests.screens.piloting import page_of, press, running
from wallboard.app import Board
from wallboard.cache.opening import open_for_reading
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls
from wallboard.questions.scope import Scope
from wallboard.screens.call import CallScreen
from wallboard.screens.queue import QueueScreen
from wallboard.screens.queue_latest import NO_CALL
from wallboard.screens.queue_plan import LEAST, Filled, queue_plan
from widgets.rows import Rows


def told(source: str, kind: str, at: int, number: int, **data: Any) -> bytes:
    """An event of a source."""
    text = event(kind, at, data, number).decode()
    return text.replace('"source": "test"', f'"source": "{source}"').encode()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four calls that were answered in a queue and four that wait; one more of its name elsewhere.

    And a queue that nobody has called.
    """
    path = tmp_path_factory.mktemp("latest") / "cache.sqlite"
    at = NINE + HOUR
    other = [
        told("other", "queue.defined", at, 1, queue="help", name="Help elsewhere"),
        told("other", "call.started", at, 2, call="else", direction="inbound"),
        told("other", "queue.entered", at, 3, call="else", queue="help"),
        told("other", "call.ended", at + 9_000, 4, call="else", reason="completed"),
    ]
    empty = event("queue.defined", NINE, {"queue": "quiet", "name": "Quiet"}, 9_001)
    fill(path, [*small_center(), empty, *other])
    return path


@pytest.fixture
def help_queue(cache: Path) -> Board:
    """A board on them."""
    return Board(cache, CONFIGURATION, clock=lambda: NOW)


def latest(board: Board) -> Rows:
    """The list of the latest calls."""
    return board.screen.query_one("#latest", Rows)


def listed(text: str) -> list[str]:
    """Their lines."""
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if "LATEST CALLS" in line)
    return [line[3:] for line in lines[at + 2 :] if " +1 415 " in line]


OPENED = ("1", "tab", "tab", "enter")


async def test_they_are_those_of_the_queue_but_for_who_waits(help_queue: Board) -> None:
    """The newest first, with what came of them; of this source alone; numbers are masked."""
    async with running(help_queue) as pilot:
        text = await press(pilot, *OPENED)
        assert "LATEST CALLS  4 calls · newest first, v for all" in text
        lines = listed(text)
        starts = [line[:12].strip() for line in lines]
        assert starts == ["10:40:00", "09:10:00", "08 Jun 10:40", "08 Jun 09:10"]
        for line in lines:
            words = line[12:].split()
            assert words[:6] == ["in", "+1", "415", "***", "**71", "Spring"]
            assert words[7:10] == ["Ann", "answered", "0:05"]
        assert page_of(help_queue).total == len(lines) + len(WAITS)
        assert "+1 415 555 0171" in await press(pilot, "m")


async def test_enter_opens_a_call_and_escape_comes_back_to_it(help_queue: Board) -> None:
    """After the callers and the agents; the cursor stays where it was."""
    async with running(help_queue) as pilot:
        await press(pilot, *OPENED, "tab", "tab", "down")
        assert help_queue.focused is latest(help_queue)
        key = latest(help_queue).cursor_key
        await press(pilot, "enter")
        assert isinstance(help_queue.screen, CallScreen)
        assert help_queue.snapshot is not None
        assert help_queue.snapshot.call is not None
        assert str(help_queue.snapshot.call.line.number) == key
        assert help_queue.snapshot.call.line.call.startswith("one-")
        await press(pilot, "escape")
        assert latest(help_queue).cursor_key == key
        assert help_queue.focused is latest(help_queue)


async def test_filters_narrow_them(help_queue: Board) -> None:
    """A campaign and a team; where none is left, a sentence says so."""
    async with running(help_queue) as pilot:
        await press(pilot, *OPENED)
        help_queue.look_at(Scope(campaign="spring", team="Red"))
        text = await press(pilot, "tab")
        # Who waits is of no team: all that are left were answered.
        assert len(listed(text)) == 4
        assert page_of(help_queue).total == 4
        help_queue.look_at(Scope(campaign="none such"))
        assert NO_CALL in await press(pilot, "tab")


async def test_they_are_those_of_the_moment_that_is_looked_at(help_queue: Board) -> None:
    """At 9:10:32 the call of 9:10 goes on, those after it have not begun; it says so."""
    async with running(help_queue) as pilot:
        await press(pilot, *OPENED)
        back = ["less_than_sign"] * 5 + ["right_square_bracket"] * 5
        text = await press(pilot, *back)
        lines = listed(text)
        assert [line[:12].strip() for line in lines] == ["09:10:00", "08 Jun 10:40", "08 Jun 09:10"]
        assert "● talking" in lines[0]
        assert "as of 09:10:32" in text
        assert len(listed(await press(pilot, "l"))) == 4


async def test_a_queue_that_nobody_called_says_so(help_queue: Board) -> None:
    """And the source of a queue that was opened by name is found out."""
    async with running(help_queue) as pilot:
        help_queue.open_queue(None, "quiet")
        text = await press(pilot, "tab")
        assert isinstance(help_queue.screen, QueueScreen)
        assert NO_CALL in text
        help_queue.open_queue(None, "help")
        assert len(listed(await press(pilot, "tab"))) == 4


async def test_where_there_is_no_room_they_are_not_there(tmp_path: Path) -> None:
    """With many callers at 80x24 tab does not go where nothing is; in more lines they are back."""
    more = []
    for number in range(12):
        said = {"call": f"more{number}", "direction": "inbound", "queue": "help"}
        more.append(event("call.started", NOW - 5_000, said, 8_000 + 2 * number))
        more.append(event("queue.entered", NOW - 5_000, said, 8_001 + 2 * number))
    fill(tmp_path / "cache.sqlite", [*small_center(), *more])
    board = Board(tmp_path / "cache.sqlite", CONFIGURATION, clock=lambda: NOW)
    async with running(board, (80, 24)) as pilot:
        board.screen.query_one("#queues").focus()
        assert "LATEST CALLS" not in await press(pilot, "enter")
        seen = set()
        for _ in range(4):
            await press(pilot, "tab")
            assert board.focused is not None
            seen.add(board.focused.id)
        assert seen == {"callers", "agents"}
        await pilot.resize_terminal(80, 45)
        assert len(listed(await press(pilot, "tab"))) == 4
        assert latest(board).can_focus


def test_a_source_is_asked_for_alone(cache: Path) -> None:
    """As a list of calls is asked: each source has its own, and both together are all."""
    connection = open_for_reading(cache)
    try:
        found = {
            source: {
                line.call
                for line in calls(
                    connection, CallFilter(queue="help", source=source), NOW, 100
                ).lines
            }
            for source in (None, 1, 2)
        }
    finally:
        connection.close()
    assert found[1] & found[2] == set()
    assert found[1] | found[2] == found[None]
    assert found[2] == {"else"}


@given(
    width=st.integers(80, 300),
    height=st.integers(18, 120),
    facts=st.integers(1, 5),
    callers=st.integers(0, 500),
    agents=st.integers(0, 800),
    signed=st.integers(0, 800),
)
def test_panels_never_overlap(
    width: int, height: int, facts: int, callers: int, agents: int, signed: int
) -> None:
    """All lie within the terminal; the calls have three lines or are not there."""
    filled = Filled(facts, callers, agents, min(agents, signed))
    placed = queue_plan(Size(width, height), filled)
    below = 0
    for region in placed.values():
        assert region.y >= below
        assert region.height > 0
        below = region.bottom
    assert below <= height
    assert ("latest" in placed) is ("latest-title" in placed)
    if "latest" in placed:
        assert placed["latest"].height >= LEAST - 1
        assert placed["latest"].bottom == height
    elif height >= 40:
        # There is always room for some where a terminal is tall, but for a crowd of callers.
        assert callers > 5
