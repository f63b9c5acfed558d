"""Invariant 2: whatever instant the process is killed at, nothing is lost or counted twice."""

import multiprocessing
import signal
import sqlite3
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from random import Random

import pytest

from tests.collector.books import Books
from tests.collector.feeder import feed_the_rest
from tests.collector.simulated import simulated

NewBooks = Callable[..., Books]
MOST_KILLS = 18


def left_alone(child: BaseProcess, seconds: float) -> bool:
    """Whether the process came to its end, a good one, within so many seconds."""
    child.join(seconds)
    assert child.exitcode in {None, 0}
    return child.exitcode == 0


@pytest.mark.parametrize("hasty", [False, True])
def test_killed_and_resumed_equals_undisturbed(books: NewBooks, hasty: bool) -> None:
    undisturbed, killed = books(), books()
    undisturbed.feed(list(simulated(1)))
    killed.close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.collector.feeder"])
    random = Random(4)
    kills = 0
    while True:
        child = context.Process(target=feed_the_rest, args=(killed.path, kills, hasty))
        child.start()
        if left_alone(child, random.uniform(0.05, 0.4) if kills < MOST_KILLS else 60):
            break
        child.kill()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        kills += 1
        with sqlite3.connect(killed.path) as other:
            assert other.execute("PRAGMA quick_check").fetchone() == ("ok",)
        other.close()
    assert kills >= 3
    killed.open()
    assert killed.tables() == undisturbed.tables()
    total = len(simulated(1))
    counts = "SELECT coverage, events, applied + quarantined, repeated FROM feeds"
    assert killed.rows(counts) == [(f"1-{total}", total, total, 0)]
