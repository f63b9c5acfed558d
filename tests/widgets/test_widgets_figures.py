"""Figures in words: exact examples, and properties that hold for any number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets import figures

ANY = st.one_of(st.none(), st.floats(), st.integers(-(10**12), 10**12))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0, "0:00"), (42.9, "0:42"), (725, "12:05"), (3723, "1:02:03"), (-3, "0:00"),
     (float("nan"), "–"), (float("inf"), "–"), (360_000, "100:00:00")],
)  # fmt: skip
def test_durations(seconds: float | None, text: str) -> None:
    """Durations are floored to the second and never negative."""
    assert figures.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (42, "0:42"), (3599, "59:59"), (7265, "2h01"), (97_500, "27h05"),
     (400_000, "4 d"), (1e15, "999 d")],
)  # fmt: skip
def test_clocks(seconds: float | None, text: str) -> None:
    """A clock grows coarser as it grows longer."""
    assert figures.clock(seconds) == text


@given(ANY)
def test_clocks_fit_a_tile(seconds: float | None) -> None:
    """A clock is never wider than the five cells a tile has for it."""
    assert 1 <= len(figures.clock(seconds)) <= 5


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0.31, "0.3 s"), (9.96, "9 s"), (12.7, "12 s"), (59.9, "59 s"), (61, "1 min"),
     (3599, "59 min"), (7200, "2 h"), (172_799, "47 h"), (172_800, "2 d"), (-1, "0.0 s")],
)  # fmt: skip
def test_ages(seconds: float | None, text: str) -> None:
    """An age is never said to be more than it is."""
    assert figures.age(seconds) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [(None, 1, "–"), (0.921, 1, "92.1 %"), (0.74, 0, "74 %"), (0, 1, "0.0 %"), (1, 0, "100 %"),
     (-0.0001, 1, "0.0 %"), (-0.25, 0, "-25 %")],
)  # fmt: skip
def test_shares(share: float | None, digits: int, text: str) -> None:
    """Unknown is a dash, never nought."""
    assert figures.share(share, digits) == text


def test_counts_money_and_changes() -> None:
    """Thousands are grouped; a change says its direction, and none says so."""
    assert figures.count(1204) == "1,204"
    assert figures.count(1_204_000, "\u2009") == "1\u2009204\u2009000"
    assert figures.count(None) == "–"
    assert figures.money(Decimal("1204.5"), "USD") == "1,204.50 USD"
    assert figures.money(0.084, "USD", 3) == "0.084 USD"
    assert figures.money(-0.001, "USD") == "0.00 USD"
    assert figures.change(1.24) == "▲ 1.2"
    assert figures.change(-6, 0) == "▼ 6"
    assert figures.change(0.04) == "="
    assert figures.change(None) == "–"


@given(ANY)
def test_no_figure_raises(number: float | None) -> None:
    """Any number has a text on one line."""
    for text in (figures.duration(number), figures.age(number), figures.share(number),
                 figures.count(number), figures.money(number, "EUR"),
                 figures.change(number)):  # fmt: skip
        assert text
        assert text.isprintable()
