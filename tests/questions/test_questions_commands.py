"""The commands `status` and `call`, as a person or a script meets them."""

import argparse
import json
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from typing import Any

import msgspec
import pytest

from tests.questions.conftest import NOON, Cache
from wallboard.cli import main
from wallboard.commands import call, status
from wallboard.config import Configuration
from wallboard.config.board import Board

NUMBER = "+14155550171"


@pytest.fixture
def center(cache: Cache) -> Cache:
    """A call that ended a minute ago, one that waits; the name of its agent is no terminal code."""
    now = int(time.time() * 1_000)
    since = (now - NOON) / 1_000
    cache.say("agent.defined", since - 99, agent="a1", name="\x1b[31mAmes[/b]")
    cache.say("agent.changed", since - 99, agent="a1", presence="available")
    cache.say("call.started", since - 90, call="call-1", direction="inbound", from_number=NUMBER)
    cache.say("leg.started", since - 85, call="call-1", leg="l1", kind="B", name="Jane Doe")
    cache.say("call.ended", since - 60, call="call-1", reason="abandoned")
    cache.say("call.started", since - 30, call="call-2", direction="inbound", from_number=NUMBER)
    cache.say("queue.entered", since - 30, call="call-2", queue="support")
    return cache.feed(received=now)


def run(module: Any, cache: Cache, *words: str, masked: bool = True) -> int:
    """Run a command on the cache with a configuration."""
    parser = argparse.ArgumentParser()
    module.add_to(parser.add_subparsers())
    board = msgspec.structs.replace(Board(), mask_numbers=masked)
    configuration = msgspec.structs.replace(Configuration(), board=board)
    status_: int = module.run(parser.parse_args(words), configuration, cache.path)
    return status_


def test_status_names_the_live_metrics_by_their_slugs(
    center: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    """L1 to L6 of the catalogue, and the parts of the first screen."""
    assert run(status, center, "status", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calls_waiting"] == told["calls_in_progress"] == 1
    assert told["longest_wait"] == pytest.approx(30, abs=5)
    assert told["agents_by_state"]["available"] == 1
    assert told["agents_by_state"]["on_call"] == 0
    assert told["occupancy"] == 0
    assert told["estimated_wait"] is None
    assert told["alarms"] == []
    assert [queue["queue"] for queue in told["queues"]] == ["support"]
    assert told["feeds"][0]["events"] == 7


def test_status_is_plain_text_with_nothing_a_terminal_obeys(
    center: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    """No escape sequence, whatever agents are called; aligned lines."""
    assert run(status, center, "status") == 0
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "AGENTS  1 available" in text
    assert "support" in text


def test_status_at_a_time_before_anything(
    center: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was known then; words that are no time are refused."""
    assert run(status, center, "status", "--at", "2024-01-01T12:00", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calls_in_progress"] == 0
    assert told["agents_by_state"]["available"] == 0
    assert run(status, center, "status", "--at", "yesterday") == 2
    assert "--at is “yesterday”" in capsys.readouterr().err


def test_status_as_a_probe(center: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """A feed that is only connecting is no live data; wrong words are wrong arguments."""
    assert run(status, center, "status", "--fail-on", "critical") == 0
    assert run(status, center, "status", "--fail-on", "stale,critical") == 1
    assert "not current" in capsys.readouterr().err
    with closing(sqlite3.connect(center.path)) as connection, connection:
        connection.execute("UPDATE feeds SET stage = 'refused', reason = 'It is shut.'")
    assert run(status, center, "status", "--fail-on", "stale") == 1
    assert capsys.readouterr().err.endswith(" It is shut.\n")
    assert run(status, center, "status", "--fail-on", "nonsense") == 2


def test_commands_without_a_cache_say_so(center: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 and a sentence, through the command line itself."""
    for words in (["status"], ["call", "c1"]):
        assert main(["--cache", f"{center.path}.none", *words]) == 1
        assert "There is no cache at" in capsys.readouterr().err


def test_call_is_masked_unless_the_configuration_says_otherwise(
    center: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers and names of people, in the facts and in the text of events."""
    for form in ("text", "json"):
        assert run(call, center, "call", "call-1", "--format", form) == 0
        text = capsys.readouterr().out
        assert "5550171" not in text
        assert "Jane" not in text
        assert "+1 415 *** **71" in text
        assert run(call, center, "call", "call-1", "--format", form, masked=False) == 0
        text = capsys.readouterr().out
        assert NUMBER in text
        assert "Jane Doe" in text


def test_call_in_json_is_whole(center: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """Times in RFC 3339, durations in seconds, every event."""
    assert run(call, center, "call", "call-1", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["call"], told["state"], told["duration_seconds"]) == ("call-1", "abandoned", 30)
    assert [event["type"] for event in told["events"]] == [
        "call.started",
        "leg.started",
        "call.ended",
    ]
    assert told["events"][1]["since_previous_seconds"] == 5
    assert datetime.fromisoformat(told["started"]).tzinfo is not None
    assert [other["call"] for other in told["attempts"]] == ["call-2"]


def test_calls_of_one_id_in_two_sources(center: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids are unique within a source: each is found by its source and id, as the list has them."""
    other = center.events[2] | {"source": "https://other/ floor", "id": "other"}
    center.feed([other], received=int(time.time() * 1_000))
    assert run(call, center, "call", "call-1") == 1
    words = capsys.readouterr().err
    assert "2 sources have a call call-1" in words
    for line, status_of in (
        ("test call-1", "abandoned"),
        ("https://other/ floor call-1", "ringing"),
    ):
        assert line in words
        assert run(call, center, "call", line, "--format", "json") == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["call"], told["state"]) == ("call-1", status_of)
    for none in ("other call-1", "test call-9", "test call-"):
        assert run(call, center, "call", none) == 1
        assert "There is no call" in capsys.readouterr().err


def test_call_by_a_prefix_or_by_none(center: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is ambiguous lists the candidates; one of no call says so."""
    assert run(call, center, "call", "call-") == 1
    words = capsys.readouterr()
    assert "2 calls go by call-" in words.err
    assert "call-1" in words.err
    assert "call-2" in words.err
    assert words.out == ""
    assert run(call, center, "call", "\x1bnone") == 1
    text = capsys.readouterr().err
    assert "There is no call" in text
    assert "\x1b" not in text
