"""What is stuck or impossible, found without configuration: agents, calls, queues and feeds."""

import sqlite3
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Final

from wallboard.alarms.machine import Limits, Reading
from wallboard.alarms.rules import Actions, Observation
from wallboard.config import Configuration
from wallboard.masking import mask_identity
from wallboard.questions.agent_states import AgentState, agent_states
from wallboard.questions.agents import as_shown
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.names import Names
from wallboard.questions.open_calls import OpenStay, open_stays
from wallboard.questions.scope import Scope
from wallboard.questions.silent_calls import SilentCall
from wallboard.questions.view import one_view

CALL_SILENT_SECONDS: Final = 2 * 3_600.0
"""A call of which nothing was heard for so long is hardly going on."""
QUEUE_ALONE_MS: Final = 30_000
"""Shifts change: a queue may stand without agents for so long."""
MOST: Final = 500
"""So many agents or queues of one kind of trouble are told of, those worst in it first: of more it
is not an agent or a queue that is at fault."""
FEED_SILENT_MS: Final = 15_000
"""A connection may break and come back within so long."""
FEED_LAGGING_MS: Final = 60_000
FEED_SKEWED_MS: Final = 30_000
SKEW_SECONDS: Final = 2.0
"""As the board says it: the clock of a feed that is so far off misplaces what happens."""
NOT_LIVE: Final = frozenset({"stale", "disconnected", "refused"})
LOUD: Final = Actions(("bell",))
"""Critical ones ring; the others are only shown."""

AGENT_ON_ENDED_CALL: Final = "agent_on_ended_call"
AGENT_OVER_LIMIT: Final = "agent_over_limit"
CALL_SILENT: Final = "call_silent"
QUEUE_UNATTENDED: Final = "queue_unattended"
FEED_SILENT: Final = "feed_silent"
FEED_LAGGING: Final = "feed_lagging"
FEED_SKEWED: Final = "feed_skewed"
OF_EVENTS: Final = (AGENT_ON_ENDED_CALL, AGENT_OVER_LIMIT, CALL_SILENT, QUEUE_UNATTENDED)
"""Told by events: to be looked for only while those come."""
OF_FEEDS: Final = (FEED_SILENT, FEED_LAGGING, FEED_SKEWED)


def strange_states(
    connection: sqlite3.Connection,
    configuration: Configuration,
    names: Names,
    silent: Iterable[SilentCall],
    now: int,
) -> Iterator[Observation]:
    """What is stuck or impossible at `now` (UTC ms). Raises sqlite3.Error."""
    with one_view(connection):
        states = agent_states(connection, Scope(), now)
        stays = open_stays(connection, Scope(), now)
    yield from (
        *_worst(_of_agents(states, configuration, now)),
        *_worst(_of_queues(states, stays, names)),
        *(
            Observation(
                CALL_SILENT, f"{call.source}/{call.number}", CALL_SILENT,
                Limits(warning=CALL_SILENT_SECONDS, for_ms=0, hysteresis=0),
                Reading((now - call.heard) / 1_000), _shown(call.id, configuration),
                "a call in progress of which nothing is heard", "seconds",
                source=call.source, call=call.number,
            )
            for call in silent
        ),
    )  # fmt: skip


def _shown(call: str, configuration: Configuration) -> str:
    """The id of a call as it may be shown and posted: one may be a number, but digits are none.

    Asterisk's ids are a time and a count, and whoever looks for the call needs them whole.
    """
    is_plain = not call.lstrip().startswith("+") and all(sign in "0123456789.-" for sign in call)
    return call if is_plain or not configuration.board.mask_numbers else mask_identity(call)


def _of_agents(
    states: list[AgentState], configuration: Configuration, now: int
) -> Iterator[Observation]:
    numbers = {(state.source, state.agent): state.call_number for state in states}
    for agent in as_shown(states, configuration.board.limits, now):
        key = f"{agent.source}/{agent.agent}"
        seconds = max(0, now - agent.since) / 1_000
        call = numbers[agent.source, agent.agent]
        if agent.stuck:
            yield Observation(
                AGENT_ON_ENDED_CALL, key, AGENT_ON_ENDED_CALL,
                Limits(warning=0, for_ms=0), Reading(seconds), agent.name, agent.stuck, "seconds",
                dimension="agent", source=agent.source, call=call,
            )  # fmt: skip
        elif agent.limit_seconds is not None and seconds > agent.limit_seconds:
            state = agent.state.replace("_", " ")
            has_reason = agent.state in ("paused", "fault") and agent.reason
            words = f"{state} ({agent.reason})" if has_reason else state
            yield Observation(
                AGENT_OVER_LIMIT, key, AGENT_OVER_LIMIT,
                Limits(warning=agent.limit_seconds, for_ms=0, hysteresis=0),
                Reading(seconds), agent.name, words, "seconds",
                dimension="agent", source=agent.source, call=call,
            )  # fmt: skip


def _worst(found: Iterable[Observation]) -> Iterator[Observation]:
    """Of each rule those that have lasted longest, or with most callers."""
    by_rule: dict[str, list[Observation]] = {}
    for seen in found:
        by_rule.setdefault(seen.rule, []).append(seen)
    for of in by_rule.values():
        yield from nlargest(MOST, of, key=lambda seen: seen.reading.value or 0)


def _of_queues(
    states: list[AgentState], stays: list[OpenStay], names: Names
) -> Iterator[Observation]:
    if not any(state.is_seen for state in states):
        # A feed that tells nothing of agents does not tell that there are none.
        return
    named = {name.id: name.name for name in names.queues}
    waiting: dict[tuple[int, str], int] = {}
    for stay in stays:
        of = (stay.source, stay.queue)
        waiting[of] = waiting.get(of, 0) + 1
    for source, queue in _unattended(states, waiting):
        callers = waiting[source, queue]
        yield Observation(
            QUEUE_UNATTENDED, f"{source}/{queue}", QUEUE_UNATTENDED,
            Limits(critical=0, for_ms=QUEUE_ALONE_MS), Reading(callers), named.get(queue, queue),
            "callers wait and nobody is signed in", "count",
            dimension="queue", source=source, actions=LOUD,
        )  # fmt: skip


def _unattended(
    states: list[AgentState], queues: Iterable[tuple[int, str]]
) -> list[tuple[int, str]]:
    """The queues (by source) that nobody serves who is signed in; looks at each agent once."""
    signed_in = [state for state in states if state.state != "offline"]
    if not any(state.queues for state in states):
        return [] if signed_in else list(queues)
    served = {(state.source, queue) for state in signed_in for queue in state.queues or ()}
    return [queue for queue in queues if queue not in served]


def feed_states(health: tuple[FeedHealth, ...], now: int) -> Iterator[Observation]:
    """What is wrong with the feeds that go on, at `now` (UTC ms)."""
    for feed in health:
        name = f"feed {feed.feed}"
        if feed.stage in NOT_LIVE:
            seconds = max(0.0, (now - (feed.heard or feed.since or now)) / 1_000)
            yield Observation(
                FEED_SILENT, feed.feed, FEED_SILENT,
                Limits(critical=0, for_ms=FEED_SILENT_MS), Reading(max(1.0, seconds)), name,
                feed.stage if feed.stage != "stale" else "silent", "seconds", actions=LOUD,
            )  # fmt: skip
        behind = max(feed.behind or 0, 1 if feed.stage == "catching_up" else 0)
        if feed.stage in {"live", "catching_up"} and behind:
            yield Observation(
                FEED_LAGGING, feed.feed, FEED_LAGGING,
                Limits(warning=0, for_ms=FEED_LAGGING_MS), Reading(behind), name,
                "events behind", "count",
            )  # fmt: skip
        if feed.stage == "live" and abs(feed.skew_seconds or 0) > SKEW_SECONDS:
            yield Observation(
                FEED_SKEWED, feed.feed, FEED_SKEWED,
                Limits(warning=SKEW_SECONDS, for_ms=FEED_SKEWED_MS, hysteresis=0),
                Reading(abs(feed.skew_seconds or 0)), name, "its clock is off", "seconds",
            )  # fmt: skip
