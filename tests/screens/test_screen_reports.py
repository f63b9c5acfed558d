"""Reports: chosen, read page by page, limited as the board is, and written to a file."""

import asyncio
import csv
import json
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, fill, simulated
from tests.screens.piloting import Compare, after, press, running
from wallboard.app import Board
from wallboard.board.report_export import (
    Destination,
    Export,
    ExportFormat,
    ExportStage,
    ExportState,
    ExportWanted,
)
from wallboard.board.report_page import Preview
from wallboard.cache.reveals import who_asks
from wallboard.config import Configuration, Metrics
from wallboard.reports.catalogue import REPORTS
from wallboard.reports.report import Asked
from wallboard.screens.picture import as_text
from wallboard.screens.reports import ReportsScreen
from widgets.rows import Rows

SIZES = [(80, 24), (120, 40), (160, 45), (300, 80)]
NAMES = [report.name for report in REPORTS]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the board was started."""
    found = tmp_path / "exports"
    found.mkdir()
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def own_cache(busy_cache: Path, tmp_path: Path) -> Path:
    """A cache of this test alone."""
    return Path(shutil.copy(busy_cache, tmp_path / "cache.sqlite"))


def downs(report: str) -> list[str]:
    """The keys that lead to a report."""
    return ["6", *["down"] * NAMES.index(report)]


def preview_of(board: Board) -> Preview:
    """What was read."""
    page = board.snapshot.page if board.snapshot is not None else None
    assert page is not None
    assert isinstance(page.content, Preview)
    return page.content


async def written(pilot: Pilot[None]) -> str:
    """The words at the foot once the export is over."""
    async with asyncio.timeout(20):
        while " … " in (text := foot(pilot.app)) or not text:
            await pilot.pause(0.01)
    return text


def names_in(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def foot(board: App[None]) -> str:
    """What is said of the export."""
    assert isinstance(board.screen, ReportsScreen)
    return str(board.screen.query_one("#export-state").render())


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_pictures(snap_compare: Compare, board: Board, size: tuple[int, int]) -> None:
    """A list of calls in the preview, masked, beside the reports."""
    assert snap_compare(board, terminal_size=size, run_before=after("6", "down"))


def test_picture_of_the_dialogue(
    snap_compare: Compare, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formats, folder, and what is masked."""
    monkeypatch.chdir("/")
    keys = ("6", "down", "enter", "e")
    assert snap_compare(board, terminal_size=(80, 24), run_before=after(*keys))


def test_picture_of_an_empty_report(snap_compare: Compare, tmp_path: Path) -> None:
    """A calm sentence where the period has no rows."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW - 30_000_000, agents=2))
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    keys = ("6", *["down"] * NAMES.index("gaps"))
    assert snap_compare(board, terminal_size=(80, 24), run_before=after(*keys))


async def test_every_report_can_be_read(board: Board) -> None:
    """Each shows its question and its first rows, or that there are none; none has a problem."""
    async with running(board) as pilot:
        await press(pilot, "6")
        for number, report in enumerate(REPORTS):
            text = await press(pilot, *(["down"] if number else []))
            preview = preview_of(board)
            assert (preview.report, preview.problem) == (report.name, "")
            assert report.question[:50] in text
            assert preview.columns
            assert preview.full or "No row is in this report" in text


async def test_more_rows_are_read_as_one_scrolls(board: Board) -> None:
    """To the end of the table, and then further."""
    async with running(board) as pilot:
        await press(pilot, *downs("call-reports"), "enter")
        first = preview_of(board)
        assert len(first.full) == 256
        assert not first.is_whole
        text = await press(pilot, "end", "end")
        assert len(preview_of(board).full) > 256
        assert preview_of(board).full[:256] == first.full
        assert "more as you scroll" in text


async def test_columns_are_shifted(board: Board) -> None:
    """The first stays; left goes back; no further than there are columns."""
    async with running(board, (80, 24)) as pilot:
        text = await press(pilot, *downs("call-reports"), "enter")
        assert "agent" in text
        text = await press(pilot, *["right"] * 3)
        assert "started_at" in text
        assert "campaign" in text
        assert "phone" not in text
        text = await press(pilot, *["right"] * 40)
        assert "campaign_name" in text
        text = await press(pilot, *["left"] * 40)
        assert "phone" in text


async def test_the_scope_of_the_board_limits_the_report(board: Board) -> None:
    """What the report knows filters it; of what it does not know it says so."""
    async with running(board) as pilot:
        await press(pilot, "u", *"bill", "enter", *downs("call-reports"))
        assert preview_of(board).asked.filters == {"queue": board.scope.queue}
        text = await press(pilot, *["down"] * (NAMES.index("gaps") - 1))
        assert preview_of(board).report == "gaps"
        assert "This report knows no queue: it is of all of them." in text
        text = await press(pilot, "x")
        assert "knows no queue" not in text


async def test_the_period_of_the_board_is_the_reports(board: Board) -> None:
    """One chosen here holds; a report that covers fewer days says so."""
    async with running(board) as pilot:
        await press(pilot, *downs("call-reports"), "p", *"yest", "enter")
        assert preview_of(board).asked.period == CALENDAR.period("2026-06-08", "2026-06-08", NOW)
        assert preview_of(board).full == ()
        limited = next(report for report in REPORTS if report.longest_days is not None)
        board.look_back("2026-01-01 to 2026-06-09")
        text = await press(pilot, *["down"] * (NAMES.index(limited.name) - 1))
        assert f"{limited.longest_days} days at most" in text


async def test_a_report_can_be_split_by_day(board: Board) -> None:
    """d where the report knows days; a sentence where it does not."""
    async with running(board) as pilot:
        await press(pilot, *downs("campaign-dashboard"), "d")
        assert "day" in [column.name for column in preview_of(board).columns]
        await press(pilot, "d")
        assert "day" not in [column.name for column in preview_of(board).columns]
        await press(pilot, "up", "d")
        assert preview_of(board).asked.by is None


@pytest.mark.parametrize(("form", "downs_in"), [("csv", 0), ("xlsx", 1), ("json", 2)])
async def test_a_report_is_written_and_its_path_said(
    board: Board, folder: Path, form: str, downs_in: int
) -> None:
    """Into the folder of the board, under the report's name and day, masked; all rows."""
    async with running(board, (200, 45)) as pilot:
        await press(pilot, *downs("call-reports"), "e", *["down"] * downs_in, "enter")
        text = await written(pilot)
    path = folder / f"call-reports_2026-06-09.{form}"
    assert str(path) in text
    assert names_in(folder) == [path.name]
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert f"{len(rows):,} rows" in text
        assert len(rows) > 256
        assert all("***" in row["phone"] for row in rows if row["phone"])
    elif form == "json":
        assert len(json.loads(path.read_text(encoding="utf-8"))) > 256
    else:
        assert path.read_bytes().startswith(b"PK")


async def test_no_file_is_replaced(board: Board, folder: Path) -> None:
    """A number is added to the name, as often as is needed."""
    (folder / "gaps_2026-06-09.csv").write_text("mine", encoding="utf-8")
    async with running(board, (200, 45)) as pilot:
        await press(pilot, *downs("gaps"))
        for number in (2, 3):
            await press(pilot, "e", "enter")
            assert f"gaps_2026-06-09_{number}.csv" in await written(pilot)
            await press(pilot, "escape")
    assert (folder / "gaps_2026-06-09.csv").read_text(encoding="utf-8") == "mine"
    assert len(names_in(folder)) == 3


async def test_the_folder_is_asked_for_and_must_exist(board: Board, folder: Path) -> None:
    """A wrong one is said in the dialogue; escape writes nothing."""
    (folder / "sub").mkdir()
    async with running(board, (200, 45)) as pilot:
        await press(pilot, *downs("gaps"), "e", *"/nowhere", "enter")
        assert "There is no such folder." in as_text(board)
        await press(pilot, *["backspace"] * len("nowhere"), *"sub", "enter")
        assert str(folder / "sub" / "gaps_2026-06-09.csv") in await written(pilot)
        await press(pilot, "escape", "e", "escape")
        assert foot(board) == ""
    assert names_in(folder) == ["sub"]


async def test_a_folder_that_takes_no_file_is_said(board: Board, folder: Path) -> None:
    """The folder went away between being named and being written to."""
    gone = folder / "gone"
    gone.mkdir()
    async with running(board, (200, 45)) as pilot:
        await press(pilot, *downs("gaps"), "e", *"/gone")
        gone.rmdir()
        gone.symlink_to(folder / "call-reports")
        await press(pilot, "enter")
        assert "There is no such folder." in as_text(board)


async def test_what_is_in_full_is_written_in_full_and_recorded(
    own_cache: Path, folder: Path
) -> None:
    """After m; the record names the report, its period and the user."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (200, 45)) as pilot:
        assert "*** **" in await press(pilot, *downs("call-reports"))
        assert "*** **" not in await press(pilot, "m")
        text = await press(pilot, "e")
        assert "in full, which is recorded" in text
        await press(pilot, "enter")
        assert "Written" in await written(pilot)
        assert "*** **" in as_text(board)
    assert "***" not in (folder / "call-reports_2026-06-09.csv").read_text(encoding="utf-8")
    connection = sqlite3.connect(own_cache)
    recorded = connection.execute("SELECT who, what FROM reveals").fetchall()
    connection.close()
    day = "2026-06-09T00:00:00-04:00 2026-06-10T00:00:00-04:00"
    assert recorded == [
        (who_asks(), "board report call-reports"),
        (who_asks(), f"board export call-reports {day}"),
    ]


async def test_a_board_for_viewing_neither_exports_nor_reveals(
    busy_cache: Path, folder: Path
) -> None:
    """It says so."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board) as pilot:
        text = await press(pilot, *downs("call-reports"), "m", "e", "enter")
        assert "*** **" in text
        assert isinstance(board.screen, ReportsScreen)
    assert names_in(folder) == []


async def test_keys_go_between_list_and_rows(board: Board) -> None:
    """Enter reads, where there is little room in place of the list; escape goes back."""
    async with running(board, (80, 24)) as pilot:
        text = await press(pilot, *downs("call-reports"))
        assert "Reconciliation" in text
        text = await press(pilot, "enter")
        assert "Reconciliation" not in text
        assert board.screen.query_one("#preview", Rows).has_focus
        text = await press(pilot, "escape")
        assert "Reconciliation" in text
        assert board.screen.query_one("#list", Rows).has_focus


async def test_nothing_was_collected_yet(tmp_path: Path) -> None:
    """The screen says what it waits for, and has nothing to export."""
    board = Board(tmp_path / "none.sqlite", CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await pilot.press("6", "e")
        await pilot.pause()
        assert "Waiting for the first events" in as_text(board)
        assert isinstance(board.screen, ReportsScreen)


def wanted(**filters: str) -> ExportWanted:
    """A list of calls."""
    period = CALENDAR.period("2026-06-09", "2026-06-09", NOW)
    asked = Asked(period, CALENDAR, Metrics(), NOW, filters)
    return ExportWanted("call-reports", asked, is_masked=True, is_reveal=False, now=NOW)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_cancelled_export_leaves_nothing(
    busy_cache: Path, folder: Path, form: ExportFormat
) -> None:
    """It stops within its rows, and says so last."""
    told: list[ExportState] = []
    is_begun = threading.Event()

    def tell(state: ExportState) -> None:
        told.append(state)
        if not is_begun.is_set():
            export.cancel()
            is_begun.set()

    export = Export(busy_cache, wanted(), Destination(form, folder), tell)
    export.start()
    export.wait(20)
    assert [state.stage for state in told] == [ExportStage.RUNNING, ExportStage.CANCELLED]
    assert names_in(folder) == []


@pytest.mark.parametrize("campaign", ["../../etc", "a/b\x00c", "x" * 400, "..", "サポート"])
def test_a_hostile_id_cannot_leave_the_folder(
    busy_cache: Path, folder: Path, campaign: str
) -> None:
    """Whatever the campaign is called, the file is in the folder."""
    export = Export(
        busy_cache, wanted(campaign=campaign), Destination("csv", folder), lambda _: None
    )
    export.start()
    export.wait(20)
    assert export.state.stage is ExportStage.DONE
    (path,) = folder.iterdir()
    assert path == export.state.path
    assert path.name.startswith("call-reports_2026-06-09_")


def test_a_cache_that_is_gone_is_said(tmp_path: Path, folder: Path) -> None:
    """The sentence is that of the cache."""
    export = Export(tmp_path / "none.sqlite", wanted(), Destination("csv", folder), lambda _: None)
    export.start()
    export.wait(20)
    assert export.state.stage is ExportStage.FAILED
    assert "There is no cache" in export.state.problem
    assert names_in(folder) == []


async def test_an_unmasked_board_shows_and_writes_in_full(busy_cache: Path, folder: Path) -> None:
    """Where the configuration does not mask, nothing needs a record."""
    board_section = type(CONFIGURATION.board)(mask_numbers=False)
    configuration = Configuration(
        reporting=CONFIGURATION.reporting, feeds=CONFIGURATION.feeds, board=board_section
    )
    board = Board(busy_cache, configuration, clock=lambda: NOW)
    async with running(board, (200, 45)) as pilot:
        text = await press(pilot, *downs("call-reports"))
        assert "*** **" not in text
        assert "in full." in await press(pilot, "e")
        await press(pilot, "enter")
        await written(pilot)
    assert "***" not in (folder / "call-reports_2026-06-09.csv").read_text(encoding="utf-8")
