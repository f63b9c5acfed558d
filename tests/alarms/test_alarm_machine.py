"""When alarms are raised and end: hand-made courses, and rules that hold for any course."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.alarms.machine import NOTHING, Level, Limits, Reading, Standing, step

LIMITS = Limits(warning=0.025, critical=0.03, for_ms=30_000, minimum_sample=20, hysteresis=0.1)
SECOND = 1_000

Readings = Sequence[tuple[int, float | None, float | None]]

VALUES = st.one_of(st.none(), st.floats(-0.01, 0.06), st.sampled_from([0.025, 0.03, 0.027, 0.0225]))
SAMPLES = st.one_of(st.none(), st.integers(0, 60))
COURSES = st.lists(st.tuples(st.integers(0, 40_000), VALUES, SAMPLES), max_size=60)


def course(limits: Limits, readings: Readings) -> list[tuple[int, Standing]]:
    """What stands after each reading: milliseconds since the one before, value, sample."""
    now, standing, found = 1_000_000, NOTHING, []
    for passed, value, sample in readings:
        now += passed
        standing = step(limits, standing, Reading(value, sample), now)
        found.append((now, standing))
    return found


def levels(limits: Limits, *values: float | None, every: int = 10 * SECOND) -> str:
    """The levels of a course at even steps, as a letter each."""
    readings = [(every, value, 100.0) for value in values]
    return "".join("-WC"[standing.level] for _, standing in course(limits, readings))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.026, 0.026, 0.026), "---"),
        ((0.026, 0.026, 0.026, 0.026), "---W"),
        ((0.026, 0.026, 0.02, 0.026, 0.026, 0.026), "------"),
        ((0.04, 0.04, 0.04, 0.04), "---C"),
        ((0.026, 0.04, 0.04, 0.04, 0.04), "---WC"),
        # Back below the critical threshold by a tenth of it, and only then a warning again.
        ((0.04, 0.04, 0.04, 0.04, 0.028, 0.0271, 0.026, 0.0226, 0.0225), "---CCCWW-"),
        ((0.025, 0.025, 0.025, 0.025, 0.025), "-----"),
    ],
)
def test_courses(values: tuple[float, ...], expected: str) -> None:
    """Raised after the whole duration, exactly; ends with hysteresis; a threshold is not past."""
    assert levels(LIMITS, *values) == expected


def test_downward() -> None:
    """Where less is worse, all of it is the other way round."""
    limits = Limits(warning=0.8, critical=0.7, upward=False, for_ms=0, hysteresis=0.05)
    assert levels(limits, 0.9, 0.8, 0.79, 0.69, 0.73, 0.735, 0.83, 0.84) == "--WCCWW-"


def test_of_what_is_not_known_nothing_is_raised_or_ended() -> None:
    """Time without a value is no time past the threshold, and ends nothing."""
    assert levels(LIMITS, 0.04, None, 0.04, None, 0.04, None, 0.04) == "-------"
    assert levels(LIMITS, *[0.04] * 4, *[None] * 50, 0.04) == "---C" + "C" * 51


def test_too_few() -> None:
    """Over too few nothing is raised, and what stands goes on."""
    few = [(60 * SECOND, 1.0, 19.0)] * 5
    assert [s.level for _, s in course(LIMITS, few)] == [Level.NONE] * 5
    after = course(LIMITS, [(60 * SECOND, 1.0, 20.0)] * 2 + [(SECOND, 0.0, 3.0)] * 3)
    assert after[-1][1].level is Level.CRITICAL


def test_lapse() -> None:
    """After long without a value what stood is over, where it is to be."""
    limits = Limits(critical=5, for_ms=0, lapse_ms=20 * SECOND)
    assert levels(limits, 6, None, None, None, 6) == "CCC-C"


def test_not_a_number() -> None:
    """What is no number is not known."""
    assert levels(LIMITS, *[0.04] * 4, math.nan) == "---CC"


@given(COURSES)
def test_duration_is_respected(readings: Readings) -> None:
    """A level that comes to stand was passed by every known value of at least the duration."""
    found = course(LIMITS, readings)
    for n, (now, standing) in enumerate(found):
        if standing.critical.is_on and (n == 0 or not found[n - 1][1].critical.is_on):
            known = 0
            at = now
            for m in range(n, -1, -1):
                _, value, sample = readings[m]
                if value is None or (sample is not None and sample < 20):
                    at = -1
                    continue
                if value <= 0.03:
                    break
                known += at - found[m][0] if at >= 0 else 0
                at = found[m][0]
            assert known >= 30_000


@given(COURSES)
def test_nothing_flaps_within_hysteresis(
    readings: Readings,
) -> None:
    """A level ends only by a value that is back by the margin, known and of a sample."""
    found = course(LIMITS, readings)
    for n in range(1, len(found)):
        before, after = found[n - 1][1], found[n][1]
        _, value, sample = readings[n]
        for was, is_on, back in (
            (before.warning.is_on, after.warning.is_on, 0.0225),
            (before.critical.is_on, after.critical.is_on, 0.027),
        ):
            if was and not is_on:
                assert value is not None
                assert value <= back + 1e-12
                assert sample is None or sample >= 20


@given(COURSES)
def test_levels_are_in_order(readings: Readings) -> None:
    """Of what is critical the warning stands too, and what stands has a beginning."""
    for now, standing in course(LIMITS, readings):
        assert standing.warning.is_on or not standing.critical.is_on
        assert (standing.since is None) == (standing.level is Level.NONE)
        assert standing.since is None or standing.since <= now


@given(COURSES)
def test_unknown_changes_no_level(
    readings: Readings,
) -> None:
    """A reading without a value, or of too few, leaves every level as it is."""
    found = course(LIMITS, readings)
    for n in range(len(found)):
        _, value, sample = readings[n]
        before = found[n - 1][1].level if n else Level.NONE
        if value is None or (sample is not None and sample < 20):
            assert found[n][1].level is before
