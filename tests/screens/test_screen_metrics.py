"""The screen of metrics: the whole catalogue, narrowed, compared, and what no feed ever sent."""

import asyncio
from pathlib import Path
from typing import Final

from textual.widgets import Input

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, event, fill
from tests.screens.piloting import press, running, settle
from wallboard.app import Board
from wallboard.board.metrics_page import MetricsContent
from wallboard.cache.opening import open_for_reading
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.metrics.live import live_answers
from wallboard.reporting_time import Period
from wallboard.screens.metrics import MetricsScreen
from wallboard.screens.picker import Picker
from wallboard.screens.picture import as_text
from wallboard.screens.words import Words
from widgets.rows import Rows

FEW: Final = 40
"""Steps that lead over the headings of several categories."""


def content_of(board: Board) -> MetricsContent:
    """What was read for the screen."""
    assert board.snapshot is not None
    assert board.snapshot.page is not None
    content = board.snapshot.page.content
    assert isinstance(content, MetricsContent)
    return content


def is_dialogue(board: Board) -> bool:
    """Whether something stands over the screen."""
    return isinstance(board.screen, Picker | Words)


def asked(period: Period) -> Asked:
    """What a command asks of the same period."""
    return Asked(period, CALENDAR, CONFIGURATION.metrics, NOW)


async def test_every_figure_equals_the_catalogue(board: Board, busy_cache: Path) -> None:
    """On a screen tall enough for all, each answer is what `wallboard metrics` answers."""
    async with running(board, (160, 180)) as pilot:
        text = await press(pilot, "5")
        content = content_of(board)
        connection = open_for_reading(busy_cache)
        question = asked(CALENDAR.period(None, None, NOW))
        expected = answers(connection, CATALOGUE, question) | live_answers(connection, question)
        assert {slug: known.answer for slug, known in content.figures.items()} == expected
        for metric in CATALOGUE:
            assert metric.title in text
        assert content.before is not None
        before = answers(connection, CATALOGUE, asked(content.before))
        for slug, known in content.figures.items():
            assert known.before is None or known.before == before[slug], slug
        connection.close()


async def test_a_day_that_is_not_over_is_compared_up_to_the_same_time(board: Board) -> None:
    """At 14:05 the day before counts up to 14:05, and it is said so."""
    async with running(board) as pilot:
        text = await press(pilot, "5")
        assert "change from Mon 8 Jun up to 14:05" in text
        before = content_of(board).before
        assert before is not None
        assert CALENDAR.format_time(before.end_ms) == "2026-06-08T14:05:32-04:00"
        board.look_back("yesterday")
        await settle(board)
        await pilot.pause()
        text = as_text(board)
        assert "change from Sun 7 Jun ·" in text
        assert content_of(board).by == "hour"
        board.look_back("7 days")
        await settle(board)
        await pilot.pause()
        assert "by day" in as_text(board)
        assert "from Wed 27 May to Tue 2 Jun up to 14:00" in as_text(board)


async def test_what_is_dear_is_read_once_it_is_in_sight(board: Board) -> None:
    """Sales are not read before their category is looked at; nothing of the first is lost."""
    async with running(board, (80, 24)) as pilot:
        await press(pilot, "5")
        assert "lead_close_rate" not in content_of(board).figures
        assert content_of(board).figures["answer_rate"].answer.value is not None
        text = await press(pilot, *["right"] * 5)
        assert text.splitlines()[3].strip() == "REVENUE"
        assert "Call conversion rate" in text.splitlines()[4]
        figures = content_of(board).figures
        assert figures["lead_close_rate"].answer.value is not None
        assert figures["unique_callers"].answer.value


async def test_words_narrow_by_slug_or_title(board: Board) -> None:
    """All words must occur, in any order; escape leaves the box and then forgets the words."""
    async with running(board) as pilot:
        await press(pilot, "5", "slash")
        text = await press(pilot, *"rate drop")
        assert "Drop rate" in text
        assert text.splitlines()[1].rstrip().endswith("· 1 metric")
        assert "Answer rate" not in text
        await press(pilot, "enter")
        assert board.screen.query_one(Rows).has_focus
        text = await press(pilot, "escape")
        assert board.screen.query_one(Input).value == ""
        assert "157 metrics" in text
        text = await press(pilot, "slash", *"zzz", "enter", "enter")
        assert "No metric is called so." in text
        assert isinstance(board.screen, MetricsScreen)


async def test_the_cursor_stops_at_no_heading(board: Board) -> None:
    """Down goes from the last of a category to the first of the next, up goes back."""
    async with running(board, (80, 24)) as pilot:
        await press(pilot, "5")
        rows = board.screen.query_one(Rows)
        assert rows.cursor_key == "total_calls"
        await press(pilot, "up", "home")
        assert rows.cursor_key == "total_calls"
        order = [metric.slug for metric in CATALOGUE]
        seen = []
        for _ in range(FEW):
            seen.append(rows.cursor_key)
            await pilot.press("down")
        assert seen == order[:FEW]
        await pilot.press("end")
        seen = []
        for _ in range(FEW):
            seen.append(rows.cursor_key)
            await pilot.press("up")
        assert seen == order[: -FEW - 1 : -1]
        await pilot.press("home")
        assert rows.cursor_key == "total_calls"
        await press(pilot, "left")
        assert rows.cursor_key == "prospects"
        await press(pilot, "right")
        assert rows.cursor_key == "total_calls"


async def test_what_no_feed_sent_names_the_events_it_needs(tmp_path: Path) -> None:
    """After one call all that rests on other events is unknown, not 0."""
    cache = tmp_path / "cache.sqlite"
    call = {"call": "c1", "direction": "inbound", "from_number": "+12025550123"}
    fill(cache, [event("call.started", NOW - 60_000, call, 1)])
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (160, 180)) as pilot:
        text = await press(pilot, "5")
        async with asyncio.timeout(10):
            # What is in sight is known once it is drawn, and read after that.
            while any("Lead score" in line and "…" in line for line in text.splitlines()):
                await settle(board)
                await pilot.pause()
                text = as_text(board)
        for line in text.splitlines():
            if "Qualified calls" in line or "Lead score" in line:
                assert "needs call.outcome" in line
                assert "–" in line
        assert "without events" in text
        known = content_of(board).figures
        note = known["conversion_rate"].answer.note
        assert note == (
            "The feed never sent leg.answered, leg.started or leg.ended, "
            "nor call.outcome or sale.recorded."
        )
        lacking = [slug for slug, one in known.items() if "never sent" in one.answer.note]
        assert all(BY_SLUG[slug].needs != ("call.started",) for slug in lacking)


async def test_a_gap_marks_the_figures_it_touches(tmp_path: Path) -> None:
    """The star stands behind the values, and the line above says what it is."""
    cache = tmp_path / "cache.sqlite"
    call = {"call": "c1", "direction": "inbound", "from_number": "+12025550123"}
    fill(cache, [event("call.started", NOW - 60_000, call, 1)], lost="It forgot them.")
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        text = await press(pilot, "5")
        assert "* a gap in the data" in text
        line = next(line for line in text.splitlines() if "Total calls" in line)
        assert "1*" in line


async def test_without_a_cache_it_says_what_it_waits_for(tmp_path: Path) -> None:
    """No table of nothing."""
    board = Board(tmp_path / "none.sqlite", CONFIGURATION, clock=lambda: NOW)
    async with board.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert "Total calls" not in as_text(board)
