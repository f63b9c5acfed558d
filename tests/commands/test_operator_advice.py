"""What `wallboard check` and `wallboard status` tell an operator to do next, trouble by trouble."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.endtoend.stage import Stage, until
from wallboard.board.trust import State, Verdict
from wallboard.commands.advice import NAME_ONE, START, place_advice, room_advice, status_advice
from wallboard.questions.feed_answers import FeedHealth

NOW = 1_772_500_000_000
FEED = FeedHealth(
    feed="main",
    stage="live",
    since=NOW,
    reason="",
    heard=NOW,
    last_event=NOW,
    updated=NOW,
    skew_seconds=0.0,
    behind=0,
    backlog=0,
    retry_at=None,
    events=9,
    applied=9,
    repeated=0,
    unknown=0,
    quarantined=0,
    gaps=0,
)


QUIET = (State.LIVE, State.PAST, State.NOT_READING)
"""Nothing is to be done about these, and the last is a board's own: a command has just read."""


def advised(state: State, *, holder: int | None = 7, trouble: str = "", **feed: Any) -> list[str]:
    """The sentences for one feed in a state."""
    known = (replace(FEED, **feed),)
    return list(
        status_advice(
            Verdict(state), known, NOW, is_configured=True, holder=holder, trouble=trouble
        )
    )


def test_nothing_is_advised_where_all_is_well() -> None:
    """Silence is what tells that nothing is to be done."""
    assert advised(State.LIVE) == []
    assert advised(State.FINISHED, stage="finished") == []


@pytest.mark.parametrize("state", [state for state in State if state not in QUIET])
def test_every_state_has_one_sentence(state: State) -> None:
    """A full one."""
    (sentence,) = advised(state, last_event=NOW - 7_200_000)
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_the_state_is_told_apart() -> None:
    """Who collects, whether waiting helps, and what the collector itself says."""
    assert advised(State.NOT_COLLECTING, holder=None) == [START]
    assert advised(State.NOT_COLLECTING)[0].startswith("Process 7 holds the cache and writes")
    assert advised(State.NOT_COLLECTING, trouble="Make room.") == ["Make room."]
    assert advised(State.DISCONNECTED)[0].startswith("It is tried again by itself")
    assert advised(State.DISCONNECTED, stage="refused")[0].startswith("Waiting will not mend main")
    for state in (State.NO_FEED, State.NOT_COLLECTING):
        told = status_advice(Verdict(state), (), NOW, is_configured=False, holder=None, trouble="")
        assert told == (NAME_ONE,)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"skew_seconds": 5.2}, "The clock of feed main is 5 s ahead of this machine's"),
        ({"skew_seconds": -90.0}, "is 90 s behind this machine's: have both set by NTP."),
        ({"gaps": 1}, "what 1 gap lost"),
        ({"quarantined": 1}, "1 event of feed main could not be used, and is in no figure"),
        ({"quarantined": 2_000}, "2,000 events of feed main could not be used, and are in no"),
        ({"unknown": 3}, "3 events of feed main are of a type that this version does not know"),
    ],
)
def test_each_trouble_of_a_live_feed_has_its_sentence(trouble: dict[str, Any], words: str) -> None:
    (sentence,) = advised(State.LIVE, **trouble)
    assert words in sentence


def test_a_disk_without_room_and_a_folder_of_others(tmp_path: Path) -> None:
    """Of the folder that is there, however much of the path is not."""
    cache = tmp_path / "not" / "yet" / "cache.sqlite"
    assert room_advice(cache, 0) == ""
    assert f"MB are free on the disk of {tmp_path}: make room" in room_advice(cache, 10**18)
    assert place_advice(cache) == ""


def test_a_cache_that_was_begun_and_left(stage: Stage) -> None:
    """As by a collector that was killed before anything came: the next makes it."""
    stage.cache.touch(mode=0o600)
    stage.follow("ws://127.0.0.1:9/events")
    assert START in stage.run("status").stderr
    assert f"✓ cache          {stage.cache} holds nothing yet" in stage.run("check").stdout


def test_check_says_what_to_do_before_anything_was_collected(stage: Stage) -> None:
    """From nothing at all to a feed that can be reached, step by step."""
    assert "none configured: add [[feed]]" in stage.run("check").stdout
    assert NAME_ONE in stage.run("status").stderr
    stage.configure('[[feed]]\nurl = "ws://127.0.0.1:9/events"\ntoken_env = "NOT_SET"\n')
    found = stage.run("check")
    assert found.returncode == 1
    assert (
        "NOT_SET (token_env), which is not set: set it where wallboard is started." in found.stdout
    )
    assert START in stage.run("status").stderr
    stage.configure('[[feed]]\nurl = "ws://127.0.0.1:9/events"\ntoken_file = "token"\n')
    assert "No such file or directory. It has to be there for the user" in stage.run("check").stdout
    stage.configure('[[feed]]\nurl = "file:///nowhere/day.jsonl"\n')
    assert "is not a file: put it there, or correct the url" in stage.run("check").stdout
    stage.configure('[cache]\ngroup = "no-such-group"\n')
    assert "make it (`groupadd no-such-group`), or name another" in stage.run("check").stdout
    assert stage.run("collect").returncode == 1
    _, url = stage.serve()
    stage.follow(url)
    found = stage.run("check")
    assert found.returncode == 0
    assert found.stdout.endswith(f"▲ collecting     Nobody collects. {START}\n")


def test_check_says_that_the_collector_has_another_token(stage: Stage) -> None:
    """The feed can be reached from here, and yet nothing comes in."""
    server, url = stage.serve()
    stage.follow(url)
    collector = stage.start("collect", environment={"WALLBOARD_TOKEN": "of-yesterday"})
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'refused'"), "refusal")
    found = stage.run("check").stdout
    assert "✓ feed main" in found
    assert "▲ feed main      The collector says otherwise (refused): " in found
    status = stage.run("status", "--format", "json").stdout
    assert json.loads(status)["advice"][0].startswith("Waiting will not mend main: ")
    collector.end()
    again = stage.start("collect")
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'live'"), "live feed")
    assert "says otherwise" not in stage.run("check").stdout
    assert "NEXT" not in stage.run("status").stdout
    server.end()
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'disconnected'"), "loss")
    told = stage.run("status").stdout
    assert told.index("\nNEXT\n  It is tried again by itself") > told.index("\nALARMS")
    again.end()
