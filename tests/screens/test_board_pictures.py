"""Pictures of the screens, compared with those that were looked at and found good."""

from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from tests.screens.piloting import Compare, after
from wallboard.app import Board
from wallboard.config import Configuration
from wallboard.feeds.intake import Condition, Stage

NO_FEED = Configuration(reporting=CONFIGURATION.reporting)
SIZES = [(80, 24), (160, 45)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x45"])
@pytest.mark.parametrize(
    ("screen", "keys"),
    [
        ("floor", ()),
        ("calls", ("2",)),
        ("call", ("2", "s", "s", "s", "down", "enter", "e")),
    ],
    ids=["floor", "calls", "call"],
)
def test_screens(
    snap_compare: Compare, board: Board, size: tuple[int, int], screen: str, keys: tuple[str, ...]
) -> None:
    """Each screen as a manager and as a supervisor see it."""
    assert snap_compare(board, terminal_size=size, run_before=after(*keys))


def test_help(snap_compare: Compare, board: Board) -> None:
    """The help of the floor."""
    assert snap_compare(board, terminal_size=(100, 40), run_before=after("question_mark"))


@pytest.mark.parametrize("state", ["no feed", "first start", "stale", "disconnected", "gap"])
def test_states(snap_compare: Compare, tmp_path: Path, state: str) -> None:
    """What stands where there is no data, or none that can be relied on."""
    cache = tmp_path / "cache.sqlite"
    conditions = {
        "stale": Condition(Stage.STALE, NOW, "Nothing was heard for 12 s.", heard=NOW - 12_000),
        "disconnected": Condition(
            Stage.DISCONNECTED, NOW, "ws://127.0.0.1:8765 refused the connection.",
            heard=NOW - 95_000, retry_at=NOW + 8_000,
        ),
    }  # fmt: skip
    if state in {"stale", "disconnected", "gap"}:
        lost = "The feed had forgotten them." if state == "gap" else ""
        events = simulated(NOW, agents=8)
        fill(cache, events, condition=conditions.get(state), lost=lost)
    configuration = NO_FEED if state == "no feed" else CONFIGURATION
    board = Board(cache, configuration, clock=lambda: NOW)
    assert snap_compare(board, terminal_size=(80, 24), run_before=after())


def test_too_small(snap_compare: Compare, board: Board) -> None:
    """Calm words in a terminal that is too small."""
    assert snap_compare(board, terminal_size=(60, 16), run_before=after())
