"""What is asked of a report as a WHERE over calls, and other things of the period."""

from collections.abc import Mapping
from typing import Final

from wallboard.reports.report import Asked

OF_CALLS: Final[Mapping[str, str]] = {
    "campaign": "c.campaign = :campaign",
    "sub_campaign": "c.sub_campaign = :sub_campaign",
    "queue": "c.first_queue = :queue",
    "agent": "c.agent = :agent",
    "team": (
        "EXISTS (SELECT 1 FROM agents AS t WHERE t.source = c.source AND t.agent = c.agent"
        " AND t.team = :team)"
    ),
    "account": "c.account = :account",
    "list": (
        "coalesce(c.list, (SELECT l.list FROM contacts AS l"
        " WHERE l.source = c.source AND l.contact = c.contact)) = :list"
    ),
}
"""How the calls `c` are narrowed by each dimension; a call is of its contact's list by default."""

CALL_FILTERS: Final = tuple(OF_CALLS)


def calls_within(asked: Asked) -> str:
    """The condition of the calls `c` that started in the period and pass the filters."""
    return within("c.started", asked, OF_CALLS)


def within(at: str, asked: Asked, by: Mapping[str, str]) -> str:
    """The condition of a period over the column `at`, and of the filters, each as `by` says.

    A filter that `by` does not know is left out: the report does not list it either.
    """
    said = [f"{at} >= :from AND {at} < :until"]
    said += [by[dimension] for dimension in asked.filters if dimension in by]
    return " AND ".join(said)


def values_of(asked: Asked) -> dict[str, int | float | str]:
    """The values that the conditions name."""
    return {
        "from": asked.period.start_ms,
        "until": asked.period.end_ms,
        "now": asked.now,
        **asked.filters,
    }
