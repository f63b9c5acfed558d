"""How many drops each campaign has left: on the day, and over the 30 days that end with it."""

from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.asked import asked_of
from wallboard.board.pages import Question
from wallboard.board.periods import cut
from wallboard.board.sample import report_asked, samples_by_key
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.questions.crowd import is_crowded
from wallboard.questions.drop_pace import DropPace, drop_paces
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Period
from wallboard.reports.drop_compliance import DROP_COMPLIANCE, RUNNING_DAYS

_HEADROOM: Final = BY_SLUG["drop_headroom"]
_COLUMNS: Final = tuple(column.name for column in DROP_COMPLIANCE.columns)


class DropBudget(Struct, frozen=True):
    """Drops against the limit, as the report drop-compliance has them.

    `live`, `dropped` and `rate` are of `day`, `rolling`, `limit`, `left` and `is_over` of the 30
    days that end with it. `left_today` is what the live answers of the page's last day alone
    allow; None where it has none. Shares 0 to 1; what is left is negative when over.
    """

    day: date
    live: int
    dropped: int
    rate: float | None
    rolling: float | None
    limit: float | None
    left: int
    is_over: bool
    left_today: int | None = None
    allowed: int | None = None
    """How many drops the live answers of the 30 days allow; None where those are not all known."""
    runs_out: int | None = None
    """When what is left of the 30 days is used up at the pace of the last hour (UTC ms).

    None when that is not before the end of the day, with which another day leaves the 30."""
    runs_out_today: int | None = None
    """The same of what the day alone allows."""

    @property
    def is_telling(self) -> bool:
        """Whether there were answers enough that a single drop is not over the limit already."""
        return self.allowed is None or self.allowed > 0

    @property
    def is_day_over(self) -> bool:
        """Whether the day by itself is over, with answers enough to tell."""
        left = self.left_today
        return left is not None and left < 0 < left + self.dropped


def last_day(question: Question) -> date:
    """The day that budgets are of: today, or the last day of a period that is over."""
    return min(question.calendar.day_of(question.now), question.period.days[-1])


def drop_budgets(question: Question) -> dict[str, DropBudget]:
    """The budgets by campaign; of one without a live answer that day the latest within 30 days.

    None of more campaigns than are looked at (`wallboard.questions.crowd`).
    Raises sqlite3.Error.
    """
    day, calendar = last_day(question), question.calendar
    begins = calendar.day_bounds(day - timedelta(days=RUNNING_DAYS - 1))[0]
    if is_crowded(question.connection, "campaign", begins, question.now):
        return {}
    # Also of who was not dialled today: what is left of the 30 days still binds.
    found = _budgets(question, day, RUNNING_DAYS)
    today = Period(*calendar.day_bounds(day), (day,))
    today = cut(today, question.now) if question.is_past else today
    # A limit binds the whole campaign, as the report has it, whatever queue or team is looked at.
    whole = replace(question, scope=Scope(campaign=question.scope.campaign))
    asked = replace(asked_of(whole, by="campaign", period=today), is_split_alone=True)
    left = samples_by_key(answers(question.connection, [_HEADROOM], asked)[_HEADROOM.slug])
    budgets = {
        campaign: _with_today(budget, left[campaign].value if campaign in left else None, day)
        for campaign, budget in found.items()
    }
    if day != calendar.day_of(question.now):
        return budgets
    paces = drop_paces(question.connection, question.now)
    return {
        campaign: _with_pace(budget, paces[campaign], question) if campaign in paces else budget
        for campaign, budget in budgets.items()
    }


def _with_pace(budget: DropBudget, pace: DropPace, question: Question) -> DropBudget:
    """When the budget is used up at this pace, where that is on the same day."""
    ends = question.calendar.day_bounds(question.calendar.day_of(question.now))[1]

    def within_the_day(left: int | None) -> int | None:
        at = None if left is None else pace.out_at(left, question.now)
        return at if at is not None and at < ends else None

    return replace(
        budget,
        runs_out=within_the_day(budget.left) if budget.is_telling else None,
        runs_out_today=within_the_day(budget.left_today),
    )


def _with_today(budget: DropBudget, left: float | None, day: date) -> DropBudget:
    return (
        replace(budget, left_today=int(left)) if budget.day == day and left is not None else budget
    )


def _budgets(question: Question, day: date, days: int) -> dict[str, DropBudget]:
    """By campaign the latest of these many days that end with `day`."""
    calendar = question.calendar
    dates = tuple(day - timedelta(days=back) for back in range(days - 1, -1, -1))
    period = Period(calendar.day_bounds(dates[0])[0], calendar.day_bounds(day)[1], dates)
    period = cut(period, question.now) if question.is_past else period
    asked = report_asked(question, DROP_COMPLIANCE.filters, period=period)
    found: dict[str, DropBudget] = {}
    dropped: dict[str, int] = {}
    for values in DROP_COMPLIANCE.rows(question.connection, asked):
        row = dict(zip(_COLUMNS, values, strict=True))
        campaign = row["campaign"] or ""
        dropped[campaign] = dropped.get(campaign, 0) + row["dropped"]
        is_all = row["day"] == day.isoformat()
        found[campaign] = DropBudget(
            date.fromisoformat(row["day"]), row["live_answers"], row["dropped"], row["drop_rate"],
            row["rolling_drop_rate"], row["limit"], row["headroom"], row["over"],
            allowed=row["headroom"] + dropped[campaign] if is_all else None,
        )  # fmt: skip
    return found
