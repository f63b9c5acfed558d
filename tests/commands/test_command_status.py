"""`wallboard status`: how old its data is, what is in quarantine, and names of every kind."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.cells import cell_len

from tests.endtoend.stage import Stage
from wallboard.commands.plain_table import table

NOW = datetime.now(UTC).replace(microsecond=0)
RIGHT_TO_LEFT = ("خدمة العملاء", "שירות")


def event(number: int, kind: str, time: datetime, **data: Any) -> dict[str, Any]:
    """An event."""
    return {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "tests",
        "type": kind,
        "time": time.isoformat(),
        "data": data,
    }


def bring(stage: Stage, *events: dict[str, Any] | bytes) -> None:
    """Import events."""
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in events]
    done = stage.run("import", "-", given=b"\n".join(lines))
    assert done.returncode == 0, done.stderr


def test_old_files_are_stale(stage: Stage) -> None:
    """In words, as JSON and for the probe: nothing goes on that would make them newer."""
    then = NOW - timedelta(days=12, minutes=1)
    bring(stage, event(1, "call.started", then, call="c1", direction="inbound"))
    words = f"the newest event is of {then:%Y-%m-%dT%H:%M:%S}+00:00, 12 days ago."
    status = stage.run("status")
    assert (status.returncode, status.stderr) == (0, "")
    assert f"! No feed goes on: {words}" in status.stdout
    # A clock alone would be taken for today's.
    assert f"finished ({then:%Y-%m-%dT%H:%M:%S}+00:00)" in status.stdout.splitlines()[0]
    probe = stage.run("status", "--fail-on", "stale")
    assert probe.returncode == 1
    assert probe.stderr == f"The data is not current: {words}\n"
    told = json.loads(stage.run("status", "--format", "json").stdout)["data"]
    assert told["newest_event"] == then.isoformat(timespec="milliseconds")
    assert 12 * 86_400 < told["newest_event_age_seconds"] < 13 * 86_400


def test_files_of_this_hour_are_not_stale(stage: Stage) -> None:
    """An import every quarter of an hour is a way to feed a board."""
    then = NOW - timedelta(minutes=5)
    bring(stage, event(1, "call.started", then, call="c1", direction="inbound"))
    probe = stage.run("status", "--fail-on", "stale")
    assert (probe.returncode, probe.stderr) == (0, "")
    assert "newest event" not in probe.stdout


def test_few_live_answers_make_no_budget_of_drops(stage: Stage) -> None:
    """Before the limit allows one drop, nothing is left and nothing is used up."""
    bring(stage, event(1, "call.started", NOW, call="c1", direction="outbound", campaign="a"))
    assert "nobody reached yet, limit 3.0 %" in stage.run("status").stdout
    leg = event(2, "leg.started", NOW, leg="b", call="c1")
    leg["data"]["kind"] = "B"
    bring(stage, leg, event(3, "leg.answered", NOW, leg="b", call="c1", by="human"))
    assert "too few to tell, limit 3.0 %" in stage.run("status").stdout


def test_the_future_is_refused(stage: Stage) -> None:
    """Nobody knows it: no calm zeros."""
    bring(stage, event(1, "call.started", NOW, call="c1", direction="inbound"))
    then = NOW + timedelta(hours=2)
    done = stage.run("status", "--at", f"{then:%Y-%m-%dT%H:%M}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--at is {then:%Y-%m-%dT%H:%M}:00+00:00, and it is " in done.stderr


def test_what_is_in_quarantine_is_shown(stage: Stage) -> None:
    """The latest, newest first, as a sentence; nothing of it when there is none."""
    bring(stage, event(1, "call.started", NOW, call="c1", direction="inbound"))
    assert "quarantine:" not in stage.run("status").stdout
    wrong = [event(n, "call.started", NOW, call=f"c{n}", direction="up") for n in range(2, 9)]
    bring(stage, *wrong, b"{", b"{")
    text = stage.run("status").stdout
    assert "  Last put in quarantine:" in text
    assert "import  The text is not JSON: it breaks off before its end. (2 times)" in text
    assert "import  The event e8 (call.started) has “up” as data.direction where inbound" in text
    assert "event e2 " not in text
    told = json.loads(stage.run("status", "--format", "json").stdout)["quarantine"]
    assert told["count"] >= 8
    assert len(told["latest"]) == 5
    assert told["latest"][0]["times"] == 2
    assert told["latest"][0]["reason"].startswith("The text is not JSON")


def test_one_is_not_many(stage: Stage) -> None:
    """One agent, one call."""
    bring(
        stage,
        event(1, "agent.changed", NOW, agent="a1", presence="available"),
        event(2, "call.started", NOW, call="c1", direction="inbound"),
    )
    text = stage.run("status").stdout
    assert " 1 agent " in text
    assert re.search(r"^In progress +1 +call$", text, re.MULTILINE)


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_nothing_invisible_stands_beside_a_name(stage: Stage, name: str) -> None:
    """Whoever searches or copies the text has the name alone."""
    bring(stage, event(1, "queue.defined", NOW, queue="q1", name=name))
    text = stage.run("status").stdout
    assert f"  {name}  " in text
    assert "\u2800" not in text


@pytest.mark.parametrize("name", [*RIGHT_TO_LEFT, "Ärger", "東京" * 30, "x" * 100, "\x1b[31m", ""])
def test_columns_are_as_wide_whatever_is_in_them(name: str) -> None:
    """In cells of a terminal; control characters are shown, not sent."""
    lines = table(("name", "calls"), [(name, "7"), ("Support", "12")], "calls").splitlines()
    assert len({cell_len(line) for line in lines}) == 1
    assert not any(c in "".join(lines) for c in "\x1b\u2800")
