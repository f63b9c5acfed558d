"""Lists of calls in the past: every filter finds what it found for who stood at the instant."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collector.messy import Json
from tests.time_travel.knowing import FILTERS, collected, lists_at, reading, up_to
from tests.time_travel.test_time_travel_exact import CALENDAR, DAY_MS, pasts
from wallboard.questions import name_conditions, past_terms
from wallboard.questions.call_filter import CallFilter


@settings(max_examples=40, deadline=None)
@given(
    pasts(),
    st.lists(st.sampled_from(FILTERS), min_size=3, max_size=3),
    st.integers(1, 3),
    st.sampled_from([0, 1, past_terms.MOST_HELD]),
)
def test_any_filter_at_any_instant_of_messy_events(
    past: tuple[list[list[Json]], int], filters: list[CallFilter], limit: int, held: int
) -> None:
    """By pages of any size, in each order, and as many as are counted.

    So it is with however many names and terms in memory, of more that were defined.
    """
    batches, at = past
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(past_terms, "MOST_HELD", held)
        patch.setattr(name_conditions, "MOST_HELD", held)
        whole = collected(Path(folder) / "whole.db", batches, CALENDAR, at + 3 * DAY_MS)
        then = collected(Path(folder) / "then.db", up_to(batches, at), CALENDAR, at)
        with reading(whole) as after, reading(then) as before:
            assert lists_at(after, filters, at, limit) == lists_at(before, filters, at, limit)
