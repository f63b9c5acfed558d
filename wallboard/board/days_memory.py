"""What agents did on days that are over, kept so that a month is added up once."""

from typing import Final

from msgspec import Struct

from wallboard.board.pages import Question
from wallboard.questions.day_stamp import DayStamp, day_stamp
from wallboard.reporting_time import Period
from wallboard.reports.agent_time import AgentKey
from wallboard.reports.agent_work import Work

GOOD_MS: Final = 600_000
"""After so long a day is added up again: what its stamp does not tell is then seen all the same."""

MOST_KEPT: Final = 1_000
"""Days, of all filters that were looked at."""


class Day(Struct, frozen=True):
    """The work of each agent on a day, and the reasons of all their pauses."""

    work: dict[AgentKey, Work]
    reasons: frozenset[str]


class _Kept(Struct, frozen=True):
    day: Day
    stamp: DayStamp
    at: int


class DaysMemory:
    """Days that are over, by filters and settings. The thread that reads owns it."""

    def __init__(self) -> None:
        self._kept: dict[object, _Kept] = {}

    def day(self, question: Question, span: Period, filters: dict[str, str]) -> Day | None:
        """The day as it was added up, None where it has to be (again)."""
        kept = self._kept.get(_key(question, span, filters))
        if kept is None or not 0 <= question.now - kept.at < GOOD_MS:
            return None
        stamp = day_stamp(question.connection, span.start_ms, span.end_ms)
        return kept.day if stamp == kept.stamp else None

    def keep(self, question: Question, span: Period, filters: dict[str, str], day: Day) -> Day:
        """Keep a day if it is over; returns it."""
        if span.end_ms <= question.now:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            stamp = day_stamp(question.connection, span.start_ms, span.end_ms)
            self._kept[_key(question, span, filters)] = _Kept(day, stamp, question.now)
        return day


def _key(question: Question, span: Period, filters: dict[str, str]) -> object:
    settings = question.configuration.metrics
    return tuple(sorted(filters.items())), span.start_ms, span.end_ms, settings
