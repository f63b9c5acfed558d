"""The simulated center: the same every time, in order, whole, and valid."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest

from wallboard.events import decode_batch
from wallboard.events.vocabulary import TYPES
from wallboard.simulation.blocks import Block, block_at, block_of, blocks_between
from wallboard.simulation.center import Center, simulate
from wallboard.simulation.live import Live
from wallboard.simulation.outbox import numbered
from wallboard.simulation.pace import Pace
from wallboard.simulation.plan import Plan
from wallboard.simulation.recording import write_events

SMALL = Plan(agents=6, time_zone="Europe/Paris")
TUESDAY = block_of(date(2024, 6, 11), "Europe/Paris")


def test_same_seed_same_bytes() -> None:
    assert list(simulate(SMALL, TUESDAY)) == list(simulate(SMALL, TUESDAY))


def test_another_seed_is_another_day() -> None:
    other = Plan(agents=6, time_zone="Europe/Paris", seed=2)
    assert list(simulate(SMALL, TUESDAY)) != list(simulate(other, TUESDAY))


def test_small_steps_give_the_same_events_as_one() -> None:
    center = Center(SMALL, TUESDAY)
    stepped: list[bytes] = []
    moment = TUESDAY.begins
    while not center.over:
        moment += 1_234_567
        stepped += center.advance(moment)
    assert stepped == list(simulate(SMALL, TUESDAY))


def test_every_event_decodes(encoded: list[bytes]) -> None:
    text = b"[%b]" % b",".join(numbered(event, n) for n, event in enumerate(encoded, 1))
    batch = decode_batch(text)
    assert len(batch.events) == len(encoded)
    assert not batch.invalid
    assert not batch.unknown
    assert [event.sequence for event in batch.events] == list(range(1, len(encoded) + 1))


def test_every_type_of_the_vocabulary_occurs(day: list[dict[str, Any]]) -> None:
    assert {event["type"] for event in day} == TYPES.keys()


def test_events_are_in_order_of_time_and_within_their_block(
    day: list[dict[str, Any]], block: Block
) -> None:
    times = [datetime.fromisoformat(event["time"]).timestamp() * 1000 for event in day]
    assert times == sorted(times)
    assert block.begins <= times[0]
    assert times[-1] < block.ends


def test_ids_are_unique(day: list[dict[str, Any]]) -> None:
    assert len({event["id"] for event in day}) == len(day)
    for kind, entity in (
        ("call.started", "call"),
        ("leg.started", "leg"),
        ("sale.recorded", "sale"),
    ):
        ids = [event["data"][entity] for event in day if event["type"] == kind]
        assert len(set(ids)) == len(ids) > 0


def test_a_block_ends_with_an_empty_center(day: list[dict[str, Any]]) -> None:
    open_calls: set[str] = set()
    open_legs: set[str] = set()
    queued: Counter[str] = Counter()
    presence: dict[str, str] = {}
    for event in day:
        data, kind = event["data"], event["type"]
        if kind == "call.started":
            open_calls.add(data["call"])
        elif kind == "call.ended":
            open_calls.remove(data["call"])
        elif kind == "leg.started":
            assert data["call"] in open_calls
            open_legs.add(data["leg"])
        elif kind == "leg.ended":
            open_legs.remove(data["leg"])
        elif kind == "queue.entered":
            queued[data["call"]] += 1
        elif kind == "queue.left":
            queued[data["call"]] -= 1
        elif kind == "agent.changed" and "presence" in data:
            presence[data["agent"]] = data["presence"]
    assert not open_calls
    assert not open_legs
    assert set(queued.values()) == {0}
    assert set(presence.values()) == {"offline"}


def test_an_agent_does_one_thing_at_a_time(day: list[dict[str, Any]]) -> None:
    """Nobody rings, dials or talks who has not been idle since the call before."""
    doing: dict[str, tuple[str, str | None]] = {}
    for event in day:
        if event["type"] != "agent.changed" or "activity" not in event["data"]:
            continue
        data = event["data"]
        activity, call = doing.get(data["agent"], ("idle", None))
        if data["activity"] in {"ringing", "dialling"}:
            assert activity == "idle", event
        elif data["activity"] in {"on_call", "on_hold", "wrap_up"}:
            assert activity == "idle" or call == data["call"], event
        doing[data["agent"]] = (data["activity"], data.get("call"))


def test_now_and_then_something_goes_wrong(day: list[dict[str, Any]]) -> None:
    congested = [event for event in day if event["data"].get("cause") == "congestion"]
    assert len(congested) > 50
    teams = {
        event["data"]["agent"]: event["data"]["team"]
        for event in day
        if event["type"] == "agent.defined"
    }
    lunches = [
        (teams[event["data"]["agent"]], datetime.fromisoformat(event["time"]).timestamp())
        for event in day
        if event["data"].get("presence") == "paused" and event["data"].get("reason") == "lunch"
    ]
    together = max(
        sum(team == other and 0 <= at - since < 300 for other, at in lunches)
        for team, since in lunches
    )
    assert together >= 4


@pytest.mark.parametrize(("day", "hours"), [(9, 23), (10, 24)])
def test_the_day_of_a_clock_change(day: int, hours: int) -> None:
    """The block of 9 March 2024 in New York holds the hour that is skipped."""
    block = block_of(date(2024, 3, day), "America/New_York")
    assert block.seconds == hours * 3600
    assert block_at(block.ends, "America/New_York").begins == block.ends


def test_a_recording_is_numbered_from_one_over_its_days() -> None:
    start = datetime(2024, 6, 10, 12, tzinfo=UTC)
    stream = BytesIO()
    count = write_events(SMALL, start, 2, stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [int(line["sequence"]) for line in lines] == list(range(1, count + 1))
    assert len({line["id"] for line in lines}) == count
    times = [datetime.fromisoformat(line["time"]) for line in lines]
    assert times == sorted(times)
    assert start <= times[0]
    assert times[-1] < start + timedelta(days=2)
    again = BytesIO()
    write_events(SMALL, start, 2, again)
    assert again.getvalue() == stream.getvalue()


def test_blocks_cover_a_stretch_without_a_gap() -> None:
    begins, ends = TUESDAY.begins + 7_000_000, TUESDAY.begins + 200_000_000
    blocks = list(blocks_between(begins, ends, "Europe/Paris"))
    assert blocks[0].begins == begins
    assert blocks[-1].ends == ends
    assert all(a.ends == b.begins for a, b in pairwise(blocks))


def test_a_fast_simulation_is_never_ahead_of_the_clock() -> None:
    anchor = TUESDAY.begins + 6 * 3_600_000
    pace = Pace(anchor, 60)
    center = Center(SMALL, TUESDAY, pace)
    usual = Center(SMALL, TUESDAY)
    before = center.advance(anchor)
    assert before == usual.advance(anchor)
    clock = anchor + 60_000
    after = [json.loads(event) for event in center.advance(pace.simulated(clock))]
    times = [datetime.fromisoformat(event["time"]).timestamp() * 1000 for event in after]
    assert times == sorted(times)
    assert all(anchor <= time <= clock for time in times)
    assert any(event["type"] == "call.ended" for event in after)
    wraps = [event["data"]["seconds"] for event in after if event["type"] == "call.wrapped"]
    assert max(wraps) < 10


def test_live_goes_on_from_one_block_into_the_next() -> None:
    live = Live(SMALL, TUESDAY.ends - 60_000, 1.0)
    following = block_at(TUESDAY.ends, "Europe/Paris")
    events = live.due(TUESDAY.ends - 60_000) + live.due(TUESDAY.ends + 60_000)
    assert live.due(TUESDAY.ends + 60_000) == []
    events += live.due(following.ends - 1)
    assert events == [*simulate(SMALL, TUESDAY), *simulate(SMALL, following)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"agents": 0}, "at least one agent"),
        ({"calls_per_hour": -1.0}, "above 0"),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
def test_an_impossible_plan_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Plan(**wrong)


@pytest.mark.parametrize("agents", [1, 3])
def test_a_tiny_center_works(agents: int) -> None:
    saturday = block_of(date(2024, 6, 15), "UTC")
    events = simulate(Plan(agents=agents), saturday)
    kinds = Counter(json.loads(event)["type"] for event in events)
    assert kinds["call.started"] == kinds["call.ended"] > 0
