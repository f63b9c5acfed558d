"""`wallboard metrics`: figures, refusals, definitions, calls behind, and settings in force."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import Stage
from wallboard.cache.opening import open_for_reading
from wallboard.commands.metric_found import found_of
from wallboard.config import Metrics, Reporting
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.reporting_time import Calendar

NOW = int(datetime(TUESDAY.year, TUESDAY.month, TUESDAY.day, 23, tzinfo=UTC).timestamp() * 1_000)
PERIOD = ("--from", str(TUESDAY), "--to", str(TUESDAY))
FIELDS = {"slug", "title", "category", "unit", "value", "numerator", "denominator", "complete"}


@pytest.fixture(scope="module")
def center(day: Path) -> Iterator[Stage]:
    """A cache that holds the day."""
    stage = Stage()
    assert stage.run("import", str(day)).returncode == 0
    yield stage
    stage.close()


def asked(center: Stage, *words: str) -> list[dict[str, Any]]:
    done = center.run("metrics", *words, *PERIOD, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_all_of_them_by_default(center: Stage) -> None:
    """157, each with the fields of the contract, and of those that the demo feeds most known."""
    found = asked(center)
    assert len(found) == 157
    for metric in found:
        assert metric.keys() >= FIELDS
        assert metric.keys() - FIELDS <= {"breakdown", "note"}
        assert (
            metric["value"] is not None
            or "note" in metric
            or "breakdown" in metric
            or (not metric["denominator"])
        )
    known = [metric for metric in found if metric["value"] is not None or metric.get("breakdown")]
    assert len(known) > 130


def test_a_ratio_is_its_numerator_over_its_denominator(center: Stage) -> None:
    """And the parts of a split add up to the whole."""
    (rate,) = asked(center, "answer_rate", "--by", "hour")
    assert rate["value"] == pytest.approx(rate["numerator"] / rate["denominator"])
    assert sum(row["numerator"] or 0 for row in rate["breakdown"]) == rate["numerator"]
    assert sum(row["denominator"] or 0 for row in rate["breakdown"]) == rate["denominator"]


def test_the_calls_behind_are_as_many_as_the_figures_say(center: Stage) -> None:
    """Every call that numerator and denominator count, once each."""
    (rate,) = asked(center, "answer_rate")
    (with_calls,) = asked(center, "answer_rate", "--calls")
    behind = with_calls.pop("calls")
    assert with_calls == rate
    for part in ("numerator", "denominator"):
        calls = [row["call"] for row in behind if row["part"] == part]
        assert len(calls) == len(set(calls)) == rate[part]
    one = next(row["call"] for row in behind)
    assert center.run("call", one).returncode == 0


@pytest.mark.parametrize("by", ["hour", "queue", "agent", "location.region", "area_code"])
def test_the_calls_behind_stand_under_their_keys(center: Stage, by: str) -> None:
    """As many under each key as its row of the breakdown says."""
    (rate,) = asked(center, "answer_rate", "--by", by, "--calls")
    for part in ("numerator", "denominator"):
        calls = Counter(row["key"] for row in rate["calls"] if row["part"] == part)
        told = {row["key"]: row[part] for row in rate["breakdown"] if row[part]}
        assert calls == told


def test_what_rests_on_no_calls_says_so(center: Stage) -> None:
    """One document all the same: null with the reason, which is not an empty list."""
    found = asked(center, "longest_wait", "total_calls", "cost_per_lead", "--calls")
    assert [metric["slug"] for metric in found] == ["longest_wait", "total_calls", "cost_per_lead"]
    assert found[0]["calls"] is None
    assert found[0]["calls_note"]
    assert len(found[1]["calls"]) == found[1]["value"]
    assert {row["part"] for row in found[2]["calls"]} == {"denominator"}
    assert len(found[2]["calls"]) == found[2]["denominator"]
    (unknown,) = asked(center, "cost_per_lead", "--calls", "--by", "queue")
    assert unknown["calls"] is None
    assert unknown["calls_note"] == "Nothing here is known by queue."


def test_calls_behind_as_a_table_and_as_csv(center: Stage) -> None:
    """Both with a head; the key is a column where something is split."""
    words = ("metrics", "total_calls", "--calls", *PERIOD)
    (total,) = asked(center, "total_calls")
    head, *rows = center.run(*words).stdout.splitlines()
    assert head.split() == ["slug", "part", "source", "call", "started"]
    assert len(rows) == total["value"]
    split = center.run(*words, "--by", "hour").stdout.splitlines()
    assert split[0].split() == ["slug", "part", "key", "source", "call", "started"]
    table = list(csv.DictReader(io.StringIO(center.run(*words, "--format", "csv").stdout)))
    assert len(table) == total["value"]
    assert {row["slug"] for row in table} == {"total_calls"}


def test_only_whole_days_are_counted_as_days(center: Stage) -> None:
    """A quarter of an hour is not told as a day."""
    whole = center.run("metrics", "total_calls", *PERIOD).stdout.splitlines()[0]
    assert whole.endswith(" (1 day)")
    times = ("--from", f"{TUESDAY}T10:00", "--to", f"{TUESDAY}T10:15")
    part = center.run("metrics", "total_calls", *times).stdout.splitlines()[0]
    assert "T10:00" in part
    assert "day" not in part


def test_filters_by_name_or_id(center: Stage) -> None:
    """A campaign by its name counts as many as by its id, and all of them together make all."""
    (whole,) = asked(center, "total_calls", "--by", "campaign")
    row = next(row for row in whole["breakdown"] if row["key"] != "(none)")
    (one,) = asked(center, "total_calls", "--campaign", row["key"])
    assert one["value"] == row["value"]
    assert sum(row["value"] for row in whole["breakdown"]) == whole["value"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("answer_rates",), "Did you mean answer_rate"),
        (("--explain", "servicelevel"), "service_level"),
        (("K99",), "There is no metric 'K99'"),
        (("--by", "campain"), "Did you mean campaign"),
        (("--campaign", "no such thing"), "There is no campaign 'no such thing'."),
        (("--from", "2026-13-01"), "2026-13-01"),
        (("--from", "yesterday"), "a day such as"),
    ],
)
def test_what_does_not_exist_is_refused(center: Stage, words: tuple[str, ...], told: str) -> None:
    """With the nearest names, nothing on standard output, and status 2."""
    done = center.run("metrics", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_explain(center: Stage) -> None:
    """The definition, the figures and the SQL; the same figures as without."""
    done = center.run("metrics", "--explain", "service_level", *PERIOD)
    assert done.returncode == 0
    for word in ("Formula", "Misleads", "service_level_formula = offered", "SELECT", "Numerator"):
        assert word in done.stdout
    told = json.loads(
        center.run("metrics", "--explain", "service_level", *PERIOD, "--format", "json").stdout
    )
    (plain,) = asked(center, "service_level")
    assert told["value"] == plain["value"]
    assert told["sql"][0]["sql"].startswith("SELECT")


def test_a_definition_needs_no_cache(stage: Stage) -> None:
    """Its figures are unknown, and why is said; nothing is left behind."""
    done = stage.run("metrics", "--explain", "answer_rate", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["value"] is None
    assert "There is no cache at " in done.stderr
    assert not stage.cache.exists()
    wrong = stage.run("metrics", "--explain", "answer_rates")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert stage.run("metrics", "answer_rate").returncode == 1


def test_who_was_only_heard_of_on_a_call_can_be_asked_for(stage: Stage) -> None:
    """A feed need not define an agent: a leg tells of one too."""
    kinds = (
        ("call.started", {"direction": "inbound"}),
        ("leg.started", {"leg": "l1", "kind": "A", "agent": "dee"}),
        ("leg.answered", {"leg": "l1"}),
    )
    told = {"specversion": "1.0", "source": "tests", "time": f"{TUESDAY}T10:00:00Z"}
    lines = [
        json.dumps(told | {"id": kind, "type": kind, "data": {"call": "c1"} | data})
        for kind, data in kinds
    ]
    assert stage.run("import", "-", given="\n".join(lines).encode()).returncode == 0
    (calls,) = asked(stage, "total_calls", "--agent", "dee")
    assert calls["value"] == 1
    assert stage.run("metrics", "--agent", "bo", *PERIOD).returncode == 2


def test_list_needs_no_cache(stage: Stage) -> None:
    """What the catalogue holds is known without any data."""
    done = stage.run("metrics", "--list", "--format", "csv")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 157
    assert all(row["tells"] and row["misleads"] for row in rows)


def test_an_empty_cache_knows_nothing(stage: Stage) -> None:
    """Null, never 0, and the note names what was never sent."""
    assert stage.run("import", "-", given=b"").returncode == 0
    found = json.loads(stage.run("metrics", "--format", "json").stdout)
    waiting = [metric for metric in found if metric["category"] != "live"]
    assert {metric["value"] for metric in waiting} == {None}
    assert all("never sent" in metric["note"] for metric in waiting)


def test_compare_with_the_period_before(center: Stage) -> None:
    """The day before had no calls: nothing to compare with is not a change of 100 %."""
    (total,) = asked(center, "total_calls", "--compare")
    assert total["before"] == 0
    assert total["change"] is None


def test_a_changed_zone_is_reckoned_anew(day: Path, stage: Stage) -> None:
    """The day's calls fall on other days, none is lost, and it is said what is going on."""
    assert stage.run("import", str(day)).returncode == 0
    week = ("--from", f"{TUESDAY.replace(day=1)}", "--format", "json")
    before = json.loads(stage.run("metrics", "calls_by_day", "total_calls", *week).stdout)
    stage.configure('[reporting]\ntime_zone = "Pacific/Auckland"\n')
    done = stage.run("metrics", "calls_by_day", "total_calls", *week)
    after = json.loads(done.stdout)
    assert "reckoned anew" in done.stderr
    assert after[1]["value"] == before[1]["value"] > 0
    assert after[0]["breakdown"] != before[0]["breakdown"]
    again = stage.run("metrics", "total_calls", *week)
    assert again.stderr == ""


def test_no_cell_is_a_formula(stage: Stage) -> None:
    """A key of a breakdown comes from the feed."""
    event = {
        "specversion": "1.0",
        "id": "e1",
        "source": "tests",
        "type": "call.started",
        "time": f"{TUESDAY}T10:00:00Z",
        "data": {"call": "c1", "direction": "inbound", "campaign": "=1+1"},
    }
    assert stage.run("import", "-", given=json.dumps(event).encode()).returncode == 0
    words = ("total_calls", "--by", "campaign", *PERIOD, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(stage.run("metrics", *words).stdout)))
    assert [row["key"] for row in rows] == ["", "'=1+1"]


def test_one_by_one_they_are_what_they_are_together(center: Stage) -> None:
    """Where a breakdown is long metrics are answered one after another, with the same answers."""
    calendar, metrics = Calendar.of(Reporting()), list(CATALOGUE)[:12]
    period = calendar.period(str(TUESDAY), str(TUESDAY), NOW)
    asked = Asked(period, calendar, Metrics(), NOW, by="campaign")
    with closing(open_for_reading(center.cache)) as connection:
        together = list(found_of(connection, metrics, asked, None, is_compared=True))
        alone = list(found_of(connection, metrics, asked, None, is_compared=True, long=0))
    assert alone == together
    assert any(len(found.answer.breakdown or ()) > 1 for found in together)
    assert any(found.before is not None for found in together)
