"""Secrets of feeds and webhooks are nowhere but in the environment that they came in."""

import os
import signal
from pathlib import Path
from typing import Final

from tests.endtoend.conftest import Open
from tests.endtoend.stage import TOKEN, Stage, until
from wallboard.now import now_ms
from wallboard.simulation.daytime import working_now

OTHER: Final = "another-token-with-a-mark"
ADDRESS_MARK: Final = "hook-address-mark"
SECRET: Final = "hook-secret-mark"
SECRETS: Final = (TOKEN, OTHER, ADDRESS_MARK, SECRET)
ALARM: Final = """
[[alarm]]
metric = "calls_in_progress"
critical = 1
for_seconds = 1
actions = [{url_env = "HOOK", secret_env = "HOOK_SECRET"}]
"""


def told(stage: Stage) -> set[str]:
    """The files below the folder of a stage in which a secret stands."""
    return {
        str(path.relative_to(stage.folder))
        for path in stage.folder.rglob("*")
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in SECRETS)
    }


def words_of(process: int) -> bytes:
    """What a list of processes shows of one; nothing when it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def test_no_process_tells_a_secret(stage: Stage, terminal: Open) -> None:
    """Feeds that work and that refuse, a webhook that fails, recordings, probes, boards."""
    where = working_now(now_ms())
    busy = (f"--time-zone={where.time_zone}", f"--week-shift={where.week_shift}")
    _, url = stage.serve("--days", "0", "--agents", "24", *busy)
    hooked = {"HOOK": f"http://127.0.0.1:1/{ADDRESS_MARK}", "HOOK_SECRET": SECRET}
    refused = stage.folder / "refused.sqlite"
    stage.follow(url, ALARM)
    collector = stage.start("collect", "--log", "debug", environment=hooked)
    wrong = stage.start(
        "collect", "--log", "debug", "--cache", refused, environment={"WALLBOARD_TOKEN": OTHER}
    )
    until(lambda: stage.number("SELECT count(*) FROM alarm_deliveries"), "delivery")
    question = "SELECT reason FROM feeds WHERE reason LIKE '%401%' OR reason LIKE '%token%'"
    until(lambda: stage.ask(question, cache=refused), "refusal")
    board = terminal()
    board.shows("● live")
    board.type("7")
    board.shows("state since")
    said = [
        stage.run(*words, environment=hooked)
        for words in (
            ("check",),
            ("status", "--format", "json"),
            ("record", "--output", "record.jsonl", "--for", "0.5"),
        )
    ]
    said.append(stage.run("check", environment={"WALLBOARD_TOKEN": f"{OTHER} {OTHER}"}))
    running = [words_of(process) for process in stage.processes()]
    assert sum(b"wallboard" in words for words in running) >= 4
    # Now that all of it is there: logs, recordings, caches with their logs, what was printed.
    assert told(stage) == set()
    for text in (*(f"{one.stdout}{one.stderr}" for one in said), board.raw, *map(str, running)):
        assert not [secret for secret in SECRETS if secret in text]
    os.kill(collector.pid, signal.SIGABRT)
    collector.process.wait()
    wrong.end()
    board.end(signal.SIGTERM)
    assert told(stage) == set()


def test_what_looks_for_secrets_finds_them(stage: Stage) -> None:
    """Also in a file of bytes."""
    stage.cache.write_bytes(b"\0\xff" + SECRET.encode())
    assert told(stage) == {stage.cache.name}
