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

from tests.collector.messy import BEGIN, Json, deliveries, streams
from tests.time_travel.knowing import collected, known_at, reading, time_of, up_to
from wallboard.questions.answers import Scope
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan
from wallboard.simulation.recording import write_events

CALENDAR = Calendar("Asia/Kathmandu")
DAY_MS = 86_400_000
LATEST = round(datetime(2090, 1, 1, tzinfo=UTC).timestamp() * 1_000)


def stretched(event: Json, factor: int) -> Json:
    """The event so many times as long after the begin of the stream; the far future stays."""
    moment = datetime.fromisoformat(event["time"])
    if time_of(event) >= LATEST:
        return event
    return {**event, "time": (BEGIN + (moment - BEGIN) * factor).isoformat()}


@st.composite
def pasts(draw: st.DrawFn) -> tuple[list[list[Json]], int]:
    """Messy events as they were delivered, and an instant among them (UTC ms)."""
    factor = draw(st.sampled_from([1, 1, 60, 720]))
    stream = [
        event
        for drawn in draw(streams(invalid=False))
        # A name that is dated after its arrival is in use at once, here and there.
        if time_of(event := stretched(drawn, factor)) < LATEST or "defined" not in event["type"]
    ]
    assume(stream)
    batches = draw(deliveries(stream))
    # What is dated after its arrival is true at no instant yet.
    times = sorted({time_of(event) for event in stream} | {time_of({"time": BEGIN.isoformat()})})
    times = [time for time in times if time < LATEST]
    at = draw(st.sampled_from(times)) + draw(st.sampled_from([0, 0, 1, 700, 61_000]))
    return batches, at


@settings(max_examples=60, deadline=None)
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
