"""Caches as a collector leaves them, made once, and boards on them with a fixed clock."""

from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from tests.screens.hostile import hostile_events
from wallboard.app import Board
from wallboard.board import call_list


@pytest.fixture(autouse=True)
def _counts_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is: on a clock that stands still nothing is counted again."""
    monkeypatch.setattr(call_list, "PATIENCE_SECONDS", 30.0)


@pytest.fixture(scope="session")
def busy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated Tuesday up to the fixed moment, live."""
    cache = tmp_path_factory.mktemp("busy") / "cache.sqlite"
    fill(cache, simulated(NOW, agents=24))
    return cache


@pytest.fixture(scope="session")
def hostile_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two calls among names that no screen should obey."""
    cache = tmp_path_factory.mktemp("hostile") / "cache.sqlite"
    fill(cache, hostile_events(NOW))
    return cache


@pytest.fixture
def board(busy_cache: Path) -> Board:
    """A board on the simulated day."""
    return Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
