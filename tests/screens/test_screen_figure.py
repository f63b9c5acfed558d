"""Any number, opened: it says what `wallboard metrics --explain` says, and shows its calls."""

import asyncio
import json
import shutil
import textwrap
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Static

from tests.screens.center import CONFIGURATION, NOW, ZONE, event, fill
from tests.screens.piloting import press, running, settle
from wallboard.app import Board
from wallboard.board.figure_page import FigureContent
from wallboard.cli import main
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.screens.call import CallScreen
from wallboard.screens.figure import FigureScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.metrics import MetricsScreen
from wallboard.screens.picture import as_text
from widgets.rows import Rows

DAY = "2026-06-09"
NEXT_DAY = NOW + 86_400_000
KINDS = (
    "answer_rate", "total_calls", "service_level", "first_time_callers", "average_handle_time",
    "call_duration", "customer_path_touchpoints", "area_code_attribution", "calls_by_hour",
    "booked_revenue", "cost_per_call", "client_account_health_score", "duplicate_record_rate",
    "contribution", "goal_type_average", "drop_headroom", "closed_won_touch_attribution",
)  # fmt: skip
"""A metric of each kind: sums, ratios, chosen formulas, queries, breakdowns, of no calls."""


def content_of(board: Board) -> FigureContent:
    """What was read of the figure."""
    assert board.snapshot is not None
    assert board.snapshot.page is not None
    content = board.snapshot.page.content
    assert isinstance(content, FigureContent)
    return content


def plain(board: Board, name: str) -> str:
    """The text of a static widget."""
    console = board.console
    with console.capture() as caught:
        console.print(board.screen.query_one(name, Static).content, width=2_000)
    return caught.get()


@pytest.fixture(scope="module")
def shell(busy_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words that ask a copy of the cache, by a configuration of the same zone."""
    folder = tmp_path_factory.mktemp("shell")
    shutil.copy(busy_cache, folder / "cache.sqlite")
    config = folder / "config.toml"
    config.write_text(f'[reporting]\ntime_zone = "{ZONE}"\n')
    return ["--config", str(config), "--cache", str(folder / "cache.sqlite"), "metrics"]


def dense(text: str) -> str:
    """A text without its spaces, which differ with the width."""
    return "".join(text.split())


def showing(board: Board, kind: type[object]) -> bool:
    """Whether a screen of this kind is on top."""
    return isinstance(board.screen, kind)


async def opened(board: Board, pilot: Pilot[None], slug: str, period: str = "today") -> None:
    """The figure of a metric over a period, as it is once all of it was read."""
    board.look_back(period)
    board.push_screen(FigureScreen(slug))
    await pilot.pause()
    await settle(board)
    await pilot.pause()


@pytest.mark.parametrize("slug", KINDS)
async def test_it_says_what_explain_says(
    slug: str, busy_cache: Path, shell: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Definition, formula in force, figures, notes, breakdown and SQL are the command's own."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NEXT_DAY)
    async with running(board, (160, 60)) as pilot:
        await opened(board, pilot, slug, f"{DAY} to {DAY}")
        content = content_of(board)
        words, statements = plain(board, "#said"), plain(board, "#sql-text")
        lines = board.screen.query_one("#breakdown", Rows).total
    period = ["--from", DAY, "--to", DAY]
    assert main([*shell, "--explain", slug, *period]) == 0
    said = capsys.readouterr().out
    for name, text in content.facts:
        filled = textwrap.fill(text, 96, initial_indent=f"{name:12}", subsequent_indent=" " * 12)
        assert filled in said
        assert name in words
        assert dense(text) in dense(words)
    assert main([*shell, "--explain", slug, *period, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    answer = content.answer
    assert (answer.value, answer.numerator, answer.denominator, answer.complete) == (
        found["value"], found["numerator"], found["denominator"], found["complete"],
    )  # fmt: skip
    assert list(answer.breakdown or ()) == (found.get("breakdown") or [])
    assert lines == len(answer.breakdown or ())
    assert [(one.gives, one.sql) for one in content.statements] == [
        (one["gives"], one["sql"]) for one in found["sql"]
    ]
    for one in content.statements:
        assert dense(one.sql) in dense(statements)


@pytest.mark.parametrize("slug", ["answer_rate", "missed_calls", "call_to_sale_rate", "drop_rate"])
async def test_the_calls_are_those_of_the_command(
    slug: str, busy_cache: Path, shell: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every call of --calls, newest first, and no other."""
    assert main([*shell, slug, "--calls", "--from", DAY, "--to", DAY, "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NEXT_DAY)
    async with running(board, (120, 40)) as pilot:
        await opened(board, pilot, slug, f"{DAY} to {DAY}")
        for key, part in (("n", "numerator"), ("d", "denominator")):
            await press(pilot, key)
            expected = [row["call"] for row in found["calls"] if row["part"] == part]
            page = content_of(board).behind
            if not expected:
                continue
            assert page is not None
            assert page.is_all
            assert page.total == len(expected)
            shown: list[str] = []
            while len(shown) < page.total:
                shown += [line.call for line in page.lines]
                board.screen.query_one("#behind-calls", Rows).move_cursor(len(shown) + 20)
                await pilot.pause()
                await settle(board)
                page = content_of(board).behind
                assert page is not None
                if page.offset > len(shown):
                    pytest.fail("A stretch of calls was left out.")
                shown = shown[: page.offset]
                if page.offset + len(page.lines) == page.total:
                    shown += [line.call for line in page.lines]
            assert shown == expected[::-1]


async def test_a_headline_of_the_floor_opens_as_a_figure(board: Board) -> None:
    """With the words the floor has for it, and of today whatever was looked at before."""
    async with running(board) as pilot:
        board.period = "30 days"
        text = await press(pilot, "tab", "right", "enter")
        assert isinstance(board.screen, FigureScreen)
        assert board.screen.slug == "service_level"
        assert "answered within the target" in plain(board, "#said")
        assert "today" in text.splitlines()[0]
        assert "SERVICE LEVEL BY HOUR" in text
        await press(pilot, "escape")
        assert showing(board, FloorScreen)


async def test_a_metric_of_the_same_name_keeps_the_period(board: Board) -> None:
    """Only the floor is of today: from the metrics the answer rate opens for what they show."""
    async with running(board) as pilot:
        await press(pilot, "5", "p", *"yesterday", "enter", "slash", *"answer rate", "enter")
        text = await press(pilot, "enter")
        assert showing(board, FigureScreen)
        assert "yesterday" in text.splitlines()[0]
        assert "of today" not in plain(board, "#said")


async def test_every_headline_has_a_metric(board: Board) -> None:
    """Also those of now, which have no hours and no calls, and say so."""
    async with running(board) as pilot:
        for key in ("service_level", "waiting", "abandonment", "answer_rate", "drop_rate",
                    "handle_time", "occupancy"):  # fmt: skip
            board.post_message(FloorScreen.Explain(key))
            await pilot.pause()
            await settle(board)
            await pilot.pause()
            assert showing(board, FigureScreen)
            content = content_of(board)
            assert content.answer.value is not None
            assert content.metric.title in as_text(board)
            text = await press(pilot, "n")
            if content.metric.slug == "occupancy":
                assert "This figure is made of agents, not of calls." in text
            elif content.metric.reckoning is None:
                assert "behind the numerator, newest first" in text
            await press(pilot, "escape")


async def test_a_call_opens_from_a_figure_and_leads_back(board: Board) -> None:
    """Metrics, figure, its calls, a call; escape goes back the same way."""
    async with running(board, (120, 40)) as pilot:
        text = await press(pilot, "5", "enter", "n")
        assert "438 calls behind the numerator" in text
        await press(pilot, "down", "enter")
        assert isinstance(board.screen, CallScreen)
        number = board.screen.number
        await press(pilot, "escape")
        assert showing(board, FigureScreen)
        rows = board.screen.query_one("#behind-calls", Rows)
        assert rows.cursor_key == str(number)
        await press(pilot, "escape")
        assert showing(board, MetricsScreen)


async def test_filters_and_period_hold(board: Board) -> None:
    """Limited to a queue the figure is that of the queue, with as many calls."""
    async with running(board) as pilot:
        await press(pilot, "5", "enter", "n")
        whole = content_of(board).answer.value
        await press(pilot, "u", *"bill", "enter")
        page = content_of(board).behind
        value = content_of(board).answer.value
        assert page is not None
        assert whole is not None
        assert value is not None
        assert 0 < value < whole
        assert page.total == value
        await press(pilot, "p", *"yesterday", "enter")
        assert content_of(board).answer.value == 0
        await press(pilot, "x")
        assert board.scope.queue is None


async def test_the_tabs(board: Board) -> None:
    """w, n, d, b and s; what a figure has none of is said."""
    async with running(board, (80, 24)) as pilot:
        await press(pilot, "5", "enter")
        switcher = board.screen.query_one(ContentSwitcher)
        assert switcher.current == "words"
        assert "SELECT" in await press(pilot, "s")
        assert "not split by anything" in await press(pilot, "b")
        await press(pilot, "w")
        assert "Misleads" in as_text(board)
        await press(pilot, "d")
        assert switcher.current == "behind"


async def test_numbers_are_masked_until_they_are_revealed(busy_cache: Path, tmp_path: Path) -> None:
    """m shows them for a moment, on record; a board for viewing never does."""
    cache = tmp_path / "cache.sqlite"
    shutil.copy(busy_cache, cache)
    for view in (False, True):
        board = Board(cache, CONFIGURATION, clock=lambda: NOW, view=view)
        async with running(board) as pilot:
            assert "*** **" in await press(pilot, "5", "enter", "n")
            await press(pilot, "m")
            async with asyncio.timeout(5):
                while not view and "*** **" in as_text(board):
                    await pilot.pause()
            assert ("*** **" in as_text(board)) is view


async def test_hostile_keys_are_text(tmp_path: Path) -> None:
    """A source that looks like markup or like codes for the terminal is shown, not obeyed."""
    cache = tmp_path / "cache.sqlite"
    hostile = "[red]x[/]\u202e\x1b[2J"
    call = {
        "call": "c1", "direction": "inbound", "from_number": "+12025550123",
        "attribution": {"source": hostile},
    }  # fmt: skip
    fill(cache, [event("call.started", NOW - 60_000, call, 1)])
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await opened(board, pilot, "call_source")
        text = await press(pilot, "b")
        assert "[red]x[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_every_slug_can_be_opened() -> None:
    """The catalogue and the words of the floor name the same metrics."""
    assert len(BY_SLUG) == 157
