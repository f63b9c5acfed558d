"""Pictures of the wall, compared with those that were looked at and found good from far."""

from pathlib import Path

import msgspec
import pytest

from tests.screens.center import NOW, fill, simulated
from tests.screens.piloting import Compare, after
from tests.screens.wall_center import DROPS, SERVICE, alarmed, rotating
from wallboard.board.wall_rotation import WALL_PAGES
from wallboard.config import Alarm
from wallboard.feeds.intake import Condition, Stage
from wallboard.wall import Wall

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "160x45": (160, 45), "300x80": (300, 80)}
TWO = ["80x24", "160x45"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", WALL_PAGES)
def test_pages(snap_compare: Compare, busy_cache: Path, page: str, size: str) -> None:
    """Each page as it is seen from 8 m."""
    wall = Wall(busy_cache, rotating(page), clock=lambda: NOW)
    assert snap_compare(wall, terminal_size=SIZES[size], run_before=after())


@pytest.mark.parametrize("size", TWO)
@pytest.mark.parametrize("state", ["no feed", "first start"])
def test_nothing_yet(snap_compare: Compare, tmp_path: Path, state: str, size: str) -> None:
    """Where there is no data yet, the wall says so in words."""
    configuration = rotating()
    if state == "no feed":
        configuration = msgspec.structs.replace(configuration, feeds=())
    wall = Wall(tmp_path / "cache.sqlite", configuration, clock=lambda: NOW)
    assert snap_compare(wall, terminal_size=SIZES[size], run_before=after())


@pytest.fixture(scope="session")
def troubled_caches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A cache for each state in which its data cannot be relied on."""
    conditions = {
        "stale": Condition(Stage.STALE, NOW, "Nothing was heard for 12 s.", heard=NOW - 12_000),
        "disconnected": Condition(
            Stage.DISCONNECTED, NOW, "ws://127.0.0.1:8765 refused the connection.",
            heard=NOW - 95_000, retry_at=NOW + 8_000,
        ),
        "gap": None,
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("walls")
    for state, condition in conditions.items():
        lost = "The feed had forgotten them." if state == "gap" else ""
        fill(folder / state, simulated(NOW, agents=8), condition=condition, lost=lost)
    return {state: folder / state for state in conditions}


@pytest.mark.parametrize("size", TWO)
@pytest.mark.parametrize("state", ["stale", "disconnected", "gap"])
def test_states(
    snap_compare: Compare, troubled_caches: dict[str, Path], state: str, size: str
) -> None:
    """What cannot be relied on is unmistakable."""
    wall = Wall(troubled_caches[state], rotating(), clock=lambda: NOW)
    assert snap_compare(wall, terminal_size=SIZES[size], run_before=after())


@pytest.mark.parametrize("size", TWO)
@pytest.mark.parametrize("alarms", [(DROPS,), (DROPS, SERVICE)], ids=["one", "many"])
def test_alarm(
    snap_compare: Compare, busy_cache: Path, tmp_path: Path, alarms: tuple[Alarm, ...], size: str
) -> None:
    """A critical alarm takes the screen."""
    cache = alarmed(busy_cache, tmp_path / "cache.sqlite", *alarms)
    wall = Wall(cache, rotating(), clock=lambda: NOW)
    assert snap_compare(wall, terminal_size=SIZES[size], run_before=after())
