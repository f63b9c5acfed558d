"""What is true now in plain aligned text: no colours, no markup, nothing a terminal would obey."""

from collections.abc import Iterator
from typing import Final

from wallboard.board.trust import State, Verdict
from wallboard.commands.freshness import RECENT_SECONDS, age_words, newest_event
from wallboard.commands.plain_table import indented, table
from wallboard.commands.status_alarms import Alarmed, alarm_text
from wallboard.commands.status_values import agents_by_state
from wallboard.counted import counted
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import Quarantined
from wallboard.questions.floor_answers import AgentNow, Floor, Headline, QueueNow, Ratio
from wallboard.reporting_time import Calendar
from widgets.figures import UNKNOWN, age, count, duration, share
from widgets.text import visible

STATE_WORDS: Final = {
    State.LIVE: "live",
    State.FINISHED: "finished",
    State.CATCHING_UP: "catching up",
    State.WAITING: "waiting",
    State.STALE: "stale",
    State.DISCONNECTED: "disconnected",
    State.NOT_COLLECTING: "not collecting",
    State.NO_FEED: "no feed",
    State.UNREADABLE: "unreadable",
}


def status_text(
    floor: Floor,
    feeds: tuple[FeedHealth, ...],
    quarantined: tuple[Quarantined, ...],
    calling: Alarmed,
    verdict: Verdict,
    calendar: Calendar,
    title: str,
    now: int,
) -> str:
    """The status as lines of text; the feeds are as they are `now` (UTC ms).

    `quarantined` is what was last put in quarantine, the newest first, `calling` the alarms.
    """
    return "\n".join(_lines(floor, feeds, quarantined, calling, verdict, calendar, title, now))


def _lines(
    floor: Floor,
    feeds: tuple[FeedHealth, ...],
    quarantined: tuple[Quarantined, ...],
    calling: Alarmed,
    verdict: Verdict,
    calendar: Calendar,
    title: str,
    now: int,
) -> Iterator[str]:
    known = " ".join(
        word
        for word in (STATE_WORDS[verdict.state], age(verdict.age) if verdict.age else "")
        if word
    )
    detail = f" ({visible(verdict.detail)})" if verdict.detail else ""
    yield f"{visible(title)}  {calendar.format_time(floor.at)}  {known}{detail}"
    newest = newest_event(feeds)
    if verdict.state is State.FINISHED and (
        newest is None or (now - newest) / 1_000 > RECENT_SECONDS
    ):
        words = age_words(newest, now, calendar)
        yield f"! No feed goes on: {words}"
    if floor.note:
        yield f"! {visible(floor.note)}"
    yield ""
    yield _rates(floor)
    yield ""
    yield "QUEUES"
    yield indented(_queues(floor.queues, floor.at)) if floor.queues else "  none known"
    if floor.queues_beyond:
        yield f"  and {floor.queues_beyond:,} more"
    yield ""
    more = f" · and {floor.agents_beyond:,} more" if floor.agents_beyond else ""
    yield f"AGENTS  {_states(floor.agents)}{more}"
    if standing_out := [line for agent in floor.agents if (line := _standing_out(agent, floor.at))]:
        yield indented(table(("", "", "", ""), standing_out))
    yield ""
    yield "FEEDS"
    yield indented(_feeds(feeds, now)) if feeds else "  none: nothing was collected yet"
    if quarantined:
        yield ""
        yield "  Last put in quarantine:"
        for item in quarantined:
            again = f" ({counted(item.times, 'time')})" if item.times > 1 else ""
            when = calendar.format_time(item.received)
            yield visible(f"  {when}  {item.feed}  {item.sentence}{again}")
    yield ""
    yield from alarm_text(calling, floor.at, calendar)


def _rates(floor: Floor) -> str:
    head, waiting = floor.headline, floor.waiting
    target = f"target {share(head.service_level_target, 0)} in {head.service_level_seconds:g} s"
    return table(
        ("", "", "", ""),
        (
            ("Answer rate", share(head.answer_rate.value), _of(head.answer_rate), ""),
            ("Service level", share(head.service_level.value), _of(head.service_level), target),
            ("Abandoned", share(head.abandonment.value), _of(head.abandonment), ""),
            (
                "Drop rate",
                share(head.drop_rate.value),
                _of(head.drop_rate),
                _drops_left(head),
            ),
            (
                "Waiting",
                count(waiting.calls),
                f"longest {duration(waiting.longest_seconds)}",
                f"estimated {duration(waiting.estimated_seconds)}",
            ),
            (
                "Handle time",
                duration(head.handle_seconds),
                f"of {head.handled:,}",
                f"talk {duration(head.talk_seconds)}, wrap-up {duration(head.wrap_seconds)}",
            ),
            (
                "Occupancy",
                share(floor.occupancy),
                counted(floor.occupancy_agents, "agent"),
                "30 min",
            ),
            ("In progress", *counted(floor.calls_in_progress, "call").split(), ""),
        ),
    )


def _drops_left(head: Headline) -> str:
    """How many more drops the limit allows, once the live answers allow one at all."""
    limit = share(head.drop_limit)
    if not head.drop_rate.denominator:
        return f"nobody reached yet, limit {limit}"
    if not head.drops_allowed or head.drops_left is None:
        return f"too few to tell, limit {limit}"
    if head.drops_left < 0:
        return f"{-head.drops_left:,} over {limit}"
    return f"{head.drops_left:,} left before {limit}"


def _of(ratio: Ratio) -> str:
    return f"of {ratio.denominator:,}"


def _queues(queues: tuple[QueueNow, ...], at: int) -> str:
    head = "queue waiting longest service-level target ASA abandoned offered ready busy paused"
    rows = [
        (
            queue.name,
            str(len(queue.entered)),
            duration((at - queue.entered[0]) / 1_000) if queue.entered else UNKNOWN,
            share(queue.service_level.value),
            f"{share(queue.target_share, 0)} in {queue.target_seconds:g} s",
            duration(queue.speed),
            f"{queue.abandoned:,}",
            f"{queue.offered:,}",
            str(queue.ready),
            str(queue.busy),
            str(queue.paused),
        )
        for queue in queues
    ]
    return table(head.split(), rows, head.removeprefix("queue "))


def _states(agents: tuple[AgentNow, ...]) -> str:
    said = [
        f"{number} {state.replace('_', ' ')}"
        for state, number in agents_by_state(agents).items()
        if number
    ]
    return " · ".join(said) or "none known"


def _standing_out(agent: AgentNow, at: int) -> tuple[str, str, str, str] | None:
    """An agent who is stuck, in fault, or longer in a state than is allowed."""
    seconds = max(0, at - agent.since) / 1_000
    is_over = agent.limit_seconds is not None and seconds > agent.limit_seconds
    if not (agent.stuck or is_over or agent.state == "fault"):
        return None
    state = agent.state.replace("_", " ")
    if agent.state == "paused" and agent.reason:
        state = f"{state}: {agent.reason}"
    why = agent.stuck or (f"over {duration(agent.limit_seconds)}" if is_over else "")
    return f"! {agent.name}", state, duration(seconds), why


def _feeds(feeds: tuple[FeedHealth, ...], now: int) -> str:
    head = "feed stage last-event gaps repeated unknown quarantined events reason"
    rows = [
        (
            feed.feed,
            feed.stage.replace("_", " "),
            UNKNOWN if feed.last_event is None else f"{age((now - feed.last_event) / 1_000)} ago",
            f"{feed.gaps:,}",
            f"{feed.repeated:,}",
            f"{feed.unknown:,}",
            f"{feed.quarantined:,}",
            f"{feed.events:,}",
            feed.reason,
        )
        for feed in feeds
    ]
    return table(head.split(), rows, "last-event gaps repeated unknown quarantined events")
