"""A small center's day in a cache, and a board on it whose clock the test turns."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from wallboard.app import Board


@dataclass
class Clock:
    """A clock that goes only when it is turned."""

    now: int = NOW

    def __call__(self) -> int:
        """What it shows, in UTC ms."""
        return self.now


@pytest.fixture(scope="session")
def small_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated Tuesday up to the fixed moment, with a gap of ten minutes."""
    cache = tmp_path_factory.mktemp("small") / "cache.sqlite"
    fill(cache, simulated(NOW, agents=12), lost="The feed had forgotten them.")
    return cache


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at the fixed moment."""
    return Clock()


@pytest.fixture
def board(small_cache: Path, clock: Clock) -> Board:
    """A board on the small center."""
    return Board(small_cache, CONFIGURATION, clock=clock)
