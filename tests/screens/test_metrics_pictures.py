"""Pictures of the metrics and of one opened, compared with those that were found good."""

from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, event, fill
from tests.screens.piloting import Compare, after
from wallboard.app import Board

SIZES = [(80, 24), (120, 40), (160, 45), (300, 80)]
NAMES = ["80x24", "120x40", "160x45", "300x80"]


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
@pytest.mark.parametrize(
    "keys",
    [("5", "right", "right", "right"), ("5", "right", "right", "right", "enter", "n")],
    ids=["metrics", "figure"],
)
def test_metrics(
    snap_compare: Compare, board: Board, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """The category of handling, and the calls behind its first rate, masked."""
    assert snap_compare(board, terminal_size=size, run_before=after(*keys))


@pytest.mark.parametrize("keys", [("5",), ("5", "enter")], ids=["metrics", "figure"])
def test_after_one_call_and_a_gap(
    snap_compare: Compare, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    """What was never measured names its events; what a gap touches is marked."""
    cache = tmp_path / "cache.sqlite"
    call = {"call": "c1", "direction": "inbound", "from_number": "+12025550123"}
    fill(cache, [event("call.started", NOW - 60_000, call, 1)], lost="It forgot them.")
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    assert snap_compare(board, terminal_size=(80, 24), run_before=after(*keys))
