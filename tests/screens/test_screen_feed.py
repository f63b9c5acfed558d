"""The feed: how current it is, what was lost, and what could not be used, shown as text only."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.screens.center import CONFIGURATION, NOW, event, fill
from tests.screens.piloting import Compare, after, press, running, settle
from tests.screens.troubled import NUMBER, troubled
from wallboard.app import Board
from wallboard.board.feed_page import FeedPage
from wallboard.cache.lock import CacheLock
from wallboard.events.decode import decode_message
from wallboard.feeds.intake import Condition, Stage
from wallboard.questions.feed_answers import FeedHealth
from wallboard.screens.event_rate import EventRates
from wallboard.screens.feed import FeedScreen
from wallboard.screens.feed_values import size_words, skew_words
from wallboard.screens.masked_text import mask_event, mask_reason
from wallboard.screens.picture import as_text
from widgets.rows import Rows

SIZES = [(80, 24), (120, 40), (160, 45), (300, 80)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, so that the path of the cache is short and always the same."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def cache(home: Path) -> Path:
    """A cache of a morning with trouble."""
    return troubled(home / "cache.sqlite")


def board_on(cache: Path, view: bool = False) -> Board:
    """A board with a fixed clock."""
    return Board(cache, CONFIGURATION, clock=lambda: NOW, view=view)


def page_of_feed(board: Board) -> FeedPage:
    """What was read."""
    page = board.snapshot.page if board.snapshot is not None else None
    assert page is not None
    assert isinstance(page.content, FeedPage)
    return page.content


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_pictures(snap_compare: Compare, cache: Path, size: tuple[int, int]) -> None:
    """A feed with gaps and what is in quarantine."""
    assert snap_compare(board_on(cache), terminal_size=size, run_before=after("7"))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
def test_pictures_of_a_raw_text(snap_compare: Compare, cache: Path, size: tuple[int, int]) -> None:
    """The text of an event, its numbers masked."""
    run_before = after("7", "down", "enter")
    assert snap_compare(board_on(cache), terminal_size=size, run_before=run_before)


def test_picture_of_a_disconnected_feed(snap_compare: Compare, home: Path) -> None:
    """The reason and the next attempt stand beside the address."""
    condition = Condition(
        Stage.DISCONNECTED, NOW - 95_000, "ws://127.0.0.1:8765 refused the connection.",
        heard=NOW - 95_000, retry_at=NOW + 8_000, skew=-3.2,
    )  # fmt: skip
    cache = troubled(home / "cache.sqlite", condition)
    assert snap_compare(board_on(cache), terminal_size=(80, 24), run_before=after("7"))


async def test_everything_odd_is_there(cache: Path) -> None:
    """Gaps with what became of them, unknown types with counts, the newest in quarantine first."""
    board = board_on(cache)
    async with running(board) as pilot:
        text = await press(pilot, "7")
    for words in (
        "ws://127.0.0.1:8765/events", "0.4 s ahead", "call.hummed", "agent.[bold red]vip[/]",
        "1 not filled, of 2", "The connection was lost.", "The text is not JSON",
        "~/cache.sqlite", "nobody collects",
    ):  # fmt: skip
        assert words in text
    page = page_of_feed(board)
    assert page.types[0][:2] == ("call.hummed", 2)
    assert [(gap.missed, gap.is_recovered) for gap in page.gaps] == [(None, False), (42, True)]
    numbers = [line.number for line in page.quarantine]
    assert len(numbers) == 4
    assert numbers == sorted(numbers, reverse=True)
    assert text.index("byte 1 of it") < text.index("e900001")


async def test_raw_text_is_text_and_masked(cache: Path) -> None:
    """No escape, no markup, no number and no name, whichever event is opened, until m."""
    board = board_on(cache)
    async with running(board) as pilot:
        await press(pilot, "7", "enter")
        texts = [as_text(board)]
        for _ in range(3):
            await press(pilot, "escape", "down", "enter")
            texts.append(as_text(board))
        assert "\\xff\\xfe not even text" in texts[0]
        assert "␛[2J [red]" in texts[1]
        for text in texts:
            assert "\x1b" not in text
            assert "4155550171" not in text
            assert "Jane Doe" not in text
        assert sum("J. D." in text for text in texts) == 3
        text = await press(pilot, "m")
        assert "Jane Doe" in text
        assert NUMBER in text
        assert "Jane Doe" not in await press(pilot, "m")


async def test_the_text_follows_the_cursor_and_closes(cache: Path) -> None:
    """Enter opens and goes to the text, escape closes it and goes back."""
    board = board_on(cache)
    async with running(board) as pilot:
        text = await press(pilot, "7", "enter")
        assert "RAW TEXT" in text
        assert "GAPS" not in text
        assert board.screen.query_one("#raw-scroll").has_focus
        text = await press(pilot, "escape")
        assert "RAW TEXT" not in text
        assert board.screen.query_one("#quarantine", Rows).has_focus
        await press(pilot, "enter", "shift+tab", "down")
        opened = page_of_feed(board).opened
        assert opened is not None
        assert opened.number == page_of_feed(board).quarantine[1].number


async def test_a_board_for_viewing_reveals_nothing(cache: Path) -> None:
    """The raw text stays masked."""
    board = board_on(cache, view=True)
    async with running(board) as pilot:
        text = await press(pilot, "7", "down", "enter", "m")
        assert "J. D." in text
        assert "Jane Doe" not in text


async def test_who_collects_is_named(cache: Path) -> None:
    """By the number of the process that holds the cache."""
    with CacheLock(cache):
        board = board_on(cache)
        async with running(board) as pilot:
            assert f"collector: process {os.getpid()}" in await press(pilot, "7")


async def test_trouble_of_the_collector_is_told(cache: Path) -> None:
    """In the words of who tried to start it."""

    class Keeper:
        trouble = "No collector can be started: no room."

        def look(self) -> None:
            """It stays so."""

    board = Board(cache, CONFIGURATION, clock=lambda: NOW, keeper=Keeper())
    async with running(board) as pilot:
        assert "! No collector can be started: no room." in await press(pilot, "7")


async def test_before_anything_was_collected(home: Path) -> None:
    """The screen is there, and says that there is nothing yet."""
    board = board_on(home / "none.sqlite")
    async with running(board) as pilot:
        await pilot.press("7", "enter", "tab", "escape", "m")
        await pilot.pause()
        assert isinstance(board.screen, FeedScreen)
        assert "No feed has been collected yet." in as_text(board)


async def test_a_feed_without_trouble_says_so(home: Path) -> None:
    """Each empty list has words of its own."""
    cache = home / "cache.sqlite"
    fill(cache, [event("call.started", NOW - 1_000, {"call": "a", "direction": "inbound"}, 1)])
    board = board_on(cache)
    async with running(board) as pilot:
        text = await press(pilot, "7")
        for words in (
            "Every event could be used.", "Nothing was ever missed.",
            "Every type of event is known.",
        ):  # fmt: skip
            assert words in text
        await pilot.press("enter")
        await settle(board)
        assert "RAW TEXT" not in as_text(board)


def feed(events: int) -> FeedHealth:
    """A feed that has brought so many events."""
    return FeedHealth(
        "main", "live", 0, "", 0, 0, 0, 0.0, None, None, None, events, events, 0, 0, 0, 0
    )


def test_a_rate_is_of_the_last_seconds() -> None:
    """Unknown at first; it falls while nothing comes; another cache begins anew."""
    rates = EventRates()
    assert rates.rate("main", 0) is None
    rates.note([feed(100)], 0)
    rates.note([feed(110)], 1_000)
    assert rates.rate("main", 1_000) is None
    for second in range(2, 31):
        rates.note([feed(100 + 10 * second)], second * 1_000)
    assert rates.rate("main", 30_000) == pytest.approx(10)
    assert rates.rate("main", 50_000) == pytest.approx(10 / 3)
    rates.note([feed(5)], 51_000)
    assert rates.rate("main", 51_000) is None


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (3 << 29, "1.5 GiB"),
     (1 << 60, "1048576.0 TiB")],
)  # fmt: skip
def test_sizes_in_words(size: int, words: str) -> None:
    """With one decimal from a KiB on."""
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("skew", "words"), [(None, "–"), (0.01, "none"), (-2.04, "2.0 s behind"), (3, "3.0 s ahead")]
)
def test_skew_in_words(skew: float | None, words: str) -> None:
    """Ahead is a feed whose clock shows more than ours."""
    assert skew_words(skew) == words


def test_what_is_no_json_is_masked_too() -> None:
    """Numbers, and what stands in a field for a name, also where its quotes are escaped."""
    text = f'{{"name" : "Jane \\"J\\" Doe", "caller_id":"Ann Lee", "note": "call {NUMBER}"'
    masked = mask_event(text)
    assert "Jane" not in masked
    assert "Ann" not in masked
    assert NUMBER not in masked


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        ({"time": "2026-11-22T10:00:00"}, "“2026-11-22T10:00:00” as time where"),
        ({"time": "2026-11-22T10:00:00"}, "such as 2026-11-22T04:00:00Z, is expected"),
        ({"time": "22.11.2026 10:00:00"}, "“22.11.2026 10:00:00” as time"),
        ({"time": "1999-12-31T23:59:59.123456Z"}, "1999-12-31T23:59:59.123456+00:00, that is"),
        ({"data": {"call": "c", "agent": "a", "seconds": 1e10}}, "has 10000000000 as data.seconds"),
        ({"id": "2611220400-17", "data": {"call": "c"}}, "The event 2611220400-17 (call.wrapped)"),
    ],
)
def test_the_times_that_are_wrong_are_read_in_a_reason(event: dict[str, Any], kept: str) -> None:
    wrapped = {
        "specversion": "1.0", "id": "e1", "source": "pbx", "type": "call.wrapped",
        "time": "2026-11-22T10:00:00Z", "data": {"call": "c", "agent": "a"},
    }  # fmt: skip
    (invalid,) = decode_message(json.dumps(wrapped | event)).invalid
    assert kept in mask_reason(invalid.reason)


def test_a_number_in_a_reason_is_masked() -> None:
    outcome = {
        "specversion": "1.0", "id": "e1", "source": "pbx", "type": "call.outcome",
        "time": "2026-11-22T10:00:00Z", "data": {"call": "c", "qualified": NUMBER},
    }  # fmt: skip
    (invalid,) = decode_message(json.dumps(outcome)).invalid
    assert NUMBER in invalid.reason
    assert mask_reason(invalid.reason).endswith(
        "” as data.qualified where true or false is expected."
    )
    assert NUMBER[-7:] not in mask_reason(invalid.reason)
