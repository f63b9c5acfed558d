"""Particular days, written out: the short, the long, the absent, and the hours that are open."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from wallboard.config import BusinessHours, OpenHours, Reporting
from wallboard.reporting_time import Calendar

HOUR = 3_600_000


def length(zone: str, day: date, starts: time = time(0)) -> float:
    """Return how many hours a day lasts."""
    start, end = Calendar(zone, starts).day_bounds(day)
    return (end - start) / HOUR


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("America/Sao_Paulo", date(2018, 2, 17), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("Pacific/Apia", date(2011, 12, 29), 24),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Asia/Kolkata", date(2026, 3, 8), 24),
    ],
)
def test_how_long_a_day_lasts(zone: str, day: date, hours: float) -> None:
    """A day lasts as long as its clock takes from midnight to midnight."""
    assert length(zone, day) == hours


def test_a_shift_day_takes_the_change_of_its_night() -> None:
    """With days from 06:00 the long day is the one whose night has the repeated hour."""
    assert length("America/New_York", date(2026, 10, 31), time(6)) == 25
    assert length("America/New_York", date(2026, 11, 1), time(6)) == 24


def test_labels_of_the_short_and_the_long_day() -> None:
    """The skipped hour is absent, the repeated one there twice and marked."""
    calendar = Calendar("America/New_York")
    short = [hour.label for hour in calendar.hours_of(date(2026, 3, 8))]
    assert short[:4] == ["00", "01", "03", "04"]
    assert len(short) == 23
    long = [(hour.label, hour.fold) for hour in calendar.hours_of(date(2026, 11, 1))]
    assert long[:4] == [("00", False), ("01", False), ("01", True), ("02", False)]
    assert len(long) == 25
    assert calendar.hours_of(date(2026, 6, 1))[7].label == "07"


def test_an_hour_that_the_day_cuts() -> None:
    """Days from 02:30 begin and end with half of the hour 02, so that hours add up to days."""
    hours = Calendar("UTC", time(2, 30)).hours_of(date(2026, 6, 1))
    assert (hours[0].label, hours[-1].label, len(hours)) == ("02", "02", 25)
    assert hours[0].end_ms - hours[0].start_ms == HOUR // 2


def test_instant_of_a_clock_time() -> None:
    """A repeated time counts from its first; a skipped one from the change; an aware one as is."""
    calendar = Calendar("America/New_York")
    repeated = calendar.instant(datetime.fromisoformat("2026-11-01T01:30"))
    assert calendar.format_time(repeated) == "2026-11-01T01:30:00-04:00"
    skipped = calendar.instant(datetime.fromisoformat("2026-03-08T02:30"))
    assert calendar.format_time(skipped) == "2026-03-08T03:00:00-04:00"
    aware = calendar.instant(datetime.fromisoformat("2026-11-01T01:30:00-05:00"))
    assert aware - repeated == HOUR


def test_how_times_are_written() -> None:
    """Local, with the offset; the clock alone; the zone's short name."""
    calendar = Calendar("America/New_York")
    ms = calendar.instant(datetime.fromisoformat("2026-11-22T14:05:32")) + 999
    assert calendar.format_time(ms) == "2026-11-22T14:05:32-05:00"
    assert calendar.format_time(ms, seconds=False) == "2026-11-22T14:05-05:00"
    assert calendar.format_clock(ms) == "14:05:32"
    assert calendar.format_clock(ms, seconds=False) == "14:05"
    assert calendar.zone_name(ms) == "EST"
    assert Calendar("Asia/Kolkata").format_time(ms).endswith("+05:30")
    assert calendar.weekday(date(2026, 11, 22)) == 6


def test_business_hours() -> None:
    """Ends are not in, holidays are closed, a day not named is closed, the clock decides."""
    monday = (OpenHours(9 * 60, 12 * 60 + 30), OpenHours(22 * 60, 24 * 60))
    calendar = Calendar.of(
        Reporting(
            time_zone="America/New_York",
            day_starts=time(6),
            holidays=(date(2026, 11, 9),),
            business_hours=BusinessHours(monday=monday),
        )
    )

    def is_open(text: str) -> bool:
        return calendar.in_business_hours(calendar.instant(datetime.fromisoformat(text)))

    assert not is_open("2026-11-02T08:59:59.999")
    assert is_open("2026-11-02T09:00")
    assert is_open("2026-11-02T12:29:59.999")
    assert not is_open("2026-11-02T12:30")
    assert is_open("2026-11-02T23:59:59.999")
    assert not is_open("2026-11-03T00:00")
    assert not is_open("2026-11-03T10:00")
    assert not is_open("2026-11-09T10:00")
    assert is_open("2026-07-06T09:00")


def test_no_hours_named_is_always_open_but_on_holidays() -> None:
    """Hours matter once one day is named; a day named with no range is closed."""
    always = Calendar("UTC", holidays=[date(1970, 1, 2)])
    assert always.in_business_hours(0)
    assert not always.in_business_hours(24 * HOUR)
    closed = Calendar("UTC", business_hours=BusinessHours(sunday=()))
    assert not closed.in_business_hours(0)


def test_another_zone_keeps_the_rest() -> None:
    """An account is shown its own zone's days with the same start and holidays."""
    calendar = Calendar("UTC", time(6), BusinessHours(monday=()), [date(2026, 12, 25)])
    other = calendar.in_zone("Europe/Berlin")
    assert other.time_zone == "Europe/Berlin"
    assert other.day_starts == time(6)
    assert other.holidays == calendar.holidays
    assert other.business_hours == calendar.business_hours


def test_the_machine_s_zone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With no zone configured $TZ counts, with or without its colon or path."""
    for value in ("Asia/Tokyo", ":Asia/Tokyo", "/usr/share/zoneinfo/Asia/Tokyo"):
        monkeypatch.setenv("TZ", value)
        assert Calendar.of(Reporting()).time_zone == "Asia/Tokyo"
    monkeypatch.delenv("TZ")
    machine = Calendar.of(Reporting()).time_zone
    for value in ("No/Such", "../../etc/passwd", str(tmp_path)):
        monkeypatch.setenv("TZ", value)
        assert Calendar.of(Reporting()).time_zone == machine
