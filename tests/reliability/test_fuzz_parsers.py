"""What the fuzzer runs by hand for long, for a moment in the gate; and what it has found."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as some

from tests.reliability.fuzz import mutated
from tests.reliability.fuzz_targets import TARGETS, Target, ami, decode, fold, recorded, seeds
from wallboard.feeds.recorder import Lines

DEEP = 100_000
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
@QUICK
@given(some.integers(0, 2**32))
def test_mutations(name: str, seed: int) -> None:
    """Of what is valid and what is hostile, spoilt in a few places."""
    TARGETS[name](mutated(seeds(name), random.Random(seed)))


@pytest.mark.parametrize("name", TARGETS)
@QUICK
@given(some.binary(max_size=300))
def test_bytes(name: str, data: bytes) -> None:
    """Guided to what is long: it gets furthest."""
    target(float(len(data)))
    TARGETS[name](data)


@pytest.mark.parametrize("run", [decode, fold, recorded])
@pytest.mark.parametrize("shape", [b'{"event":', b'{"ts":1,"fields":[', b"[", b'[{"data":'])
def test_json_of_a_hundred_thousand_levels(run: Target, shape: bytes) -> None:
    """Put aside, not died of."""
    run(shape * DEEP)
    closing = {b"{": b"}", b"[": b"]"}
    ends = b"".join(closing[bytes([sign])] for sign in reversed(shape) if bytes([sign]) in closing)
    run(shape * DEEP + b"1" + ends * DEEP)


def test_a_recording_in_another_encoding() -> None:
    """Found by the fuzzer: the name of the PBX was looked for in text that is no UTF-8."""
    recorded(b'{"ts": 1, "fields": {"SystemName": "\x8e"}}\n{"ts": 2, "fields": {"Event": "x"}}')
    ami(b"Event: Hangup\r\nSystemName: \x8e\r\n")


@pytest.mark.parametrize("ts", [-0.5, -795_316_799.757, -1e300])
def test_a_recording_from_before_1970(ts: float) -> None:
    """Found by the fuzzer: nothing was waited for, and the first of nothing was asked for."""
    recorded(json.dumps({"ts": ts, "fields": {"Event": "FullyBooted"}}).encode())


def test_a_message_too_deep_to_look_through_is_not_recorded() -> None:
    """It might hold a secret."""
    deep: object = "secret-mark"
    for _ in range(5_000):
        deep = {"a": deep}
    written: list[bytes] = []
    Lines(written.append, mask=True).add(1_000, {"message": deep})
    assert json.loads(written[0]) == {"ts": 1.0, "message": "(left out)"}
