"""Traps of agents: pauses in many queues, wrap-up that nobody signals, and transfers by them."""

import pytest

from tests.asterisk.recordings import Heard, Message, named, of, of_member, run
from wallboard.config import Asterisk
from wallboard.events.agents import AgentChanged
from wallboard.events.calls import CallEnded, CallTransferred, CallWrapped, LegEnded, LegStarted
from wallboard.events.definitions import AgentDefined
from wallboard.events.kinds import UNSET

ATTENDED = "pbx-1795316782.6"
ATTENDED_WITHOUT_TARGET = "pbx-1795316974.637"
BLIND_FROM_LOCAL = "pbx-1795316803.89"
BLIND_OVERTAKEN = "pbx-1795316843.226"


def states(heard: Heard, agent: str) -> list[AgentChanged]:
    """What was told of one agent."""
    return [one for one in heard.all(AgentChanged) if one.agent == agent]


def test_pauses_in_all_queues_are_one_pause() -> None:
    """Trap 10: one event per queue; the agent is paused with the last of them.

    Paused in one queue of several, the agent serves the others.
    """
    heard = Heard(of_member("Faisal Fox"))
    presences: list[tuple[object, object, object]] = []
    for one in states(heard, "1006"):
        now = (one.presence, one.reason, one.queues)
        if not presences or presences[-1] != now:
            presences.append(now)
    first = [("available", UNSET, ["billing", "support"]), ("available", UNSET, ["billing"])]
    assert presences[: len(first)] == first or presences[1:3] == first
    assert ("paused", "Lunch", ["billing", "support"]) in presences or any(
        presence == "paused" for presence, _, _ in presences
    )


@pytest.mark.parametrize("first", ["billing", "support"])
def test_of_two_reasons_the_latest_counts(first: str) -> None:
    """Lunch in one queue, then an automatic pause in the other: whichever was known first."""
    messages = of_member("Faisal Fox")
    listed = [one for one in messages if one.fields["Event"] == "QueueMember"][:2]
    listed.sort(key=lambda one: one.fields["Queue"] != first)
    paused = [one for one in messages if one.fields["Event"] == "QueueMemberPause"][:2]
    assert [one.fields["PausedReason"] for one in paused] == ["Lunch", "Auto-Pause"]
    last = states(Heard([*listed, *paused]), "1006")[-1]
    assert (last.presence, last.reason) == ("paused", "Auto-Pause")


def test_a_reason_ends_with_its_pause() -> None:
    """Asterisk repeats the reason of the last pause when it ends."""
    heard = Heard(of_member("Kim Koh"))
    found = [(one.presence, one.reason) for one in states(heard, "agent1011")]
    assert ("paused", "Meeting") in found
    assert ("paused", "Wrap: CRM") in found
    assert all(reason is UNSET for presence, reason in found if presence == "available")


def test_names_of_agents() -> None:
    """The queue's name for the member, unless the configuration has another."""
    messages = of_member("Kim Koh")[:1]
    (defined,) = Heard(messages).all(AgentDefined)
    assert (defined.agent, defined.name) == ("agent1011", "Kim Koh")
    settings = Asterisk(
        agents={"Local/agent1011@agents": "kim"}, agent_names={"kim": "Kim from sales"}
    )
    (defined,) = Heard(messages, settings).all(AgentDefined)
    assert (defined.agent, defined.name) == ("kim", "Kim from sales")


def wrapped(messages: list[Message], **more: str) -> list[Message]:
    """The messages with other fields where they are about members."""
    return [
        Message(one.received, one.fields | more) if "Wrapuptime" in one.fields else one
        for one in messages
    ]


@pytest.mark.parametrize("by", ["member", "configuration"])
def test_wrap_up_is_derived(by: str) -> None:
    """Trap 4: the status is idle at once; the work after the call is known by its length alone."""
    call = "pbx-1795316782.6"
    messages = [
        one for one in run() if call in one.calls or "1003" in str(one.fields.get("Interface"))
    ]
    settings = Asterisk()
    if by == "member":
        messages = wrapped(messages, Wrapuptime="2")
    else:
        settings = Asterisk(wrap_up_seconds={"sales": 2, "support": 2})
    heard = Heard(messages, settings)
    work = [one for one in heard.all(CallWrapped) if one.call == call]
    assert [(one.agent, one.seconds) for one in work] == [("1003", 2.0)]
    activities = [one.activity for one in states(heard, "1003")]
    at = activities.index("wrap_up")
    assert activities[at - 1] in {"on_call", "on_hold"}
    assert activities[at + 1] != "wrap_up"


def test_a_new_call_ends_the_work_after_the_last() -> None:
    """Who is called again is done, whatever the setting says."""
    messages = [one for one in run() if "1003" in str(one.fields.get("Interface")) or one.calls]
    heard = Heard(messages, Asterisk(wrap_up_seconds={"sales": 600, "support": 600}))
    work = [one for one in heard.all(CallWrapped) if one.agent == "1003"]
    assert len(work) > 3
    assert all(0 <= float(one.seconds or 0) < 600 for one in work)


def test_activity_follows_the_member() -> None:
    """Ringing, talking, on hold while consulting, idle: with the call that it is about."""
    messages = [
        one
        for one in run()
        if ATTENDED in one.calls
        or (one.fields.get("Interface") == "PJSIP/1003" and one.received < 1_795_316_796_000)
    ]
    heard = Heard(messages)
    seen: list[object] = []
    for one in states(heard, "1003"):
        if one.call == ATTENDED and (not seen or seen[-1] != one.activity):
            seen.append(one.activity)
    assert seen[:3] == ["ringing", "on_call", "on_hold"]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        (ATTENDED, [("attended", "1003", "1009", UNSET)]),
        (ATTENDED_WITHOUT_TARGET, [("attended", "1001", "1007", UNSET)]),
        (BLIND_FROM_LOCAL, [("blind", "1009", UNSET, "billing")]),
        (BLIND_OVERTAKEN, [("blind", "1002", UNSET, "billing")]),
    ],
)
def test_transfers(call: str, found: list[tuple[object, ...]]) -> None:
    """Who handed on, how, and to whom, also where the message leaves somebody out."""
    heard = Heard(of(call))
    told = [
        (one.method, one.from_agent, one.to_agent, one.to_queue)
        for one in heard.all(CallTransferred)
    ]
    assert told == found


def test_what_the_messages_of_transfers_leave_out() -> None:
    """The recorded lines that the tests above are about are what they claim."""
    (attended,) = named("AttendedTransfer", of(ATTENDED_WITHOUT_TARGET))
    assert "TransferTargetUniqueid" not in attended
    (blind,) = named("BlindTransfer", of(BLIND_FROM_LOCAL))
    assert str(blind["TransfererChannel"]).endswith(";1")
    names = [one.fields["Event"] for one in of(BLIND_OVERTAKEN)]
    assert names.index("BlindTransfer") > names.index("QueueCallerJoin", 8)


def test_an_agent_who_is_called_back_after_a_transfer_to_nobody() -> None:
    """The channel begins as a call of its own, and changes its Linkedid when it is answered."""
    call, back = "pbx-1795316823.153", "pbx-1795316854.265"
    messages = of(call, back)
    linked = {one.fields["Linkedid"] for one in messages if one.fields.get("Uniqueid") == back}
    assert linked == {call, back}
    heard = Heard(messages)
    legs = [one for one in heard.all(LegStarted) if one.leg == back]
    assert [(one.call, one.kind, one.agent) for one in legs] == [(call, "A", "1006")]
    assert [one.call for one in heard.all(CallEnded)] == [call]


def test_calls_that_become_one() -> None:
    """A phone that transfers makes a call of its own first: what it called comes to the other."""
    before, after = "pbx-1795316782.6", "pbx-1795316700.1"
    messages = of(before)
    at = next(n for n, one in enumerate(messages) if one.fields["Event"] == "AgentConnect") + 3
    joined = [
        Message(
            one.received,
            {
                key: after if value == before and key.endswith("inkedid") else value
                for key, value in one.fields.items()
            },
        )
        for one in messages[at:]
    ]
    heard = Heard([*messages[:at], *joined])
    legs = [(one.leg, one.call) for one in heard.all(LegStarted)]
    assert len(set(legs)) == len(legs)
    assert ("pbx-1795316782.7", before) in legs
    assert (f"pbx-1795316782.7@{after}", after) in legs
    ends = [one.leg for one in heard.all(LegEnded)]
    assert sorted(ends) == sorted(leg for leg, _ in legs)
    assert {one.call for one in heard.all(CallEnded)} == {before, after}
