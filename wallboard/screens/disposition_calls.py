"""From a disposition of a campaign to the calls that came to it. Pure."""

from typing import Final

from wallboard.questions.call_filter import CallFilter
from wallboard.reporting_time import Period

NONE_CHOSEN: Final = "(none)"
"""What the report dispositions calls those of which no agent chose any."""


def calls_of_disposition(row: str, period: Period) -> CallFilter:
    """The calls of the row of this key over the period."""
    chosen = "" if row == NONE_CHOSEN else row
    return CallFilter(disposition=chosen, start=period.start_ms, end=period.end_ms)


def disposition_words(filtered: CallFilter) -> list[str]:
    """What a list of such calls says that it is limited to; nothing for other lists."""
    if filtered.disposition is None:
        return []
    return [f"disposition {filtered.disposition}" if filtered.disposition else "no disposition"]
