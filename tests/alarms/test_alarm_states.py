"""What is stuck or impossible is an alarm without configuration."""

from tests.alarms.conftest import Watched
from wallboard.feeds.intake import Stage


def inbound(watched: Watched, at: float = 0) -> None:
    """A call that waits for support."""
    watched.cache.say("call.started", at, call="c1", direction="inbound")
    watched.cache.say("queue.entered", at, call="c1", queue="support")


def test_agent_on_a_call_that_ended(watched: Watched) -> None:
    """Half a minute after the call the agent is stuck; the next state heals it."""
    inbound(watched)
    watched.cache.say("agent.changed", 1, agent="a1", activity="on_call", call="c1")
    watched.cache.say("call.ended", 10, call="c1", reason="completed")
    watched.cache.feed()
    assert watched.at(39) == []
    assert watched.at(41) == ["warning agent_on_ended_call 1/a1"]
    (line,) = watched.standing()
    assert (line.name, line.words, line.call) == ("Ames A", "on a call that has ended", 1)
    watched.cache.say("agent.changed", 50, agent="a1", activity="idle")
    watched.cache.feed()
    assert watched.at(51) == []


def test_agent_over_the_limit(watched: Watched) -> None:
    """The limit of the state's reason holds; the value goes on."""
    watched.cache.say("agent.changed", 0, agent="a1", presence="paused", reason="Break")
    watched.cache.feed()
    assert watched.at(900) == []
    assert watched.at(901, 1_000) == ["warning agent_over_limit 1/a1"]
    (line,) = watched.standing()
    assert (line.words, line.threshold, line.value) == ("paused (Break)", 900, 1_000)
    watched.cache.say("agent.changed", 1_001, agent="a1", presence="available")
    watched.cache.feed()
    assert watched.at(1_002) == []


def test_queue_without_agents(watched: Watched) -> None:
    """Callers and nobody signed in: critical, after half a minute; a paused agent is signed in."""
    inbound(watched)
    watched.cache.say("agent.changed", 1, agent="a1", presence="paused")
    watched.cache.feed()
    assert watched.at(2, 60) == []
    watched.cache.say("agent.changed", 61, agent="a1", presence="offline")
    watched.cache.feed()
    assert watched.at(62, 91) == []
    assert watched.at(92) == ["critical queue_unattended 1/support"]
    watched.cache.say("agent.changed", 99, agent="a1", presence="available")
    watched.cache.feed()
    assert watched.at(100) == []


def test_call_without_an_event_for_hours(watched: Watched) -> None:
    """Two hours after its last event a call in progress is told; an event heals it."""
    inbound(watched)
    watched.cache.say("call.transferred", 3_600, call="c1", method="blind")
    watched.cache.feed()
    assert watched.at(7_300, 10_790) == []
    assert watched.at(10_900) == ["warning call_silent 1/1"]
    (line,) = watched.standing()
    assert (line.call, line.name) == (1, "c1")
    watched.cache.say("call.ended", 10_950, call="c1", reason="completed")
    watched.cache.feed()
    assert watched.at(11_000) == []


def test_silent_lagging_and_skewed_feeds(watched: Watched) -> None:
    """What is wrong with a feed is told once it has lasted."""
    watched.feed_is(Stage.DISCONNECTED)
    assert watched.at(1, 15) == []
    assert watched.at(16) == ["critical feed_silent main"]
    watched.feed_is(Stage.CATCHING_UP)
    assert watched.at(17, 76) == []
    assert watched.at(77) == ["warning feed_lagging main"]
    watched.feed_is(Stage.LIVE, skew=-7.5)
    assert watched.at(78, 107) == []
    assert watched.at(108) == ["warning feed_skewed main"]
    assert watched.standing()[0].value == 7.5
    watched.feed_is(Stage.LIVE, skew=0.1)
    assert watched.at(109) == []


def test_of_a_feed_that_is_silent_nothing_else_is_judged(watched: Watched) -> None:
    """Who was on a break may have come back: while nobody tells, nothing is raised or ended."""
    watched.cache.say("agent.changed", 0, agent="a1", presence="paused", reason="Break")
    watched.cache.feed()
    watched.feed_is(Stage.DISCONNECTED)
    assert watched.at(1, 950) == ["critical feed_silent main"]


def test_feed_that_is_through_is_no_alarm(watched: Watched) -> None:
    """A file that was read to its end is not silent."""
    watched.feed_is(Stage.FINISHED)
    assert watched.at(1, 100) == []


def test_the_id_of_a_call_is_whole_where_it_is_no_number(watched: Watched) -> None:
    """Whoever looks for the call needs it: the demo's ids, and Asterisk's, which are digits."""
    for call in ("c2611221040-7069", "1700000000.4711"):
        watched.cache.say("call.started", 0, call=call, direction="inbound")
    watched.cache.feed()
    watched.at(7_300)
    assert {line.name for line in watched.standing()} == {"c2611221040-7069", "1700000000.4711"}


def test_the_id_of_a_call_may_be_a_number(watched: Watched) -> None:
    """It is neither shown nor posted in full where numbers are masked."""
    number = "+14155550171"
    watched.cache.say("call.started", 0, call=number, direction="inbound")
    watched.cache.feed()
    assert watched.at(7_300) == ["warning call_silent 1/1"]
    (line,) = watched.standing()
    assert number not in f"{line.name} {line.key} {line.words}"
