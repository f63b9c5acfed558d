"""What `wallboard collect` logs: by level, for a person and for journald, and no secrets in it."""

import json
import os
import re
import socket
import subprocess
from collections.abc import Callable

import pytest

from tests.endtoend.stage import COMMAND, SECONDS, TOKEN, Stage, until

NUMBER = "+14155550171"
Logged = Callable[..., list[str]]
LIVE = "SELECT 1 FROM feeds WHERE stage = 'live'"


@pytest.fixture
def logged(stage: Stage) -> Logged:
    """Runs a command whose standard error is a socket, as journald's is, and that says so."""

    def run(command: str, awaited: str, *, environment: dict[str, str] | None = None) -> list[str]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            found = os.fstat(theirs.fileno())
            marked = {"JOURNAL_STREAM": f"{found.st_dev}:{found.st_ino}"} | (environment or {})
            process = subprocess.Popen(
                [*COMMAND, *stage.usual, command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=theirs.fileno(),
                env=stage.environment | marked,
                cwd=stage.folder,
            )
            theirs.close()
            text = ""
            while piece := ours.recv(65_536):
                text += piece.decode()
                if awaited and awaited in text and "is refused" in text:
                    process.terminate()
            process.wait(SECONDS)
        return text.splitlines()

    return run


def test_levels_hold_no_secret_and_no_event(stage: Stage) -> None:
    """At debug, the most that can be said, neither the token nor anything of an event is."""
    server, url = stage.serve()
    stage.follow(url)
    collector = stage.start("collect", "--log", "debug")
    until(lambda: stage.ask(LIVE), "live feed")
    wrong = {"type": "call.started", "data": {"call": "c1", "from": NUMBER}}
    given = b"\n".join((json.dumps(wrong).encode(), b'{"from": ' + NUMBER.encode()))
    assert stage.run("import", "-", given=given).returncode == 0
    assert stage.number("SELECT sum(quarantined) FROM feeds") == 2
    server.end()
    collector.says("WARNING Feed main is disconnected: ")
    collector.end()
    assert collector.process.returncode == 0
    assert re.search(r" DEBUG Written: [\d,]+ events?\.", collector.err)
    assert "INFO Feed main is disconnected: The collector was stopped." in collector.err
    for secret in (TOKEN, NUMBER, NUMBER[2:], "specversion", "call.started", "Authorization"):
        assert secret not in collector.err, secret
    for line in collector.err.splitlines():
        assert re.match(r"\d{4}-\d\d-\d\d [\d:,]{12} (DEBUG|INFO|WARNING|ERROR) \S", line), line


@pytest.mark.parametrize(
    ("words", "variable", "said", "silent"),
    [
        ((), "", "INFO Collecting", "DEBUG"),
        ((), "error", "ERROR Feed main", "INFO"),
        ((), "WARN", "ERROR Feed main", "INFO"),
        (("--log", "info"), "error", "INFO Collecting", "DEBUG"),
        ((), "trace", "LOG_LEVEL is 'trace' where one of error, warning, info, debug", "DEBUG"),
    ],
)
def test_level_by_option_or_variable(
    stage: Stage, words: tuple[str, ...], variable: str, said: str, silent: str
) -> None:
    """The option rules; a level that is another program's stops nothing."""
    stage.follow("ws://127.0.0.1:9/events")
    collector = stage.start(
        "collect", *words, environment={"LOG_LEVEL": variable, "WALLBOARD_TOKEN": " "}
    )
    collector.says(said)
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'refused'"), "refusal")
    collector.end()
    assert silent not in collector.err


def test_journald_is_told_the_priority(stage: Stage, logged: Logged) -> None:
    """Straight into the journal there is a priority on each line, and no second time of day."""
    stage.follow("ws://127.0.0.1:9/events")
    lines = logged("collect", "Collecting", environment={"WALLBOARD_TOKEN": " "})
    assert "<6>Following the feed main." in lines
    assert any(line.startswith("<3>Feed main is refused: ") for line in lines)
    assert all(re.match(r"<[2-7]>\S", line) for line in lines), lines


def test_why_it_ends_is_an_error_for_journald(stage: Stage, logged: Logged) -> None:
    """A unit that has failed is looked for by its errors."""
    stage.follow("ws://127.0.0.1:9/events")
    stage.cache.write_text("This is a letter, and no cache. " * 9, encoding="utf-8")
    (line,) = logged("collect", "")
    assert line.startswith(f"<3>{stage.cache} is not a wallboard cache")
