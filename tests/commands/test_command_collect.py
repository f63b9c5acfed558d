"""`wallboard collect`: one at a time, ends when told, and says what is wrong."""

import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.endtoend.stage import SECONDS, TOKEN, Stage, until
from wallboard.facts.entry import unpack

PROMPT_SECONDS = 3.0


def test_second_collector_is_refused(stage: Stage) -> None:
    """With a sentence that names the holder; the first is not disturbed."""
    first = stage.start("collect")
    first.says("Collecting 0 feeds")
    second = stage.run("collect")
    assert (second.returncode, second.stdout) == (1, "")
    assert f"is held by process {first.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert first.process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_all_committed(stage: Stage, number: signal.Signals) -> None:
    """Also in the middle of history, within three seconds, with status 0."""
    _, url = stage.serve("--days", "30", "--agents", "60")
    stage.follow(url)
    collector = stage.start("collect")
    until(lambda: stage.number("SELECT applied FROM feeds") > 3_000, "history")
    took = collector.end(number)
    assert collector.process.returncode == 0, collector.err
    assert took < PROMPT_SECONDS
    assert "Stopped; everything that was received is in the cache." in collector.err
    assert "Traceback" not in collector.err
    assert not stage.cache.with_name(stage.cache.name + "-wal").exists(), "the log was not moved in"
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]
    ((events, new, repeated),) = stage.ask("SELECT events, applied + unknown, repeated FROM feeds")
    assert events == new + repeated
    of_calls = sum(len(unpack(part)) for (part,) in stage.ask("SELECT entries FROM call_events"))
    assert stage.number("SELECT count(*) FROM seen") + of_calls == new
    assert stage.ask("SELECT stage, reason FROM feeds") == [
        ("disconnected", "The collector was stopped.")
    ]


def test_no_feed_configured(stage: Stage) -> None:
    """It says so, takes files, and ends when told."""
    collector = stage.start("collect")
    collector.says("No feed is configured")
    collector.says("Collecting 0 feeds")
    assert collector.end(signal.SIGHUP) < PROMPT_SECONDS
    assert collector.process.returncode == 0


def test_the_log_says_how_a_feed_is_doing(stage: Stage) -> None:
    """Live, then gone with the reason, each said once: who reads the log needs no screen."""
    server, url = stage.serve("--days", "0")
    stage.follow(url)
    collector = stage.start("collect")
    collector.says("Feed main is live.")
    server.end(signal.SIGKILL)
    collector.says("Feed main is disconnected: ")
    collector.end(signal.SIGTERM)
    assert collector.err.count("Feed main is live.") == 1
    assert TOKEN not in collector.err


def test_ends_with_its_parent(stage: Stage) -> None:
    """A board that is killed leaves no collector behind: its standard input ends."""
    collector = stage.start("collect", "--with-parent", given=subprocess.PIPE)
    collector.says("Collecting 0 feeds")
    assert collector.process.stdin
    collector.process.stdin.close()
    assert collector.process.wait(SECONDS) == 0
    assert "Stopped" in collector.err


def test_wrong_token_is_said_in_words(stage: Stage) -> None:
    """In the cache and by the command; and it keeps being said while nothing else happens."""
    _, url = stage.serve()
    stage.follow(url)
    collector = stage.start("collect", environment={"WALLBOARD_TOKEN": "another"})
    question = "SELECT stage, reason, updated FROM feeds WHERE stage = 'refused'"
    ((_, reason, updated),) = until(lambda: stage.ask(question), "refusal")
    assert "does not accept the token" in reason
    assert TOKEN not in reason
    until(lambda: stage.number("SELECT updated FROM feeds") > updated, "sign of life", 20)
    status = stage.run("status", "--fail-on", "stale")
    assert status.returncode == 1
    assert "does not accept the token" in status.stderr
    assert collector.end() < PROMPT_SECONDS


def test_missing_token_is_said_in_words(stage: Stage) -> None:
    """The name of the variable, which is not set."""
    _, url = stage.serve()
    stage.follow(url)
    environment = {"WALLBOARD_TOKEN": ""}
    stage.start("collect", environment=environment)
    question = "SELECT reason FROM feeds WHERE stage = 'refused'"
    ((reason,),) = until(lambda: stage.ask(question), "refusal")
    assert "WALLBOARD_TOKEN" in reason


def test_server_that_is_not_there(stage: Stage) -> None:
    """A sentence with the address, and when the next attempt is made."""
    server, url = stage.serve()
    server.end()
    stage.follow(url)
    stage.start("collect")
    question = "SELECT reason, retry_at FROM feeds WHERE stage = 'disconnected'"
    reason, retry_at = until(lambda: stage.ask(question), "condition")[0]
    assert url.removeprefix("ws://").removesuffix("/events") in reason
    assert retry_at is not None


def test_file_as_a_feed(stage: Stage, day: Path) -> None:
    """It is read to its end; another start counts it as repeated."""
    size = len(day.read_bytes().splitlines())
    stage.configure(f'[[feed]]\nname = "past"\nurl = "file://{day}"\n')
    read = "SELECT count(*) FROM feeds WHERE stage = 'finished' AND applied = ? AND repeated = ?"
    for repeated in (0, size):
        collector = stage.start("collect")
        until(partial(stage.number, read, size, repeated), "end of the file")
        assert collector.end() < PROMPT_SECONDS
        assert collector.process.returncode == 0


def test_file_that_is_not_there(stage: Stage) -> None:
    """The feed says so; the collector goes on."""
    stage.configure('[[feed]]\nname = "past"\nurl = "file:///nowhere/day.jsonl"\n')
    collector = stage.start("collect")
    ((reason,),) = until(
        lambda: stage.ask("SELECT reason FROM feeds WHERE stage = 'refused'"), "refusal"
    )
    assert "/nowhere/day.jsonl" in reason
    assert collector.process.poll() is None


def test_cache_that_cannot_be_written(stage: Stage) -> None:
    """A sentence and status 1."""
    stage.cache.mkdir()
    done = stage.run("collect")
    assert (done.returncode, done.stdout) == (1, "")
    assert str(stage.cache) in done.stderr
    assert "Traceback" not in done.stderr


def test_changed_configuration_is_followed(stage: Stage, day: Path) -> None:
    """Feeds that are new, other or gone; a wrong configuration changes nothing and is told."""
    _, first = stage.serve("--seed", "1")
    _, second = stage.serve("--seed", "2")

    def live(name: str, question: str = "stage = 'live' AND applied > 0") -> bool:
        return bool(stage.ask(f"SELECT 1 FROM feeds WHERE feed = ? AND {question}", name))

    def feed(name: str, url: str) -> str:
        return f'[[feed]]\nname = "{name}"\nurl = "{url}"\ntoken_env = "WALLBOARD_TOKEN"\n'

    stage.configure(feed("one", first))
    collector = stage.start("collect")
    until(lambda: live("one"), "first feed")

    stage.configure(feed("one", first) + "[cache]\nkeep_days = 'many'\n")
    collector.says("The configuration stays as it was")
    assert "keep_days" in collector.err
    assert live("one")

    stage.configure(feed("one", first) + feed("two", second) + "[metrics]\ndrop_seconds = 4\n")
    until(lambda: live("two"), "second feed")
    collector.says("What changed in [metrics] takes effect when the collector is started")
    assert live("one")

    stage.configure(feed("two", second))
    until(lambda: live("one", "stage = 'finished'"), "end of the first feed")
    assert live("two")

    stage.configure(feed("two", "ws://127.0.0.1:1/events"))
    until(lambda: live("two", "stage = 'disconnected'"), "failure of the wrong address")
    stage.configure(feed("two", second))
    until(lambda: live("two"), "mended second feed")
    assert collector.end() < PROMPT_SECONDS
    assert collector.process.returncode == 0
    assert "Traceback" not in collector.err


def test_feed_that_was_taken_out_meanwhile(stage: Stage) -> None:
    """After a start with another configuration it is over, not broken for ever."""
    _, url = stage.serve()
    stage.follow(url)
    collector = stage.start("collect")
    until(lambda: stage.number("SELECT applied FROM feeds"), "first events")
    collector.end()
    stage.configure("")
    collector = stage.start("collect")
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'finished'"), "end of the feed")
