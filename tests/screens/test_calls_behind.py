"""The calls behind a figure as a board lists them: found stretch by stretch, shown by page."""

from pathlib import Path

import pytest

from tests.screens.center import CALENDAR, CONFIGURATION, NOW
from wallboard.board.behind_list import BehindList
from wallboard.cache.opening import open_for_reading
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG

ASKED = Asked(CALENDAR.period(None, None, NOW), CALENDAR, CONFIGURATION.metrics, NOW)


def test_a_list_goes_on_where_it_was(busy_cache: Path) -> None:
    """A page of what was found so far, more of it later, and the end is known at the end."""
    connection = open_for_reading(busy_cache)
    found = BehindList(BY_SLUG["dials"], "numerator", ASKED)
    assert found.page(connection, 0, 10).lines == ()
    totals = []
    while not found.is_all:
        found.look_on(connection)
        totals.append(found.page(connection, 0, 10).total)
    assert totals == sorted(totals)
    last = found.page(connection, totals[-1] - 3, 10)
    assert last.is_all
    assert len(last.lines) == 3
    assert {line.direction for line in last.lines} == {"outbound"}
    started = [line.started or 0 for line in found.page(connection, 0, 500).lines]
    assert started == sorted(started, reverse=True)
    connection.close()


@pytest.mark.parametrize("slug", ["cost_per_call", "occupancy", "prospects"])
def test_what_rests_on_no_calls_says_so(busy_cache: Path, slug: str) -> None:
    """In a sentence, and at once."""
    connection = open_for_reading(busy_cache)
    found = BehindList(BY_SLUG[slug], "numerator", ASKED)
    found.look_on(connection)
    page = found.page(connection, 0, 10)
    assert page.is_all
    assert page.reason.endswith(".")
    assert page.lines == ()
    connection.close()
