"""Names that try to be more than text, on every screen at the least size: nothing is obeyed."""

import re
import sqlite3
import unicodedata
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from tests.alarms.alarmed import evaluated
from tests.screens.center import CONFIGURATION, NOW, fill
from tests.screens.hostile import NAMES, hostile_events
from tests.screens.piloting import press, running
from tests.screens.tour import STOPS, go_to, leave
from wallboard.app import Board
from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.config import Alarm
from wallboard.screens.picture import as_text
from widgets.rows import Rows
from widgets.table import GUTTER

ALARMED = msgspec.structs.replace(
    CONFIGURATION,
    alarms=(
        Alarm(
            metric="average_handle_time",
            by="campaign",
            warning=0.5,
            for_seconds=0,
            minimum_sample=0,
        ),
        Alarm(
            metric="average_handle_time", by="queue", warning=0.5, for_seconds=0, minimum_sample=0
        ),
        Alarm(
            metric="average_speed_of_answer",
            by="queue",
            warning=0.5,
            for_seconds=0,
            minimum_sample=0,
        ),
        Alarm(
            metric="average_call_duration",
            by="campaign",
            warning=0.5,
            for_seconds=0,
            minimum_sample=0,
        ),
    ),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hostile names everywhere, also of an alarm and in the note on it."""
    cache = tmp_path_factory.mktemp("everywhere") / "cache.sqlite"
    fill(cache, hostile_events(NOW))
    evaluated(cache, (NOW - 60_000, NOW - 1_500), ALARMED)
    connection = sqlite3.connect(cache)
    alarms = [row[0] for row in connection.execute("SELECT alarm FROM alarms")]
    connection.close()
    assert alarms
    for alarm, name in zip(alarms, NAMES[::-1], strict=False):
        record_acknowledgement(cache, alarm, NOW - 30_000, name, name)
    return cache


def check(board: Board, where: str) -> None:
    """Every line has the width of the terminal, and holds nothing that steers one."""
    strips = board.screen._compositor.render_strips()
    for strip in strips:
        assert strip.cell_length == cell_len(strip.text) == board.size.width, where
    text = as_text(board)
    odd = {
        f"U+{ord(letter):04X}"
        for letter in text
        if letter != "\n" and unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }
    assert not odd, f"{where}: {odd}"
    # Many marks on one letter would reach into the lines above.
    assert not re.search("[\u0300-\u036f]{4}", text), where


def columns_in_line(board: Board, where: str) -> None:
    """Every row of a table begins its columns at the cells where the head has them."""
    for table in board.screen.query(Rows):
        if not table.is_on_screen or not table.total:
            continue
        placed = table.placed
        for y in range(min(table.region.height, 1 + table.total)):
            line, right = table.render_line(y), GUTTER
            for _, cells in placed[:-1]:
                right += cells + 2
                between = line.crop(right - 2, right).text
                assert between == "  ", f"{where}: {line.text}"


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
async def test_every_screen(hostile: Path, size: tuple[int, int]) -> None:
    """Whatever stands there, lines and columns stay where they are."""
    board = Board(hostile, ALARMED, clock=lambda: NOW)
    async with running(board, size) as pilot:
        for stop in STOPS:
            await go_to(pilot, stop)
            check(board, stop)
            columns_in_line(board, stop)
            await leave(pilot)
        for keys in (("2", "c"), ("2", "u"), ("2", "t"), ("ctrl+p", *"dup"), ("3", "f")):
            await press(pilot, *keys)
            check(board, f"dialogue {keys}")
            await press(pilot, "escape")


async def test_every_report(hostile: Path) -> None:
    """Each of the reports, whose cells hold what the feed sent."""
    board = Board(hostile, ALARMED, clock=lambda: NOW)
    async with running(board, (80, 24)) as pilot:
        await press(pilot, "6")
        for _ in range(17):
            check(board, as_text(board).splitlines()[1])
            columns_in_line(board, "report")
            for _ in range(3):
                await press(pilot, "right")
                check(board, "columns")
            await press(pilot, "escape", "down")
