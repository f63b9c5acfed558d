"""The commands that read: on a cache with a day in it, beside a live collector, and on none."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import Stage, until


@pytest.fixture(scope="module")
def filled(day: Path) -> Iterator[Stage]:
    """A cache with a day in it."""
    stage = Stage()
    try:
        assert stage.run("import", day).returncode == 0
        yield stage
    finally:
        stage.close()


def test_status(filled: Stage) -> None:
    """As text and as JSON; the day is over, which is no failure."""
    text = filled.run("status")
    assert (text.returncode, text.stderr) == (0, "")
    assert "Support" in text.stdout
    assert "\x1b" not in text.stdout
    done = filled.run("status", "--format", "json", "--at", f"{TUESDAY}T11:00")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["queues"]
    assert [feed["feed"] for feed in told["feeds"]] == ["import"]


@pytest.mark.parametrize("words", [("--at", "yesterday-ish"), ("--fail-on", "rain")])
def test_status_with_wrong_words(filled: Stage, words: tuple[str, str]) -> None:
    """A sentence that repeats them, exit status 2."""
    done = filled.run("status", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert words[1] in done.stderr
    assert "Traceback" not in done.stderr


def test_call(filled: Stage) -> None:
    """Its legs in time order, as text and as JSON; one that is not there is a failure."""
    ((call,),) = filled.ask("SELECT id FROM calls WHERE legs > 1 ORDER BY started LIMIT 1")
    text = filled.run("call", call)
    assert (text.returncode, text.stderr) == (0, "")
    assert call in text.stdout
    done = filled.run("call", call, "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)
    none = filled.run("call", "no-such-call")
    assert (none.returncode, none.stdout) == (1, "")
    assert "no-such-call" in none.stderr


@pytest.mark.parametrize("screen", ["floor", "calls"])
def test_screenshot(filled: Stage, screen: str) -> None:
    """As text on standard output, as a picture in a file."""
    text = filled.run("screenshot", "--screen", screen, "--size", "100x30")
    assert (text.returncode, text.stderr) == (0, "")
    assert len(text.stdout.splitlines()) == 30
    assert "\x1b" not in text.stdout
    picture = filled.folder / f"{screen}.svg"
    done = filled.run("screenshot", "--screen", screen, "--output", picture)
    assert (done.returncode, done.stdout) == (0, "")
    assert ET.parse(picture).getroot().tag.endswith("svg")


def test_screenshot_of_a_call(filled: Stage) -> None:
    """Which has to be named."""
    ((call,),) = filled.ask("SELECT id FROM calls WHERE legs > 1 ORDER BY started LIMIT 1")
    done = filled.run("screenshot", "--screen", "call", "--call", call)
    assert done.returncode == 0
    assert call in done.stdout
    nameless = filled.run("screenshot", "--screen", "call")
    assert (nameless.returncode, nameless.stdout) == (2, "")
    assert "--call" in nameless.stderr


@pytest.mark.parametrize("words", [("--size", "2x2"), ("--output", "x.gif"), ("--screen", "sea")])
def test_screenshot_with_wrong_words(filled: Stage, words: tuple[str, str]) -> None:
    """A sentence that repeats them, exit status 2."""
    done = filled.run("screenshot", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert words[1] in done.stderr


def test_schema(stage: Stage) -> None:
    """An AsyncAPI document, for any platform."""
    done = stage.run("schema")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["asyncapi"].startswith("3.")


def test_reading_where_there_is_no_cache(stage: Stage) -> None:
    """A sentence; and no file is made by looking."""
    for words in (("status",), ("call", "x"), ("screenshot", "--screen", "call", "--call", "x")):
        done = stage.run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no cache at" in done.stderr
        assert "Traceback" not in done.stderr
    assert "No feed is configured" in stage.run("screenshot").stdout
    assert not stage.cache.exists()


def test_reading_what_is_no_cache(stage: Stage) -> None:
    """The same for a file of something else."""
    stage.cache.write_text("my diary")
    for words in (("status",), ("call", "x"), ("check",)):
        done = stage.run(*words)
        assert done.returncode == 1
        assert "not a wallboard cache" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_beside_a_live_collector(stage: Stage, day: Path) -> None:
    """A live feed stays live in words after an import; each part is checked by `check`."""
    _, url = stage.serve()
    stage.follow(url)
    before = stage.run("check")
    assert before.returncode == 0, before.stdout
    collector = stage.start("collect")
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'live' AND applied > 0"), "feed")
    assert stage.run("import", day).returncode == 0
    probe = stage.run("status", "--fail-on", "stale")
    assert (probe.returncode, probe.stderr) == (0, "")
    told = json.loads(stage.run("status", "--format", "json").stdout)
    assert {feed["feed"]: feed["stage"] for feed in told["feeds"]} == {
        "import": "finished",
        "main": "live",
    }
    assert told["data"]["state"] == "live"
    check = stage.run("check")
    assert check.returncode == 0
    assert f"process {collector.pid} collects into it" in check.stdout
    assert "feed main" in check.stdout


def test_check_says_what_is_wrong(stage: Stage) -> None:
    """A feed that is not there, and one that needs another token."""
    server, url = stage.serve()
    stage.follow(url)
    refused = stage.run("check", environment={"WALLBOARD_TOKEN": "another"})
    assert refused.returncode == 1
    assert "does not accept the token" in refused.stdout
    server.end()
    gone = stage.run("check")
    assert gone.returncode == 1
    assert "✖ feed main" in gone.stdout
    stage.configure("")
    none = stage.run("check")
    assert none.returncode == 1
    assert "wallboard demo" in none.stdout


CALL: list[dict[str, Any]] = [
    {"type": "call.started", "second": 0, "direction": "inbound", "account": "acme",
     "caller_id": "Ann Doe", "tracked": True, "from_number": "+14155550100",
     "attribution": {"source": "search", "ad_group": "coats"}, "location": {"country": "US"}},
    {"type": "leg.started", "second": 1, "leg": "l1", "kind": "A", "agent": "a1"},
    {"type": "leg.answered", "second": 5, "leg": "l1"},
    {"type": "call.ended", "second": 65.5, "reason": "completed"},
    {"type": "call.wrapped", "second": 80, "agent": "a1", "seconds": 14.5},
    {"type": "call.outcome", "second": 81, "disposition": "sold", "lead": True, "spam": False,
     "quote_value": 1234567.25, "survey": [{"question": "Stars?", "answer": 4},
     {"question": "Again?", "answer": True}]},
    {"type": "call.analysed", "second": 90, "sentiment": -0.125, "silence_seconds": 3.5,
     "dead_air_count": 0, "phrases": ["thank you", "coat"]},
    {"type": "call.recording", "second": 91, "leg": "l1", "status": "completed"},
    {"type": "call.exported", "second": 92, "platform": "ads", "ok": False, "error": "late"},
    {"type": "call.checked", "second": 93, "rule": "consent", "passed": True},
    {"type": "call.matched", "second": 94, "record": None},
]  # fmt: skip


def test_a_call_in_json_has_values_not_words(stage: Stage) -> None:
    """Numbers, booleans and lists as they were sent; the words are for the text."""
    begin = datetime.fromisoformat(f"{TUESDAY}T10:00:00+00:00")
    lines = []
    for number, one in enumerate(CALL):
        kind, second, *_ = one.values()
        data = {"call": "c1"} | {k: v for k, v in one.items() if k not in {"type", "second"}}
        time = (begin + timedelta(seconds=second)).isoformat()
        event = {"specversion": "1.0", "id": str(number), "source": "/t", "type": kind}
        lines.append(json.dumps(event | {"time": time, "data": data}))
    given = "\n".join(lines).encode()
    assert stage.run("import", "-", given=given).stdout.split()[3] == str(len(CALL))
    told = json.loads(stage.run("call", "c1", "--format", "json").stdout)
    facts = told["facts"]
    assert facts["account"] == "acme"
    assert facts["tracked"] is True
    assert facts["attribution"] == {"source": "search", "ad_group": "coats"}
    assert facts["outcome"] == {
        "disposition": "sold",
        "spam": False,
        "lead": True,
        "quote_value": 1234567.25,
    }
    assert facts["analysis"]["sentiment"] == -0.125
    assert facts["analysis"]["dead_air_count"] == 0
    assert facts["analysis"]["phrases"] == ["thank you", "coat"]
    assert facts["wrap_ups"] == [{"agent": "a1", "agent_name": "a1", "seconds": 14.5}]
    assert facts["recordings"] == [{"leg": "l1", "status": "completed"}]
    assert facts["exports"] == [{"platform": "ads", "ok": False, "error": "late"}]
    assert facts["checks"] == [{"rule": "consent", "passed": True}]
    assert (facts["record"], facts["connects"]) == (None, [])
    assert told["survey"] == [
        {"question": "Stars?", "answer": 4},
        {"question": "Again?", "answer": True},
    ]
    assert told["legs"][0]["talk_seconds"] == 60.5
    assert datetime.fromisoformat(told["ended"]) == begin + timedelta(seconds=65.5)
    assert "Ann Doe" not in json.dumps(told)
    text = stage.run("call", "c1").stdout
    assert "Lead" in text
    assert "Wrap-up by a1" in text
