"""A change of the drop rate is split into parts that add up to it, by every formula."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.board.drop_change import Dials, Drops, decomposed, drops_by_part, whole_of
from wallboard.config.metrics import DropFormula

FORMULAS = get_args(DropFormula)


@st.composite
def dials(draw: st.DrawFn) -> Dials:
    """Counts that can be: what was dropped was live, and what is live was answered."""
    dropped = draw(st.integers(0, 50))
    with_agent = draw(st.integers(0, 500))
    machines = draw(st.integers(0, 100))
    more = draw(st.integers(0, 300))
    live = dropped + with_agent + draw(st.integers(0, 20))
    return Dials(dropped, live, live + more, with_agent, machines)


PARTS = st.dictionaries(st.sampled_from("abcdefgh"), dials(), max_size=8)


@pytest.mark.parametrize("formula", FORMULAS)
@given(before=PARTS, now=PARTS)
def test_the_parts_add_up_to_the_change(
    formula: DropFormula, before: dict[str, Dials], now: dict[str, Dials]
) -> None:
    """Nothing is left over, whatever parts come and go; over nothing there are no parts."""
    earlier, later = drops_by_part(before, formula), drops_by_part(now, formula)
    parts = decomposed(earlier, later)
    was, is_now = whole_of(earlier).rate, whole_of(later).rate
    if was is None or is_now is None:
        assert parts == ()
        return
    assert sum(part.explains for part in parts) == pytest.approx(is_now - was, abs=1e-9)
    assert {part.key for part in parts} <= {*before, *now}
    sizes = [abs(part.explains) for part in parts]
    assert sizes == sorted(sizes, reverse=True)


def test_a_part_that_does_worse_is_told_from_one_that_does_more() -> None:
    """The same mix: all is by the rate. The same rates: all is by the mix."""
    worse = decomposed(
        {"a": Drops(1, 100), "b": Drops(3, 100)}, {"a": Drops(5, 100), "b": Drops(3, 100)}
    )
    assert [(part.key, part.by_rate, part.by_mix) for part in worse] == [
        ("a", pytest.approx(0.02), 0.0),
        ("b", 0.0, 0.0),
    ]
    more = decomposed(
        {"a": Drops(1, 100), "b": Drops(9, 300)}, {"a": Drops(3, 300), "b": Drops(3, 100)}
    )
    assert all(part.by_rate == 0 for part in more)
    assert sum(part.by_mix for part in more) == pytest.approx(6 / 400 - 10 / 400)


def test_a_part_of_one_period_only_shifts_the_mix() -> None:
    """It has no rate to have changed; that it came explains all it does."""
    found = {
        part.key: part
        for part in decomposed({"a": Drops(2, 100)}, {"a": Drops(2, 100), "new": Drops(8, 100)})
    }
    assert found["new"].by_rate == 0
    assert found["new"].before.rate is None
    assert sum(part.explains for part in found.values()) == pytest.approx(0.05 - 0.02)


def test_the_example_of_ofcom_is_its_own() -> None:
    """D 29, H 9, A 7 gives 64.44 % over however many parts."""
    parts = {
        "a": Dials(20, 25, 30, 5, 3),
        "b": Dials(9, 13, 20, 4, 4),
    }
    assert whole_of(drops_by_part(parts, "ofcom")).rate == pytest.approx(0.6444, abs=5e-5)
