"""The board in a terminal: it opens soon, shows figures, and ends cleanly whatever ends it."""

import os
import signal

import pytest

from tests.endtoend.conftest import Open
from tests.endtoend.stage import SECONDS, Stage, until

OPEN_SECONDS = 10.0
DEMO = ("demo", "--days", "1", "--agents", "16")
CENTER = ("--days", "0", "--agents", "16")


def holder(stage: Stage) -> int:
    """The process that says it holds the cache; 0 for none."""
    path = stage.cache.with_name(stage.cache.name + ".lock")
    text = path.read_text() if path.exists() else ""
    number = int(text) if text else 0
    return number if number in stage.processes() else 0


def follow_a_center(stage: Stage) -> int:
    """Serve a center and configure it; return its process, which is then alone."""
    server, url = stage.serve(*CENTER)
    stage.follow(url)
    # What generates its past has nothing to do, and ends.
    until(lambda: stage.processes() == [server.pid], "server alone")
    return server.pid


def only(stage: Stage, *numbers: int) -> bool:
    """Whether no processes run but these, and what writes for a collector."""
    return set(stage.processes()) - set(stage.scribes()) <= set(numbers)


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_demo_opens_and_closes(stage: Stage, terminal: Open, key: str) -> None:
    """Within ten seconds it shows what is true now; a key ends it and all that it started."""
    board = terminal(*DEMO, usual=False)
    assert board.shows("● live") < OPEN_SECONDS
    board.shows("AGENTS")
    assert len(stage.processes()) >= 3
    board.type(key)
    assert board.process.wait(SECONDS) == 0
    assert board.is_put_right()
    assert stage.processes() == []
    assert stage.leftovers() == []
    assert "Traceback" not in board.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_demo(stage: Stage, terminal: Open, number: signal.Signals) -> None:
    """As its own key does: everything it started ends, the terminal is put right."""
    board = terminal(*DEMO, usual=False)
    board.shows("● live")
    board.end(number)
    assert board.process.returncode == 0
    # After a hangup there is no terminal to write to.
    assert number == signal.SIGHUP or board.is_put_right()
    assert stage.processes() == []
    assert stage.leftovers() == []
    assert "Traceback" not in board.text


def test_terminal_that_is_closed_ends_demo(stage: Stage, terminal: Open) -> None:
    """The window is closed, the connection breaks: nothing is left running."""
    board = terminal(*DEMO, usual=False)
    board.shows("● live")
    board.hang_up()
    board.process.wait(SECONDS)
    until(lambda: stage.processes() == [], "end of all", 20)
    assert stage.leftovers() == []


def test_signal_while_demo_starts(stage: Stage, terminal: Open) -> None:
    """Before there is a board nothing is left either."""
    board = terminal(*DEMO, usual=False)
    until(lambda: len(stage.processes()) > 1, "simulated center")
    board.end(signal.SIGTERM)
    assert board.process.returncode == 0
    until(lambda: stage.processes() == [], "end of all", 20)
    assert stage.leftovers() == []


def test_killed_demo_leaves_no_process(stage: Stage, terminal: Open) -> None:
    """What it started notices, and ends by itself within seconds."""
    board = terminal(*DEMO, usual=False)
    board.shows("● live")
    board.process.kill()
    board.process.wait(SECONDS)
    until(lambda: stage.processes() == [], "end of the collector and the server", 15)


def test_terminal_that_takes_nothing(stage: Stage, terminal: Open) -> None:
    """A frozen connection does not keep the board from ending when it is told to."""
    server = follow_a_center(stage)
    board = terminal()
    board.shows("● live")
    board.stall()
    assert board.end(signal.SIGTERM) < 20
    assert board.process.returncode == 0
    assert stage.processes() == [server]


def test_board_without_a_feed(stage: Stage, terminal: Open) -> None:
    """It opens and explains what to do; nothing is collected."""
    board = terminal()
    board.shows("no feed is configured")
    board.shows("wallboard demo")
    assert stage.processes() == [board.pid]
    board.type("q")
    assert board.process.wait(SECONDS) == 0
    assert board.is_put_right()


def test_collector_that_is_killed_is_started_again(stage: Stage, terminal: Open) -> None:
    """The board goes on and sees to it."""
    follow_a_center(stage)
    board = terminal()
    board.shows("● live")
    first = holder(stage)
    os.kill(first, signal.SIGKILL)
    second = until(lambda: holder(stage) not in (0, first) and holder(stage), "new collector", 20)
    question = "SELECT count(*) FROM feeds WHERE stage = 'live'"
    until(lambda: stage.number(question), "live feed")
    assert board.process.poll() is None
    board.type("q")
    assert board.process.wait(SECONDS) == 0
    assert second not in stage.processes()


def test_second_board_watches_and_takes_over(stage: Stage, terminal: Open) -> None:
    """One collector for both; when the first board goes, the second sees to collecting."""
    server = follow_a_center(stage)
    first = terminal()
    first.shows("● live")
    collector = holder(stage)
    second = terminal()
    second.shows("● live")
    assert holder(stage) == collector
    assert only(stage, server, first.pid, second.pid, collector)
    first.type("q")
    assert first.process.wait(SECONDS) == 0
    other = until(lambda: holder(stage) not in (0, collector) and holder(stage), "collector", 20)
    assert only(stage, server, second.pid, other)
    second.type("q")
    assert second.process.wait(SECONDS) == 0
    assert stage.processes() == [server]


def test_board_beside_a_collector_only_watches(stage: Stage, terminal: Open) -> None:
    """A collector that runs by itself is not ended with the board."""
    follow_a_center(stage)
    collector = stage.start("collect")
    until(lambda: holder(stage) == collector.pid, "collector")
    board = terminal()
    board.shows("● live")
    board.type("q")
    assert board.process.wait(SECONDS) == 0
    assert collector.process.poll() is None
    assert holder(stage) == collector.pid


def test_place_where_no_cache_can_be(stage: Stage, terminal: Open) -> None:
    """The board opens, says why nobody collects, and closes."""
    stage.follow("ws://127.0.0.1:1/events")
    stage.cache = stage.config / "cache.sqlite"
    board = terminal()
    board.shows("No collector can be started")
    board.type("q")
    assert board.process.wait(SECONDS) == 0
    assert "Traceback" not in board.text


def test_collector_that_cannot_run(stage: Stage, terminal: Open) -> None:
    """The board shows its last words: here, that the cache is a file of something else."""
    stage.follow("ws://127.0.0.1:1/events")
    stage.cache.write_text("my diary")
    board = terminal()
    board.shows("is not a wallboard cache")
    board.type("q")
    assert board.process.wait(SECONDS) == 0
    assert stage.cache.read_text() == "my diary"
