"""The agents, an agent's day and a queue: figures by hand and by the report, keys, pictures."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.screens.agents_center import HOUR, NINE, START, WAITS, small_center
from tests.screens.center import CALENDAR, CONFIGURATION, NOW, event, fill
from tests.screens.piloting import Compare, after, press, running
from wallboard.app import Board
from wallboard.board.agent_page import AgentDay, AgentDayWanted
from wallboard.board.agents_page import AgentsContent, AgentsWanted
from wallboard.board.pages import Question
from wallboard.board.periods import period_named
from wallboard.board.queue_page import QueueContent, QueueWanted
from wallboard.questions.scope import Scope
from wallboard.reports.agent_performance import AGENT_PERFORMANCE
from wallboard.reports.report import Asked
from wallboard.screens.agent import AgentScreen
from wallboard.screens.agents import AgentsScreen
from wallboard.screens.call import CallScreen
from wallboard.screens.calls import CallsScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.picture import as_text
from wallboard.screens.queue import QueueScreen
from widgets.rows import Rows

SIZES = [(80, 24), (120, 40), (160, 45), (300, 80)]
IDS = ["80x24", "120x40", "160x45", "300x80"]


@pytest.fixture(scope="session")
def small_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann's two days and four callers in a queue."""
    cache = tmp_path_factory.mktemp("small") / "cache.sqlite"
    fill(cache, small_center())
    return cache


@pytest.fixture
def small(small_cache: Path) -> Board:
    """A board on it."""
    return Board(small_cache, CONFIGURATION, clock=lambda: NOW)


def showing(board: Board, kind: type[object]) -> bool:
    """Whether a screen of this kind is on top."""
    return isinstance(board.screen, kind)


def question(connection: sqlite3.Connection, period: str, scope: Scope) -> Question:
    """What a page is asked with."""
    chosen = period_named(CALENDAR, period, NOW)
    return Question(connection, CALENDAR, CONFIGURATION, scope, chosen, NOW)


def opened(cache: Path) -> closing[sqlite3.Connection]:
    """The cache, for reading."""
    return closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True))


def agents_of(cache: Path, period: str, scope: Scope | None = None) -> AgentsContent:
    """The whole page of agents."""
    with opened(cache) as connection:
        *_, last = AgentsWanted().read(question(connection, period, scope or Scope()))
    return last


@pytest.mark.parametrize("period", ["today", "yesterday", "7 days"])
@pytest.mark.parametrize("scope", [Scope(), Scope(campaign="spring"), Scope(team="Red")])
def test_the_figures_are_those_of_the_report(
    small_cache: Path, busy_cache: Path, period: str, scope: Scope
) -> None:
    """Steps of hours and days add up to what agent-performance says of the whole period."""
    for cache in (small_cache, busy_cache):
        found = agents_of(cache, period, scope)
        named = {"campaign": scope.campaign, "team": scope.team}
        filters = {name: value for name, value in named.items() if value}
        chosen = period_named(CALENDAR, period, NOW)
        asked = Asked(chosen, CALENDAR, CONFIGURATION.metrics, NOW, filters)
        with opened(cache) as connection:
            asked = AGENT_PERFORMANCE.with_keys(connection, asked)
            columns = [column.name for column in AGENT_PERFORMANCE.columns_for(asked)]
            rows = list(AGENT_PERFORMANCE.rows(connection, asked))
        expected = {row[1]: dict(zip(columns, row, strict=True)) for row in rows}
        assert {agent.agent for agent in found.agents} == set(expected)
        assert found.reasons == asked.keys
        assert found.days_read == found.days
        for agent in found.agents:
            row, work = expected[agent.agent], agent.work
            assert work.calls == row["calls"]
            assert work.talk_ms == row["talk_seconds"]
            assert work.average_handle_ms == row["average_handle_seconds"]
            assert work.sales == row["sales"]
            assert work.conversions == row["conversions"]
            assert (work.spent is None) == (row["pauses"] is None)
            if work.spent is not None:
                assert work.spent.pauses == row["pauses"]
                assert work.spent.occupancy == row["occupancy"]
                assert work.spent.signed_in_ms == row["signed_in_seconds"]
                assert work.spent.states["available"] == row["available_seconds"]
                for reason in asked.keys:
                    assert work.spent.reasons[reason] == row[f"pause_seconds: {reason}"]


def test_a_day_by_hand(small_cache: Path) -> None:
    """Yesterday from nine to five, with two calls, a break and lunch; nothing beside it."""
    with opened(small_cache) as connection:
        asked = question(connection, "yesterday", Scope(campaign="none such"))
        steps = list(AgentDayWanted(1, "ann").read(asked))
    day = steps[-1]
    assert isinstance(day, AgentDay)
    assert day.is_over
    assert [stretch.state for stretch in day.stretches if stretch.end > stretch.start] == [
        "offline", "available", "on_call", "wrap_up", "available", "paused", "available",
        "on_call", "wrap_up", "available", "paused", "available", "offline",
    ]  # fmt: skip
    assert day.stretches[0].start == day.period.start_ms == START - 24 * HOUR
    assert day.stretches[-1].end == day.period.end_ms == START
    for earlier, later in zip(day.stretches, day.stretches[1:], strict=False):
        assert earlier.end == later.start
    assert len(day.calls) == 2
    assert day.work is not None
    assert day.work.calls == 2
    assert day.work.average_handle_ms == 150_000
    assert day.work.spent is not None
    assert day.work.spent.signed_in_ms == 8 * HOUR
    assert day.work.sales is None
    assert steps[0].work is None


def test_an_agent_whom_nobody_knows_has_an_empty_day(small_cache: Path) -> None:
    """No work, no state, no call; nothing fails."""
    with opened(small_cache) as connection:
        *_, day = AgentDayWanted(1, "nobody").read(question(connection, "today", Scope()))
    assert (day.now, day.work, day.stretches, day.calls) == (None, None, (), ())


def test_callers_stand_by_their_wait(small_cache: Path) -> None:
    """The longest first, each with its place; agents of other queues are not among its agents."""
    with opened(small_cache) as connection:
        (content,) = QueueWanted(1, "help").read(question(connection, "now", Scope()))
    assert isinstance(content, QueueContent)
    callers = content.whole.callers
    assert tuple((NOW - caller.entered) // 1000 for caller in callers) == WAITS
    assert [caller.place for caller in callers] == [1, 2, 3, 4]
    assert [caller.position for caller in callers] == [1, 2, 3, 4]
    assert {agent.agent for agent in content.whole.agents} == {"ann", "bob"}
    assert content.whole.queue is not None
    assert content.whole.queue.target_seconds == 20
    with opened(small_cache) as connection:
        (other,) = QueueWanted(1, "none such").read(question(connection, "now", Scope()))
    assert (other.whole.queue, other.whole.callers) == (None, ())


async def test_agents_are_ranked_by_every_column_both_ways(board: Board) -> None:
    """s goes through all columns, each in sight when it rules; S turns each around."""
    async with running(board, (80, 24)) as pilot:
        first = await press(pilot, "3")
        assert "by calls, highest first" in first
        seen = []
        for _ in range(40):
            text = await press(pilot, "s")
            heading = text.splitlines()[4]
            assert "▾" in heading or "▴" in heading, text
            turned = await press(pilot, "S")
            assert "lowest first" in turned or "last first" in turned
            await press(pilot, "S")
            seen.append(text.splitlines()[2].split("by ")[1].split(",")[0])
            if "by calls," in text:
                break
        assert len(set(seen)) == len(seen) > 15
        assert {"occupancy", "name", "team", "handle time", "need for attention"} <= set(seen)


async def test_the_first_of_a_rank_is_the_highest(board: Board) -> None:
    """Ranks are those of the report, and stay with their agents in the reversed order."""
    async with running(board, (160, 45)) as pilot:
        text = await press(pilot, "3")
        top = text.splitlines()[5]
        assert top.split()[1] == "1"
        name = top.split()[2]
        await press(pilot, "S")
        await press(pilot, "end")
        bottom = as_text(pilot.app)
        line = next(line for line in bottom.splitlines() if line.startswith("›"))
        assert line.split()[1:3] == ["1", name]


async def test_an_agent_opens_and_so_does_a_call_of_the_day(small: Board) -> None:
    """Enter, enter; escape goes back twice; arrows go a day back and no further on than today."""
    async with running(small, (120, 40)) as pilot:
        await press(pilot, "3")
        text = await press(pilot, "enter")
        assert showing(small, AgentScreen)
        for words in ("Ann", "team Red", "Tue 9 Jun 2026", "● ready", "‖ paused", "lunch", "40:00"):
            assert words in text
        assert "▼" in text
        text = await press(pilot, "left")
        assert "Mon 8 Jun 2026" in text
        assert "signed in 8:00:00 from 09:00 to 17:00" in text
        text = await press(pilot, "left")
        assert "not signed in on this day" in text
        assert "no call on this day" in text
        text = await press(pilot, "right", "right", "right", "right")
        assert "Tue 9 Jun 2026" in text
        await press(pilot, "enter")
        assert showing(small, CallScreen)
        await press(pilot, "escape")
        assert showing(small, AgentScreen)
        await press(pilot, "escape")
        assert showing(small, AgentsScreen)
        assert small.screen.query_one("#agents", Rows).has_focus


async def test_a_past_period_opens_its_last_day(small: Board) -> None:
    """An agent opened while yesterday is looked at shows yesterday."""
    async with running(small, (120, 40)) as pilot:
        await press(pilot, "3", "p", *"yesterday", "enter")
        assert small.period == "yesterday"
        assert "Mon 8 Jun 2026" in await press(pilot, "enter")
        assert "yesterday" in (await press(pilot, "escape")).splitlines()[0]


async def test_the_floor_opens_queues_and_agents(small: Board) -> None:
    """Enter on a queue or a tile opens it, v shows its calls; a caller's call opens."""
    async with running(small, (120, 40)) as pilot:
        text = await press(pilot, "tab", "tab", "enter")
        assert showing(small, QueueScreen)
        for words in ("Help · 4 waiting", "! over target", "1:15 over", "0:02 left", "Bob [/]"):
            assert words in text
        await press(pilot, "enter")
        assert showing(small, CallScreen)
        await press(pilot, "escape", "tab", "enter")
        assert showing(small, AgentScreen)
        await press(pilot, "escape")
        await press(pilot, "v")
        assert showing(small, CallsScreen)
        assert small.scope.queue == "help"
        await press(pilot, "x", "1", "v")
        assert showing(small, CallsScreen)
        assert "agent " not in as_text(pilot.app).splitlines()[1]


async def test_the_palette_opens_an_agent_by_name(small: Board) -> None:
    """Whatever source the agent is of; a second one takes the place of the first."""
    async with running(small, (120, 40)) as pilot:
        for name in ("ann", "bob"):
            await pilot.press("ctrl+p", *f"agent {name}")
            await pilot.pause(0.5)
            text = await press(pilot, "enter")
            assert showing(small, AgentScreen)
            assert f" {name.title()}" in text
        await press(pilot, "escape")
        assert not showing(small, AgentScreen)


async def test_numbers_are_masked_until_they_are_revealed(small: Board) -> None:
    """Callers and the calls of a day show no number in full; m shows them for a moment."""
    async with running(small, (120, 40)) as pilot:
        for keys in (("tab", "tab", "enter"), ("1", "3", "enter")):
            text = await press(pilot, *keys)
            assert "*** **" in text
            assert "555" not in text
            await pilot.press("m")
            for _ in range(50):
                await pilot.pause(0.02)
                if "555" in as_text(pilot.app):
                    break
            assert "555" in as_text(pilot.app)
            await pilot.press("m")
            await pilot.pause()
            assert "555" not in as_text(pilot.app)


async def test_hostile_names_are_text(hostile_cache: Path) -> None:
    """What the feed calls agents, teams and reasons is drawn, not obeyed."""
    board = Board(hostile_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (80, 24)) as pilot:
        for keys in (("3",), ("enter",), ("escape", "end", "enter"), ("1", "tab", "tab", "enter")):
            text = await press(pilot, *keys)
            assert "\x1b" not in text
            assert showing(board, BoardScreen)


async def test_nobody_and_nothing(tmp_path: Path) -> None:
    """A feed with one definition and no work: sentences, and no key fails."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, [event("agent.defined", NINE, {"agent": "ann", "name": "Ann"}, 1)])
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (80, 24)) as pilot:
        text = await press(pilot, "3")
        assert "No agent answered a call or was signed in." in text
        await press(pilot, "enter", "v")
        assert showing(board, AgentsScreen)


@pytest.mark.parametrize("size", SIZES, ids=IDS)
@pytest.mark.parametrize(
    ("screen", "keys"),
    [
        ("agents", ("3",)),
        ("agents by paused", ("3", *"ssssssss", "S")),
        ("day", ("3", "enter", "down", "down")),
    ],
    ids=["agents", "reversed", "day"],
)
def test_pictures(
    snap_compare: Compare, board: Board, size: tuple[int, int], screen: str, keys: tuple[str, ...]
) -> None:
    """As a supervisor and a manager see them on a busy day."""
    del screen
    assert snap_compare(board, terminal_size=size, run_before=after(*keys))


@pytest.mark.parametrize("size", SIZES, ids=IDS)
def test_pictures_of_a_queue(snap_compare: Compare, small: Board, size: tuple[int, int]) -> None:
    """Four callers, two of them over the target."""
    assert snap_compare(small, terminal_size=size, run_before=after("tab", "tab", "enter"))
