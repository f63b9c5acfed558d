"""The orders of the list of calls, by key and by mouse, and a search that is shown and stopped."""

from pathlib import Path

import pytest

from tests.screens.center import NOW
from tests.screens.piloting import page_of, press, running, settle
from wallboard.app import Board
from wallboard.board.call_list import CallList
from wallboard.board.snapshot import CallsWanted, Order
from wallboard.cache.opening import open_for_reading
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_progress import IN_PROGRESS
from wallboard.screens.picture import as_text
from widgets.rows import Rows


def lengths(lines: tuple[CallLine, ...], order: Order) -> list[float]:
    """What the calls are ordered by."""
    named = {
        "longest wait": [line.wait_seconds for line in lines],
        "longest talk": [line.talk_seconds for line in lines],
        "longest": [line.duration_seconds for line in lines],
    }
    return [-1.0 if value is None else value for value in named[order]]


async def test_at_80_cells_the_direction_and_what_is_sorted_by_are_seen(board: Board) -> None:
    """Whole, and so is the order in words; what is not filtered makes room for it."""
    async with running(board, (80, 24)) as pilot:
        _, line, head, first, *_ = (await press(pilot, "2")).splitlines()
        assert "time" in head
        assert {"in", "out"} & set(first.split())
        for order, column in (("longest wait", "wait ▾"), ("longest talk", "talk ▾")):
            _, line, head, *rows = (await press(pilot, "o")).splitlines()
            assert f"{order} first · " in line
            assert "all states" not in line
            assert head.split()[-2:] == column.split()
            assert "time" not in head
            assert any({"in", "out"} & set(row.split()) for row in rows[:9])


async def test_o_goes_through_the_orders(board: Board) -> None:
    """Each is named, its column is marked, and the calls stand in it; x goes back to the first."""
    async with running(board) as pilot:
        await press(pilot, "2")
        first = page_of(board).lines
        marked = {"longest wait": "wait ▾", "longest talk": "talk ▾", "longest": "time ▾"}
        for order in ("longest wait", "longest talk", "longest"):
            text = await press(pilot, "o")
            page = page_of(board)
            assert page.wanted.order == order
            assert f"{order} first" in text.splitlines()[1]
            assert marked[order] in text.splitlines()[2]
            found = lengths(page.lines, order)
            assert found == sorted(found, reverse=True)
            assert found[0] > 0
        text = await press(pilot, "o")
        starts = [line.started or 0 for line in page_of(board).lines]
        assert starts == sorted(starts)
        assert "oldest first" in text
        assert "started ▴" in text
        text = await press(pilot, "o")
        assert page_of(board).lines == first
        assert "started ▾" in text
        await press(pilot, "O", "x")
        assert page_of(board).wanted.order == "newest"


async def test_calls_that_go_on_stand_among_the_longest(board: Board) -> None:
    """Whoever waits now is found by how long that was so far."""
    async with running(board) as pilot:
        await press(pilot, "2", "s", "o")
        page = page_of(board)
        assert page.lines
        assert {line.state for line in page.lines} <= IN_PROGRESS
        found = lengths(page.lines, "longest wait")
        assert found == sorted(found, reverse=True)


async def test_a_click_on_a_head_sorts_by_it(board: Board) -> None:
    """The start turns round; a head without an order does nothing."""
    async with running(board) as pilot:
        text = await press(pilot, "2")
        head = next(line for line in text.splitlines() if "disposition" in line and "wait" in line)
        for title, order in (
            ("wait", "longest wait"),
            ("state", "longest wait"),
            ("started", "newest"),
            ("started", "oldest"),
            ("time", "longest"),
        ):
            await pilot.click("#calls", offset=(head.index(title) + 1, 0))
            await pilot.pause()
            await settle(board)
            assert page_of(board).wanted.order == order


async def test_the_oldest_can_be_scrolled_to_the_newest(board: Board) -> None:
    """The end of that list is the call that started last."""
    async with running(board) as pilot:
        await press(pilot, "2")
        newest = max(line.started or 0 for line in page_of(board).lines)
        await press(pilot, "O", "end")
        for _ in range(20):
            await pilot.pause()
            await settle(board)
        assert page_of(board).lines[-1].started == newest
        assert board.screen.query_one("#calls", Rows).cursor == page_of(board).total - 1
        assert "  …  " not in as_text(pilot.app)


@pytest.mark.parametrize("order", ["newest", "oldest", "longest wait"])
def test_a_search_says_how_far_it_came_and_can_be_stopped(busy_cache: Path, order: Order) -> None:
    """Each reading looks further; stopped it stays where it is; it can be begun anew."""
    connection = open_for_reading(busy_cache)
    found = CallList(seconds=0.0)
    filtered = CallFilter() if order == "longest wait" else CallFilter(text="nobody said this")
    wanted = CallsWanted(filtered, order=order)
    looked: list[int] = []
    # What is not among the first that are looked at is then sought in all at once.
    while len(looked) < (2 if order == "longest wait" else 1):
        page = found.read(connection, wanted, NOW)
        assert page.is_searching
        if page.reached is not None:
            looked.append(page.reached)
    assert page.is_searching
    assert looked == sorted(looked, reverse=order != "oldest")
    stopped = CallsWanted(filtered, order=order, is_stopped=True)
    for _ in range(3):
        halted = found.read(connection, stopped, NOW)
        assert not halted.is_searching
        assert halted.reached == page.reached
    for _ in range(10_000):
        page = found.read(connection, wanted, NOW)
        if not page.is_searching:
            break
    assert not page.is_searching
    assert page.reached is None
    connection.close()


async def test_who_is_to_be_called_back_says_how_long_ago_and_how_often(board: Board) -> None:
    """At 80 columns too; in another order of the list it is like any other."""
    async with running(board, (80, 24)) as pilot:
        text = await press(pilot, "2", "a")
        page = page_of(board)
        assert page.lines
        assert set(page.tries) == {line.number for line in page.lines if line.from_number}
        heading, first = text.splitlines()[2:4]
        assert heading.split()[-2:] == ["ago", "tried"]
        number, unit, tries, times = first.split()[-4:]
        assert number.isdigit()
        assert unit in {"s", "min", "h"}
        assert (int(tries), times) == (page.tries[page.lines[0].number], "×")
        assert "tried" not in await press(pilot, "o")
        assert "tried" not in await press(pilot, "O", "a")
