"""Whatever a PBX says, nothing stops, nothing is invalid, and no leg ends twice."""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.asterisk.recordings import Message, run
from wallboard.config import Asterisk
from wallboard.events import decode_lines
from wallboard.events.calls import LegEnded, LegStarted, QueueEntered, QueueLeft
from wallboard.feeds.asterisk.ari_facts import AriFacts
from wallboard.feeds.asterisk.hearing import Hearing
from wallboard.feeds.asterisk.translator import HEARD
from wallboard.feeds.asterisk.wire import LARGEST_MESSAGE, NotAmi, Wire, action

ODD = (
    "",
    "<unknown>",
    "unknown",
    "-1",
    "99999999999999999999",
    "nan",
    "\x00\x1b[2J",
    "[/]",
    "é" * 80,
)


def spoilt(messages: list[Message], random: Random) -> list[Message]:
    """The messages with some lost, repeated, out of order, and with fields missing or odd."""
    found = [one for one in messages if random.random() > 0.05]
    found += random.sample(found, len(found) // 20)
    for at in range(len(found) - 1):
        if random.random() < 0.1:
            found[at], found[at + 1] = found[at + 1], found[at]
    made = []
    for one in found:
        fields: dict[str, Any] = dict(one.fields)
        if random.random() < 0.1:
            key = random.choice(list(fields))
            if random.random() < 0.5:
                del fields[key]
            else:
                fields[key] = random.choice([*ODD, [fields[key], "again"], []])
        made.append(Message(one.received, fields))
    return made


@given(some.integers(0, 2**32), some.integers(0, 9_000))
@settings(max_examples=15, deadline=None)
def test_spoilt_messages(seed: int, start: int) -> None:
    """What is told is valid, and of one leg or stay there is at most one end and one beginning."""
    hearing = Hearing(Asterisk())
    lines: list[bytes] = []
    for message in spoilt(list(run()[start : start + 1_000]), Random(seed)):
        lines += hearing.ami(message.fields, message.received)
    decoded = decode_lines(lines)
    assert decoded.invalid == []
    assert decoded.unknown == []
    ends = Counter(event.data.leg for event in decoded.events if isinstance(event.data, LegEnded))
    starts = Counter(one.id for one in decoded.events if isinstance(one.data, LegStarted))
    assert all(count == 1 for count in (ends | starts).values())
    entered = sum(isinstance(event.data, QueueEntered) for event in decoded.events)
    left = sum(isinstance(event.data, QueueLeft) for event in decoded.events)
    assert left <= entered


fields_of_any_kind = some.dictionaries(
    some.sampled_from(["Uniqueid", "Linkedid", "Channel", "Queue", "Interface", "Timestamp"]),
    some.one_of(some.text(max_size=20), some.lists(some.text(max_size=5), max_size=3)),
)


@given(some.lists(some.tuples(some.sampled_from(sorted(HEARD)), fields_of_any_kind), max_size=30))
def test_messages_of_any_kind(messages: list[tuple[str, dict[str, Any]]]) -> None:
    """Fields of any content, in messages of every name that is listened to."""
    hearing = Hearing(Asterisk())
    for event, fields in messages:
        assert decode_lines(hearing.ami({"Event": event} | fields, 1_795_316_780_000)).invalid == []


json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner),
)


@given(some.dictionaries(some.sampled_from(["type", "channel", "timestamp", "tech_cause"]), json))
def test_ari_of_any_kind(event: dict[str, Any]) -> None:
    """Events of ARI of any content."""
    hearing = Hearing(Asterisk())
    AriFacts(hearing.translator).take(event | {"type": "ChannelDestroyed"}, 1)
    assert hearing.ari(event, 1) == []


@given(some.binary(max_size=400), some.integers(1, 50))
def test_bytes_of_any_kind_and_cut_anywhere(data: bytes, size: int) -> None:
    """The messages are the same however the bytes are cut."""
    whole, parts = Wire(), Wire()
    text = data + b"\r\n\r\nEvent: Hangup\r\nCause: 16\r\n\r\n"
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    assert [one for part in cut for one in parts.take(part)] == whole.take(text)


def test_what_never_ends_is_no_ami() -> None:
    """A server of something else must not fill the memory."""
    wire = Wire()
    try:
        wire.take(b"x" * (LARGEST_MESSAGE + 1))
    except NotAmi:
        return
    raise AssertionError("it went on")


@given(some.text(max_size=30))
def test_no_value_becomes_another_field(value: str) -> None:
    """An action is sent as it was meant, or not at all."""
    try:
        sent = action("Login", "1", {"Secret": value})
    except ValueError:
        assert "\r" in value or "\n" in value
        return
    assert sent.count(b"\r\n") == 4
