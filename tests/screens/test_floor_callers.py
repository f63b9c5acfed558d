"""Who waits longest stands on the floor where there is room, masked, and opens."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, event, fill
from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.cache.opening import open_for_reading
from wallboard.questions.floor import floor
from wallboard.questions.scope import Scope
from wallboard.screens.call import CallScreen
from widgets.callers import CallerRow, Callers, draw_callers


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """Thirty callers of two queues, each a second after the one before; one withholds a number."""
    events: list[bytes] = []

    def add(type_: str, before: int, **data: object) -> None:
        events.append(event(type_, NOW - before * 1000, data, len(events) + 1))

    for queue in ("q0", "q1"):
        add("queue.defined", 600, queue=queue, name=f"Queue {queue}", service_level_seconds=20)
    for number in range(30):
        who = {} if number == 1 else {"from_number": f"+141555501{number:02}"}
        call = f"c{number}"
        add("call.started", 45 - number, call=call, direction="inbound", **who)
        add("queue.entered", 45 - number, call=call, queue=f"q{number % 2}", position=1)
    cache = tmp_path / "cache.sqlite"
    fill(cache, events)
    return cache


def test_those_who_wait_longest_are_known(waiting: Path) -> None:
    """At most 24, the longest wait first; of one queue only its own, and as they stood then."""
    connection = open_for_reading(waiting)
    try:
        found = floor(connection, CALENDAR, CONFIGURATION, Scope(), NOW)
        assert [NOW - caller.entered for caller in found.callers] == [
            (45 - number) * 1000 for number in range(24)
        ]
        assert found.callers[0].number == "+14155550100"
        assert found.callers[1].number is None
        assert found.waiting.calls == 30
        of_one = floor(connection, CALENDAR, CONFIGURATION, Scope(queue="q1"), NOW)
        assert {caller.queue for caller in of_one.callers} == {"q1"}
        then = floor(connection, CALENDAR, CONFIGURATION, Scope(), NOW - 40_000)
        assert len(then.callers) == then.waiting.calls == 6
    finally:
        connection.close()


async def test_a_caller_is_masked_and_opens(waiting: Path) -> None:
    """At 160x45 they stand beside the queues; at 80x24 there is no room, and no tab to them."""
    board = Board(waiting, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        text = await press(pilot)
        assert "CALLERS  30 waiting, the longest first" in text
        assert "+ " in text
        assert "0:45 ! Queue q0" in text
        assert "+1 415 *** **00" in text
        assert "5550100" not in text
        board.screen.query_one(Callers).focus()
        await press(pilot, "enter")
        assert isinstance(board.screen, CallScreen)
    board = Board(waiting, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (80, 24)) as pilot:
        assert "CALLERS" not in await press(pilot)
        assert not board.screen.query_one(Callers).focusable


@given(st.integers(0, 40), st.integers(0, 60), st.integers(1, 200), st.integers(1, 30))
def test_none_is_left_out_uncounted(callers: int, more: int, width: int, height: int) -> None:
    """Whatever the room, exact lines; those that do not fit are counted."""
    rows = [CallerRow(str(n), 9.0, f"queue {n}", "+1 *** **71") for n in range(callers)]
    picture = draw_callers(rows, width, height, "nobody waits", callers + more if rows else 0)
    lines = ["".join(span.text for span in line) for line in picture.lines]
    assert len(lines) == height
    left = callers + more - len(picture.spots)
    if rows and left and height > 2 and width > 20 and len(picture.spots) < height - 1:
        assert f"+ {left} waiting" in lines[-1] or any(f"+ {left} waiting" in ln for ln in lines)
