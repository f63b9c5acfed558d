"""Other orders of the calls: the oldest first, page by page, and the longest."""

import pytest
from msgspec.structs import replace

from tests.questions.conftest import Cache
from tests.questions.test_questions_calls import AFTERNOON, END, FILTERS
from wallboard.config import Metrics
from wallboard.questions.asked_calls import asked_of
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import Cursor
from wallboard.questions.call_progress import IN_PROGRESS
from wallboard.questions.calls import calls
from wallboard.questions.longest_calls import (
    MOST,
    Length,
    LongestCalls,
    lines_ranked,
    longest,
    ranked,
)
from wallboard.questions.oldest_calls import oldest_calls, skip_oldest

MORE = {
    **{name: wanted for name, (wanted, _) in FILTERS.items()},
    "open": CallFilter(state="open"),
    "nothing": CallFilter(text="no such word"),
}


def newest(cache: Cache, wanted: CallFilter, now: int) -> list[CallLine]:
    """The whole list in the usual order."""
    return list(calls(cache.read(), wanted, now, 1_000_000, patience=None).lines)


def key(line: CallLine) -> tuple[int, str, int]:
    """By what equal starts are told apart."""
    return line.started or 0, line.call, line.source


@pytest.mark.parametrize("name", MORE)
@pytest.mark.parametrize(("limit", "patience"), [(7, None), (1_000, 0.0)])
@pytest.mark.parametrize("now", [END, AFTERNOON], ids=["live", "past"])
def test_the_oldest_first_is_the_list_by_start(
    simulated: Cache, name: str, limit: int, patience: float | None, now: int
) -> None:
    """Page by page, each call once, however often the search is cut short."""
    wanted, connection = MORE[name], simulated.read()
    if limit < 10 and now == END:
        wanted = replace(wanted, start=END - 3_600_000)
    expected = sorted(newest(simulated, wanted, now), key=key)
    found: list[CallLine] = []
    cursor: Cursor | None = None
    while True:
        page = oldest_calls(connection, wanted, now, limit, cursor, patience)
        assert len(page.lines) <= limit
        found += page.lines
        cursor = page.next
        if cursor is None:
            break
    assert found == expected


def test_an_offset_from_the_oldest_is_come_to_at_once(simulated: Cache) -> None:
    """The calls from there on are those that the whole list has."""
    connection = simulated.read()
    expected = sorted(newest(simulated, CallFilter(), END), key=key)
    for offset in (1, 100, len(expected) - 1):
        place = skip_oldest(connection, END, offset)
        assert place is not None
        assert place.offset <= offset
        page = oldest_calls(connection, CallFilter(), END, 5, Cursor(False, place.started), None)
        assert list(page.lines) == expected[place.offset : place.offset + 5]
    assert skip_oldest(connection, END, len(expected) + 1_000) is None


@pytest.mark.parametrize("length", ["wait", "talk", "time"])
@pytest.mark.parametrize("name", MORE)
def test_the_longest_are_the_longest(simulated: Cache, name: str, length: Length) -> None:
    """As sorting all of them gives, and what was found so far is never more than that."""
    connection, wanted = simulated.read(), MORE[name]
    ended = [line for line in newest(simulated, wanted, END) if line.state not in IN_PROGRESS]
    expected = longest(ranked(line, length) for line in ended)
    looking = LongestCalls(wanted, length, END)
    reached = [END]
    with asked_of(connection, wanted, END, Metrics()) as asked:
        while looking.reached is not None:
            looking.look_on(asked)
            if looking.reached is not None:
                assert looking.reached < reached[-1]
                reached.append(looking.reached)
        assert looking.found == expected[:MOST]
        lines = lines_ranked(asked, looking.found[:50])
    assert [line.number for line in lines] == [call.number for call in expected[:50]]


def test_what_ends_meanwhile_is_taken_in(simulated: Cache) -> None:
    """As if all had been looked at later."""
    connection = simulated.read()
    before = LongestCalls(CallFilter(), "time", AFTERNOON)
    after = LongestCalls(CallFilter(), "time", END)
    for looking in (before, after):
        with asked_of(connection, CallFilter(), looking.now, Metrics()) as asked:
            looking.take_known_otherwise(asked)
            while looking.reached is not None:
                looking.look_on(asked)
    assert before.found != after.found
    with asked_of(connection, CallFilter(), END, Metrics()) as asked:
        before.take_ended_since(asked, AFTERNOON, END)
    assert before.found == after.found
