"""What is left of the drops of each campaign, today and in 30 days, as a small table. Pure."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from wallboard.board.drop_lines import NamedBudget
from wallboard.screens.drop_budget_words import MOST, percent, rate_words
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row

NAME_MOST = 28


def budget_columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns: names whole if they are not too long, the figures right beside them."""
    longest = max((cell_len(row.cells[0]) for row in rows), default=0)
    return (
        Column("DROPS LEFT", max(10, min(longest, NAME_MOST)), priority=10),
        Column("today", 19, priority=9),
        Column("in 30 days", 19, priority=8),
        Column("rate", 7, "right", priority=7),
        Column("limit", 5, "right", priority=6),
    )


def budget_rows(
    lines: Sequence[NamedBudget], clock: Callable[[int], str], most: int = MOST
) -> list[Row]:
    """A row for each of the campaigns whose drops are used up soonest; the others are counted."""
    telling = [line for line in lines if line.budget.is_telling]
    rows = [_row(str(number), line, clock) for number, line in enumerate(telling[:most])]
    if more := len(telling) - len(rows):
        rows.append(Row("more", (f"+ {more} campaign{'' if more == 1 else 's'}",), faint=True))
    return rows


def _row(key: str, line: NamedBudget, clock: Callable[[int], str]) -> Row:
    budget = line.budget
    return Row(
        key,
        (
            line.name,
            _left(budget.left_today, budget.runs_out_today, clock),
            _left(budget.left, budget.runs_out, clock),
            rate_words(budget),
            percent(budget.limit),
        ),
        Level.CRITICAL if budget.is_over else Level.GOOD,
        levels=(
            Level.GOOD,
            Level.WARNING if budget.is_day_over else Level.GOOD,
            Level.WARNING if budget.is_over else Level.GOOD,
        ),
    )


def _left(left: int | None, runs_out: int | None, clock: Callable[[int], str]) -> str:
    if left is None:
        return figures.UNKNOWN
    words = f"{figures.count(abs(left))} {'over' if left < 0 else 'left'}"
    return words if runs_out is None else f"{words} until {clock(runs_out)}"
