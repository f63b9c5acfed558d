"""Traps of queues: what is called an abandon, what is not said at all, and in what order."""

import pytest

from tests.asterisk.recordings import Heard, Message, named, of
from wallboard.config import Asterisk
from wallboard.events.calls import CallEnded, CallStarted, QueueEntered, QueueLeft
from wallboard.events.definitions import QueueDefined

HUNG_UP = "pbx-1795317077.1017"
MOVED = "pbx-1795316783.8"
WITHDRAWN = "pbx-1795316799.69"
TIMED_OUT = "pbx-1795317008.778"
FULL = "pbx-1795316831.174"
ANSWERED = "pbx-1795316782.6"
BEHIND_LOCAL = "pbx-1795316790.37"


def reasons(messages: list[Message]) -> list[tuple[str, str]]:
    """The queues that were left and why."""
    return [(left.queue, left.reason) for left in Heard(messages).all(QueueLeft)]


@pytest.mark.parametrize(
    ("call", "ends", "ended"),
    [
        (HUNG_UP, ["abandoned"], "abandoned"),
        (WITHDRAWN, ["withdrawn"], "completed"),
        (TIMED_OUT, ["timed_out"], "timed_out"),
    ],
)
def test_what_is_called_abandon(call: str, ends: list[str], ended: str) -> None:
    """Trap 1: QueueCallerAbandon is said of each of them; one alone has abandoned."""
    messages = of(call)
    assert len(named("QueueCallerAbandon", messages)) == 1
    heard = Heard(messages)
    assert [left.reason for left in heard.all(QueueLeft)] == ends
    assert [end.reason for end in heard.all(CallEnded)] == [ended]


def test_who_is_sent_elsewhere_has_not_abandoned() -> None:
    """Trap 1: a waiting caller redirected by AMI comes as an abandon, then enters a queue again."""
    messages = of(MOVED)
    assert len(named("QueueCallerAbandon", messages)) == 1
    heard = Heard(messages)
    (moved, answered) = heard.all(QueueLeft)
    assert (moved.queue, moved.reason, moved.destination) == ("billing", "redirected", "8003")
    assert (answered.queue, answered.reason, answered.agent) == ("billing", "answered", "1005")
    assert [end.reason for end in heard.all(CallEnded)] == ["completed"]


@pytest.mark.parametrize("call", [WITHDRAWN, TIMED_OUT])
def test_without_variables_the_system_has_given_up(call: str) -> None:
    """Where the dialplan's variables may not be read, nobody is called an abandoner for it."""
    messages = [one for one in of(call) if one.fields["Event"] not in {"VarSet", "Newexten"}]
    assert [reason for _, reason in reasons(messages)] == ["timed_out"]


def test_without_variables_hanging_up_is_still_abandoning() -> None:
    """The caller's own hang-up is in another class of events."""
    messages = [one for one in of(HUNG_UP) if one.fields["Event"] not in {"VarSet", "Newexten"}]
    assert [reason for _, reason in reasons(messages)] == ["abandoned"]


def test_who_leaves_by_a_key_has_not_abandoned() -> None:
    """Asterisk says Leave and no more; the caller is elsewhere, and hangs up there later."""
    messages = [
        one
        for one in of(WITHDRAWN)
        if one.fields["Event"] != "QueueCallerAbandon"
        and one.fields.get("Variable") != "QUEUESTATUS"
    ]
    at = next(n for n, one in enumerate(messages) if one.fields["Event"] == "QueueCallerLeave")
    elsewhere = {"Context": "operator", "Exten": "0"}
    later = [Message(one.received, one.fields | elsewhere) for one in messages[at + 1 :]]
    (over,) = (one for one in later if one.fields["Event"] == "Hangup")
    hung_up = Message(over.received, over.fields | {"Event": "HangupRequest"})
    left = [*messages[: at + 1], *(one for one in later if one != over), hung_up, over]
    heard = Heard(left)
    (stay,) = heard.all(QueueLeft)
    assert (stay.queue, stay.reason, stay.destination) == ("billing", "redirected", "0")
    leave = messages[at].fields
    assert heard.times(QueueLeft) == [round(float(leave["Timestamp"]) * 1_000)]


def test_the_order_of_events() -> None:
    """Trap 1: Abandon precedes Leave, Leave precedes AgentConnect; the stay ends once, in time."""
    names = [one.fields["Event"] for one in of(ANSWERED)]
    assert names.index("QueueCallerLeave") < names.index("AgentConnect")
    heard = Heard(of(ANSWERED))
    (left,) = heard.all(QueueLeft)
    assert (left.reason, left.agent) == ("answered", "1003")
    (leave,) = named("QueueCallerLeave", of(ANSWERED))
    assert heard.times(QueueLeft) == [round(float(str(leave["Timestamp"])) * 1_000)]


def test_a_full_queue_refuses_without_any_event() -> None:
    """Trap 3: QUEUESTATUS alone tells; the stay has no length."""
    messages = of(FULL)
    assert "support" not in {one["Queue"] for one in named("QueueCallerJoin", messages)}
    heard = Heard(messages)
    left = heard.all(QueueLeft)[0]
    assert (left.queue, left.reason) == ("support", "refused")
    assert heard.times(QueueLeft)[0] - heard.times(QueueEntered)[0] == 1


def test_the_length_of_a_wait_is_from_event_times() -> None:
    """Trap 7: HoldTime is a difference of whole seconds; 25 s were 25.02 s."""
    heard = Heard(of(TIMED_OUT))
    assert heard.times(QueueLeft)[0] - heard.times(QueueEntered)[0] == 25_021


def test_a_caller_behind_a_local_channel_waits_as_the_same_call() -> None:
    """Uniqueid is not Linkedid here: the far half of a Local channel stands in the queue."""
    messages = of(BEHIND_LOCAL)
    connects = named("AgentConnect", messages)
    assert any(one["Uniqueid"] != one["Linkedid"] for one in connects)
    heard = Heard(messages)
    assert {one.call for one in heard.all(QueueEntered)} == {BEHIND_LOCAL}
    assert reasons(messages) == [("sales", "answered"), ("billing", "answered")]


def test_queues_and_their_campaigns_by_configuration() -> None:
    """A queue has the name that people use; its calls belong to the campaign that is named."""
    settings = Asterisk(queue_names={"sales": "Sales desk"}, queue_campaigns={"sales": "spring"})
    heard = Heard(of(ANSWERED), settings)
    (defined,) = heard.all(QueueDefined)
    assert (defined.queue, defined.name) == ("sales", "Sales desk")
    campaigns = [started.campaign for started in heard.all(CallStarted)]
    assert campaigns[-1] == "spring"
