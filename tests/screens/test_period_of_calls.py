"""What the header and the choice of a period say of the period."""

from contextlib import closing
from pathlib import Path

from textual.widgets import OptionList

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import drawn, page_of, press, running
from wallboard.app import Board
from wallboard.cache.opening import open_for_reading
from wallboard.questions.scope import Scope


async def test_calls_are_those_of_the_team_that_the_heading_names(busy_cache: Path) -> None:
    """Nothing stands in the heading that the list does not keep to; a caller who waits has none."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await press(pilot, "2")
        everyone = page_of(board).total
        connection = open_for_reading(busy_cache)
        with closing(connection):
            teams = dict(connection.execute("SELECT agent, team FROM agents"))
        team = next(team for team in teams.values() if team is not None)
        board.look_at(Scope(team=team))
        text = await drawn(pilot)
        page = page_of(board)
        assert f"team {team}" in text.splitlines()[0]
        assert 0 < page.total < everyone
        assert {teams[line.agent] for line in page.lines if line.agent is not None} == {team}
        assert None not in {line.agent for line in page.lines}


async def test_calls_are_of_all_days(busy_cache: Path) -> None:
    """The list of calls does not look like one of today."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        assert "all queues · today" in (await press(pilot, "3")).splitlines()[0]
        assert "all queues · all days" in (await press(pilot, "2")).splitlines()[0]
        await press(pilot, "3")
        await pilot.press("p")
        await pilot.pause()
        choices = board.screen.query_one(OptionList)
        shown = [str(choices.get_option_at_index(at).prompt) for at in range(choices.option_count)]
        assert shown[0] == "today"
        assert "all periods" not in shown
