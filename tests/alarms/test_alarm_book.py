"""The book of alarms over any course, with restarts between: what the cache says is what was."""

import itertools
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from wallboard.alarms.book import AlarmBook
from wallboard.alarms.machine import Limits, Reading
from wallboard.alarms.rules import THRESHOLD, Observation
from wallboard.cache.alarm_tables import ALARM_TABLES_SQL
from wallboard.questions.alarms import AlarmLine, latest_alarms, open_alarms

LIMITS = Limits(warning=10, critical=20, for_ms=0, hysteresis=0.2)
BEGIN = 1_000_000
STEP_MS = 7_000
COURSES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 30)), st.booleans(), st.booleans()),
    min_size=1, max_size=25,
)  # fmt: skip
Course = list[tuple[int | None, bool, bool]]


def seen(key: str, value: float | None) -> Observation:
    """An observation of one of two things."""
    return Observation(
        "calls/queue", key, THRESHOLD, LIMITS, Reading(value, 50), key, "Calls", "count"
    )


def run(course: Course, *, restarts: bool, flap_ms: int) -> tuple[list[set[str]], list[AlarmLine]]:
    """What stood after each step by the levels of the machine, and what the cache holds then."""
    writing = sqlite3.connect(":memory:", isolation_level=None)
    writing.executescript(ALARM_TABLES_SQL)
    book = AlarmBook(writing, flap_ms)
    stood: list[set[str]] = []
    for n, (value, is_first, restart) in enumerate(course):
        now = BEGIN + n * STEP_MS
        if restarts and restart:
            book = AlarmBook(writing, flap_ms)
        book.see(seen("a" if is_first else "b", value), now)
        book.write(now)
        stood.append({alarm.key for alarm in open_alarms(writing, now)})
    if flap_ms == 0:
        # Looked back at, every step is as it was.
        for n, before in enumerate(stood):
            found = open_alarms(writing, BEGIN + n * STEP_MS)
            assert {alarm.key for alarm in found} == before
    lines = list(latest_alarms(writing, BEGIN + len(course) * STEP_MS, 1_000))
    writing.close()
    return stood, lines


@settings(max_examples=100, deadline=None)
@given(COURSES)
def test_the_past_is_what_stood(course: Course) -> None:
    """With nothing merged, every moment looked back at has the alarms that stood at it."""
    _, lines = run(course, restarts=True, flap_ms=0)
    for key in "ab":
        spans = sorted((one.raised, one.ended) for one in lines if one.key == key)
        for (_, ended), (raised, _) in itertools.pairwise(spans):
            assert ended is not None
            assert ended <= raised


@settings(max_examples=100, deadline=None)
@given(COURSES)
def test_restarts_change_nothing(course: Course) -> None:
    """Nothing is raised twice, ended or forgotten by a collector that starts anew."""
    stood, lines = run(course, restarts=False, flap_ms=300_000)
    again, others = run(course, restarts=True, flap_ms=300_000)
    assert again == stood
    # When what stands was last written is no matter.
    assert [replace(one, updated=0, value=0, sample=None) for one in others] == [
        replace(one, updated=0, value=0, sample=None) for one in lines
    ]


@settings(max_examples=100, deadline=None)
@given(COURSES)
def test_flapping_makes_one_alarm(course: Course) -> None:
    """Within the time in which what comes back is the same, each thing has one alarm at most."""
    _, lines = run(course, restarts=False, flap_ms=300_000)
    assert len({one.key for one in lines}) == len(lines)
    for one in lines:
        values = [value for value, is_first, _ in course if is_first == (one.key == "a")]
        assert one.peak == max(value for value in values if value is not None)
        assert one.flaps <= len(values) // 2
