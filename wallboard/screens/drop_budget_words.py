"""What is left of the drops of each campaign, today and in 30 days, in a line. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from wallboard.board.drop_budget import DropBudget
from wallboard.board.drop_lines import NamedBudget
from widgets import figures

MOST: Final = 4


def budget_words(
    lines: Sequence[NamedBudget],
    clock: Callable[[int], str],
    *,
    most: int = MOST,
) -> list[str]:
    """A line for each of the campaigns whose drops are used up soonest; the others are counted."""
    telling = [line for line in lines if line.budget.is_telling]
    said = [_budget_line(line, clock) for line in telling[:most]]
    if more := len(telling) - len(said):
        said.append(f"+ {more} campaign{'' if more == 1 else 's'}")
    return said


def _budget_line(line: NamedBudget, clock: Callable[[int], str]) -> str:
    """`Spring drive: drops left 3 today, 12 in 30 days, 2.7 % against 3 %`."""
    budget = line.budget
    today = "" if budget.left_today is None else f"{_left(budget.left_today)} today"
    today += out_words(budget.runs_out_today, clock)
    days = f"{_left(budget.left)} in 30 days{out_words(budget.runs_out, clock)}"
    rate = f"{rate_words(budget)} against {percent(budget.limit)}"
    return f"{line.name}: {'; '.join(filter(None, (today, days)))}; {rate}"


def rate_words(budget: DropBudget) -> str:
    """The rate of the 30 days: `2.7 %`, with more digits where it would look as if at the limit."""
    rate, limit = budget.rolling, budget.limit
    shown = figures.share(rate)
    # Over the limit by less than a tenth of a per cent is not to look as if it were at it.
    if rate is not None and limit is not None and rate > limit and shown == figures.share(limit):
        shown = figures.share(rate, 3)
    return shown


def _left(left: int) -> str:
    return f"{drops(-left)} over" if left < 0 else f"{drops(left)} left"


def out_words(at: int | None, clock: Callable[[int], str]) -> str:
    """When a budget is used up, empty where that is not today."""
    return "" if at is None else f", used up at {clock(at)} at this hour's pace"


def percent(share: float | None) -> str:
    """A limit: `3 %`, `2.5 %`."""
    if share is None:
        return figures.UNKNOWN
    return figures.share(share, 0 if round(share * 100, 6).is_integer() else 1)


def drops(number: int) -> str:
    """`1 drop`, `12 drops`."""
    return f"{figures.count(number)} drop{'' if number == 1 else 's'}"
