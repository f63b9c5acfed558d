"""What the screen of an agent's day shows: every state of the day, the work, and the calls."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wallboard.board.agents_page import note_on, states_now, work_in
from wallboard.board.pages import Question
from wallboard.board.periods import cut
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import Cursor
from wallboard.questions.calls import calls
from wallboard.questions.floor_answers import AgentNow
from wallboard.questions.gaps import gaps
from wallboard.reporting_time import Period
from wallboard.reports.agent_time import InState, states_of
from wallboard.reports.agent_work import Work

PAGE: Final = 64
"""So many calls are read in a step."""


class AgentDay(Struct, frozen=True, eq=False):
    """An agent's day, which is `period`, as it was known at `until` (UTC ms): its end or now.

    `now` is what the agent is doing at this moment; None for one of whom nothing is known, as is
    `work`. `stretches` are in order, without a hole. `calls` are those that the agent had a leg of,
    live first, then the newest, as far as they were read. `gaps` are times (UTC ms) of which events
    were lost; `note` says what else is not known.
    """

    period: Period
    until: int
    now: AgentNow | None
    work: Work | None
    stretches: tuple[InState, ...]
    calls: tuple[CallLine, ...]
    gaps: tuple[tuple[int, int], ...]
    note: str

    @property
    def is_over(self) -> bool:
        """Whether the day had ended."""
        return self.until >= self.period.end_ms


class AgentDayWanted(Struct, frozen=True):
    """The day of an agent: the period's, or its last where it has several. Filters do not apply.

    Of an id in several sources, the first is meant where `source` is None.
    """

    source: int | None
    agent: str
    fresh_seconds: float = 2.0

    def read(self, question: Question) -> Iterator[AgentDay]:
        """The states, then page by page the calls, then the work on them."""
        states = states_now(question)
        sources = [source for source, agent in sorted(states) if agent == self.agent]
        source = self.source if self.source is not None else next(iter(sources), 0)
        key = (source, self.agent)
        start, end = question.calendar.day_bounds(question.period.days[-1])
        period = Period(start, end, question.period.days[-1:])
        until = max(start, min(end, question.now))
        stretches = states_of(question.connection, key, start, until)
        lost = gaps(question.connection, start, until)
        note = note_on(question, period)
        lost_times = tuple((gap.started, gap.ended) for gap in lost)
        state = states.get(key)
        found: list[CallLine] = []

        def content(work: Work | None) -> AgentDay:
            return AgentDay(period, until, state, work, stretches, tuple(found), lost_times, note)

        yield content(None)
        asked = CallFilter(agent=self.agent, start=start, end=end)
        before: Cursor | None = None
        while True:
            page = calls(question.connection, asked, question.now, PAGE, before)
            # Ids are unique per source only.
            found += [line for line in page.lines if line.source == source]
            yield content(None)
            before = page.next
            if before is None:
                break
        worked = cut(period, question.now) if question.is_past else period
        for work in work_in(question, worked, key, stretches):
            yield content(work)
