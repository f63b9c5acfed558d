"""One call whole: legs, stays, transfers, facts and events, while it goes on and after it."""

import json
from contextlib import closing

import pytest

from tests.questions.conftest import NOON, Cache
from wallboard.cache.writing import open_for_writing
from wallboard.questions.call import whole_call
from wallboard.questions.call_answers import WholeCall
from wallboard.questions.calls import find_call


@pytest.fixture
def story(cache: Cache) -> Cache:
    """A call that is queued, answered, held, transferred, reviewed and exported twice."""
    say = cache.say
    say(
        "campaign.defined",
        -900,
        campaign="k1",
        name="Spring [b]",
        direction="blended",
        channel="voice",
    )
    say("queue.defined", -900, queue="q1", name="Support")
    say("agent.defined", -900, agent="a1", name="Ames A")
    say("agent.defined", -900, agent="a2", name="Burke B")
    say(
        "call.started",
        -100,
        call="c1",
        direction="inbound",
        campaign="k1",
        from_number="+14155550171",
        to_number="+18005550100",
        attribution={"source": "search", "keyword": "repair"},
        location={"city": "Bergen"},
    )
    say("leg.started", -100, call="c1", leg="b", kind="B", number="+14155550171", name="Jane Doe")
    say("leg.answered", -100, call="c1", leg="b")
    say("queue.entered", -99, call="c1", queue="q1", position=3)
    say("leg.started", -80, call="c1", leg="l1", kind="A", agent="a1")
    say("leg.answered", -75, call="c1", leg="l1")
    say("queue.left", -75, call="c1", queue="q1", reason="answered", agent="a1")
    say("leg.held", -70, call="c1", leg="l1")
    say("leg.resumed", -60, call="c1", leg="l1")
    say("call.transferred", -50, call="c1", method="attended", from_agent="a1", to_agent="a2")
    say("leg.ended", -50, call="c1", leg="l1", cause="completed", by="agent", cost=0.02)
    say("call.recording", -50, call="c1", leg="l1", status="completed", url="https://r.example/1")
    say("leg.started", -50, call="c1", leg="l2", kind="A", agent="a2")
    say("leg.answered", -45, call="c1", leg="l2")
    say("call.ended", -10, call="c1", reason="completed", by="caller")
    say("call.wrapped", -2, call="c1", agent="a2", seconds=8)
    say(
        "call.outcome",
        -2,
        call="c1",
        disposition="Repair booked",
        qualified=True,
        notes="Call back\nbefore noon",
        tags=["vip"],
        survey=[{"question": "Happy?", "answer": 5}, {"question": "Again?", "answer": True}],
    )
    say("call.checked", -1, call="c1", rule="consent", passed=True)
    say("call.exported", -1, call="c1", platform="ads", ok=False, error="timeout")
    say("call.exported", 0, call="c1", platform="ads", ok=True)
    say("call.started", -500, call="c0", direction="inbound", from_number="+14155550171")
    say("call.ended", -480, call="c0", reason="abandoned")
    say("call.ended", -300, call="c1", reason="failed")
    return cache.feed()


def asked(cache: Cache, call: str = "c1", now: int = NOON) -> WholeCall:
    """The whole call."""
    connection = cache.read()
    (line,) = find_call(connection, call, now)
    found = whole_call(connection, line.number, now)
    assert found is not None
    return found


def test_legs_with_their_times_and_names(story: Cache) -> None:
    """Ring, talk and hold; who it was; what closed with the call."""
    legs = {leg.leg: leg for leg in asked(story).legs}
    assert [(legs[n].kind, legs[n].party) for n in ("b", "l1", "l2")] == [
        ("B", "Jane Doe"),
        ("A", "Ames A"),
        ("A", "Burke B"),
    ]
    first, second = legs["l1"], legs["l2"]
    assert (first.ring_seconds, first.talk_seconds, first.hold_seconds) == (5, 15, 10)
    assert first.holds == ((NOON - 70_000, NOON - 60_000),)
    assert (first.cause, first.ended_by, first.cost) == ("completed", "agent", 0.02)
    assert (second.ended_with_call, second.ended, second.talk_seconds) == (True, NOON - 10_000, 35)


def test_facts_stand_in_reading_order(story: Cache) -> None:
    """Attribution, location, outcome, wrap-up, recording, the latest export, check."""
    call = asked(story)
    assert call.facts == (
        ("Attribution: source", "search"),
        ("Attribution: keyword", "repair"),
        ("Location: city", "Bergen"),
        ("Disposition", "Repair booked"),
        ("Qualified", "yes"),
        ("Wrap-up by Burke B", "8 s"),
        ("Recording of leg l1", "completed https://r.example/1"),
        ("Export to ads", "sent"),
        ("Check of consent", "passed"),
    )
    assert call.notes == "Call back\nbefore noon"
    assert call.tags == ("vip",)
    assert call.survey == (("Happy?", "5"), ("Again?", "yes"))
    assert (call.campaign_name, call.cost) == ("Spring [b]", 0.02)
    assert [(stay.name, stay.position, stay.reason) for stay in call.stays] == [
        ("Support", 3, "answered")
    ]
    (transfer,) = call.transfers
    assert (transfer.sender, transfer.receiver, transfer.method) == (
        "Ames A",
        "Burke B",
        "attended",
    )


def test_events_are_whole_and_in_order(story: Cache) -> None:
    """Each with its own raw text, the time since the one before, and why it was set aside."""
    events = asked(story).events
    sent = sorted(
        (event for event in story.events if event["data"].get("call") == "c1"),
        key=lambda event: (event["time"], int(event["sequence"])),
    )
    assert [json.loads(event.text or "") for event in events] == sent
    assert events[0].since_previous_seconds is None
    assert events[1].since_previous_seconds == 200
    aside = [(event.type, event.set_aside) for event in events if event.set_aside]
    assert aside == [
        (
            "call.ended",
            "The end of the call is 200 s before the start: expected 2 s at the most.",
        )
    ]


def test_texts_outlive_nothing_but_their_retention(story: Cache) -> None:
    """Without the messages the events are still there, without their text."""
    with closing(open_for_writing(story.path)) as database, database.conn:
        database.conn.execute("DELETE FROM messages")
    events = asked(story).events
    assert len(events) > 20
    assert all(event.text is None for event in events)


def test_a_call_that_goes_on_is_told_so_far(story: Cache) -> None:
    """On hold after half a minute: nothing of what came later is said."""
    call = asked(story, now=NOON - 65_000)
    assert call.ended is None
    assert call.line.state == "talking"
    assert call.line.disposition is None
    assert [leg.leg for leg in call.legs] == ["b", "l1"]
    held = call.legs[1]
    assert (held.talk_seconds, held.hold_seconds, held.holds) == (5, 5, ((NOON - 70_000, None),))
    assert call.transfers == ()
    assert call.notes is None
    assert max(event.time for event in call.events) <= NOON - 65_000
    connection = story.read()
    (line,) = find_call(connection, "c1", NOON)
    assert whole_call(connection, line.number, NOON - 400_000) is None
    assert whole_call(connection, 10_000, NOON) is None


def test_attempts_are_the_other_calls_of_the_same_number(story: Cache) -> None:
    """Oldest first, without the call itself."""
    call = asked(story)
    assert [line.call for line in call.attempts] == ["c0"]
    assert (call.attempt, call.attempts_in_all) == (2, 2)
    assert asked(story, "c0").attempt == 1


def test_a_call_of_which_no_start_is_known_is_shown(cache: Cache) -> None:
    """It has its events, no direction, and counts as nobody's attempt."""
    cache.say("leg.started", -10, call="c9", leg="l", kind="A")
    cache.feed()
    call = asked(cache, "c9")
    assert (call.line.started, call.line.direction) == (None, None)
    assert call.attempts_in_all == 1
    assert [event.type for event in call.events] == ["leg.started"]
