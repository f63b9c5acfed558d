"""Many boards on one cache: none starves, the writer is never blocked, one collector at a time."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.endtoend.stage import TOKEN, Stage, until
from tests.reliability.boards import measured
from tests.reliability.feeding import feeding
from wallboard.cache.lock import holder_of
from wallboard.collector.keeper import CollectorKeeper

BOARDS = 6
"""Here; `python -m tests.reliability.boards 20` is run by hand."""
KEEPERS = 4
SECONDS = 60.0


def test_boards_beside_a_busy_collector_all_see_everything() -> None:
    """Each saw the stream grow and its end; the collector never had to wait for one of them."""
    found = measured(BOARDS, hours=12, agents=10)
    assert len(found.boards) == BOARDS
    for seen in found.boards:
        assert seen.problem == ""
        assert seen.snapshots >= 3
        assert seen.events == found.events
    assert "cannot be written" not in found.said


def collectors(stage: Stage) -> list[int]:
    """The collectors that run on this stage's cache."""
    mark = f"--cache\0{stage.cache}\0".encode()
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes()
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark in words and b"\0collect\0" in words and state != "Z":
                found.append(int(process.name))
    return found


def test_boards_that_race_have_one_collector_and_the_next_takes_over(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As each board's keeper looks again and again; the one that holds is killed twice."""
    monkeypatch.setenv("WALLBOARD_TOKEN", TOKEN)
    with feeding(stage, tmp_path) as fed:
        log = stage.folder / "collector.log"
        keepers = [CollectorKeeper(stage.cache, stage.config, log) for _ in range(KEEPERS)]

        def one_holds(but: int | None) -> int:
            for keeper in keepers:
                keeper.look()
            holder = holder_of(stage.cache)
            return holder if holder and holder != but and collectors(stage) == [holder] else 0

        try:
            holder = until(lambda: one_holds(None), "one collector", SECONDS)
            for _ in range(2):
                killed = holder
                os.kill(killed, signal.SIGKILL)
                holder = until(partial(one_holds, killed), "the next collector", SECONDS)
            fed.reveal_all()
            question = "SELECT 1 FROM feeds WHERE coverage = ? AND repeated = 0"
            until(lambda: stage.ask(question, fed.coverage), "whole stream", SECONDS)
        finally:
            for keeper in keepers:
                keeper.stop()
        assert collectors(stage) == []
        assert stage.ask("PRAGMA integrity_check") == [("ok",)]
