"""What is looked at in the words of the banner: title, filters, period, long and short. Pure."""

from wallboard.board.periods import TODAY
from wallboard.board.snapshot import Interest, name_of
from wallboard.questions.names import Names
from wallboard.questions.scope import Scope
from widgets.text import visible

LONGEST_NAME = 28
SHORT_NAME = 12


def scope_words(scope: Scope, names: Names, period: str) -> str:
    """Say what is looked at: `all campaigns · support · today`."""
    campaign, queue, team = _limits(scope, names, LONGEST_NAME)
    return " · ".join(
        [campaign or "all campaigns", queue or "all queues", *([team] if team else []), period]
    )


def scope_forms(title: str, scope: Scope, names: Names, period: str) -> tuple[str, ...]:
    """The same behind a title, then shorter and shorter: whatever the room, a form of it is whole.

    The last says how many filters are on, and the period: `2 filters · 7 days`.
    """
    whole = scope_words(scope, names, period)
    forms = [f"{title}   {whole}" if title else whole, whole]
    for most in (LONGEST_NAME, SHORT_NAME):
        limits = [words for words in _limits(scope, names, most) if words]
        forms.append(" · ".join([*limits, period]))
    count = sum(limit is not None for limit in (scope.campaign, scope.queue, scope.team))
    if count:
        forms.append(f"{count} filter{'s' if count > 1 else ''} · {period}")
    return tuple(dict.fromkeys(forms))


def period_words(interest: Interest) -> str:
    """The period that is looked at; of a moment in the past, today is the day of that moment.

    The list of calls is of every day, whatever period other screens look at, or of those that it
    was opened for, which it names itself. Beside a page of its own it is not what a screen is of.
    """
    if interest.calls is not None and interest.page is None:
        return "all days" if interest.calls.filter.start is None else "days below"
    return "that day" if interest.at is not None and interest.period == TODAY else interest.period


def _limits(scope: Scope, names: Names, most: int) -> tuple[str, str, str]:
    """The names of the campaign, queue and team, each empty for all."""
    return (
        "" if scope.campaign is None else _short(name_of(names.campaigns, scope.campaign), most),
        "" if scope.queue is None else _short(name_of(names.queues, scope.queue), most),
        "" if scope.team is None else f"team {_short(scope.team, most)}",
    )


def _short(name: str, most: int) -> str:
    shown = visible(name[: most * 2])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
