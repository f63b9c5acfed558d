"""Every key of time travel, on a board that reads a real cache."""

from tests.screens.center import NOW
from tests.screens.piloting import Clock, press, running
from wallboard.app import Board
from wallboard.board.snapshot import Snapshot
from wallboard.screens.call import CallScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.picture import as_text
from wallboard.screens.time_dialog import TimeDialog
from widgets.hour_choice import HourChoice

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
WHOLE = NOW - NOW % SECOND
PAST = "◀◀ PAST, NOT LIVE: "


def banner(text: str) -> str:
    """The first line of a screen."""
    return text.splitlines()[0]


def on(board: Board, kind: type[object]) -> bool:
    """Whether a screen of this kind is on top."""
    return isinstance(board.screen, kind)


def shown(board: Board) -> Snapshot:
    """What is on the screen."""
    assert board.snapshot is not None
    return board.snapshot


async def test_steps(board: Board) -> None:
    """Each leads where it says; what is read, is of that moment, and the banner says so."""
    steps = (
        *(("left_square_bracket", MINUTE), ("comma", 2 * MINUTE), ("full_stop", MINUTE)),
        *(("left_curly_bracket", HOUR + MINUTE), ("less_than_sign", 2 * HOUR + MINUTE)),
        *(("right_square_bracket", 2 * HOUR), ("right_curly_bracket", HOUR)),
        *(("less_than_sign", 2 * HOUR), ("greater_than_sign", HOUR)),
    )
    async with running(board) as pilot:
        for key, earlier in steps:
            text = await press(pilot, key)
            assert shown(board).interest.at == WHOLE - earlier
            floor = shown(board).floor
            assert floor is not None
            assert floor.at == WHOLE - earlier
            clock = board.calendar.format_clock(WHOLE - earlier)
            assert banner(text).startswith(f" {PAST}Tue 09 Jun 2026 {clock} EDT")
            assert "now 14:05:32 EDT" in banner(text)
            assert "live 0.3 s" not in text
            assert f"as of {clock}" in text
        # The last leads to now, which is live; from live nothing leads on.
        for key in ("greater_than_sign", "right_square_bracket"):
            assert "● live" in banner(await press(pilot, key))
            assert board.journey is None


async def test_l_returns_from_every_screen(board: Board) -> None:
    """Every screen that has a past stands there; l makes all of them live, on a call too."""
    async with running(board) as pilot:
        await press(pilot, "left_curly_bracket")
        for keys in (("2",), ("enter",), ("3",), ("enter",), ("4",), ("1",)):
            text = await press(pilot, *keys)
            assert PAST in banner(text), keys
            assert "l live" in text.splitlines()[-1]
        await press(pilot, "2", "enter")
        assert on(board, CallScreen)
        text = await press(pilot, "e", "L")
        assert PAST in banner(text)
        assert board.screen.query_one("#legs").has_focus
        text = await press(pilot, "l")
        assert "● live" in banner(text)
        assert on(board, CallScreen)
        await press(pilot, "e", "l")
        assert board.screen.query_one("#legs").has_focus


async def test_a_screen_without_a_past_says_so(board: Board) -> None:
    """It is live and says that the others are not."""
    async with running(board) as pilot:
        await press(pilot, "left_curly_bracket")
        for key in ("7",):
            text = await press(pilot, key)
            assert PAST not in text
            assert "this screen is of now; the others are of Tue 09 Jun 2026 13:05:32 EDT" in text
        assert PAST in banner(await press(pilot, "1"))


async def test_a_time_is_typed(board: Board) -> None:
    """What it means is said before; what cannot be meant is refused, and the dialogue stays."""
    async with running(board) as pilot:
        text = await press(pilot, "g")
        assert on(board, TimeDialog)
        assert "A time alone is of Tuesday 09 June." in text
        text = await press(pilot, *"9:30")
        assert "Tue 09 Jun 2026 09:30:00 EDT." in text
        text = await press(pilot, *"x", "enter")
        assert "“9:30x” is not understood" in text
        assert on(board, TimeDialog)
        text = await press(pilot, "backspace", "enter")
        assert f"{PAST}Tue 09 Jun 2026 09:30:00 EDT" in banner(text)
        text = await press(pilot, "g", *"23:00", "enter")
        assert "is still to come" in text
        text = await press(pilot, "escape")
        assert f"{PAST}Tue 09 Jun 2026 09:30:00 EDT" in banner(text)


async def test_play_and_halt(board: Board, clock: Clock) -> None:
    """Space plays as fast as it says, + and - change that, space halts; at the end it is live."""
    async with running(board) as pilot:
        # While it is live there is nothing to play.
        text = await press(pilot, "space", "plus", "minus", "equals_sign", "l")
        assert "● live" in banner(text)
        await press(pilot, "left_curly_bracket")
        text = await press(pilot, "space")
        assert "▶ 1x" in banner(text)
        clock.now += 5 * SECOND
        board.travel_on()
        await press(pilot)
        assert shown(board).interest.at == WHOLE - HOUR + 5 * SECOND
        for _ in range(5):
            await press(pilot, "plus")
        text = await press(pilot, "equals_sign")
        assert "▶ 60x" in banner(text)
        clock.now += 10 * SECOND
        board.travel_on()
        await press(pilot)
        assert shown(board).interest.at == WHOLE - HOUR + 605 * SECOND
        assert "▶ 30x" in banner(await press(pilot, "minus"))
        text = await press(pilot, "space")
        assert "▶" not in banner(text)
        clock.now += 10 * SECOND
        board.travel_on()
        assert board.past == WHOLE - HOUR + 605 * SECOND
        await press(pilot, "space")
        clock.now += 200 * SECOND
        board.travel_on()
        text = await press(pilot)
        assert board.journey is None
        assert "● live" in banner(text) or "silent" in banner(text) or "collect" in banner(text)


async def test_an_hour_of_the_histogram_leads_to_its_begin(board: Board) -> None:
    """With the arrow keys and enter; hours to come are no places."""
    async with running(board) as pilot:
        board.screen.query_one(HourChoice).focus()
        text = await press(pilot, "left", "left")
        assert "12:00 ⏎ goes there" in text
        text = await press(pilot, "enter")
        assert f"{PAST}Tue 09 Jun 2026 12:00:00 EDT" in banner(text)
        text = await press(pilot, "end")
        assert "12:00 ⏎ goes there" in text


async def test_a_call_leads_to_its_start(board: Board) -> None:
    """From the list and from the call; it stands among the calls in progress then."""
    async with running(board) as pilot:
        await press(pilot, "2", "end")
        assert board.snapshot is not None
        await press(pilot, "h")
        assert on(board, FloorScreen)
        assert board.past is not None
        text = await press(pilot, "l", "2", "down", "down", "enter")
        assert on(board, CallScreen)
        call = shown(board).call
        assert call is not None
        await press(pilot, "h")
        assert on(board, FloorScreen)
        assert call.line.started is not None
        assert board.past is not None
        assert 0 <= board.past - call.line.started < SECOND
        text = await press(pilot, "2")
        page = shown(board).calls
        assert page is not None
        assert call.line.call in {line.call for line in page.lines}
        assert PAST in banner(text)


async def test_a_call_that_had_not_begun(board: Board) -> None:
    """It is said, rather than shown or called lost."""
    async with running(board) as pilot:
        await press(pilot, "2", "enter")
        text = await press(pilot, "left_curly_bracket", "left_curly_bracket")
        assert "This call had not begun then." in text
        assert "legs" not in text.splitlines()[1]
        await press(pilot, "l")
        assert shown(board).call is not None


async def test_what_was_not_known_is_said(board: Board) -> None:
    """Within the gap, after it, and before anything is known; the typed times are of that day."""
    async with running(board) as pilot:
        text = await press(pilot, "g", *"13:50", "enter")
        assert "feed main was not heard then: what happened from 13:45:32 to 13:55:32 is" in text
        text = await press(pilot, "g", *"14:00", "enter")
        assert "was not heard then" not in text
        assert "the numbers of that day lack them" in text
        text = await press(pilot, "g", *"2026-06-01 12:00", "enter")
        assert "nothing is known from before Tue 09 Jun 2026" in text
        assert f"{PAST}Mon 01 Jun 2026 12:00:00 EDT" in banner(text)


async def test_go_to_a_moment_from_elsewhere(board: Board) -> None:
    """Whatever knows of a moment can show it: the floor, to the second that holds it."""
    async with running(board) as pilot:
        await press(pilot, "2")
        board.post_message(BoardScreen.GoTo(WHOLE - HOUR + 1))
        await press(pilot)
        assert on(board, FloorScreen)
        assert board.past == WHOLE - HOUR + SECOND
        board.go_to(NOW + HOUR)
        await press(pilot)
        assert board.past is None


async def test_filters_hold_in_the_past(board: Board) -> None:
    """What is looked at and when are chosen apart from each other."""
    async with running(board) as pilot:
        await press(pilot, "left_curly_bracket", "u", *"bill", "enter")
        text = as_text(board)
        assert PAST in banner(text)
        assert "Billing" in banner(text)
        text = await press(pilot, "x")
        assert "all campaigns · all queues · that day" in banner(text)


async def test_help_names_the_keys(board: Board) -> None:
    """On a screen without a past too."""
    async with running(board, (120, 60)) as pilot:
        text = await press(pilot, "7", "question_mark", "end")
        for words in ("a minute back in time, also ,", "back to live", "go to a time"):
            assert words in text
