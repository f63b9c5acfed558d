"""The banner says what is looked at in words that fit: period and filters are always seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.board.periods import PERIODS
from wallboard.questions.names import Name, Names
from wallboard.questions.scope import Scope
from wallboard.screens.picture import as_text
from wallboard.screens.scope_words import scope_forms
from widgets.banner import Freshness, Trust, draw_banner

LONG = "Customer retention and winback, northern region"
KNOWN = Names((Name("c", LONG),), (Name("q", "Orders & returns"),), (), ("North",))
ids = st.none() | st.text(min_size=1, max_size=60)


def test_shorter_forms_say_the_same_in_fewer_words() -> None:
    """The title goes first, then what is not limited, then the ends of names, then names."""
    assert scope_forms("Acme", Scope(campaign="c", queue="q"), KNOWN, "7 days") == (
        "Acme   Customer retention and winb… · Orders & returns · 7 days",
        "Customer retention and winb… · Orders & returns · 7 days",
        "Customer re… · Orders & re… · 7 days",
        "2 filters · 7 days",
    )
    assert scope_forms("Acme", Scope(), KNOWN, "today") == (
        "Acme   all campaigns · all queues · today", "all campaigns · all queues · today", "today",
    )  # fmt: skip


@given(
    st.builds(Scope, ids, ids, ids), st.sampled_from([*PERIODS, "2026-11-01 to 2026-11-07"]),
    st.sampled_from(Freshness), st.text(max_size=300), st.text(max_size=40), st.integers(80, 200),
)  # fmt: skip
def test_at_any_width_the_period_and_the_filters_are_seen(
    scope: Scope, period: str, freshness: Freshness, detail: str, title: str, width: int
) -> None:
    """However long names and reasons are; the state itself is seen too."""
    forms = scope_forms(title, scope, KNOWN, period)
    trust = Trust(freshness, 9.0, detail, forms[0], "14:05:32 EST", forms[1:])
    line = "".join(span.text for span in draw_banner(trust, width))
    assert period in line
    assert freshness.value in line
    filters = sum(limit is not None for limit in (scope.campaign, scope.queue, scope.team))
    if filters:
        limits = [words for words in forms[-1].split(" · ")[:-1] if words]
        assert limits[0] in line or any(form in line for form in forms)


@pytest.mark.parametrize("key", ["3", "4", "5", "6"])
async def test_filters_and_period_are_seen_at_the_least_width(board: Board, key: str) -> None:
    """With a campaign, a queue and a team, over thirty days."""
    async with running(board, (80, 24)) as pilot:
        for chosen in ("c", "u", "t"):
            await press(pilot, chosen, "down", "enter")
        await press(pilot, key)
        await press(pilot, "p", *"30 days", "enter")
        banner = as_text(board).splitlines()[0]
        assert "30 days" in banner
        assert "3 filters" in banner or "team" in banner
        assert "● live" in banner
        assert "14:05:32" in banner
