"""A figure opened from any screen is the one that stands there, as the command says it too."""

import json
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.center import ZONE
from tests.screens.piloting import press, running, settle
from tests.screens.tour import go_to
from wallboard.app import Board
from wallboard.board.agents_page import AgentsContent
from wallboard.board.campaigns_page import Campaigns
from wallboard.board.figure_page import FigureContent
from wallboard.cli import main
from wallboard.screens.figure import FigureScreen
from wallboard.screens.picker import Picker
from wallboard.screens.picture import as_text

DAY = "2026-06-09"


def content_of(board: Board) -> object:
    """What was read for the screen in sight."""
    assert board.snapshot is not None
    assert board.snapshot.page is not None
    return board.snapshot.page.content


def figure_of(board: Board) -> FigureContent:
    """What was read of the figure in sight."""
    content = content_of(board)
    assert isinstance(board.screen, FigureScreen)
    assert isinstance(content, FigureContent)
    return content


async def chosen(pilot: Pilot[None], words: str) -> FigureContent:
    """The figure that is chosen by words of its name."""
    board = pilot.app
    assert isinstance(board, Board)
    await press(pilot, "f")
    assert isinstance(board.screen, Picker)
    await press(pilot, *words, "enter")
    await settle(board)
    return figure_of(board)


def told(
    cache: Path, folder: Path, capsys: pytest.CaptureFixture[str], slug: str, *filters: str
) -> tuple[object, object, object]:
    """Value, numerator and denominator as `wallboard metrics --explain` has them."""
    shutil.copy(cache, folder / "cache.sqlite")
    config = folder / "config.toml"
    config.write_text(f'[reporting]\ntime_zone = "{ZONE}"\n')
    words = ["--config", str(config), "--cache", str(folder / "cache.sqlite"), "metrics"]
    period = ["--from", DAY, "--to", DAY, "--format", "json"]
    assert main([*words, "--explain", slug, *period, *filters]) == 0
    found = json.loads(capsys.readouterr().out)
    return found["value"], found["numerator"], found["denominator"]


def parts(content: FigureContent) -> tuple[object, object, object]:
    """The same of a figure on the board."""
    answer = content.answer
    return answer.value, answer.numerator, answer.denominator


async def test_of_a_campaign(
    board: Board, busy_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the list, from the campaign, and from two sides of it: each is of that campaign."""
    async with running(board) as pilot:
        await press(pilot, "4", "s", "s")
        page = content_of(board)
        assert isinstance(page, Campaigns)
        line = max(page.lines, key=lambda line: line.volume or 0)
        shown = line.figure("drop_rate")
        first = await chosen(pilot, "drop rate")
        assert (first.answer.value, first.answer.denominator) == (shown.value, shown.denominator)
        assert line.facts.name in as_text(board).splitlines()[0]
        await press(pilot, "escape", "enter")
        assert parts(await chosen(pilot, "drop rate")) == parts(first)
        await press(pilot, "escape", "v", "enter")
        beside = figure_of(board)
        assert line.facts.name in as_text(board).splitlines()[0]
        slug = beside.metric.slug
        # Of everything, once the filters are taken away.
        await press(pilot, "x")
        assert "all campaigns" in as_text(board).splitlines()[0]
    campaign = ("--campaign", line.facts.campaign)
    assert parts(first) == told(busy_cache, tmp_path, capsys, "drop_rate", *campaign)
    assert parts(beside) == told(busy_cache, tmp_path, capsys, slug, *campaign)


async def test_of_an_agent(
    board: Board, busy_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the ranked list and from the agent's day: of that agent, who is named."""
    async with running(board) as pilot:
        await press(pilot, "3")
        page = content_of(board)
        assert isinstance(page, AgentsContent)
        best = max(page.agents, key=lambda agent: agent.work.calls)
        first = await chosen(pilot, "handle")
        assert best.name in as_text(board)
        await press(pilot, "escape", "enter")
        board.look_back("30 days")
        day = await chosen(pilot, "handle")
        assert parts(day) == parts(first)
        assert "· today" in as_text(board).splitlines()[0]
        await press(pilot, "p", *"yesterday", "enter")
        assert "· yesterday" in as_text(board).splitlines()[0]
    said = told(busy_cache, tmp_path, capsys, "average_handle_time", "--agent", best.agent)
    assert parts(first) == said


async def test_of_a_queue(
    board: Board, busy_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The service level that stands over its callers: of that queue, today."""
    async with running(board) as pilot:
        await go_to(pilot, "queue")
        board.look_back("30 days")
        text = as_text(board)
        first = await chosen(pilot, "service level")
        assert board.snapshot is not None
        queue = board.snapshot.interest.scope.queue
        assert queue is not None
        share = f"{(first.answer.value or 0) * 100:.1f} %"
        assert f"service level {share}" in text
    assert parts(first) == told(busy_cache, tmp_path, capsys, "service_level", "--queue", queue)
