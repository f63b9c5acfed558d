"""What is left of the drops of each campaign, today and in 30 days, in a line. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from wallboard.board.drop_lines import NamedBudget
from widgets import figures

MOST: Final = 4


def budget_words(lines: Sequence[NamedBudget], clock: Callable[[int], str]) -> list[str]:
    """A line for each of the campaigns whose drops are used up soonest; the others are counted."""
    telling = [line for line in lines if line.budget.is_telling]
    said = [budget_line(line, clock) for line in telling[:MOST]]
    if len(telling) > MOST:
        said.append(f"+ {len(telling) - MOST} campaigns")
    return said


def budget_line(line: NamedBudget, clock: Callable[[int], str]) -> str:
    """`Spring drive: drops left 3 today, 12 in 30 days, 2.7 % against 3 %`."""
    budget = line.budget
    today = "" if budget.left_today is None else f"{_left(budget.left_today)} today"
    today += out_words(budget.runs_out_today, clock)
    days = f"{_left(budget.left)} in 30 days{out_words(budget.runs_out, clock)}"
    rate = f"{figures.share(budget.rolling)} against {percent(budget.limit)}"
    return f"{line.name}: {'; '.join(filter(None, (today, days)))}; {rate}"


def _left(left: int) -> str:
    return f"{drops(-left)} over" if left < 0 else f"{drops(left)} left"


def out_words(at: int | None, clock: Callable[[int], str]) -> str:
    """When a budget is used up, empty where that is not today."""
    return "" if at is None else f", used up at {clock(at)} at the pace of the last hour"


def percent(share: float | None) -> str:
    """A limit: `3 %`, `2.5 %`."""
    if share is None:
        return figures.UNKNOWN
    return figures.share(share, 0 if round(share * 100, 6).is_integer() else 1)


def drops(number: int) -> str:
    """`1 drop`, `12 drops`."""
    return f"{figures.count(number)} drop{'' if number == 1 else 's'}"
