"""An offset of the list of all calls is found without walking to it, and it is the same place."""

import pytest

from tests.questions.conftest import Cache
from tests.questions.test_questions_calls import END, every
from wallboard.board.call_list import CallList
from wallboard.board.snapshot import CallsPage, CallsWanted
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_skip import skip_to

HOUR = 3_600_000


@pytest.fixture(scope="module")
def whole(simulated: Cache) -> list[CallLine]:
    """All calls of the simulated days."""
    return every(simulated, CallFilter(), END)


def read(calls: CallList, cache: Cache, offset: int, now: int) -> CallsPage:
    """The calls from an offset on, however many readings it takes."""
    wanted = CallsWanted(CallFilter(), offset, 20)
    page = calls.read(cache.read(), wanted, now)
    while page.is_searching:
        page = calls.read(cache.read(), wanted, now)
    return page


@pytest.mark.parametrize("hours", [0, 2, 9, 20])
def test_what_was_skipped_is_what_lies_before(simulated: Cache, hours: int) -> None:
    """At any moment, those who were calling then included."""
    now = END - hours * HOUR
    lines = every(simulated, CallFilter(), now)
    connection = simulated.read()
    found = 0
    for offset in range(0, len(lines), 37):
        place = skip_to(connection, now, offset)
        if place is None:
            continue
        found += 1
        assert place.offset <= offset
        assert lines[place.offset].started == place.started
        assert (lines[place.offset - 1].started or 0) > place.started
    assert found or len(lines) < 50
    assert skip_to(connection, now, len(lines) + 1_000) is None


def test_a_list_that_skips_is_the_list(simulated: Cache, whole: list[CallLine]) -> None:
    """From the top to the end, back into the middle and up again."""
    calls = CallList(far=50)
    for offset in (0, len(whole) - 20, len(whole) // 2, len(whole) // 2 - 30, 15, 0):
        page = read(calls, simulated, offset, END)
        assert [line.call for line in page.lines] == [
            line.call for line in whole[offset : offset + 20]
        ]
        assert page.total == len(whole)
        assert page.is_all


def test_past_the_end_there_is_nothing(simulated: Cache, whole: list[CallLine]) -> None:
    """An offset that the list does not have gives no line, and the right total."""
    page = read(CallList(far=50), simulated, len(whole) + 500, END)
    assert page.lines == ()
    assert page.total == len(whole)


def test_an_id_is_found_by_how_it_begins(simulated: Cache, whole: list[CallLine]) -> None:
    """Without reading every call; what is within ids is still looked for where none begins so."""
    wanted = whole[len(whole) // 2].call
    beginning, within = wanted[:-2], wanted[3:]
    starts = [line for line in whole if line.call.startswith(beginning)]
    assert every(simulated, CallFilter(text=beginning), END) == starts
    inside = [line for line in whole if within.casefold() in line.call.casefold()]
    assert set(inside) <= set(every(simulated, CallFilter(text=within), END))
