"""Whether a call comes after hours: as the calendar says, to the minute."""

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from wallboard.collector.after_hours import after_hours_of
from wallboard.config import BusinessHours
from wallboard.config.hours import OpenHours
from wallboard.reporting_time import Calendar

MORNING, AFTERNOON = OpenHours(9 * 60, 12 * 60 + 30), OpenHours(13 * 60, 18 * 60 + 1)
CALENDAR = Calendar(
    "America/New_York",
    time(6),
    BusinessHours(monday=(MORNING, AFTERNOON), sunday=(OpenHours(0, 24 * 60),)),
    [date(2026, 11, 2)],
)
FROM = int(datetime(2026, 10, 30, tzinfo=UTC).timestamp() * 1_000)


@given(st.lists(st.integers(FROM, FROM + 12 * 86_400_000), min_size=1))
def test_it_is_what_the_calendar_says(instants: list[int]) -> None:
    after_hours = after_hours_of(CALENDAR)
    for instant in [*instants, *instants]:
        assert after_hours(instant) is not CALENDAR.in_business_hours(instant)


def test_a_minute_and_a_holiday() -> None:
    after_hours = after_hours_of(CALENDAR)

    def at(day: int, hour: int, minute: int, second: int = 0) -> bool:
        wall = datetime(2026, 11, day, hour, minute, second)  # noqa: DTZ001 - a local time
        return after_hours(CALENDAR.instant(wall))

    assert [at(9, 12, 29, 59), at(9, 12, 30), at(9, 13, 0), at(9, 18, 0, 59), at(9, 18, 1)] == [
        *(False, True, False, False, True)
    ]
    assert at(2, 10, 0)
    assert not at(1, 3, 0)


def test_always_open_without_hours_and_holidays() -> None:
    assert not after_hours_of(Calendar("UTC"))(FROM)
    assert after_hours_of(Calendar("UTC", holidays=[date(2026, 10, 30)]))(FROM)
