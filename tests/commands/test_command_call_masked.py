"""A call's own words: nobody of whom the call tells is named in them, on no way out."""

import json
from typing import Any

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import Stage

PERIOD = ("--from", str(TUESDAY), "--to", str(TUESDAY))
SAID: tuple[tuple[str, dict[str, Any]], ...] = (
    ("contact.added", {"contact": "k1", "name": "Zoltan Zhou", "tags": ["vip +12125550101"]}),
    ("call.started", {"direction": "outbound", "contact": "k1", "caller_id": "Mona Mills"}),
    ("leg.started", {"leg": "l1", "kind": "S", "number": "+12125550177", "name": "Peter Patch"}),
    ("leg.ended", {"leg": "l1", "cause": "completed", "recording_url": "https://r/+12125550101"}),
    (
        "call.outcome",
        {
            "notes": "Zoltan: ask Peter or Mona at 212-555-0101",
            "survey": [{"question": "Who?", "answer": "Mr Zhou, +12125550101"}],
            "tags": ["zhou", "+12125550101"],
        },
    ),
)
OWN = ("Zoltan", "Zhou", "zhou", "5550101", "555-0101")
OTHERS = ("Peter", "Patch", "Mona", "Mills")


@pytest.fixture
def told(stage: Stage) -> Stage:
    """A cache with the call."""
    lines = [
        json.dumps(
            {
                "specversion": "1.0",
                "id": kind,
                "source": "tests",
                "type": kind,
                "time": f"{TUESDAY}T10:00:0{second}Z",
                "data": {"call": "c1", **data},
            }
        )
        for second, (kind, data) in enumerate(SAID)
    ]
    assert stage.run("import", "-", given="\n".join(lines).encode()).returncode == 0
    return stage


@pytest.mark.parametrize(
    "words",
    [
        ("call", "c1"),
        ("call", "c1", "--format", "json"),
        ("screenshot", "--screen", "call", "--call", "c1", "--size", "240x70"),
    ],
)
def test_nobody_is_named(told: Stage, words: tuple[str, ...]) -> None:
    """Notes, answers, tags, addresses of recordings and the texts of events."""
    done = told.run(*words)
    assert done.returncode == 0, done.stderr
    assert [name for name in (*OWN, *OTHERS) if name in done.stdout] == []


@pytest.mark.parametrize(
    ("report", "form"),
    [("campaign-results", "csv"), ("all-attempts", "json"), ("call-legs", "table")],
)
def test_reports_name_no_contact(told: Stage, report: str, form: str) -> None:
    """Their rows tell of the contact alone: in notes, answers, tags and addresses."""
    done = told.run("report", report, *PERIOD, "--format", form)
    assert done.returncode == 0, done.stderr
    assert [name for name in OWN if name in done.stdout] == []


def test_all_is_told_where_nothing_is_masked(told: Stage) -> None:
    """The words as they were sent, and who the contact is."""
    told.config.write_text("[board]\nmask_numbers = false\n", encoding="utf-8")
    call: dict[str, Any] = json.loads(told.run("call", "c1", "--format", "json").stdout)
    assert call["notes"] == SAID[4][1]["notes"]
    assert call["tags"] == ["zhou", "+12125550101"]
    assert call["contact_name"] == "Zoltan Zhou"
