"""Messages of different channels overtake one another, by up to 32 ms as measured."""

import json
from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.asterisk.recordings import AMI, Heard, Message, lines_of, run
from wallboard.config import Asterisk
from wallboard.events.calls import (
    CallEnded,
    CallStarted,
    CallTransferred,
    LegAnswered,
    LegEnded,
    LegStarted,
    QueueLeft,
)
from wallboard.feeds.asterisk.recorded import Recording

MOST_MS = 32


def overtaking(random: Random) -> list[Message]:
    """The run with each message up to 32 ms late, but never before one of the same channel."""
    latest: dict[str, float] = {}
    keyed: list[tuple[float, int, Message]] = []
    for number, message in enumerate(run()):
        fields = message.fields.items()
        named = [value for key, value in fields if key.endswith("niqueid") and value == str(value)]
        at = max([message.received + random.random() * MOST_MS, *(latest.get(u, 0) for u in named)])
        latest |= dict.fromkeys(named, at)
        keyed.append((at, number, message))
    return [message for _, _, message in sorted(keyed, key=lambda one: one[:2])]


def told(heard: Heard) -> dict[str, Counter[Any]]:
    """What comes of the messages, without the times."""
    return {
        "calls": Counter((one.call, one.direction) for one in heard.all(CallStarted)),
        "legs": Counter((one.leg, one.kind, one.call) for one in heard.all(LegStarted)),
        "answers": Counter((one.leg, one.by) for one in heard.all(LegAnswered)),
        "leg ends": Counter((one.leg, one.cause) for one in heard.all(LegEnded)),
        "stays": Counter(
            (one.call, one.queue, one.reason, one.agent) for one in heard.all(QueueLeft)
        ),
        "transfers": Counter((one.call, one.method) for one in heard.all(CallTransferred)),
        "call ends": Counter((one.call, one.reason) for one in heard.all(CallEnded)),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_told_does_not_depend_on_it(seed: int) -> None:
    """The same calls, legs, stays and ends, whoever overtook whom."""
    assert told(Heard(overtaking(Random(seed)))) == told(Heard(run()))


def test_a_recording_whose_lines_are_out_of_order() -> None:
    """Lines say when they arrived: as they come they are not heard, but in that order."""
    lines = lines_of(AMI)[:4_000]
    random = Random(6)
    mixed = sorted(lines, key=lambda line: json.loads(line)["ts"] + random.random() * 0.03)
    assert mixed != lines
    assert events_of(mixed, mixed) == events_of(lines, lines)


def events_of(*files: list[bytes]) -> list[bytes]:
    """What comes of files that are read one after the other."""
    recording = Recording(Asterisk())
    told: list[bytes] = []
    for lines in files:
        told += recording.lines(lines, range(1, len(lines) + 1)) + recording.rest()
    return told
