"""When the budget of drops is used up at the pace of the last hour."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, fill, simulated
from wallboard.board.drop_budget import DropBudget
from wallboard.board.drop_lines import NamedBudget, named_budgets
from wallboard.board.pages import Question
from wallboard.board.periods import period_named
from wallboard.cache.opening import open_for_reading
from wallboard.questions.drop_pace import PACE_MS, DropPace, drop_paces
from wallboard.questions.scope import Scope
from wallboard.screens.drop_budget_rows import budget_columns, budget_rows
from wallboard.screens.drop_budget_words import budget_words
from widgets.status import Level
from widgets.table import layout


def test_by_hand() -> None:
    """Six drops and 100 live answers at 3 %: three drops an hour too many; ten last 3 h 20 min."""
    pace = DropPace(6, 3_000_000)
    assert pace.used_up == 3
    assert pace.out_at(10, 1_000) == 1_000 + PACE_MS * 10 // 3
    assert pace.out_at(0, 1_000) is None
    assert DropPace(3, 3_000_000).out_at(10, 1_000) is None
    assert DropPace(0, 0).out_at(10, 1_000) is None


@given(st.integers(0, 500), st.integers(0, 10**9), st.integers(1, 10_000))
def test_at_that_moment_nothing_is_left(dropped: int, allowance: int, left: int) -> None:
    """What is used up from now until then, at this pace, is what is left."""
    pace = DropPace(dropped, allowance)
    at = pace.out_at(left, 0)
    assert (at is None) == (dropped * 1_000_000 <= allowance)
    if at is not None:
        assert pace.used_up * at / PACE_MS == pytest.approx(left, rel=1e-3, abs=1e-3)


def test_budgets_of_a_day(tmp_path: Path) -> None:
    """The pace is that of the calls of the hour; what is used up is told where it is today."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW, agents=24))
    connection = open_for_reading(cache)
    begins = (NOW - PACE_MS) // 60_000 * 60_000
    counted = connection.execute(
        "SELECT campaign, sum(dropped), sum(drop_allowance_millionths) FROM calls"
        " WHERE direction = 'outbound' AND started >= ? AND campaign IS NOT NULL GROUP BY campaign",
        (begins,),
    ).fetchall()
    assert counted
    paces = drop_paces(connection, NOW)
    assert {campaign: DropPace(*sums) for campaign, *sums in counted} == paces
    period = period_named(CALENDAR, "yesterday", NOW)
    asked = Question(connection, CALENDAR, CONFIGURATION, Scope(campaign="x"), period, NOW)
    lines = named_budgets(asked)
    assert {line.campaign for line in lines} >= {campaign for campaign, *_ in counted}
    ends = CALENDAR.day_bounds(CALENDAR.day_of(NOW))[1]
    for line in lines:
        at = paces.get(line.campaign, DropPace(0, 0)).out_at(line.budget.left, NOW)
        expected = at if at is not None and at < ends and line.budget.is_telling else None
        assert line.budget.runs_out == expected
    words = budget_words(lines, lambda at: CALENDAR.format_clock(at, seconds=False))
    assert len(words) == min(5, sum(line.budget.is_telling for line in lines))
    connection.close()


def test_words_for_a_narrow_screen() -> None:
    """What is left today and in 30 days, with until when, is told in 80 columns."""
    budget = DropBudget(
        CALENDAR.day_of(NOW), 640, 12, 0.0187, 0.018, 0.03, 22, False,
        left_today=1, allowed=30, runs_out_today=NOW,
    )  # fmt: skip
    line = NamedBudget("c", "Appointment reminders", budget)
    (row,) = budget_rows([line], lambda _: "11:46")
    assert row.cells == (
        "Appointment reminders", "1 left until 11:46", "22 left", "1.8 %", "3 %"
    )  # fmt: skip
    columns = budget_columns([row])
    assert [columns[index].width for index, _ in layout(columns, 80)] == [21, 19, 19, 7]
    over = replace(budget, left=-1, is_over=True, rolling=0.03001, left_today=None)
    (row,) = budget_rows([replace(line, budget=over)], str)
    assert row.cells[1:] == ("–", "1 over", "3.001 %", "3 %")
    assert (row.level, row.levels) == (Level.CRITICAL, (Level.GOOD, Level.GOOD, Level.WARNING))
    assert len(budget_rows([line] * 9, str, most=9)) == 9
    assert budget_rows([line] * 9, str, most=8)[-1].cells == ("+ 1 campaign",)
