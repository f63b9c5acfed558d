"""What the screen of agents shows: what each did in a period, and what each is doing now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wallboard.board.pages import Question
from wallboard.metrics.asked import Asked as MetricsAsked
from wallboard.metrics.completeness import completeness
from wallboard.questions.agents import agents
from wallboard.questions.answers import AgentNow, Scope
from wallboard.reporting_time import Period
from wallboard.reports.agent_time import AgentKey
from wallboard.reports.agent_work import Work, work_of
from wallboard.reports.report import Asked


@dataclass(frozen=True, slots=True)
class AgentWork:
    """An agent's work in the period, by the report agent-performance, and the state now.

    `now` is None for one of whom nothing is known at this moment.
    """

    source: int
    agent: str
    name: str
    work: Work
    now: AgentNow | None


@dataclass(frozen=True, slots=True, eq=False)
class AgentsContent:
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

    def read(self, question: Question) -> Iterator[AgentsContent]:
        """Day by day, the latest first: the figures of days add up to those of the period."""
        scope = question.scope
        named = (("campaign", scope.campaign), ("queue", scope.queue), ("team", scope.team))
        filters = {dimension: value for dimension, value in named if value is not None}
        spans = days_of(question)
        note = note_on(question, question.period)
        work: dict[AgentKey, Work] = {}
        for read, span in enumerate(reversed(spans), 1):
            found = work_of(question.connection, _asked(question, span, filters))
            work = {
                key: work[key].plus(of_day) if key in work else of_day
                for key, of_day in found.items()
            }
            # Last, so that what they do now is as new as it can be.
            states = states_now(question)
            yield AgentsContent(
                tuple(
                    _row(key, done, states.get(key)) for key, done in work.items() if done.is_any
                ),
                _reasons(work.values()),
                read,
                len(spans),
                note,
                scope.campaign is not None or scope.queue is not None,
            )


def days_of(question: Question) -> list[Period]:
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


def work_in(question: Question, period: Period, agent: AgentKey) -> Work | None:
    """One agent's work in a period, None for one who was never heard of. Raises sqlite3.Error."""
    found = work_of(question.connection, _asked(question, period, {"agent": agent[1]}))
    return found.get(agent)


def _asked(question: Question, period: Period, filters: dict[str, str]) -> Asked:
    metrics = question.configuration.metrics
    return Asked(period, question.calendar, metrics, question.now, filters)


def _row(key: AgentKey, work: Work, now: AgentNow | None) -> AgentWork:
    name = now.name if now is not None else (work.name or "").strip() or key[1]
    return AgentWork(*key, name, work, now)


def _reasons(work: Iterable[Work]) -> tuple[str, ...]:
    known = {reason for done in work if done.spent is not None for reason in done.spent.reasons}
    return tuple(sorted(known))
