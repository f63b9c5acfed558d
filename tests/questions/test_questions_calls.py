"""Lists of calls: pages without gap or overlap, filters against plain Python, bounded searches."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.questions.conftest import NOON, Cache
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import Cursor
from wallboard.questions.call_progress import IN_PROGRESS
from wallboard.questions.calls import calls, count_calls, find_call

END = 1_718_236_799_000
AFTERNOON = END - 10 * 3_600_000
FILTERS: dict[str, tuple[CallFilter, Callable[[CallLine], bool]]] = {
    "all": (CallFilter(), lambda _: True),
    "campaign": (CallFilter(campaign="travel"), lambda line: line.campaign == "travel"),
    "team": (CallFilter(team="Sales"), lambda line: line.agent == "a003"),
    "direction": (CallFilter(direction="outbound"), lambda line: line.direction == "outbound"),
    "abandoned": (CallFilter(state="abandoned"), lambda line: line.state == "abandoned"),
    "answered": (CallFilter(state="answered"), lambda line: line.state == "answered"),
    "dropped": (CallFilter(state="dropped"), lambda line: line.state == "dropped"),
    "disposition": (
        CallFilter(text="supporter"),
        lambda line: "supporter" in (line.disposition or "").lower(),
    ),
    "times": (
        CallFilter(start=AFTERNOON, end=AFTERNOON + 3_600_000),
        lambda line: AFTERNOON <= (line.started or 0) < AFTERNOON + 3_600_000,
    ),
}


def every(cache: Cache, wanted: CallFilter, now: int, limit: int = 500) -> list[CallLine]:
    """The whole list, page by page."""
    connection = cache.read()
    lines: list[CallLine] = []
    cursor: Cursor | None = None
    while True:
        page = calls(connection, wanted, now, limit, cursor, patience=None)
        assert len(page.lines) <= limit
        assert page.looked_back_to is None
        lines += page.lines
        cursor = page.next
        if cursor is None:
            return lines


@pytest.fixture(scope="module")
def whole(simulated: Cache) -> list[CallLine]:
    """All calls of the simulated days."""
    return every(simulated, CallFilter(), END)


def test_the_list_is_all_calls_newest_first(simulated: Cache, whole: list[CallLine]) -> None:
    """Each call once."""
    (number,) = simulated.read().execute("SELECT count(*) FROM calls").fetchone()
    assert len(whole) == len({line.number for line in whole}) == number
    order = [(line.started, line.call, line.source) for line in whole]
    assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_what_they_say(simulated: Cache, whole: list[CallLine], name: str) -> None:
    """The filtered list is the whole list, filtered; and so is its count."""
    wanted, is_wanted = FILTERS[name]
    expected = [line for line in whole if is_wanted(line)]
    assert expected
    assert every(simulated, wanted, END) == expected
    count = count_calls(simulated.read(), wanted, END, patience=None)
    assert count == (len(expected), True)


def test_calls_of_a_person_are_found_by_number(simulated: Cache, whole: list[CallLine]) -> None:
    """By the filter, and by text however it is written."""
    number = next(
        line.from_number for line in whole if line.direction == "inbound" and line.from_number
    )
    expected = [line for line in whole if number in {line.from_number, line.to_number}]
    assert every(simulated, CallFilter(number=number), END) == expected
    spaced = f"{number[:2]} ({number[2:5]}) {number[5:]}"
    assert every(simulated, CallFilter(text=spaced), END) == expected


def test_missed_calls_nobody_called_back(simulated: Cache, whole: list[CallLine]) -> None:
    """Inbound, ended without an answer, of a known number that was not called since."""
    ends = {
        call: (ended, answered, reason)
        for call, ended, answered, reason in simulated.read().execute(
            "SELECT call, ended, answered, end_reason FROM calls"
        )
    }
    called = [(line.to_number, line.started or 0) for line in whole if line.direction == "outbound"]
    expected = []
    for line in whole:
        ended, answered, reason = ends[line.number]
        if line.direction != "inbound" or answered is not None or reason == "lost":
            continue
        if line.from_number and not any(
            to == line.from_number and at >= ended for to, at in called
        ):
            expected.append(line)
    assert expected
    assert every(simulated, CallFilter(state="not_called_back"), END) == expected


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    back=st.integers(0, 8 * 86_400),
    limit=st.integers(1, 700),
    state=st.sampled_from([None, "open", "answered", "abandoned", "missed"]),
)
def test_pages_join_at_any_instant(
    simulated: Cache, back: int, limit: int, state: str | None
) -> None:
    """Live calls first, then by start; the page size changes nothing; the count agrees."""
    now = END - back * 1_000
    wanted = CallFilter(state=state)
    lines = every(simulated, wanted, now, limit)
    assert lines == every(simulated, wanted, now, 100_000)
    live = [line.state in IN_PROGRESS for line in lines]
    assert live == sorted(live, reverse=True)
    assert count_calls(simulated.read(), wanted, now, patience=None).calls == len(lines)
    assert all((line.started or 0) <= now for line in lines)


def test_an_impatient_search_goes_on_where_it_stopped(
    simulated: Cache, whole: list[CallLine]
) -> None:
    """With no patience at all, every stretch is a page of its own; nothing is lost."""
    connection = simulated.read()
    found: list[CallLine] = []
    page = calls(connection, CallFilter(state="dropped"), END, 1_000, patience=0.0)
    assert page.looked_back_to is not None
    pages = 1
    while True:
        found += page.lines
        if page.next is None:
            break
        page = calls(connection, CallFilter(state="dropped"), END, 1_000, page.next, patience=0.0)
        pages += 1
    assert pages > 2
    assert found == [line for line in whole if line.state == "dropped"]
    count = count_calls(connection, CallFilter(state="dropped"), END, patience=0.0)
    assert not count.is_all
    assert count.calls <= len(found)


def test_many_calls_of_one_millisecond(cache: Cache) -> None:
    """More calls at once than a stretch holds."""
    for number in range(700):
        cache.say("call.started", -10, call=f"c{number}", direction="inbound")
        cache.say("call.ended", -5, call=f"c{number}", reason="failed")
    cache.feed()
    assert len(every(cache, CallFilter(), NOON, 64)) == 700
    assert count_calls(cache.read(), CallFilter(state="failed"), NOON) == (700, True)


def test_a_live_call_says_how_far_it_has_come(cache: Cache) -> None:
    """Ringing, waiting, talking, ended: with the wait and the talk so far."""
    cache.say("call.started", -100, call="c1", direction="inbound")
    cache.say("queue.entered", -90, call="c1", queue="q1")
    cache.say("leg.started", -70, call="c1", leg="l1", kind="A", agent="a1")
    cache.say("queue.left", -60, call="c1", queue="q1", reason="answered", agent="a1")
    cache.say("leg.answered", -60, call="c1", leg="l1")
    cache.say("call.ended", -10, call="c1", reason="completed")
    cache.feed()

    def line(seconds: int) -> CallLine:
        (found,) = every(cache, CallFilter(), NOON + seconds * 1_000)
        return found

    assert (line(-95).state, line(-95).wait_seconds) == ("ringing", None)
    assert (line(-80).state, line(-80).wait_seconds, line(-80).agent) == ("waiting", 10.0, None)
    assert (line(-40).state, line(-40).talk_seconds, line(-40).agent) == ("talking", 20.0, "a1")
    assert (line(-40).duration_seconds, line(-40).wait_seconds) == (60.0, 30.0)
    assert (line(0).state, line(0).talk_seconds, line(0).duration_seconds) == ("answered", 50, 90)
    assert every(cache, CallFilter(state="waiting"), NOON - 80_000) == [line(-80)]
    assert every(cache, CallFilter(state="waiting"), NOON - 40_000) == []
    assert every(cache, CallFilter(state="abandoned"), NOON - 80_000) == []


def test_who_picked_up_and_has_no_agent_yet_is_not_ringing(cache: Cache) -> None:
    """An outbound call rings until somebody answers; the agent's ringing is not heard there."""
    cache.say("call.started", -100, call="c1", direction="outbound")
    cache.say("leg.started", -99, call="c1", leg="b", kind="B")
    cache.say("leg.answered", -90, call="c1", leg="b", by="human")
    cache.say("leg.started", -85, call="c1", leg="a", kind="A", agent="a1")
    cache.say("leg.answered", -80, call="c1", leg="a")
    cache.say("leg.ended", -20, call="c1", leg="a", cause="completed")
    cache.say("call.started", -100, call="c2", direction="inbound")
    cache.say("leg.started", -99, call="c2", leg="b", kind="B")
    cache.say("leg.answered", -99, call="c2", leg="b")
    cache.say("leg.started", -85, call="c2", leg="a", kind="A", agent="a2")
    cache.feed()
    connection = cache.read()

    def states(seconds: int) -> dict[str, str]:
        lines, *_ = calls(connection, CallFilter(), NOON + seconds * 1_000, 10)
        return {line.call: line.state for line in lines}

    assert states(-95) == {"c1": "ringing", "c2": "picked_up"}
    assert states(-84) == {"c1": "picked_up", "c2": "ringing"}
    assert states(-60)["c1"] == "talking"
    assert states(-10)["c1"] == "picked_up"


def test_hostile_text_is_only_text(simulated: Cache) -> None:
    """Quotes, percent signs and control characters find nothing and break nothing."""
    for text in ("'; DROP TABLE calls; --", "%", "_", "\x00", "\x1b[31m", "🕱", "(" * 900):
        page = calls(simulated.read(), CallFilter(text=text), END, 10)
        assert all(isinstance(line, CallLine) for line in page.lines)


def test_find_by_id_or_its_beginning(simulated: Cache, whole: list[CallLine]) -> None:
    """An exact id goes before longer ones that begin so; nothing for no text."""
    connection = simulated.read()
    some = whole[len(whole) // 2]
    assert [line.call for line in find_call(connection, some.call, END)] == [some.call]
    start = re.sub(r"\d\d$", "", some.call)
    found = find_call(connection, start, END)
    expected = {line.call for line in whole if line.call.startswith(start)}
    assert {line.call for line in found} <= expected
    assert len(found) == min(50, len(expected))
    assert find_call(connection, "", END) == []
    assert find_call(connection, "no such call", END) == []
