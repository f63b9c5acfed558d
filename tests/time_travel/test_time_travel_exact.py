"""The past as it stood: what a cache of everything tells of an instant is what a collector knew.

The collector that stood at the instant had every event up to it, late ones too, and nothing else.
"""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.collector.messy import BEGIN, SOURCES, Json, deliveries, streams
from tests.time_travel.knowing import collected, known_at, reading, time_of, up_to
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan
from wallboard.simulation.recording import write_events

CALENDAR = Calendar("Asia/Kathmandu")
DAY_MS = 86_400_000
# What is dated after its arrival is not of the past: tests/questions have that.
LATEST = round(datetime(2090, 1, 1, tzinfo=UTC).timestamp() * 1_000)


def stretched(event: Json, factor: int) -> Json:
    """The event so many times as long after the begin of the stream."""
    moment = datetime.fromisoformat(event["time"])
    return {**event, "time": (BEGIN + (moment - BEGIN) * factor).isoformat()}


def heard(source: str) -> Json:
    """An event of a source before all others."""
    return {
        "specversion": "1.0",
        "id": "first",
        "source": source,
        "type": "pool.sampled",
        "time": (BEGIN - timedelta(days=1)).isoformat(),
        "data": {"pool": "p", "size": 1, "in_use": 0},
    }


@st.composite
def pasts(draw: st.DrawFn) -> tuple[list[list[Json]], int]:
    """Messy events as they were delivered, and an instant among them (UTC ms)."""
    factor = draw(st.sampled_from([1, 1, 60, 720]))
    drawn = [event for event in draw(streams(invalid=False)) if time_of(event) < LATEST]
    stream = [stretched(event, factor) for event in drawn]
    assume(stream)
    # Sources are numbered as they come.
    batches = [[heard(source) for source in SOURCES], *draw(deliveries(stream))]
    times = sorted({time_of(event) for event in stream})
    at = draw(st.sampled_from(times)) + draw(st.sampled_from([0, 0, 1, 700, 61_000]))
    return batches, at


@settings(max_examples=25, deadline=None)
@given(pasts())
def test_any_instant_of_messy_events(past: tuple[list[list[Json]], int]) -> None:
    """Contradictory, late, repeated and future events, calls of seconds and of a day."""
    batches, at = past
    with TemporaryDirectory() as folder:
        later = at + 3 * DAY_MS
        whole = collected(Path(folder) / "whole.db", batches, CALENDAR, later)
        then = collected(Path(folder) / "then.db", up_to(batches, at), CALENDAR, at)
        with reading(whole) as after, reading(then) as before:
            assert known_at(after, CALENDAR, at) == known_at(before, CALENDAR, at)


BEGUN = datetime(2024, 6, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def center() -> list[Json]:
    """The events of a day of a small center, some late, over a change of names and targets."""
    stream = io.BytesIO()
    write_events(Plan(agents=3, seed=11), BEGUN, 1, stream)
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    drawn = Random(5)
    renamed = [
        {
            **event,
            "id": f"{event['id']} again",
            "time": (BEGUN + timedelta(hours=14)).isoformat(),
            "data": {**event["data"], "name": "Renamed", "team": "moved"},
        }
        for event in events
        if event["type"] in {"queue.defined", "agent.defined", "campaign.defined"}
    ]
    for event in renamed:
        del event["sequence"]
        if event["type"] == "queue.defined":
            event["data"]["service_level"] = {"seconds": 5, "share": 0.9}
    # Up to some hundred events late, as they arrive.
    arrived = sorted(
        enumerate([*events, *renamed]), key=lambda item: item[0] + drawn.choice([0, 0, 0, 300])
    )
    return [event for _, event in arrived]


def test_random_instants_of_a_center(center: list[Json], tmp_path: Path) -> None:
    """A day of a simulated center, whose names and targets change in the course of it."""
    calendar = Calendar("America/New_York")
    end = max(map(time_of, center))
    batches = [center[at : at + 3_000] for at in range(0, len(center), 3_000)]
    whole = collected(tmp_path / "whole.db", batches, calendar, end)
    drawn = Random(7)
    for number in range(2):
        at = end - drawn.randrange(14 * 3_600_000) // 1_000 * 1_000
        then = collected(tmp_path / f"{number}.db", up_to(batches, at), calendar, at)
        with reading(whole) as after, reading(then) as before:
            assert known_at(after, calendar, at, [Scope()]) == known_at(
                before, calendar, at, [Scope()]
            )
