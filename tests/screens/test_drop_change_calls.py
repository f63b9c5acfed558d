"""Why the drop rate moved: each part opens the calls that it is made of."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, fill, simulated
from tests.screens.piloting import page_of, press, running
from wallboard.app import Board
from wallboard.board.drop_change_page import DropChange, DropChangeWanted
from wallboard.board.pages import Question
from wallboard.board.periods import period_shown
from wallboard.cache.opening import open_for_reading
from wallboard.questions.calls import calls, count_calls
from wallboard.questions.scope import Scope
from wallboard.screens.calls import CallsScreen
from wallboard.screens.drop_change_calls import calls_of_part
from widgets.rows import Rows


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated day and the one before."""
    path = tmp_path_factory.mktemp("why") / "cache.sqlite"
    yesterday = CALENDAR.day_bounds(CALENDAR.day_of(NOW) - timedelta(days=1))[1] - 1_000
    fill(path, [*simulated(yesterday, agents=8), *simulated(NOW, agents=8)])
    return path


@pytest.mark.parametrize("name", ["today", "7 days"])
def test_the_calls_of_a_part_are_those_it_counts(two_days: Path, name: str) -> None:
    """As many as its rate is of, and as many drops, whatever it is split by."""
    connection = open_for_reading(two_days)
    period = period_shown(CALENDAR, name, NOW, None)
    question = Question(connection, CALENDAR, CONFIGURATION, Scope(), period, NOW)
    *_, page = DropChangeWanted().read(question)
    assert isinstance(page, DropChange)
    checked = set()
    formula = CONFIGURATION.metrics.drop_formula
    for split in page.splits:
        for part in split.parts:
            row = f"{split.dimension}/{part.key}"
            wanted = calls_of_part(row, CALENDAR, period, formula)
            assert wanted is not None
            assert count_calls(connection, wanted, NOW, None).calls == part.now.of, row
            lines = calls(connection, wanted, NOW, 1_000_000, None, None).lines
            assert sum(line.state == "dropped" for line in lines) == part.now.dropped, row
            checked.add(split.dimension)
    assert calls_of_part("hour/", CALENDAR, period, formula) is None
    connection.close()
    if name == "today":
        assert checked == {"campaign", "hour", "queue", "trunk"}


async def test_enter_on_a_part_opens_its_calls(two_days: Path) -> None:
    """They say what they are limited to, and x shows all again."""
    board = Board(two_days, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await press(pilot, "4", "w")
        rows = board.screen.query_one("#parts", Rows)
        while not (rows.cursor_key or "").startswith("trunk/carrier"):
            before = rows.cursor
            await press(pilot, "down")
            assert rows.cursor > before
        text = await press(pilot, "enter")
        assert isinstance(board.screen, CallsScreen)
        line = text.splitlines()[1]
        assert "answered by a person" in line
        assert "trunk carrier-" in line
        found = page_of(board)
        assert found.lines
        assert {call.direction for call in found.lines} == {"outbound"}
        text = await press(pilot, "x")
        assert page_of(board).total > found.total
        assert "trunk" not in text.splitlines()[1]
