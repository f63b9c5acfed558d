"""Snapshots that were taken during the recorded run, against what was known without them."""

from tests.asterisk.recordings import Message, run
from wallboard.config import Asterisk
from wallboard.events.agents import AgentChanged
from wallboard.events.calls import CallStarted, LegStarted, QueueEntered
from wallboard.feeds.asterisk.fields import text
from wallboard.feeds.asterisk.hearing import Hearing
from wallboard.feeds.asterisk.telling import Told

LISTED = {"CoreShowChannel", "CoreShowChannelsComplete", "QueueEntry", "QueueMember"}


def without_lists() -> list[Message]:
    """The run without what was asked for."""
    return [one for one in run() if one.fields["Event"] not in LISTED]


def test_channels_are_those_of_every_list() -> None:
    """13 lists of channels: each is what was known from events alone."""
    hearing = Hearing(Asterisk())
    listed: set[str] = set()
    compared = 0
    for message in run():
        event = message.fields["Event"]
        if event == "CoreShowChannel":
            listed.add(message.fields["Uniqueid"])
        elif event == "CoreShowChannelsComplete":
            assert listed == hearing.translator.book.channels.keys()
            compared += len(listed)
            listed = set()
        elif event not in LISTED:
            hearing.ami(message.fields, message.received)
    assert compared > 200


def test_who_waits_is_who_is_listed() -> None:
    """Every list of the callers in queues: the open stays, queue by queue."""
    hearing = Hearing(Asterisk())
    listed: dict[str, str] = {}
    seen: set[str] = set()
    compared = 0
    for message in run():
        event = message.fields["Event"]
        if event == "QueueParams":
            seen.add(message.fields["Queue"])
        elif event == "QueueEntry":
            listed[message.fields["Uniqueid"]] = message.fields["Queue"]
        elif event == "QueueStatusComplete":
            open_stays = hearing.translator.queues.stays.items()
            known = {uid: stay.queue for uid, stay in open_stays if stay.queue in seen}
            assert known == listed
            compared += len(listed)
            listed, seen = {}, set()
        if event not in LISTED:
            hearing.ami(message.fields, message.received)
    assert compared > 60


def first_told(messages: list[Message]) -> list[Told]:
    """What is told by a board that is connected when these messages begin."""
    hearing = Hearing(Asterisk())
    told: list[Told] = []
    for message in messages:
        told += hearing.translator.ami(message.fields, message.received)
        if hearing.snapshot.take(message.fields, message.received):
            return told + hearing.translator.telling.taken()
    raise AssertionError("there is no whole list of channels")


def test_a_board_that_is_connected_in_the_middle() -> None:
    """From one pair of lists it finds the calls, legs and waits that go on, and no others."""
    start = next(
        n
        for n, one in enumerate(run())
        if one.received > 1_795_316_823_650 and one.fields["Event"] == "QueueParams"
    )
    messages = list(run()[start:])
    end = next(
        n for n, one in enumerate(messages) if one.fields["Event"] == "CoreShowChannelsComplete"
    )
    told = first_told(messages)
    found = {one.data.call for one in told if isinstance(one.data, CallStarted)}
    listed = {
        text(one.fields, "Linkedid")
        for one in messages[: end + 1]
        if one.fields["Event"] == "CoreShowChannel"
    }
    assert len(listed) > 10
    assert found <= listed
    legs = [one.data.leg for one in told if isinstance(one.data, LegStarted)]
    assert len(legs) == len(set(legs)) > 10
    whole = Hearing(Asterisk())
    lines: list[Told] = []
    for message in without_lists():
        lines += whole.translator.ami(message.fields, message.received)
    kinds = {one.data.leg: one.data.kind for one in lines if isinstance(one.data, LegStarted)}
    wrong = [
        one.data.leg
        for one in told
        if isinstance(one.data, LegStarted) and kinds.get(one.data.leg) != one.data.kind
    ]
    assert wrong == []
    waits = [one.data for one in told if isinstance(one.data, QueueEntered)]
    assert len(waits) > 3
    agents = {one.data.agent for one in told if isinstance(one.data, AgentChanged)}
    assert len(agents) == 13, "one is in no queue at that time"
