"""What is true now as plain values for JSON; live metrics under their slugs in the catalogue."""

from collections import Counter
from typing import Any, Final

from wallboard.board.trust import Verdict
from wallboard.commands.freshness import newest_event
from wallboard.commands.moments import written
from wallboard.commands.status_alarms import Alarmed, alarm_values, budget_values, trouble_values
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import Quarantined
from wallboard.questions.floor_answers import AgentNow, Floor, QueueNow, Ratio
from wallboard.reporting_time import Calendar

STATES: Final = (
    *("available", "ringing", "dialling", "on_call", "on_hold"),
    *("wrap_up", "paused", "fault", "offline"),
)

Values = dict[str, Any]


def status_values(
    floor: Floor,
    feeds: tuple[FeedHealth, ...],
    quarantined: tuple[Quarantined, ...],
    calling: Alarmed,
    verdict: Verdict,
    calendar: Calendar,
    now: int,
) -> Values:
    """The status as one object: durations in seconds, shares 0 to 1, null for unknown.

    `quarantined` is what was last put in quarantine, `calling` the alarms; the ages are those at
    `now` (UTC ms).
    """
    head = floor.headline
    newest = newest_event(feeds)
    return {
        "at": written(calendar, floor.at),
        "data": {
            "state": verdict.state.name.lower(),
            "age_seconds": verdict.age,
            "detail": verdict.detail,
            "newest_event": written(calendar, newest),
            "newest_event_age_seconds": None if newest is None else max(0, now - newest) / 1_000,
        },
        "complete": floor.complete,
        "note": floor.note,
        "calls_waiting": floor.waiting.calls,
        "longest_wait": floor.waiting.longest_seconds,
        "calls_in_progress": floor.calls_in_progress,
        "agents_by_state": agents_by_state(floor.agents),
        "occupancy": floor.occupancy,
        "estimated_wait": floor.waiting.estimated_seconds,
        "today": {
            "answer_rate": _ratio(head.answer_rate),
            "service_level": _ratio(head.service_level)
            | {
                "target": {
                    "seconds": head.service_level_seconds,
                    "share": head.service_level_target,
                }
            },
            "abandonment_rate": _ratio(head.abandonment),
            "drop_rate": _ratio(head.drop_rate) | {"limit": head.drop_limit},
            "drop_headroom": head.drops_left,
            "average_handle_time": head.handle_seconds,
            "talk_time": head.talk_seconds,
            "after_call_work_time": head.wrap_seconds,
            "connected_calls": head.handled,
        },
        "queues": [_queue(queue, floor.at, calendar) for queue in floor.queues],
        "queues_beyond": floor.queues_beyond,
        "agents": [_agent(agent, floor.at, calendar) for agent in floor.agents],
        "agents_beyond": floor.agents_beyond,
        "feeds": [_feed(feed, calendar) for feed in feeds],
        "quarantine": {
            "count": sum(feed.quarantined for feed in feeds),
            "latest": [
                {
                    "feed": item.feed,
                    "received": written(calendar, item.received),
                    "reason": item.reason,
                    "event": item.event,
                    "times": item.times,
                }
                for item in quarantined
            ],
        },
        "alarms": alarm_values(calling.alarms, floor.at, calendar),
        "drop_budgets": budget_values(calling.budgets, calendar),
        "alarm_troubles": trouble_values(calling, calendar),
    }


def agents_by_state(agents: tuple[AgentNow, ...]) -> dict[str, int]:
    """How many agents are in each state, none left out."""
    counted = Counter(agent.state for agent in agents)
    return {state: counted[state] for state in STATES}


def _ratio(ratio: Ratio) -> Values:
    return {
        "value": ratio.value,
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
    }


def _queue(queue: QueueNow, at: int, calendar: Calendar) -> Values:
    return {
        "queue": queue.queue,
        "name": queue.name,
        "calls_waiting": len(queue.entered),
        "longest_wait": (at - queue.entered[0]) / 1_000 if queue.entered else None,
        "waiting_since": [written(calendar, entered) for entered in queue.entered],
        "estimated_wait": queue.estimated_seconds,
        "service_level": _ratio(queue.service_level)
        | {"target": {"seconds": queue.target_seconds, "share": queue.target_share}},
        "average_speed_of_answer": queue.speed,
        "offered": queue.offered,
        "abandoned": queue.abandoned,
        "agents": {"available": queue.ready, "busy": queue.busy, "paused": queue.paused},
    }


def _agent(agent: AgentNow, at: int, calendar: Calendar) -> Values:
    seconds = max(0, at - agent.since) / 1_000
    return {
        "agent": agent.agent,
        "name": agent.name,
        "team": agent.team,
        "state": agent.state,
        "reason": agent.reason,
        "since": written(calendar, agent.since),
        "seconds": seconds,
        "limit_seconds": agent.limit_seconds,
        "over_limit": agent.limit_seconds is not None and seconds > agent.limit_seconds,
        "stuck": agent.stuck or None,
        "call": agent.call,
    }


def _feed(feed: FeedHealth, calendar: Calendar) -> Values:
    return {
        "feed": feed.feed,
        "stage": feed.stage,
        "reason": feed.reason,
        "since": written(calendar, feed.since),
        "heard": written(calendar, feed.heard),
        "last_event": written(calendar, feed.last_event),
        "updated": written(calendar, feed.updated),
        "clock_skew_seconds": feed.skew_seconds,
        "events_behind": feed.behind,
        "events_to_fetch": feed.backlog,
        "events": feed.events,
        "applied": feed.applied,
        "repeated": feed.repeated,
        "unknown": feed.unknown,
        "quarantined": feed.quarantined,
        "gaps": feed.gaps,
    }
