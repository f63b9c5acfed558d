"""Traps of channels: which are legs, of which kind, when they were answered and why they ended."""

import json
from typing import Any

import pytest

from tests.asterisk.recordings import ARI, Heard, Message, lines_of, named, of
from wallboard.config import Asterisk
from wallboard.events.calls import (
    CallEnded,
    CallRecording,
    CallStarted,
    LegAnswered,
    LegEnded,
    LegHeld,
    LegResumed,
    LegStarted,
)
from wallboard.events.kinds import UNSET
from wallboard.feeds.asterisk.hearing import Hearing
from wallboard.feeds.asterisk.recorded import Recording

RING_ALL = "pbx-1795316780.2"
PURE_LOCAL = "pbx-1795316790.39"
MANUAL = "pbx-1795316812.113"
MANUAL_BUSY = "pbx-1795316999.751"
UNREACHABLE = "camp-spring-sale-25"
BUSY_TRUNK = "camp-renewals-34"
BUSY_LOCAL = "camp-renewals-30"
CONGESTED = "camp-spring-sale-93"
MACHINE = "camp-collections-86"
NOT_ANSWERED = "camp-renewals-44"
LISTENED_TO = "pbx-1795316786.22"
LISTENER = "pbx-1795316803.90"
CONFERENCE = "pbx-1795316799.67"


def legs(heard: Heard) -> dict[str, LegStarted]:
    """The legs by their ids; none twice."""
    started = heard.all(LegStarted)
    assert len({one.leg for one in started}) == len(started)
    return {one.leg: one for one in started}


def causes(heard: Heard) -> dict[str, str]:
    """Why each leg ended."""
    return {one.leg: one.cause for one in heard.all(LegEnded)}


def test_local_plumbing_disappears() -> None:
    """An agent behind a Local channel: four channels, two bridges, one leg."""
    messages = of(RING_ALL)
    heard = Heard(messages)
    halves = {one.fields["Uniqueid"] for one in messages if ";" in str(one.fields.get("Channel"))}
    ines = [leg for leg in legs(heard).values() if leg.agent == "1009"]
    assert [leg.leg for leg in ines] == ["pbx-1795316785.15"]
    answered = {one.leg for one in heard.all(LegAnswered)}
    assert answered == {RING_ALL, "pbx-1795316780.3", "pbx-1795316785.15"}
    assert not answered & halves


def test_losers_of_ring_all_are_legs_that_were_cancelled() -> None:
    """Trap 6: no event of the queue tells of them; each rang, and ended as somebody else answered.

    An agent who is nothing but a Local channel has a leg too, that of its near half.
    """
    heard = Heard(of(RING_ALL))
    found = {
        leg.agent: causes(heard)[leg.leg]
        for leg in legs(heard).values()
        if leg.kind == "A" and causes(heard)[leg.leg] != "completed"
    }
    assert found == {"1004": "cancelled", "1008": "cancelled", "agent1012": "cancelled"}


def test_dial_ends_that_come_twice_count_once() -> None:
    """Trap 6: DialEnd came twice for the losers."""
    messages = of(RING_ALL)
    ends = [one["DestUniqueid"] for one in named("DialEnd", messages)]
    assert len(ends) > len(set(ends))
    heard = Heard(messages)
    assert len(heard.all(LegEnded)) == len(causes(heard)) == len(legs(heard))


def test_dials_that_never_end_and_ends_that_never_began() -> None:
    """Trap 6: the leg is what its channel is, not what is said of dialling."""
    never_ended = Heard(of(NOT_ANSWERED))
    assert named("DialEnd", of(NOT_ANSWERED)) == []
    assert list(causes(never_ended).values()) == ["no_answer"]
    without = [one for one in of(MANUAL) if one.fields["Event"] != "DialBegin"]
    kinds = {leg.kind for leg in legs(Heard(without)).values()}
    assert kinds == {"A", "S"}, "who called whom is lost, and no leg"


def test_an_agent_who_is_a_local_channel() -> None:
    """Nobody is called by its far half: the Local channel is the party, answered and ended."""
    heard = Heard(of(PURE_LOCAL))
    kim = next(leg for leg in legs(heard).values() if leg.agent == "agent1011")
    assert kim.kind == "A"
    assert causes(heard)[kim.leg] == "completed"


def test_agent_complete_is_not_believed() -> None:
    """Trap 2: it came 12 s after the agent had hung up, without Dest fields, with 16 s of talk."""
    messages = of(PURE_LOCAL)
    late = next(one for one in named("AgentComplete", messages) if one["MemberName"] == "Kim Koh")
    assert ("DestUniqueid" in late, late["TalkTime"]) == (False, "16")
    heard = Heard(messages)
    kim = next(leg.leg for leg in legs(heard).values() if leg.agent == "agent1011")
    answer = next(t.time for t in heard.told if t.id == f"leg.answered:{kim}")
    end = next(t.time for t in heard.told if t.id == f"leg.ended:{kim}")
    assert end - answer == pytest.approx(3_438, abs=5)


def test_parking_is_a_hold_of_the_caller() -> None:
    """The caller stays where nobody talks to them, until the parking times out."""
    heard = Heard(of(PURE_LOCAL))
    assert [one.leg for one in heard.all(LegHeld)] == [PURE_LOCAL]
    assert [one.leg for one in heard.all(LegResumed)] == [PURE_LOCAL]
    assert heard.times(LegResumed)[0] - heard.times(LegHeld)[0] == pytest.approx(5_001, abs=2)


def test_unholds_without_a_hold_say_nothing() -> None:
    """Trap 5: REFER sends an Unhold for nobody who is on hold."""
    messages = of(RING_ALL)
    assert len(named("Unhold", messages)) == 1
    assert named("Hold", messages) == []
    heard = Heard(messages)
    assert heard.all(LegResumed) == []
    assert heard.all(LegHeld) == []


def test_a_call_that_an_agent_makes() -> None:
    """Outbound, by that agent, to the number dialled; both legs answered when the contact is."""
    heard = Heard(of(MANUAL))
    (started,) = heard.all(CallStarted)
    assert (started.direction, started.agent, started.to_number) == (
        "outbound", "1010", "03138886737",
    )  # fmt: skip
    assert {leg.kind: leg.number for leg in legs(heard).values()} == {
        "A": UNSET, "B": "03138886737",
    }  # fmt: skip
    assert heard.times(CallStarted) == [1_795_316_812_733]
    agent, contact = heard.times(LegAnswered)
    assert abs(agent - contact) <= 5


@pytest.mark.parametrize(
    ("call", "cause", "code", "reason"),
    [
        (UNREACHABLE, "failed", 1, "failed"),
        (BUSY_TRUNK, "busy", 17, "busy"),
        (BUSY_LOCAL, "busy", UNSET, "busy"),
        (CONGESTED, "congestion", 34, "failed"),
        (NOT_ANSWERED, "no_answer", 19, "no_answer"),
    ],
)
def test_why_a_dialled_contact_was_not_reached(
    call: str, cause: str, code: Any, reason: str
) -> None:
    """Trap 9: OriginateResponse says Reason=0 of all of them; DialEnd and Hangup tell."""
    heard = Heard(of(call))
    (leg,) = legs(heard).values()
    assert leg.kind == "B"
    (end,) = heard.all(LegEnded)
    assert (end.cause, end.code) == (cause, code)
    assert [one.reason for one in heard.all(CallEnded)] == [reason]
    (started,) = heard.all(CallStarted)
    assert started.direction == "outbound"
    assert started.campaign in {"renewals", "spring-sale"}
    assert str(started.contact).isdigit()


def test_a_number_that_an_agent_calls_is_busy() -> None:
    """The agent's own leg was never answered either."""
    heard = Heard(of(MANUAL_BUSY))
    assert {legs(heard)[leg].kind: cause for leg, cause in causes(heard).items()}["B"] == "busy"
    assert [one.reason for one in heard.all(CallEnded)] == ["busy"]


def test_an_answering_machine() -> None:
    """Trap 9: the UserEvent that tells of it repeats a key; AMDSTATUS tells everybody."""
    messages = of(MACHINE)
    (told,) = named("UserEvent", messages)
    assert isinstance(told["Uniqueid"], list)
    heard = Heard(messages)
    answers = [one for one in heard.all(LegAnswered) if one.leg == MACHINE]
    assert [one.by for one in answers] == [UNSET, "machine"]
    assert [one.reason for one in heard.all(CallEnded)] == ["machine"]


def test_a_manager_who_listens() -> None:
    """Trap 11: a leg M of the call that is listened to, though its channel is a call of its own."""
    heard = Heard(of(LISTENED_TO, LISTENER))
    manager = legs(heard)[LISTENER]
    assert (manager.kind, manager.call, manager.name) == ("M", LISTENED_TO, "Supervisor")
    assert {one.call for one in heard.all(CallEnded)} == {LISTENED_TO}
    (end,) = (one for one in heard.all(LegEnded) if one.leg == LISTENER)
    assert end.call == LISTENED_TO


def test_a_call_between_own_phones_has_no_direction() -> None:
    """It has a leg and an end, and no call.started: so it is in no figure (readings 6)."""
    heard = Heard(of(CONFERENCE))
    assert heard.all(CallStarted) == []
    assert [leg.kind for leg in legs(heard).values()] == ["A"]
    assert len(heard.all(CallEnded)) == 1


def test_placeholders_are_no_names() -> None:
    """Trap 9: `<unknown>` and `unknown` stand for nothing."""
    messages = [
        Message(one.received, one.fields | {"CallerIDNum": "<unknown>", "CallerIDName": "unknown"})
        for one in of("pbx-1795316799.69")
    ]
    heard = Heard(messages)
    (started,) = heard.all(CallStarted)
    (leg,) = legs(heard).values()
    assert started.from_number is leg.number is leg.name is UNSET


def test_without_timestamps_arrival_counts() -> None:
    """Trap 8: then every event happened when it came."""
    messages = of(UNREACHABLE)
    bare = [
        Message(one.received, {k: v for k, v in one.fields.items() if k != "Timestamp"})
        for one in messages
    ]
    assert Heard(bare).times(CallEnded) == [messages[-1].received]


def test_recordings_of_a_call() -> None:
    """MixMonitor has no stop of its own where the channel simply ends."""
    heard = Heard(of(RING_ALL))
    assert [one.status for one in heard.all(CallRecording)] == ["started", "completed"]


def test_what_ari_adds() -> None:
    """Trap 8: its times end in +0000; it has the SIP status, where AMI has a translated cause."""
    recording = Recording(Asterisk())
    lines = lines_of(ARI)
    hearing = Hearing(Asterisk())
    for message in of(BUSY_TRUNK):
        hearing.ami(message.fields, message.received)
    assert recording.lines(lines, range(1, len(lines) + 1)) == [], "of calls that are not known"
    told = b"".join(b"".join(hearing.ari(event, 0)) for event in _events(lines))
    assert b'"code":486' in told
    assert b'"sip_call_id":"' in told


def _events(lines: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line)["event"] for line in lines]


def test_a_trunk_of_any_name_by_configuration() -> None:
    """Contexts that nobody would guess: the trunk is named, and its campaign."""
    messages = [
        Message(one.received, one.fields | {"Context": "my-own"}) for one in of("pbx-1795316799.69")
    ]
    settings = Asterisk(trunks=("PJSIP/tru*",), trunk_campaigns={"PJSIP/trunk": "spring"})
    (started,) = Heard(messages, settings).all(CallStarted)
    assert (started.direction, started.campaign) == ("inbound", "spring")
    assert Heard(messages).all(CallStarted)[0].direction == "inbound", "its name is no extension"


def test_a_recording_that_begins_in_the_middle_of_a_call() -> None:
    """The caller is met as it goes on: the call is one that came in, with what is left of it."""
    messages = of(RING_ALL)
    middle = next(n for n, one in enumerate(messages) if one.fields["Event"] == "AgentConnect")
    heard = Heard(messages[middle + 3 :])
    (started,) = heard.all(CallStarted)
    assert (started.call, started.direction) == (RING_ALL, "inbound")
    assert legs(heard)[RING_ALL].kind == "B"
    assert [one.reason for one in heard.all(CallEnded)] == ["completed"]
