"""A wall in a terminal, and what it depends on killed: it shows it, and comes back by itself."""

import os
import re
import signal

from tests.endtoend.conftest import Open
from tests.endtoend.stage import SECONDS, Stage, until
from tests.endtoend.test_endtoend_board import holder
from wallboard.commands.board import REOPEN_SECONDS, kept_open
from widgets.lettering import letter
from widgets.paint import text_of


def lettered(words: str) -> str:
    """The first line of words in large letters."""
    return text_of(letter(words, 1)[0]).strip()


def test_wall_heals(stage: Stage, terminal: Open) -> None:
    """The collector is killed, then the feed's server; nobody touches a key."""
    server, url = stage.serve("--agents", "16")
    stage.follow(url, '[board]\nscreens = ["floor", "agents"]\nrotate_seconds = 1\n')
    wall = terminal("--wall")
    wall.shows(lettered("● live"))
    wall.shows("QUEUES")
    wall.shows("signed in")  # the other page
    first = holder(stage)
    os.kill(first, signal.SIGKILL)
    until(lambda: holder(stage) not in (0, first), "another collector", 30)
    server.end(signal.SIGKILL)
    wall.shows("✖ disconnected")
    wall.shows(lettered("✖ disconnected"))
    drawn = len(wall.text)
    address = url.removeprefix("ws://").removesuffix("/events")
    stage.serve("--agents", "16", address=address)
    until(lambda: "● live" in wall.text[drawn:], "live wall")
    assert wall.process.poll() is None
    wall.type("mzeg\x10")  # what other boards have keys for
    wall.type("q")
    assert wall.process.wait(SECONDS) == 0
    assert wall.is_put_right()
    assert "Traceback" not in wall.text
    assert not re.search(r"\+\d[\d ().-]{7,}", wall.text)


def test_a_wall_that_ends_by_a_fault_is_opened_again() -> None:
    """As often as it takes; a key or a signal ends it for good."""
    ends = [1, 1, 0]
    rests: list[float] = []

    def rest(seconds: float) -> bool:
        rests.append(seconds)
        return False

    assert kept_open(lambda: ends.pop(0), rest) == 0
    assert rests == [REOPEN_SECONDS] * 2
    assert kept_open(lambda: 1, lambda _: True) == 1
