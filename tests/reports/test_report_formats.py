"""The same rows as table, csv, json and xlsx: formulas, masking, sorting, times, memory."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.questions.conftest import Cache
from tests.reports.asking import csv_of, rows_of, written
from tests.reports.stories import dial
from wallboard.reporting_time import Calendar
from wallboard.reports.catalogue import REPORTS
from wallboard.reports.giving import FORMATS, Format, UnknownColumnError
from wallboard.reports.report import Column, Row
from wallboard.reports.writing.cells import as_cells
from wallboard.reports.writing.csv_file import CsvWriter
from wallboard.reports.writing.formulas import STARTS, shielded
from wallboard.reports.writing.times import time_writer
from wallboard.reports.writing.writer import TooManyRowsError
from wallboard.reports.writing.xlsx_file import MOST_ROWS, XlsxWriter

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = '=HYPERLINK("http://evil.example";"click")'


def cells_of(book: bytes) -> list[list[str]]:
    """The cells of the one sheet as text."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        assert not list(sheet.iter(f"{MAIN}f"))
        return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{MAIN}row")]


@pytest.fixture
def nasty(cache: Cache) -> Cache:
    """A call of a contact whose name and notes a spreadsheet would run."""
    cache.say("contact.added", -900, contact="-k1", name="=cmd|' /C calc'!A0", phone="+14155550171")
    told = {"notes": NASTY, "tags": ["@sum", "b"], "survey": [{"question": "=q", "answer": "\t1"}]}
    dial(cache, "c1", -500, contact="-k1", campaign="+vote", agent="ana", outcome=told)
    return cache.feed()


def test_csv_runs_nothing(nasty: Cache) -> None:
    """Texts and heads are shielded, figures are not; quotes and breaks survive."""
    (row,) = csv_of(nasty, "campaign-results")
    assert row["contact"] == "'-k1"
    assert row["name"] == "'=cmd|' /C calc'!A0"
    assert row["phone"] == "'+14155550171"
    assert row["notes"] == "'" + NASTY
    assert row["tags"] == "'@sum, b"
    assert row["'=q"] == "'\t1"
    assert row["duration_seconds"] == "71"


@given(st.lists(st.tuples(st.text(), st.text(), st.integers(-9, 9) | st.none()), max_size=5))
def test_any_text_comes_back_from_csv_and_is_never_a_formula(rows: list[Row]) -> None:
    """Whatever the cells hold, the file has as many rows and the same texts, made harmless."""
    columns = (Column("a", "text", ""), Column("b", "name", ""), Column("c", "count", ""))
    out = io.BytesIO()
    writer = CsvWriter(out, columns, as_cells(columns, Calendar("UTC")), marked=False)
    writer.add(rows)
    writer.close()
    text = out.getvalue().decode("utf-8")
    if any("\r" in cell or "\0" in cell for row in rows for cell in row[:2]):
        return
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert read == [[shielded(a), shielded(b), "" if c is None else str(c)] for a, b, c in rows]
    assert not any(cell[:1] in STARTS for row in read for cell in row[:2] if cell)


def test_csv_for_excel_and_for_programs(nasty: Cache) -> None:
    """A file begins with a byte order mark; what goes to standard output does not."""
    assert written(nasty, "call-reports", "csv", is_file=True).startswith(
        b"\xef\xbb\xbfstarted_at,"
    )
    assert written(nasty, "call-reports", "csv").startswith(b"started_at,")


def test_xlsx_keeps_texts_as_texts(nasty: Cache) -> None:
    """No formula, no shield; figures are numbers."""
    head, row = cells_of(written(nasty, "campaign-results", "xlsx"))
    cells = dict(zip(head, row, strict=False))
    assert cells["notes"] == NASTY
    assert cells["phone"] == "+14155550171"
    assert cells["duration_seconds"] == "71"


def test_xlsx_refuses_more_rows_than_a_sheet_has() -> None:
    """With a sentence, before it writes them."""
    out = io.BytesIO()
    columns = (Column("a", "count", ""),)
    writer = XlsxWriter(out, columns, [None], "a")
    with pytest.raises(TooManyRowsError, match="1,048,575 rows"):
        writer.add([(1,)] * (MOST_ROWS + 1))
    writer.drop()
    assert out.getvalue() == b""


@pytest.mark.parametrize("form", FORMATS)
def test_masked(nasty: Cache, form: Format) -> None:
    """Numbers and names of contacts are hidden in every format, in notes too."""
    nasty.say("call.outcome", -300, call="c1", notes="call back +1 415 555 0171 at noon")
    nasty.feed()
    for report in ("campaign-results", "call-reports", "call-legs", "all-contacts"):
        plain = written(nasty, report, form)
        hidden = written(nasty, report, form, is_masked=True)
        if form == "xlsx":
            texts = [str(cells_of(book)) for book in (plain, hidden)]
        else:
            texts = [book.decode() for book in (plain, hidden)]
        assert "0171" in texts[0]
        assert "0171" not in texts[1]
        assert "calc" not in texts[1]
        assert "*** **71" in texts[1]


def test_names_of_agents_are_not_masked(cache: Cache) -> None:
    """In one column of parties, the agent's name stays and the other party's does not."""
    cache.say("agent.defined", -900, agent="ana", name="Ana Diaz")
    dial(cache, "c1", -500, agent="ana")
    cache.say("leg.started", -500, leg="c1-b", call="c1", kind="B", name="John Doe")
    cache.feed()
    for sort in (None, "started_at"):
        legs = rows_of(cache, "call-legs", is_masked=True, sort=sort)
        assert [leg["party"] for leg in legs] == ["J. D.", "Ana Diaz"]


def test_every_report_in_every_format(simulated: Cache) -> None:
    """All have as many rows, whatever the format, and none is left out of the catalogue."""
    days = ("2024-06-05", "2024-06-12")
    assert len({report.name for report in REPORTS}) == len(REPORTS) == 17
    for report in REPORTS:
        rows = rows_of(simulated, report.name, days=days)
        assert rows or report.name == "gaps", report.name
        head = list(rows[0]) if rows else []
        assert len(csv_of(simulated, report.name, days=days)) == len(rows)
        book = cells_of(written(simulated, report.name, "xlsx", days=days))
        assert len(book) == len(rows) + 1
        assert not head or book[0] == head
        lines = written(simulated, report.name, "table", days=days).decode().splitlines()
        totals = any(column.totalled for column in report.columns)
        assert len(lines) == len(rows) + 1 + totals


def test_the_table_totals(nasty: Cache) -> None:
    """Costs and billable seconds, in exact decimals."""
    for number in range(3):
        dial(nasty, f"d{number}", -300 + number, agent="ana")
    nasty.feed()
    last = written(nasty, "call-reports", "table").decode().splitlines()[-1]
    assert last.split() == ["total", "240", "0.4"]


@pytest.mark.parametrize("column", ["cost", "started_at", "agent", "call", "attempt"])
def test_sorted(simulated: Cache, column: str) -> None:
    """Figures highest first, the rest ascending, unknown last; no row is lost or made."""
    days = ("2024-06-05", "2024-06-12")
    rows = rows_of(simulated, "call-reports", days=days, sort=column)
    values = [row[column] for row in rows if row[column] is not None]
    assert [row[column] for row in rows] == values + [None] * (len(rows) - len(values))
    assert values == sorted(values, reverse=column in {"cost", "attempt"})
    usual = rows_of(simulated, "call-reports", days=days)
    assert sorted(map(json.dumps, rows)) == sorted(map(json.dumps, usual))


def test_sorted_by_no_column(nasty: Cache) -> None:
    """The refusal knows which there are."""
    with pytest.raises(UnknownColumnError) as refused:
        written(nasty, "call-reports", sort="costs")
    assert "cost" in refused.value.known


@given(st.integers(946_684_800_000, 4_102_444_799_999))
def test_times_are_those_of_the_calendar(ms: int) -> None:
    """Written fast or slow, in zones of odd offsets too."""
    for calendar, write in ZONES.values():
        assert write(ms) == calendar.format_time(ms - ms % 1_000)


def _writing(zone: str) -> tuple[Calendar, Callable[[int], str]]:
    calendar = Calendar(zone)
    return calendar, time_writer(calendar)


ZONES = {
    zone: _writing(zone)
    for zone in ("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Gaza")
}


def test_times_across_a_change_of_the_clock() -> None:
    """Every quarter hour of the day that has 25 hours, and the repeated ones apart."""
    calendar, write = ZONES["America/New_York"]
    start = int(datetime(2026, 11, 1, 4, tzinfo=UTC).timestamp() * 1_000)
    texts = [write(start + quarter * 900_000) for quarter in range(100)]
    assert texts == [calendar.format_time(start + quarter * 900_000) for quarter in range(100)]
    assert len(set(texts)) == 100
    assert "2026-11-01T01:30:00-04:00" in texts
    assert "2026-11-01T01:30:00-05:00" in texts


def test_nothing_in_the_period(cache: Cache) -> None:
    """A header, or an empty array."""
    assert json.loads(written(cache, "call-reports", "json")) == []
    assert written(cache, "call-reports", "csv").count(b"\r\n") == 1
    assert written(cache, "gaps", "table").decode().split()[0] == "source"
