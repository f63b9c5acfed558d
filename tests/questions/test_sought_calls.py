"""Calls that hardly any is like are sought among all at once, and the list is the same."""

import pytest

from tests.questions.conftest import NOON, Cache
from tests.questions.test_questions_calls import END, every
from wallboard.board.call_list import CallList
from wallboard.board.snapshot import CallsPage, CallsWanted, Order
from wallboard.questions.asked_calls import Asked, asked_of
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import USUAL
from wallboard.questions.sought_calls import SoughtCalls, is_worth_seeking

MINUTE = 60.0
FILTERS = [
    CallFilter(text="nobody said this"),
    CallFilter(text="supporter"),
    CallFilter(text="spring", state="answered"),
    CallFilter(text="0155", masked=True),
    CallFilter(text="0155"),
    CallFilter(state="dropped"),
    CallFilter(campaign="travel", state="abandoned"),
]


def whole(calls: CallList, cache: Cache, wanted: CallsWanted, now: int) -> CallsPage:
    """What is wanted, however many readings it takes."""
    page = calls.read(cache.read(), wanted, now)
    while page.is_searching:
        page = calls.read(cache.read(), wanted, now)
    return page


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_a_list_that_is_sought_is_the_list(
    simulated: Cache, asked: CallFilter, order: Order
) -> None:
    """Whatever is asked, from the top to the end; read again it is the same."""
    expected = [line.call for line in every(simulated, asked, END)]
    if order == "oldest":
        expected.reverse()
    calls = CallList(seconds=0.0)
    for _ in range(2):
        page = whole(calls, simulated, CallsWanted(asked, 0, 5_000, order=order), END)
        assert [line.call for line in page.lines] == expected
        assert page.total == len(expected)
        assert page.is_all
    middle = len(expected) // 2
    page = whole(calls, simulated, CallsWanted(asked, middle, 20, order=order), END)
    assert [line.call for line in page.lines] == expected[middle : middle + 20]


def test_what_comes_or_is_told_after_the_search_is_found(cache: Cache) -> None:
    """A new call, and a disposition that is given after the end, without another search."""
    for number in range(600):
        call = f"old-{number}"
        cache.say("call.started", -MINUTE * number, call=call, direction="inbound")
        cache.say("call.ended", -MINUTE * number + 5, call=call, reason="abandoned")
    cache.say("call.outcome", 0, call="old-500", disposition="Golden")
    cache.feed()
    wanted = CallsWanted(CallFilter(text="golden"), 0, 20)
    calls = CallList(seconds=0.0)
    page = whole(calls, cache, wanted, NOON + 10_000)
    assert [line.call for line in page.lines] == ["old-500"]
    told = len(cache.events)
    cache.say("call.outcome", 11, call="old-3", disposition="Golden hour")
    cache.say("call.started", 12, call="new", direction="inbound", contact="golden-boy")
    cache.say("call.ended", 13, call="new", reason="abandoned")
    cache.feed(cache.events[told:])
    page = calls.read(cache.read(), wanted, NOON + 20_000)
    assert [line.call for line in page.lines] == ["new", "old-3", "old-500"]
    assert not page.is_searching


def asking(cache: Cache, wanted: CallFilter) -> Asked:
    """The filter as it is asked of the cache."""
    with asked_of(cache.read(), wanted, END, USUAL) as asked:
        return asked


def test_what_is_frequent_is_given_up(simulated: Cache) -> None:
    """Then nothing is named, and the list is read as far as it is looked at."""
    sought = SoughtCalls(most=10)
    asked = asking(simulated, CallFilter(direction="outbound"))
    sought.look_on(asked, 10.0)
    assert sought.is_many
    assert sought.numbers(asked) is None
    rare = SoughtCalls(most=10)
    asked = asking(simulated, CallFilter(text="nobody said this"))
    rare.look_on(asked, 10.0)
    assert rare.is_whole
    assert rare.numbers(asked) == []


def test_only_what_is_asked_of_much_of_the_time_is_sought(simulated: Cache) -> None:
    """A plain list fills up, a short time is soon looked through, and what is named is known."""
    day = 24 * 3_600_000
    assert is_worth_seeking(asking(simulated, CallFilter(text="x")))
    assert is_worth_seeking(asking(simulated, CallFilter(text="x", start=END - 5 * day)))
    assert not is_worth_seeking(asking(simulated, CallFilter(text="x", start=END - day)))
    assert not is_worth_seeking(asking(simulated, CallFilter()))
    assert not is_worth_seeking(asking(simulated, CallFilter(text="qwer-2024-99")))
