"""The reader thread: one snapshot at a time, and only when there is something new."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, event, fill
from wallboard.board.asking import Asking
from wallboard.board.reader import Reader
from wallboard.board.snapshot import Interest, Snapshot

SOON = 10.0
NEVER = 0.8


@contextmanager
def reading(cache: Path) -> Iterator[tuple[Reader, "queue.Queue[Snapshot]"]]:
    """A reader on `cache`, and what it publishes."""
    published: queue.Queue[Snapshot] = queue.Queue()
    asking = Asking(CALENDAR, CONFIGURATION)
    reader = Reader(cache, asking, lambda: NOW, published.put, Interest(floor=True))
    reader.start()
    try:
        yield reader, published
    finally:
        reader.stop()


def agent(number: int) -> bytes:
    """An agent is defined."""
    return event("agent.defined", NOW, {"agent": f"a{number}", "name": f"A {number}"}, number)


def test_no_snapshot_comes_before_the_last_is_drawn(tmp_path: Path) -> None:
    """On a line too slow for the frames there are fewer of them, and the next is the newest."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, [agent(1)])
    with reading(cache) as (reader, published):
        assert published.get(timeout=SOON).feeds[0].events == 1
        fill(cache, [agent(2)])
        fill(cache, [agent(3)])
        with pytest.raises(queue.Empty):
            published.get(timeout=NEVER)
        reader.drawn()
        assert published.get(timeout=SOON).feeds[0].events == 3
        with pytest.raises(queue.Empty):
            published.get(timeout=NEVER)


def test_nothing_is_published_while_nothing_changes(tmp_path: Path) -> None:
    """An idle cache costs no frame; another interest is read at once."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, [agent(1)])
    with reading(cache) as (reader, published):
        published.get(timeout=SOON)
        reader.drawn()
        with pytest.raises(queue.Empty):
            published.get(timeout=NEVER)
        reader.ask(Interest())
        assert published.get(timeout=SOON).floor is None


def test_a_cache_that_comes_goes_and_comes_again(tmp_path: Path) -> None:
    """Each time the reader says what is wrong, keeps what it had, and goes on by itself."""
    cache = tmp_path / "cache.sqlite"
    with reading(cache) as (reader, published):
        assert "There is no cache" in published.get(timeout=SOON).problem
        reader.drawn()
        fill(cache, [agent(1)])
        found = published.get(timeout=SOON)
        assert not found.problem
        reader.drawn()
        (tmp_path / "damaged").write_bytes(b"x" * 4096)
        (tmp_path / "damaged").replace(cache)
        broken = published.get(timeout=SOON)
        assert broken.problem
        assert broken.feeds == found.feeds
