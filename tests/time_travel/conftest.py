"""A small center's day in a cache, and a board on it whose clock the test turns."""

from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from tests.screens.piloting import Clock
from wallboard.app import Board


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
