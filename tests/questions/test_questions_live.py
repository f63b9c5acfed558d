"""What is true now, from a few events made by hand: future dates, stuck agents, odd feeds."""

import pytest
from msgspec.structs import replace

from tests.questions.conftest import NOON, Cache, Json, Make
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration
from wallboard.questions.agents import agents
from wallboard.questions.feeds import feeds, quarantine
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import AgentNow, Ratio
from wallboard.questions.gaps import gaps
from wallboard.questions.hours import hours
from wallboard.questions.names import names
from wallboard.questions.occupancy import occupancy
from wallboard.questions.scope import Scope
from wallboard.questions.waiting import waiting

SETTINGS = Configuration()
ALL = Scope()


def arrive(cache: Cache, call: str, at: float, queue: str = "support") -> None:
    """An inbound call that enters a queue at once."""
    cache.say("call.started", at, call=call, direction="inbound", from_number="+14155550171")
    cache.say("queue.entered", at, call=call, queue=queue)


def shown(cache: Cache, now: int) -> dict[str, AgentNow]:
    """The agents by id."""
    found = agents(cache.read(), SETTINGS.board.limits, ALL, now)
    return {agent.agent: agent for agent in found}


def test_a_future_end_ends_nothing_yet(cache: Cache) -> None:
    """An end dated in two hours leaves the call in its queue, and unanswered, until then."""
    arrive(cache, "c1", -60)
    cache.say("leg.started", -60, leg="b1", call="c1", kind="B")
    cache.say("queue.left", 7_200, call="c1", queue="support", reason="abandoned")
    cache.say("call.ended", 7_200, call="c1", reason="abandoned")
    cache.feed()
    known = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    assert known.calls_in_progress == 1
    assert known.waiting.calls == 1
    assert known.waiting.longest_seconds == 60
    assert known.headline.answer_rate == Ratio(0, 0)
    (hour,) = (hour for hour in known.hours if hour.in_progress)
    assert (hour.label, hour.missed, hour.answered) == ("11", 0, 0)
    later = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON + 7_200_000)
    assert later.calls_in_progress == later.waiting.calls == 0
    assert later.headline.answer_rate == Ratio(0, 1)


def test_a_future_start_has_not_begun(cache: Cache) -> None:
    """Neither the call nor its wait nor a state of tomorrow is true now."""
    arrive(cache, "c1", 3_600)
    cache.say("agent.changed", -30, agent="a1", presence="available")
    cache.say("agent.changed", 3_600, agent="a1", activity="on_call", call="c1")
    cache.say("agent.changed", 3_600, agent="a2", presence="available")
    cache.feed()
    known = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    assert known.calls_in_progress == known.waiting.calls == 0
    assert [(agent.agent, agent.state) for agent in known.agents] == [("a1", "available")]
    assert sum(hour.in_progress for hour in known.hours) == 0


def test_a_call_without_a_start_counts_nowhere(cache: Cache) -> None:
    """Its wait is not counted until its call.started is known."""
    cache.say("queue.entered", -20, call="c1", queue="support")
    cache.feed()
    assert waiting(cache.read(), SETTINGS.metrics, ALL, NOON).calls == 0
    started = cache.say("call.started", -20, call="c1", direction="inbound")
    cache.feed([started])
    assert waiting(cache.read(), SETTINGS.metrics, ALL, NOON).calls == 1


def test_waits_of_one_call_in_two_queues(cache: Cache) -> None:
    """One call waiting in two queues is one call waiting, and stands in both."""
    arrive(cache, "c1", -90, "first")
    cache.say("queue.entered", -30, call="c1", queue="second")
    cache.feed()
    known = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    assert known.waiting.calls == 1
    assert known.waiting.longest_seconds == 90
    assert {queue.queue: queue.entered for queue in known.queues} == {
        "first": (NOON - 90_000,),
        "second": (NOON - 30_000,),
    }


def handled_call(cache: Cache, call: str, at: float, talk: float) -> None:
    """A call that agent a1 answers at once, with so many seconds of talk."""
    arrive(cache, call, at)
    cache.say("leg.started", at, call=call, leg=f"l{call}", kind="A", agent="a1")
    cache.say("leg.answered", at, call=call, leg=f"l{call}")
    cache.say("queue.left", at, call=call, queue="support", reason="answered", agent="a1")
    cache.say("leg.ended", at + talk, call=call, leg=f"l{call}", cause="completed")
    cache.say("call.ended", at + talk, call=call, reason="completed")


def test_estimated_wait_is_of_the_agents_who_serve(cache: Cache) -> None:
    """(2 + 1) x 100 s over the two of four agents who serve the queue."""
    handled_call(cache, "c1", -600, 100)
    arrive(cache, "c2", -9)
    arrive(cache, "c3", -5)
    for agent, presence, queues in (
        ("a1", "available", ["support"]),
        ("a2", "available", ["support", "sales"]),
        ("a3", "paused", ["support"]),
        ("a4", "available", ["sales"]),
    ):
        cache.say("agent.changed", -700, agent=agent, presence=presence, queues=queues)
    cache.feed()
    known = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    (support,) = (queue for queue in known.queues if queue.queue == "support")
    assert support.estimated_seconds == 150
    assert (support.ready, support.busy, support.paused) == (2, 0, 1)
    assert waiting(cache.read(), SETTINGS.metrics, Scope(queue="support"), NOON).calls == 2


def test_estimated_wait_without_agents_is_unknown(cache: Cache) -> None:
    """Nobody serves: unknown, never zero; all serve where no agent names queues."""
    handled_call(cache, "c1", -600, 100)
    cache.feed()
    assert waiting(cache.read(), SETTINGS.metrics, ALL, NOON).estimated_seconds is None
    came = cache.say("agent.changed", -1, agent="a1", presence="available")
    cache.feed([came])
    assert waiting(cache.read(), SETTINGS.metrics, ALL, NOON).estimated_seconds == 100
    left = cache.say("agent.changed", 0, agent="a1", presence="offline")
    cache.feed([left])
    assert waiting(cache.read(), SETTINGS.metrics, ALL, NOON).estimated_seconds is None


@pytest.mark.parametrize("activity", ["ringing", "dialling", "on_call", "on_hold"])
def test_an_agent_on_an_ended_call_is_stuck(cache: Cache, activity: str) -> None:
    """Soon after the end nobody is stuck yet; wrap-up never is."""
    arrive(cache, "c1", -100)
    cache.say("call.ended", -50, call="c1", reason="completed")
    cache.say("agent.changed", -90, agent="a1", activity=activity, call="c1")
    cache.say("agent.changed", -90, agent="a2", activity=activity, call="never heard of")
    cache.say("agent.changed", -90, agent="a3", activity=activity)
    cache.say("agent.changed", -40, agent="a4", activity="wrap_up", call="c1")
    cache.feed()
    stuck = {agent: known.stuck for agent, known in shown(cache, NOON).items()}
    assert stuck == {
        "a1": "on a call that has ended",
        "a2": "on a call that was never heard of",
        "a3": "",
        "a4": "",
    }
    assert shown(cache, NOON - 49_000)["a1"].stuck == ""
    assert shown(cache, NOON - 60_000)["a1"].stuck == ""


def test_a_pause_has_the_limit_of_its_reason(cache: Cache) -> None:
    """Lunch is allowed longer than other pauses; available has no limit."""
    for agent, presence, reason in (
        ("a1", "paused", "Lunch"),
        ("a2", "paused", "training"),
        ("a3", "available", None),
    ):
        cache.say("agent.changed", -10, agent=agent, presence=presence, reason=reason)
    cache.say("agent.defined", -10, agent="a4", name="Never seen")
    cache.feed()
    limits = {agent: known.limit_seconds for agent, known in shown(cache, NOON).items()}
    assert limits == {"a1": 3600, "a2": 1800, "a3": None, "a4": None}


def test_an_agent_never_heard_of_is_offline_since_being_defined(cache: Cache) -> None:
    """Counted as offline, not as seen; before the definition there is no such agent."""
    cache.say("agent.defined", -20, agent="a1", name="Ames A", team="Blue")
    cache.say("agent.defined", -10, agent="a1", name="Ames B")
    cache.say("agent.changed", -5, agent="a2", presence="available")
    cache.say("agent.changed", 5, agent="a1", presence="available")
    cache.feed()
    assert set(shown(cache, NOON - 30_000)) == set()
    known = shown(cache, NOON)
    assert (known["a1"].state, known["a1"].is_seen, known["a1"].since) == (
        "offline", False, NOON - 20_000,
    )  # fmt: skip
    assert (known["a2"].state, known["a2"].is_seen) == ("available", True)
    later = shown(cache, NOON + 6_000)["a1"]
    assert (later.state, later.is_seen, later.since) == ("available", True, NOON + 5_000)
    busy = occupancy(cache.read(), ALL, NOON)
    assert (busy.share, busy.agents) == (0.0, 1)


def test_a_gap_marks_the_day_and_its_hours(cache: Cache) -> None:
    """The numbers say so, in words; the hours it touches are marked, the day before is not."""
    arrive(cache, "c1", -3_600)
    cache.feed(received=NOON - 3_600_000)
    cache.ledger.feeds.record_gap(
        "main", None, NOON - 3_600_000, NOON - 1_800_000, "The feed forgot them."
    )
    cache.ledger.commit((), NOON - 1_800_000)
    known = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    assert not known.complete
    assert "main" in known.note
    assert "11:00:00" in known.note
    marked = [
        hour.label
        for hour in hours(cache.read(), cache.calendar, SETTINGS.metrics, ALL, NOON, {})
        if hour.gap
    ]
    assert marked == ["11"]
    assert len(gaps(cache.read(), NOON - 3_000_000, NOON)) == 1
    assert gaps(cache.read(), NOON, NOON + 1) == ()
    (feed,) = feeds(cache.read(), NOON)
    assert feed.gaps == 1
    assert floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON - 86_400_000).complete


def test_feeds_count_and_quarantine_shows_the_text(cache: Cache) -> None:
    """What the ledger wrote of its feed is what is answered."""
    arrive(cache, "c1", -10)
    cache.feed()
    cache.feed()
    late = cache.say("call.ended", -100, call="c1", reason="completed")
    cache.feed([late])
    (feed,) = feeds(cache.read(), NOON)
    assert (feed.feed, feed.events, feed.applied, feed.repeated) == ("main", 5, 2, 2)
    assert feed.quarantined == 1
    assert feed.last_event == NOON - 10_000
    (item,) = quarantine(cache.read(), 10)
    assert item.reason == "The end of the call is 90 s before the start: expected 2 s at the most."
    assert item.text is not None
    assert b"call.ended" in item.text


def test_names_are_of_what_was_defined(cache: Cache) -> None:
    """The id stands for a name that was not given, or is blank."""
    cache.say("queue.defined", -10, queue="q1", name="Ärger")
    cache.say("queue.defined", -10, queue="q2", name="[b]Orders[/b]")
    cache.say("agent.defined", -10, agent="a1", name="Ames A", team="Blue")
    cache.say("agent.changed", -10, agent="a2", presence="available")
    cache.say("agent.defined", -10, agent="a3", name="")
    cache.say("queue.defined", -10, queue="q3", name=" \t\u00a0")
    cache.feed()
    known = names(cache.read())
    assert known.queues == (("q2", "[b]Orders[/b]"), ("q3", "q3"), ("q1", "Ärger"))
    assert known.agents == (("a2", "a2"), ("a3", "a3"), ("a1", "Ames A"))
    assert {agent.name for agent in shown(cache, NOON).values()} == {"a2", "a3", "Ames A"}
    shown_floor = floor(cache.read(), cache.calendar, SETTINGS, ALL, NOON)
    assert [queue.name for queue in shown_floor.queues] == ["[b]Orders[/b]", "q3", "Ärger"]
    assert known.teams == ("Blue",)


def test_any_order_of_arrival_gives_the_same_floor(make: Make) -> None:
    """Backwards, one event at a time, and each of them twice."""
    cache, backwards = make("forwards"), make("backwards")
    handled_call(cache, "c1", -600, 100)
    arrive(cache, "c2", -9)
    cache.say("agent.changed", -700, agent="a1", presence="available", queues=["support"])
    cache.say("agent.changed", -20, agent="a1", activity="wrap_up")
    cache.feed()
    assert isinstance(backwards.ledger, Ledger)
    events: list[Json] = [event for event in reversed(cache.events) for _ in range(2)]
    for event in events:
        backwards.feed([event])
    for now in (NOON, NOON - 300_000, NOON - 550_000):
        one, other = (
            floor(each.read(), cache.calendar, SETTINGS, ALL, now) for each in (cache, backwards)
        )
        assert [caller.number for caller in one.callers] == [c.number for c in other.callers]
        # A call's number in the cache is by its arrival, and the only thing that is.
        alike = tuple(
            replace(caller, call=there.call)
            for caller, there in zip(other.callers, one.callers, strict=True)
        )
        assert replace(other, callers=alike) == one
