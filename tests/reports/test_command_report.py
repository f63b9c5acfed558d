"""`wallboard report`: what it prints and writes, what it refuses, what it records."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.stage import Stage
from wallboard.reports.catalogue import REPORTS
from wallboard.reports.document import document

PROJECT = Path(__file__).parents[2]
DAY = "2026-11-01"
ASKED = ("--from", DAY, "--to", DAY)


def events() -> Iterator[dict[str, Any]]:
    """A campaign of two calls to a contact, on the day on which New York sets its clocks back."""
    told: list[tuple[str, str, dict[str, Any]]] = [
        (
            "account.defined", "04:00",
            {"account": "acme", "name": "Acme", "time_zone": "Asia/Tokyo"},
        ),
        (
            "campaign.defined", "04:00",
            {"campaign": "vote", "name": "Vote", "direction": "outbound", "channel": "voice"},
        ),
        ("contact.added", "04:00", {"contact": "k1", "name": "José Ng", "phone": "+14155550171"}),
    ]  # fmt: skip
    for call, at in (("c1", "05:30"), ("c2", "06:30")):
        start = {"call": call, "direction": "outbound", "campaign": "vote", "contact": "k1"}
        told.append(("call.started", at, start | {"account": "acme", "to_number": "+14155550171"}))
        told.append(("call.ended", at, {"call": call, "reason": "busy"}))
    use = {"use": "u1", "service": "voice", "account": "acme", "quantity": 1, "unit": "minute"}
    told.append(("service.used", "06:30", use | {"price": 0.1, "amount": 0.1}))
    for number, (kind, at, data) in enumerate(told, 1):
        yield {
            "specversion": "1.0", "id": f"e{number}", "source": "test", "type": kind,
            "time": f"{DAY}T{at}:00Z", "sequence": str(number), "data": data,
        }  # fmt: skip


@pytest.fixture(scope="module")
def filled() -> Iterator[Stage]:
    """A cache with those calls, in New York."""
    stage = Stage()
    try:
        stage.configure('[reporting]\ntime_zone = "America/New_York"\n')
        lines = "\n".join(map(json.dumps, events())).encode()
        assert stage.run("import", "-", given=lines).returncode == 0
        yield stage
    finally:
        stage.close()


def test_list(filled: Stage) -> None:
    """Every report with the question that it answers, needing no cache."""
    done = filled.run("report", "--list")
    assert (done.returncode, done.stderr) == (0, "")
    for report in REPORTS:
        assert report.name in done.stdout
        assert report.title in done.stdout
        assert report.question in done.stdout


def test_explain(filled: Stage) -> None:
    """Every column in words, and what the filters narrow, without a question to the cache."""
    for report in REPORTS:
        done = filled.run("report", report.name, "--explain")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"{report.title} ({report.name})\n")
        for column in report.columns:
            assert column.name in done.stdout
            assert column.describes in done.stdout
    assert filled.run("report", "--explain").returncode == 2


def test_table_csv_and_json(filled: Stage) -> None:
    """Masked, with the offset of each time, on standard output."""
    table = filled.run("report", "call-reports", *ASKED)
    assert (table.returncode, table.stderr) == (0, "")
    assert "2026-11-01T01:30:00-04:00" in table.stdout
    assert "2026-11-01T01:30:00-05:00" in table.stdout
    assert "+1 415 *** **71" in table.stdout
    done = filled.run("report", "campaign-results", *ASKED, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout, newline=""))
    assert (row["name"], row["phone"], row["attempts"]) == ("J. N.", "'+1 415 *** **71", "2")
    done = filled.run("report", "campaign-results", *ASKED, "--format", "json")
    assert json.loads(done.stdout)[0]["status"] == "busy"


def test_a_file_by_its_name(filled: Stage) -> None:
    """The ending tells the format; a file that is there stays unless forced."""
    path = filled.folder / "calls.csv"
    done = filled.run("report", "call-reports", *ASKED, "--output", path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 rows" in done.stderr
    before = path.read_bytes()
    assert before.startswith(b"\xef\xbb\xbfstarted_at,")
    again = filled.run("report", "gaps", *ASKED, "--output", path)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert path.read_bytes() == before
    assert filled.run("report", "gaps", *ASKED, "--output", path, "--force").returncode == 0
    assert path.read_bytes() != before
    book = filled.folder / "calls.xlsx"
    assert filled.run("report", "call-reports", *ASKED, "--output", book).returncode == 0
    assert book.read_bytes().startswith(b"PK")


def test_a_reveal_is_recorded(filled: Stage) -> None:
    """Before anything is shown: when, by whom, of what."""
    before = filled.number("SELECT count(*) FROM reveals")
    done = filled.run("report", "campaign-results", *ASKED, "--campaign", "Vote", "--reveal")
    assert "José Ng" in done.stdout
    assert "+14155550171" in done.stdout
    recorded = filled.ask("SELECT at, who, what FROM reveals ORDER BY rowid")[before:]
    ((at, who, what),) = recorded
    assert abs(at / 1_000 - datetime.now(UTC).timestamp()) < 600
    assert who
    assert "campaign-results" in what
    assert "campaign=vote" in what
    assert filled.run("report", "service-summary", *ASKED, "--reveal").returncode == 0
    assert filled.number("SELECT count(*) FROM reveals") == before + 1


def test_accounts_have_a_time_zone_of_their_own(filled: Stage) -> None:
    """Times and days of its reports are those of the account that is asked for."""
    done = filled.run("report", "service-detail", *ASKED, "--account", "Acme", "--format", "json")
    assert json.loads(done.stdout)[0]["time"] == "2026-11-01T15:30:00+09:00"
    next_day = ("--from", "2026-11-02", "--to", "2026-11-02")
    none = filled.run("report", "all-attempts", *next_day, "--account", "acme", "--format", "json")
    assert json.loads(none.stdout) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "wallboard report --list"),
        (("call-report",), "Did you mean call-reports"),
        (("call-reports", "--sort", "cots"), "Did you mean cost?"),
        (("call-reports", "--campaign", "vot"), "Did you mean Vote?"),
        (("call-reports", "--from", "soon"), "“soon”"),
        (("call-reports", "--from", "2026-11-02", "--to", "2026-11-01"), "before --to"),
        (("call-reports", "--by", "day"), "no further rows"),
        (("campaign-dashboard", "--by", "week"), "by day only"),
        (("gaps", "--agent", "ana"), "it has no filters"),
        (("call-reports", "--output", "calls.pdf"), "tells no format"),
        (("call-reports", "--output", "nowhere/x.csv"), "There is no folder"),
    ],
)
def test_wrong_words(filled: Stage, words: tuple[str, ...], says: str) -> None:
    """A sentence that helps, exit status 2, nothing on standard output."""
    done = filled.run("report", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        ("2026-10-02", "2026-11-01", 0),
        ("2026-10-01", "2026-11-01", 2),
        ("2026-10-02T14:00", "2026-11-02T14:00", 0),
        ("2026-10-02T14:00", "2026-11-02T14:01", 2),
    ],
)
def test_service_detail_covers_31_days(filled: Stage, since: str, until: str, status: int) -> None:
    """Of local days, one of 25 hours among them; a longer span is refused and nothing written."""
    path = filled.folder / f"detail-{since[-5:]}-{until[-5:]}.csv".replace(":", "")
    done = filled.run("report", "service-detail", "--from", since, "--to", until, "--output", path)
    assert done.returncode == status
    assert path.exists() == (status == 0)
    assert ("31 days at most" in done.stderr) == (status == 2)
    assert not list(filled.folder.glob(".*.part"))


def test_no_cache_and_a_full_disk(filled: Stage) -> None:
    """Each is a sentence and status 1."""
    stage = Stage()
    try:
        none = stage.run("report", "call-reports")
        assert (none.returncode, none.stdout) == (1, "")
        assert "There is no cache at" in none.stderr
    finally:
        stage.close()
    full = filled.run("report", "call-reports", *ASKED, "--format", "csv", "--output", "/dev/full")
    assert full.returncode == 1
    assert "No space left" in full.stderr
    assert "Traceback" not in full.stderr


def test_the_document_is_what_the_code_says() -> None:
    """docs/reports.md is made by `python -m wallboard.reports.document`."""
    assert (PROJECT / "docs" / "reports.md").read_text(encoding="utf-8") == document()
    for report in REPORTS:
        for column in report.columns:
            assert column.describes, f"{report.name}.{column.name}"
            assert f"| `{column.name}` |" in document()
