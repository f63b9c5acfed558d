"""The budgets of drops of all campaigns by name, those that are used up soonest first."""

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.drop_budget import DropBudget, drop_budgets
from wallboard.board.pages import Question
from wallboard.board.periods import TODAY, period_named
from wallboard.questions.names import names
from wallboard.questions.scope import Scope


class NamedBudget(Struct, frozen=True):
    """The budget of a campaign, with its name."""

    campaign: str
    name: str
    budget: DropBudget


def named_budgets(question: Question) -> tuple[NamedBudget, ...]:
    """The budgets of today, whatever period and scope are looked at. Raises sqlite3.Error."""
    today = period_named(question.calendar, TODAY, question.now)
    found = drop_budgets(replace(question, scope=Scope(), period=today))
    known = {name.id: name.name for name in names(question.connection).campaigns}
    lines = [
        NamedBudget(campaign, known.get(campaign, campaign), budget)
        for campaign, budget in found.items()
    ]
    return tuple(sorted(lines, key=_urgency))


def _urgency(line: NamedBudget) -> tuple[bool, float, float, str]:
    budget = line.budget
    soon = [at for at in (budget.runs_out, budget.runs_out_today) if at is not None]
    left = budget.left if budget.left_today is None else min(budget.left, budget.left_today)
    return not budget.is_telling, min(soon, default=float("inf")), left, line.name.casefold()
