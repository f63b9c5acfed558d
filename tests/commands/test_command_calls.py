"""`wallboard calls`: finds what is asked for, in every form, masked and in bounded memory."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import Stage

DAY = ("--from", str(TUESDAY), "--to", str(TUESDAY))
OPEN = "[board]\nmask_numbers = false\n"


@pytest.fixture(scope="module")
def filled(day: Path) -> Iterator[Stage]:
    """A cache with a day in it, whose numbers are not masked."""
    stage = Stage()
    try:
        stage.configure(OPEN)
        assert stage.run("import", day).returncode == 0
        yield stage
    finally:
        stage.close()


def found(stage: Stage, *words: str) -> list[dict[str, Any]]:
    """The calls as JSON."""
    done = stage.run("calls", "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, list)
    return told


def ids(calls: list[dict[str, Any]]) -> set[str]:
    """Their ids, each there once."""
    assert len({call["call"] for call in calls}) == len(calls)
    return {call["call"] for call in calls}


def test_all_of_a_day_newest_first(filled: Stage) -> None:
    """Both days are included; the same calls in every form."""
    calls = found(filled, *DAY)
    assert ids(calls) == {one for (one,) in filled.ask("SELECT id FROM calls")}
    started = [call["started"] for call in calls]
    assert started == sorted(started, reverse=True)
    text = filled.run("calls", *DAY)
    assert (text.returncode, text.stderr) == (0, "")
    head, *lines = text.stdout.splitlines()
    assert head.split()[:4] == ["call", "started", "direction", "state"]
    assert [line.split()[0] for line in lines] == [call["call"] for call in calls]
    rows = list(csv.DictReader(io.StringIO(filled.run("calls", *DAY, "--format", "csv").stdout)))
    assert [row["call"] for row in rows] == [call["call"] for call in calls]
    assert [row["started_at"] for row in rows] == started
    assert rows[0]["queue_name"] == (calls[0]["queue_name"] or "")


def test_the_period_is_today_unless_said(filled: Stage) -> None:
    """And a number is looked for at all times."""
    done = filled.run("calls")
    assert (done.returncode, done.stdout.count("\n")) == (0, 0)
    assert done.stderr == "No call of that time is like that.\n"
    assert filled.run("calls", "--format", "json").stdout == "[]\n"
    header = filled.run("calls", "--format", "csv").stdout
    assert header.startswith("call,started_at,direction,state,")
    noon = f"{TUESDAY}T12:00"
    before = found(filled, "--from", str(TUESDAY), "--to", noon)
    after = found(filled, "--from", noon, "--to", str(TUESDAY))
    assert ids(before) | ids(after) == ids(found(filled, *DAY))
    assert not ids(before) & ids(after)
    assert found(filled, "--to", str(TUESDAY - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        ("answered", "result = 'answered'"),
        ("abandoned", "result = 'abandoned'"),
        ("dropped", "result = 'dropped'"),
        ("no_answer", "result = 'no_answer'"),
        ("missed", "direction = 'inbound' AND answered IS NULL AND end_reason != 'lost'"),
        ("open", "ended IS NULL"),
    ],
)
def test_by_state(filled: Stage, state: str, condition: str) -> None:
    """As the calls were judged."""
    wanted = {one for (one,) in filled.ask(f"SELECT id FROM calls WHERE {condition}")}
    assert ids(found(filled, *DAY, "--state", state)) == wanted


def test_by_agent_queue_and_campaign(filled: Stage) -> None:
    """By id and by name; all of them at once narrow it."""
    queue, name = filled.ask("SELECT queue, name FROM queues ORDER BY queue")[0]
    by_id = ids(found(filled, *DAY, "--queue", queue))
    assert by_id
    assert by_id == ids(found(filled, *DAY, "--queue", name))
    ((agent,),) = filled.ask("SELECT agent FROM calls WHERE agent NOT NULL LIMIT 1")
    of_agent = ids(found(filled, *DAY, "--agent", agent))
    both = ids(found(filled, *DAY, "--agent", agent, "--queue", queue))
    assert both == by_id & of_agent
    ((campaign,),) = filled.ask("SELECT campaign FROM calls WHERE campaign NOT NULL LIMIT 1")
    for call in found(filled, *DAY, "--campaign", campaign):
        assert call["campaign"] == campaign


def test_by_number_however_it_is_typed(filled: Stage) -> None:
    """With its country code or without, and with what people put between digits."""
    ((number,),) = filled.ask(
        "SELECT from_number FROM calls WHERE direction = 'inbound' AND from_number LIKE '+1%'"
        " AND length(from_number) = 12 LIMIT 1"
    )
    known = {
        one
        for (one,) in filled.ask(
            "SELECT id FROM calls WHERE from_number = ? OR to_number = ?", number, number
        )
    }
    local = number[2:]
    for typed in (number, local, f"({local[:3]}) {local[3:6]}-{local[6:]}", f" {number[1:]} "):
        assert ids(found(filled, f"--number={typed}")) == known
    none = filled.run("calls", "--number", "+15550000000")
    assert (none.returncode, none.stdout) == (0, "")
    assert none.stderr == "No call is like that.\n"


@pytest.mark.parametrize("typed", ["abc", "", "  ", "+", "[/]"])
def test_what_is_no_number_is_refused(filled: Stage, typed: str) -> None:
    """Not taken for a number that nobody called."""
    done = filled.run("calls", f"--number={typed}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--number is {typed!r} where a phone number is expected" in done.stderr


def test_a_wrong_name_is_told_the_right_ones(filled: Stage, stage: Stage) -> None:
    """The nearest; where none comes near all of them; and that there are none."""
    ((name,),) = filled.ask("SELECT name FROM queues ORDER BY name LIMIT 1")
    near = filled.run("calls", "--queue", name[:-1] + "x")
    assert (near.returncode, near.stdout) == (2, "")
    assert "Did you mean" in near.stderr
    assert name in near.stderr
    queues = {text for row in filled.ask("SELECT queue, name FROM queues") for text in row}
    far = filled.run("calls", "--queue", "zzzzzzzzzzzzzzzzzzzz")
    assert far.returncode == 2
    if len(queues) <= 12:
        assert all(queue in far.stderr for queue in queues)
    agents = filled.run("calls", "--agent", "zzzzzzzzzzzzzzzzzzzz").stderr
    assert "nearest are" in agents or "The cache knows" in agents
    assert stage.run("import", "-", given=b"").returncode == 0
    none = stage.run("calls", "--queue", "support").stderr
    assert none == "There is no queue 'support'. The cache knows none.\n"


def test_numbers_are_masked_where_the_configuration_says_so(filled: Stage) -> None:
    """In every form, also a contact whose id is a number; and none runs in a spreadsheet."""
    numbers = {one for (one,) in filled.ask("SELECT from_number FROM calls") if one}
    try:
        filled.configure("")
        for form in ("table", "json", "csv"):
            text = filled.run("calls", *DAY, "--format", form).stdout
            assert "***" in text
            assert not any(number in text or number[-7:] in text for number in numbers)
            if form == "csv":
                rows = list(csv.reader(io.StringIO(text)))
                assert not any(cell[:1] in set("=+-@") for row in rows for cell in row if cell)
    finally:
        filled.configure(OPEN)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--state", "rainy"), "not_called_back"),
        (("--queue", "suport"), "There is no queue 'suport'."),
        (("--from", "yesterday-ish"), "--from is “yesterday-ish”"),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "--from that comes before --to"),
    ],
)
def test_wrong_words(filled: Stage, words: tuple[str, ...], told: str) -> None:
    """A sentence, exit status 2."""
    done = filled.run("calls", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_those_to_call_back_say_how_long_ago_and_how_often(stage: Stage) -> None:
    """In every form; who was answered later has no tries; other lists tell neither."""
    stage.configure(OPEN)

    def call(name: str, minutes: int, number: str | None, reason: str) -> list[dict[str, Any]]:
        start = datetime.now(UTC) - timedelta(minutes=minutes)
        told = {"call": name, "direction": "inbound", "from_number": number}
        said: list[tuple[str, int, dict[str, Any]]] = [("call.started", 0, told)]
        if reason == "completed":
            leg = {"call": name, "leg": "A1", "kind": "A", "agent": "ames"}
            said += [("leg.started", 8, leg), ("leg.answered", 9, {"call": name, "leg": "A1"})]
        said.append(("call.ended", 30, {"call": name, "reason": reason}))
        return [
            {
                "specversion": "1.0",
                "id": f"{name}-{kind}",
                "source": "tests",
                "type": kind,
                "time": (start + timedelta(seconds=seconds)).isoformat(),
                "data": data,
            }
            for kind, seconds, data in said
        ]

    events = [
        *call("first", 190, "+14155550171", "abandoned"),
        *call("again", 65, "+14155550171", "abandoned"),
        *call("reached", 100, "+14155550172", "abandoned"),
        *call("spoke", 90, "+14155550172", "completed"),
        *call("hidden", 80, None, "abandoned"),
    ]
    given = "\n".join(map(json.dumps, events)).encode()
    assert stage.run("import", "-", given=given).returncode == 0
    since = ("--from", str(datetime.now(UTC).date() - timedelta(days=1)))
    asked = (*since, "--state", "not_called_back")
    told = {one["call"]: (one["ago_seconds"], one["tries"]) for one in found(stage, *asked)}
    expected = {"first": (190, 2), "again": (65, 2), "reached": (100, 0)}
    assert told.keys() == expected.keys(), "whom nobody can call is not among them"
    for name, (minutes, tries) in expected.items():
        assert minutes * 60 <= told[name][0] < minutes * 60 + 120
        assert told[name][1] == tries
    head, *lines = stage.run("calls", *asked).stdout.splitlines()
    assert head.split()[-3:] == ["wait", "ago", "tried"]
    ends = {line.split()[0]: tuple(line.split()[-3:]) for line in lines}
    assert ends["first"][-2:] == ("2", "×")
    assert ends["reached"] == ("1", "h", "answered")
    text = stage.run("calls", *asked, "--format", "csv").stdout
    rows = {row["call"]: row["tries"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == {"first": "2", "again": "2", "reached": "0"}
    assert not {"ago_seconds", "tries"} & found(stage, *since)[0].keys()


def test_more_than_a_page(stage: Stage) -> None:
    """Every call once, the columns as they were; names of any kind harm nothing."""
    events = [
        {
            "specversion": "1.0",
            "id": f"e{number}",
            "source": "tests",
            "type": "call.started",
            "time": f"{TUESDAY}T10:{number % 60:02}:00Z",
            "data": {
                "call": f"c{number:04}",
                "direction": "inbound",
                "campaign": "=1+1" if number % 2 else "שירות",
                "contact": "4155550171",
            },
        }
        for number in range(2_345)
    ]
    given = b"\n".join(json.dumps(event).encode() for event in events)
    assert stage.run("import", "-", given=given).returncode == 0
    calls = found(stage, *DAY, "--state", "open")
    assert len(ids(calls)) == 2_345
    assert {call["contact"] for call in calls} == {"415 *** **71"}
    lines = stage.run("calls", *DAY).stdout.splitlines()
    assert len(lines) == 2_346
    assert len({line.index("inbound") for line in lines[1:]}) == 1
    assert "\u2800" not in lines[1] + lines[2]
    rows = list(csv.DictReader(io.StringIO(stage.run("calls", *DAY, "--format", "csv").stdout)))
    assert {row["campaign"] for row in rows} == {"'=1+1", "שירות"}


def test_no_cache(stage: Stage) -> None:
    """A sentence; and no file is made by looking."""
    done = stage.run("calls")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no cache at" in done.stderr
    assert not stage.cache.exists()
