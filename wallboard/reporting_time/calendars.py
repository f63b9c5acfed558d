"""The calendar of the reporting time zone: its days, its clock hours and its open hours."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from msgspec import Struct

from wallboard.config import BusinessHours, Reporting
from wallboard.reporting_time.periods import Period, PeriodError, parse_moment
from wallboard.reporting_time.zones import (
    first_instant,
    instant,
    local,
    machine_zone,
    offset_began,
)

SLOT: Final = 15 * 60_000
HOUR: Final = 60 * 60_000
DAY: Final = timedelta(days=1)
MOST_SLOTS: Final = 100_000  # about three years of quarter hours


class Hour(Struct, frozen=True):
    """A clock hour, or what a change of the clock or the turn of the day left of it."""

    start_ms: int
    end_ms: int
    label: str
    """The hour of the clock, `00` to `23`."""
    fold: bool
    """The clock shows this hour for the second time, having been set back."""


class Calendar:
    """Days and hours of one time zone. Instants are UTC milliseconds.

    A day starts at the first instant at which the clock shows `day_starts` or has passed it, so
    days follow each other without gap or overlap and may last 23 or 25 hours; a date that a zone
    skipped is a day of no length. It is known by the date on which it starts.
    """

    def __init__(
        self,
        time_zone: str = "",
        day_starts: time = time(0),
        business_hours: BusinessHours | None = None,
        holidays: Iterable[date] = (),
    ) -> None:
        """Build a calendar; an empty `time_zone` is the machine's.

        Raises zoneinfo.ZoneInfoNotFoundError for a name that the database does not have.
        """
        self.time_zone: Final = time_zone or machine_zone()
        self.zone: Final = ZoneInfo(self.time_zone)
        self.day_starts: Final = day_starts
        self.business_hours: Final = business_hours or BusinessHours()
        self.holidays: Final = frozenset(holidays)
        self._open = self.business_hours.by_weekday()
        self._day_starts: dict[date, int] = {}
        self._slots: dict[int, tuple[int, date]] = {}

    @classmethod
    def of(cls, reporting: Reporting) -> Self:
        """Build the calendar that `[reporting]` describes."""
        return cls(
            reporting.time_zone,
            reporting.day_starts,
            reporting.business_hours,
            reporting.holidays,
        )

    def in_zone(self, time_zone: str) -> Self:
        """Return this calendar in another time zone, as an account of that zone sees it."""
        return type(self)(time_zone, self.day_starts, self.business_hours, self.holidays)

    def day_of(self, ms: int) -> date:
        """Return the day that an instant belongs to."""
        slot = self._slots.get(ms // SLOT)
        return slot[1] if slot is not None else self._slot(ms)[1]

    def hour_start(self, ms: int) -> int:
        """Return the start of the clock hour that an instant belongs to.

        The two occurrences of a repeated hour start at their own instants, and an hour in which
        the clock changes or the day turns (day_starts 02:30) starts anew there, so that hours add
        up to days.
        """
        slot = self._slots.get(ms // SLOT)
        return slot[0] if slot is not None else self._slot(ms)[0]

    def day_bounds(self, day: date) -> tuple[int, int]:
        """Return the start and the end of a day; the end is the start of the next."""
        return self._day_start(day), self._day_start(day + DAY)

    def hours_of(self, day: date) -> list[Hour]:
        """Return the hours of a day in order: a skipped hour is absent, a repeated one twice."""
        start, end = self.day_bounds(day)
        hours = []
        while start < end:
            shown = self.local(start)
            stop = start - _into_hour(shown) + HOUR
            if self.local(stop - 1).utcoffset() != shown.utcoffset():
                stop = offset_began(stop - 1, start, self.zone)
            stop = min(stop, end)
            hours.append(Hour(start, stop, f"{shown.hour:02}", bool(shown.fold)))
            start = stop
        return hours

    def weekday(self, day: date) -> int:
        """Return the weekday of a date, 0 for Monday to 6 for Sunday."""
        return day.weekday()

    def in_business_hours(self, ms: int) -> bool:
        """Return whether the clock stands within business hours at an instant.

        Ranges and holidays go by the clock and its date, whatever time a reporting day starts at.
        """
        shown = self.local(ms)
        if shown.date() in self.holidays:
            return False
        if self._open is None:
            return True
        minute = shown.hour * 60 + shown.minute
        return any(hours.start <= minute < hours.end for hours in self._open[shown.weekday()])

    def local(self, ms: int) -> datetime:
        """Return what the clock shows at an instant, as an aware datetime."""
        return local(ms, self.zone)

    def instant(self, wall: datetime) -> int:
        """Return the first instant at which the clock shows a naive time, or has passed it.

        An aware time is simply that instant.
        """
        return first_instant(wall, self.zone) if wall.tzinfo is None else instant(wall)

    def format_time(self, ms: int, *, seconds: bool = True) -> str:
        """Return local time with its offset, as `2026-11-01T14:05:32-05:00` (RFC 3339)."""
        return self.local(ms).isoformat(timespec="seconds" if seconds else "minutes")

    def format_clock(self, ms: int, *, seconds: bool = True) -> str:
        """Return what the clock shows, as `14:05:32`."""
        return f"{self.local(ms):{'%H:%M:%S' if seconds else '%H:%M'}}"

    def zone_name(self, ms: int) -> str:
        """Return the zone's short name at an instant, as `EST`."""
        return self.local(ms).tzname() or self.time_zone

    def period(self, from_text: str | None, to_text: str | None, now_ms: int) -> Period:
        """Return the period between two days, both included, or times; today by default.

        With no `to` it lasts until today's end, with no `from` it starts with the day of `to`. A
        time is local unless written with an offset, and as `to` it is not itself in the period.
        Raises PeriodError when a text cannot be read or the period would be empty.
        """
        today = self.day_of(now_ms)
        until = parse_moment("--to", to_text) if to_text else today
        since = parse_moment("--from", from_text) if from_text else self._day_at(until)
        start, end = self._edges(since)[0], self._edges(until)[1]
        if start >= end:
            if not to_text:
                raise PeriodError(
                    f"--from is {from_text}, and without --to the period ends with today, {today}: "
                    "a day or time up to then is expected."
                )
            raise PeriodError(
                f"--to is {to_text}, which is not after --from, {from_text or since}: "
                "a --from that comes before --to is expected."
            )
        first, last = self.day_of(start), self.day_of(end - 1)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return Period(start, end, tuple(d for d in days if _lasts(self.day_bounds(d))))

    def _edges(self, moment: date | datetime) -> tuple[int, int]:
        if isinstance(moment, datetime):
            at = self.instant(moment)
            return at, at
        return self.day_bounds(moment)

    def _day_at(self, moment: date | datetime) -> date:
        """Return the day that ends with `moment`: of the last instant before it, for a time."""
        if isinstance(moment, datetime):
            return self.day_of(self.instant(moment) - 1)
        return moment

    def _day_start(self, day: date) -> int:
        start = self._day_starts.get(day)
        if start is None:
            start = first_instant(datetime.combine(day, self.day_starts), self.zone)
            self._day_starts[day] = start
        return start

    def _slot(self, ms: int) -> tuple[int, date]:
        """Return the hour start and the day, remembered when a whole quarter hour shares them.

        Neither ever goes back as time goes on, so what both ends share is shared in between.
        """
        slot = ms // SLOT
        first, last = self._hour_and_day(slot * SLOT), self._hour_and_day((slot + 1) * SLOT - 1)
        if first != last:
            return self._hour_and_day(ms)
        if len(self._slots) >= MOST_SLOTS:
            self._slots.clear()
        self._slots[slot] = first
        return first

    def _hour_and_day(self, ms: int) -> tuple[int, date]:
        shown = self.local(ms)
        start = ms - _into_hour(shown)
        if self.local(start).utcoffset() != shown.utcoffset():
            start = offset_began(ms, start, self.zone)
        day = (shown.replace(tzinfo=None) - self._since_midnight()).date()
        # A clock set back across the turn of the day shows the old date again.
        while self._day_start(day + DAY) <= ms:
            day += DAY
        while self._day_start(day) > ms:
            day -= DAY
        return max(start, self._day_start(day)), day

    def _since_midnight(self) -> timedelta:
        return timedelta(hours=self.day_starts.hour, minutes=self.day_starts.minute)


def _into_hour(shown: datetime) -> int:
    """Return the milliseconds since the clock showed a full hour."""
    return (shown.minute * 60 + shown.second) * 1000 + shown.microsecond // 1000


def _lasts(bounds: tuple[int, int]) -> bool:
    return bounds[0] < bounds[1]
