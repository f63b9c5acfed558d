"""A disk that takes no more: said in words, nothing lost, and it goes on by itself.

The real thing is a small file system, which needs a namespace of one's own (see `full_disk.py`, run
by hand); here the system refuses the collector to make any file longer than it is.
"""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endtoend.stage import Running, Stage, until
from tests.reliability.feeding import Feeding, feeding
from wallboard.cache.lock import trouble_of

WHOLE = "SELECT 1 FROM feeds WHERE coverage = ?"
SECONDS = 60.0


@pytest.fixture
def fed(stage: Stage, tmp_path: Path) -> Iterator[Feeding]:
    """A server that holds a morning, and a configuration that follows it."""
    with feeding(stage, tmp_path) as server:
        yield server


def allow(collector: Running, size: int) -> None:
    """Let no file of the process become longer than so many bytes."""
    _, hard = resource.prlimit(collector.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(collector.pid, resource.RLIMIT_FSIZE, (size, hard))


def filled(stage: Stage, fed: Feeding) -> Running:
    """A collector with more to write than its disk takes."""
    collector = stage.start("collect")
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream")
    allow(collector, 400_000)
    fed.reveal_all()
    until(lambda: trouble_of(stage.cache), "trouble", SECONDS)
    return collector


def test_when_there_is_room_again_it_goes_on_by_itself(stage: Stage, fed: Feeding) -> None:
    collector = filled(stage, fed)
    assert "its disk does not take it" in trouble_of(stage.cache)
    found = stage.run("check")
    assert found.returncode == 1
    assert "its disk does not take it" in found.stdout
    assert not stage.ask(WHOLE, fed.coverage)
    allow(collector, resource.RLIM_INFINITY)
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream", SECONDS)
    until(lambda: not trouble_of(stage.cache), "end of the trouble", SECONDS)
    assert "The cache can be written again." in collector.err
    collector.end()
    assert collector.process.returncode == 0
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]


def test_it_can_be_ended_and_loses_nothing(stage: Stage, fed: Feeding) -> None:
    """It waits for no disk for ever; what could not be written is fetched by the next."""
    collector = filled(stage, fed)
    assert collector.end() < SECONDS / 2
    assert collector.process.returncode == 0
    assert "The next start fetches what is missing." in collector.err
    again = stage.start("collect")
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream", SECONDS)
    again.end()
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]
    assert stage.ask("SELECT repeated FROM feeds") == [(0,)]
