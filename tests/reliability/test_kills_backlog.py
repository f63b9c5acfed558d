"""Killed while a backlog is taken in, and two processes write: nothing is lost or doubled."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

from tests.endtoend.stage import Running, Stage, until
from tests.reliability.feeding import KEEP, feeding
from tests.reliability.rows import assert_equal, is_sound, rows
from wallboard.cache.lock import holder_of

WHOLE: Final = "SELECT 1 FROM feeds WHERE coverage = ?"
TAKEN: Final = "SELECT sum(events) FROM feeds"
KILLS: Final = ("collector", "collector", "scribe", "collector", "collector", "scribe", "collector")
"""As far as they come: the backlog may be through before the last."""


def kill_some(stage: Stage, coverage: str, random: Random) -> Counter[str]:
    """Collect until everything is there, killing on the way; return what was killed."""
    killed: Counter[str] = Counter()
    collector = stage.start("collect")
    for what in KILLS:
        until(lambda: stage.scribes() or stage.ask(WHOLE, coverage), "haste")
        time.sleep(random.uniform(0.0, 0.3))
        if not (writing := stage.scribes()):
            break
        killed[what] += 1
        if what == "scribe":
            with suppress(ProcessLookupError):
                os.kill(writing[0], signal.SIGKILL)
            wait_for_more(stage, stage.number(TAKEN))
        collector.end(signal.SIGKILL)
        until(lambda: holder_of(stage.cache) is None, "end of what it had begun")
        assert not stage.scribes()
        assert is_sound(stage.cache)
        collector = stage.start("collect")
    finish(stage, collector, coverage)
    return killed


def wait_for_more(stage: Stage, taken: int) -> None:
    """Wait until more events were taken in than so many."""
    until(lambda: stage.number(TAKEN) > taken, "events")


def finish(stage: Stage, collector: Running, coverage: str) -> None:
    """Wait for the rest, and end."""
    until(lambda: stage.ask(WHOLE, coverage), "whole stream")
    until(lambda: holder_of(stage.cache) == collector.pid, "collector")
    collector.end()
    assert collector.process.returncode == 0, collector.err
    assert not stage.scribes()


def test_killed_in_a_backlog_equals_undisturbed(stage: Stage, tmp_path: Path) -> None:
    """The collector, or the process that writes for it; every table but those of bookkeeping."""
    undisturbed = Stage()
    with feeding(stage, tmp_path, hours=12, agents=40, whole=True) as fed:
        undisturbed.follow(fed.url, KEEP)
        finish(undisturbed, undisturbed.start("collect"), fed.coverage)
        killed = kill_some(stage, fed.coverage, Random(3))
    assert killed["collector"] > 1, killed
    found, expected = rows(stage.cache), rows(undisturbed.cache)
    undisturbed.close()
    assert len(found["calls"]) > 500
    assert_equal(found, expected)
