"""What the screen of agents shows: what each did in a period, and what each is doing now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.days_memory import Day, DaysMemory
from wallboard.board.pages import Question
from wallboard.metrics.asked import Asked as MetricsAsked
from wallboard.metrics.completeness import completeness
from wallboard.questions.agents import agents
from wallboard.questions.crowd import is_crowded, too_many
from wallboard.questions.floor_answers import AgentNow
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Period
from wallboard.reports.agent_time import AgentKey, InState, Spent, spent_in
from wallboard.reports.agent_work import Work, times_of, work_of
from wallboard.reports.report import Asked

STEP_MS: Final = 3 * 3_600_000
"""Calls of so long are added up in a step: of a busy center's million calls a month, 50 ms."""


class AgentWork(Struct, frozen=True):
    """An agent's work in the period, by the report agent-performance, and the state now.

    `now` is None for one of whom nothing is known at this moment.
    """

    source: int
    agent: str
    name: str
    work: Work
    now: AgentNow | None


class AgentsContent(Struct, frozen=True, eq=False):
    """The agents who answered a call or were signed in, in no order.

    `reasons` are those of their pauses. `days_read` of `days` are in the figures so far. `note`
    says what is not known of the period, empty where all is. `is_of_calls`: limited to a campaign
    or a queue, by which nobody's time is known.
    """

    agents: tuple[AgentWork, ...]
    reasons: tuple[str, ...]
    days_read: int
    days: int
    note: str
    is_of_calls: bool


@dataclass(frozen=True, slots=True)
class AgentsWanted:
    """The agents of the scope, over the period."""

    fresh_seconds: float = 2.0
    memory: DaysMemory = field(default_factory=DaysMemory, compare=False)

    def read(self, question: Question) -> Iterator[AgentsContent]:
        """Day by day, the latest first: the figures of days add up to those of the period."""
        scope, filters = question.scope, question.scope.filters
        spans = _days_of(question)
        if is_crowded(question.connection, "agent", 0, 0):
            yield AgentsContent(
                (), (), len(spans), len(spans), too_many("agent"), is_of_calls=False
            )
            return
        note = note_on(question, question.period)
        states = states_now(question)
        work: dict[AgentKey, Work] = {}
        reasons: frozenset[str] = frozenset()

        def content(days_read: int) -> AgentsContent:
            return AgentsContent(
                tuple(
                    _row(key, done, states.get(key)) for key, done in work.items() if done.is_any
                ),
                tuple(sorted(reasons)),
                days_read,
                len(spans),
                note,
                scope.campaign is not None or scope.queue is not None,
            )

        for read, span in enumerate(reversed(spans)):
            before = work
            kept = self.memory.day(question, span, filters)
            if kept is None:
                day: dict[AgentKey, Work] = {}
                for found in _worked(question, span, filters):
                    day = added(day, found)
                    work = added(before, day)
                    yield content(read)
                times = times_of(question.connection, _asked(question, span, filters))
                # One who was first heard of between two steps is in the next reading.
                paused: frozenset[str] = frozenset()
                for key in times.keys() & day.keys():
                    day[key] = _with_time(day[key], times[key])
                    paused |= times[key].reasons.keys()
                kept = self.memory.keep(question, span, filters, Day(day, paused))
            work = added(before, kept.work)
            reasons |= kept.reasons
            yield content(read + 1)
        # Last, so that what they do now is as new as it can be.
        states = states_now(question)
        yield content(len(spans))


def _worked(
    question: Question, span: Period, filters: dict[str, str]
) -> Iterator[dict[AgentKey, Work]]:
    """What everybody did on calls in a span, some hours at a time, the latest first; no times."""
    for start in reversed(range(span.start_ms, span.end_ms, STEP_MS)):
        hours = Period(start, min(start + STEP_MS, span.end_ms), span.days)
        yield work_of(question.connection, _asked(question, hours, filters), times={})


def added(one: dict[AgentKey, Work], other: dict[AgentKey, Work]) -> dict[AgentKey, Work]:
    """The work of both, agent by agent."""
    both = dict(one)
    for key, work in other.items():
        both[key] = both[key].plus(work) if key in both else work
    return both


def _with_time(work: Work, spent: Spent) -> Work:
    """The work with more time in states."""
    return replace(work, spent=spent if work.spent is None else work.spent.plus(spent))


def _days_of(question: Question) -> list[Period]:
    """The period as its days, those that have not begun left out."""
    period, spans = question.period, []
    for day in period.days:
        start, end = question.calendar.day_bounds(day)
        start, end = max(start, period.start_ms), min(end, period.end_ms)
        if start < end and start <= question.now:
            spans.append(Period(start, end, (day,)))
    return spans


def note_on(question: Question, period: Period) -> str:
    """What the cache lacks of the period, in words; empty when it has all of it."""
    asked = MetricsAsked(period, question.calendar, question.configuration.metrics, question.now)
    return completeness(question.connection, asked).note


def states_now(question: Question) -> dict[AgentKey, AgentNow]:
    """What every agent is doing now, whatever the scope."""
    limits = question.configuration.board.limits
    found = agents(question.connection, limits, Scope(), question.now)
    return {(agent.source, agent.agent): agent for agent in found}


def work_in(
    question: Question, period: Period, agent: AgentKey, stretches: Sequence[InState]
) -> Iterator[Work]:
    """One agent's work in a period, ever more of it; nothing of one who was never heard of."""
    done: Work | None = None
    for found in _worked(question, period, {"agent": agent[1]}):
        if agent not in found:
            return
        done = found[agent] if done is None else done.plus(found[agent])
        yield _with_time(done, spent_in(stretches)) if stretches else done


def _asked(question: Question, period: Period, filters: dict[str, str]) -> Asked:
    metrics = question.configuration.metrics
    return Asked(period, question.calendar, metrics, question.now, filters)


def _row(key: AgentKey, work: Work, now: AgentNow | None) -> AgentWork:
    name = now.name if now is not None else (work.name or "").strip() or key[1]
    return AgentWork(*key, name, work, now)
