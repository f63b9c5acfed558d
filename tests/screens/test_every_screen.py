"""Every screen at every size and in every state, as they were looked at and found good.

Text, for colours are seen in the other pictures; one board goes through all screens of a state.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.alarms.alarmed import ALARMED, fill_alarmed
from tests.screens.center import CONFIGURATION, NOW, fill, simulated, sized
from tests.screens.piloting import running
from tests.screens.tour import STOPS, Gallery, Size, go_to, headed, leave, resized
from wallboard.app import Board
from wallboard.config import Configuration
from wallboard.feeds.intake import Condition, Stage

SIZES: tuple[Size, ...] = ((80, 24), (120, 40), (160, 45), (300, 80))
TWO: tuple[Size, ...] = ((80, 24), (160, 45))
ELSEWHERE = {"agents", "agent", "campaigns", "campaign", "why", "metrics", "figure", "reports",
             "feed"}  # fmt: skip
"""Screens whose pictures at every size are with the tests of their own."""
IN_FULL = msgspec.structs.replace(
    CONFIGURATION, board=msgspec.structs.replace(CONFIGURATION.board, mask_numbers=False)
)
CONDITIONS = {
    "catching up": Condition(Stage.CATCHING_UP, NOW - 9_000, heard=NOW - 300_000, backlog=4_200),
    "stale": Condition(Stage.STALE, NOW, "Nothing was heard for 12 s.", heard=NOW - 12_000),
    "disconnected": Condition(
        Stage.DISCONNECTED, NOW, "ws://127.0.0.1:8765 refused the connection.",
        heard=NOW - 95_000, retry_at=NOW + 8_000,
    ),
}  # fmt: skip
NUMBERED = ("floor", "calls", "agents", "campaigns", "metrics", "reports", "feed", "alarms")
"""The screens that can be gone to where nothing can be opened."""
TABS = {"beside", "results", "help"}
"""What says nothing of how far it can be trusted that the screen below does not."""
ALL = tuple(stop for stop in STOPS if stop not in TABS)
WITH_NUMBERS = ("queue", "calls", "call", "agent", "figure", "reports")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, so that the path of the cache is short and always the same."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


async def toured(
    board: Board, stops: tuple[str, ...], sizes: tuple[Size, ...], gallery: Gallery
) -> None:
    """Go to all stops, and compare each at all sizes."""
    async with running(board, sizes[0]) as pilot:
        for stop in stops:
            await resized(pilot, sizes[0])
            await go_to(pilot, stop)
            gallery.hang(stop, headed({size: await resized(pilot, size) for size in sizes}))
            await leave(pilot)
    gallery.close()


async def test_every_size(home: Path, snapshot: SnapshotAssertion) -> None:
    """Screens that have no pictures elsewhere, on a day with alarms."""
    fill_alarmed(home / "cache.sqlite")
    board = Board(home / "cache.sqlite", ALARMED, clock=lambda: NOW)
    stops = tuple(stop for stop in STOPS if stop not in ELSEWHERE)
    await toured(board, stops, SIZES, Gallery(snapshot))


def empty(cache: Path) -> None:
    """A collector has been there and heard nothing."""
    fill(cache, ())
    sized(cache)


def none(cache: Path) -> None:
    """Nobody has collected yet."""


def lost(cache: Path) -> None:
    """A gap touches today."""
    fill(cache, simulated(NOW, agents=8), lost="The feed had forgotten them.")
    sized(cache)


def not_live(state: str) -> Callable[[Path], None]:
    """A day whose feed is in a state."""

    def filled(cache: Path) -> None:
        fill(cache, simulated(NOW, agents=8), condition=CONDITIONS[state])
        sized(cache)

    return filled


@pytest.mark.parametrize(
    ("made", "configuration", "stops"),
    [
        (none, CONFIGURATION, NUMBERED),
        (empty, CONFIGURATION, (*NUMBERED, "why")),
        (lost, CONFIGURATION, ALL),
        *((not_live(state), CONFIGURATION, ALL) for state in CONDITIONS),
        (lost, IN_FULL, WITH_NUMBERS),
    ],
    ids=["first-start", "empty", "gap", "catching-up", "stale", "disconnected", "in-full"],
)
async def test_every_state(
    home: Path,
    snapshot: SnapshotAssertion,
    made: Callable[[Path], None],
    configuration: Configuration,
    stops: tuple[str, ...],
) -> None:
    """Every screen says how far it can be trusted; numbers are masked unless all may see them."""
    cache = home / "cache.sqlite"
    made(cache)
    board = Board(cache, configuration, clock=lambda: NOW)
    await toured(board, stops, TWO, Gallery(snapshot))
