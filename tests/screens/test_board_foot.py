"""What the foot names in how many cells: own keys first, and whole keys only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.screens.calls import CallsScreen
from wallboard.screens.feed import FeedScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key_fit import fitting


@pytest.mark.parametrize(
    ("screen", "keys"),
    [(FloorScreen, "⏎as"), (CallsScreen, "/⏎aos"), (FeedScreen, "⏎⇥")],
)
def test_own_keys_come_first_at_the_least_width(screen: type[BoardScreen], keys: str) -> None:
    """Before the screens and the filters, which stand in groups."""
    shown = [piece.shown[0] for piece in fitting(screen.KEYS, 80)]
    assert "".join(shown[: len(keys)]) == keys
    assert shown[-3:] == ["1-8", "?", "q"]


@given(st.integers(0, 400), st.sampled_from([FloorScreen, CallsScreen, FeedScreen]))
def test_the_foot_is_never_cut(width: int, screen: type[BoardScreen]) -> None:
    """Whole keys only, help and quit always; with room for it every screen by its name."""
    pieces = fitting(screen.KEYS, width)
    assert [piece.shown for piece in pieces[-2:]] == [("?",), ("q",)]
    if width >= 40:
        assert sum(piece.cells for piece in pieces) <= width
    if width >= 300:
        assert {"floor", "alarms"} <= {piece.word for piece in pieces}
