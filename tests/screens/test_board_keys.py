"""Every key of every screen, on a board that reads a real cache."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import page_of, press, running, settle
from wallboard.app import Board
from wallboard.questions.scope import Scope
from wallboard.screens.agent import AgentScreen
from wallboard.screens.call import CallScreen
from wallboard.screens.calls import CallsScreen
from wallboard.screens.campaign import CampaignScreen
from wallboard.screens.figure import FigureScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.picker import Picker
from wallboard.screens.picture import as_text
from wallboard.screens.queue import QueueScreen
from wallboard.screens.words import Words
from widgets.agents import Agents
from widgets.queues import Queues
from widgets.rows import Rows


def showing(board: Board, kind: type[object]) -> bool:
    """Whether a screen of this kind is on top."""
    return isinstance(board.screen, kind)


async def test_the_floor_opens_with_live_data(board: Board) -> None:
    """Rates, queues, agents and hours are there, and the banner says that they are live."""
    async with running(board) as pilot:
        text = as_text(pilot.app)
        for words in ("● live 0.3 s", "14:05:32 EDT", "SERVICE LEVEL", "QUEUES", "CALLS BY HOUR"):
            assert words in text
        assert "all campaigns · all queues · today" in text
        assert " on call" in text


async def test_numbers_go_from_screen_to_screen(board: Board) -> None:
    """1 and 2 switch, from a call too, and escape goes back to where one was."""
    async with running(board) as pilot:
        await press(pilot, "2")
        assert showing(board, CallsScreen)
        await press(pilot, "enter")
        assert showing(board, CallScreen)
        await press(pilot, "escape")
        assert showing(board, CallsScreen)
        await press(pilot, "enter", "1")
        assert showing(board, FloorScreen)
        await press(pilot, "2")
        assert showing(board, CallsScreen)


async def test_enter_on_a_floor_without_a_cursor_begins_on_the_queues(board: Board) -> None:
    """The foot names the key: the first time it puts the cursor there, then it opens."""
    async with running(board, (80, 24)) as pilot:
        begins = board.focused
        assert begins is None
        await press(pilot, "enter")
        assert isinstance(board.focused, Queues)
        await press(pilot, "enter")
        assert showing(board, QueueScreen)


async def test_agents_are_sorted_by_key(board: Board) -> None:
    """s goes through attention, name, team and state, and says which."""
    async with running(board) as pilot:
        seen = [as_text(pilot.app)]
        for order in ("by name", "by team", "by state", "by attention"):
            text = await press(pilot, "s")
            assert order in text
            seen.append(text)
        assert seen[0] == seen[-1]
        assert len(set(seen)) > 2


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [("u", "bill", "Billing"), ("c", "winback", "Winback"), ("t", "", "team ")],
)
async def test_a_filter_is_chosen_by_typing_and_holds(
    board: Board, key: str, typed: str, words: str
) -> None:
    """The picker narrows; the choice stands in the header of every screen until x clears it."""
    async with running(board) as pilot:
        await press(pilot, key)
        assert showing(board, Picker)
        await press(pilot, *typed, *([] if typed else ["down"]), "enter")
        header = as_text(pilot.app).splitlines()[0]
        assert words in header
        header = (await press(pilot, "2")).splitlines()[0]
        assert words in header
        await press(pilot, "1")
        header = (await press(pilot, "x")).splitlines()[0]
        assert "all campaigns · all queues · today" in header


async def test_the_picker_can_be_left(board: Board) -> None:
    """Escape chooses nothing; a name nobody has finds nothing and enter does nothing."""
    async with running(board) as pilot:
        await press(pilot, "u", *"zzzz", "enter")
        assert showing(board, Picker)
        await press(pilot, "escape")
        assert showing(board, FloorScreen)
        assert board.scope.queue is None


async def test_help_explains_each_screen(board: Board) -> None:
    """? opens words on the screen in sight and its keys; escape, ? or q close them."""
    async with running(board) as pilot:
        for keys, words in (((), "OCCUPANCY"), (("2",), "NOT CALLED BACK"), (("enter",), "LANES")):
            await press(pilot, *keys)
            text = await press(pilot, "question_mark")
            assert showing(board, Words)
            assert words in text
            await press(pilot, "escape")
            assert not showing(board, Words)


async def test_a_headline_opens_with_what_it_is_made_of(board: Board) -> None:
    """Enter on a rate explains it, with numerator and denominator."""
    async with running(board) as pilot:
        await press(pilot, "tab", "right")
        text = await press(pilot, "enter")
        assert showing(board, FigureScreen)
        assert " of " in text
        assert "answered within the target" in text


async def test_a_queue_and_an_agent_show_their_calls(board: Board) -> None:
    """v on a queue or an agent shows the calls of it, and the header says so."""
    async with running(board) as pilot:
        await press(pilot, "tab", "tab", "v")
        assert showing(board, CallsScreen)
        assert board.scope.queue is not None
        await press(pilot, "x", "1")
        while not isinstance(board.focused, Agents):
            await press(pilot, "tab")
        await press(pilot, "v")
        assert showing(board, CallsScreen)
        assert "agent " in as_text(pilot.app).splitlines()[1]


async def test_calls_are_filtered_by_key(board: Board) -> None:
    """State, direction and not called back each narrow the list; x undoes it."""
    async with running(board) as pilot:
        await press(pilot, "2")
        everything = page_of(board).total
        text = await press(pilot, "s")
        assert "open" in text.splitlines()[1]
        assert 0 < page_of(board).total < everything
        await press(pilot, "S")
        await press(pilot, "d")
        inbound = page_of(board)
        assert {line.direction for line in inbound.lines} == {"inbound"}
        await press(pilot, "d")
        assert {line.direction for line in page_of(board).lines} == {"outbound"}
        assert inbound.total + page_of(board).total == everything
        await press(pilot, "d", "a")
        assert not {line.state for line in page_of(board).lines} & {"answered", "short", "open"}
        assert page_of(board).total < inbound.total
        await press(pilot, "x")
        assert page_of(board).total == everything


async def test_calls_are_searched(board: Board) -> None:
    """/ goes to the box, enter to what was found, escape forgets the search."""
    async with running(board) as pilot:
        await press(pilot, "2")
        everything = page_of(board).total
        call = page_of(board).lines[3].call
        await press(pilot, "slash", *call, "enter")
        assert [line.call for line in page_of(board).lines] == [call]
        assert board.screen.query_one("#calls", Rows).has_focus
        await press(pilot, "escape")
        await pilot.pause(0.3)
        await settle(board)
        assert board.screen.query_one(Input).value == ""
        assert page_of(board).total == everything


async def test_typing_alone_searches_and_keys_are_letters_in_the_box(board: Board) -> None:
    """In the box 1, q and x are text, and the search begins when typing rests."""
    async with running(board) as pilot:
        await press(pilot, "2", "slash", "1", "q", "x")
        assert showing(board, CallsScreen)
        assert board.screen.query_one(Input).value == "1qx"
        await pilot.pause(0.3)
        await settle(board)
        assert page_of(board).total == 0
        assert "No call is like this." in as_text(pilot.app)


async def test_the_whole_list_can_be_scrolled_to_its_end_and_back(board: Board) -> None:
    """Rows come as they are wanted; further down the list stands still and says so."""
    async with running(board) as pilot:
        await press(pilot, "2")
        total = page_of(board).total
        assert total > 500
        await press(pilot, "end")
        for _ in range(20):
            await pilot.pause()
            await settle(board)
        rows = board.screen.query_one("#calls", Rows)
        assert rows.cursor == page_of(board).total - 1
        assert rows.cursor_key is not None
        text = as_text(pilot.app)
        assert "home for now" in text
        assert "  …  " not in text
        text = await press(pilot, "home")
        assert "home for now" not in text


async def test_the_tabs_of_a_call(board: Board) -> None:
    """l, e, a, n and the arrows show legs, events with raw text, attempts, survey and notes."""
    async with running(board) as pilot:
        await press(pilot, "2", "down", "down", "down", "down", "down", "enter")
        text = await press(pilot, "e")
        assert "call.started" in text
        assert '"specversion"' in text
        text = await press(pilot, "down")
        assert "leg.started" in text or "queue.entered" in text
        assert "NOTES" in await press(pilot, "n")
        await press(pilot, "a")
        assert board.screen.query_one("#attempts").display
        await press(pilot, "left")
        assert board.screen.query_one("#events").display
        await press(pilot, "l")
        assert "billable" in as_text(pilot.app)


async def test_numbers_are_shown_in_full_only_for_a_moment_and_where_allowed(
    busy_cache: Path,
) -> None:
    """m reveals on this screen and says so; leaving hides; a board for viewing never reveals."""
    for view in (False, True):
        board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW, view=view)
        async with running(board) as pilot:
            masked = await press(pilot, "2")
            assert "*** **" in masked
            text = await press(pilot, "m")
            assert ("*** **" in text) is view
            assert ("in full for a moment" in text) is not view
            await press(pilot, "1")
            assert "*** **" in await press(pilot, "2")


async def test_raw_events_are_masked_too(board: Board) -> None:
    """No number of a call is readable in its events until it is revealed."""
    async with running(board) as pilot:
        await press(pilot, "2", "enter", "e")
        call = board.snapshot.call if board.snapshot is not None else None
        assert call is not None
        number = call.line.to_number or ""
        assert len(number) > 8
        text = as_text(pilot.app).replace("\n", "")
        assert number not in text
        assert number[-6:] not in text
        await press(pilot, "m")
        assert number[-6:] in as_text(pilot.app).replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "screen", "words"),
    [
        ("queue billing", QueueScreen, "Billing"),
        ("campaign winback", CampaignScreen, "Winback"),
        ("agent ghosh idris", AgentScreen, "Ghosh Idris"),
        ("calls of agent ghosh idris", CallsScreen, "agent Ghosh Idris"),
    ],
)
async def test_the_palette_opens_what_is_named(
    board: Board, typed: str, screen: type[object], words: str
) -> None:
    """Ctrl-p finds a queue, a campaign and an agent by name and opens it; nothing is limited."""
    async with running(board) as pilot:
        text = await chosen(pilot, typed)
        assert showing(board, screen)
        assert words in text
        assert board.scope == Scope()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("only queue billing", "Billing"), ("only campaign winback", "Winback")],
)
async def test_the_palette_limits_only_when_asked_to(board: Board, typed: str, words: str) -> None:
    """The screen stays, and its header says to what it is limited."""
    async with running(board) as pilot:
        text = await chosen(pilot, typed)
        assert showing(board, FloorScreen)
        assert words in text.splitlines()[0]
        assert board.scope != Scope()


async def chosen(pilot: Pilot[None], typed: str) -> str:
    """What is in sight once the first of what the palette finds was chosen."""
    await pilot.press("ctrl+p", *typed)
    await pilot.pause(0.5)
    return await press(pilot, "enter")


async def test_the_palette_offers_nothing_of_the_toolkit_but_the_theme(board: Board) -> None:
    """What is offered before anything is typed: our screens, and the colours."""
    async with running(board) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.5)
        text = as_text(pilot.app)
        for words in ("floor", "calls", "theme"):
            assert words in text
        for words in ("Screenshot", "Keys", "Maximize", "Quit"):
            assert words not in text


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_it_quits(board: Board, key: str) -> None:
    """q and ctrl-c leave, from any screen."""
    async with running(board) as pilot:
        await pilot.press("2", key)
        await pilot.pause()
        assert not board.is_running or board._exit
