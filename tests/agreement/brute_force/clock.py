"""Times of events, and local days and hours, by zoneinfo directly."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.agreement.brute_force.asked import Settings

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(text: object) -> int | None:
    """UTC milliseconds of an RFC 3339 time from 2000 to 2100; None when it is none."""
    if not isinstance(text, str) or not RFC3339.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    found = (moment - EPOCH) // timedelta(milliseconds=1)
    return found if 2000 <= (EPOCH + timedelta(milliseconds=found)).year < 2100 else None


def local(at: int, settings: Settings) -> datetime:
    return (EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(settings.time_zone))


def wall(text: str) -> time:
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def begins(day: date, settings: Settings) -> int:
    """The instant at which a local day begins."""
    first = datetime.combine(day, wall(settings.day_starts), ZoneInfo(settings.time_zone))
    return (first.astimezone(UTC) - EPOCH) // timedelta(milliseconds=1)


def day_of(at: int, settings: Settings) -> date:
    """The local day to which an instant belongs."""
    day = local(at, settings).date()
    while begins(day, settings) > at:
        day -= timedelta(days=1)
    return day


def is_open(at: int, settings: Settings) -> bool:
    """Whether the business is open: by the clock and calendar on the wall."""
    moment = local(at, settings)
    if moment.date().isoformat() in settings.holidays:
        return False
    if not settings.business_hours:
        return True
    now = f"{moment:%H:%M:%S.%f}"
    spans = settings.business_hours.get(f"{moment:%A}".lower(), [])
    return any(opens <= now < closes for opens, closes in spans)


def before(from_ms: int, until_ms: int, settings: Settings) -> int:
    """The start of the range before.

    As many local days where these are whole (reading 12), else the same length.
    """
    first, last = day_of(from_ms, settings), day_of(until_ms, settings)
    if begins(first, settings) == from_ms and begins(last, settings) == until_ms:
        return begins(first - (last - first), settings)
    return from_ms - (until_ms - from_ms)
