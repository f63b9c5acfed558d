"""The clock of a time zone: what it shows at an instant, and when it first shows a time."""

import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from wallboard.config import is_time_zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LOCALTIME = Path("/etc/localtime")


def machine_zone(localtime: Path = LOCALTIME) -> str:
    """Return the IANA name of the machine's zone: from $TZ, else the link `localtime`, else UTC."""
    link = os.path.realpath(localtime) if localtime.is_symlink() else ""
    for name in (os.environ.get("TZ", "").removeprefix(":"), link):
        zone = name.rpartition("zoneinfo/")[2]
        if zone and not zone.startswith("/") and is_time_zone(zone):
            return zone
    return "UTC"


def local(ms: int, zone: tzinfo) -> datetime:
    """Return what the clock shows at an instant."""
    return (EPOCH + timedelta(milliseconds=ms)).astimezone(zone)


def instant(moment: datetime) -> int:
    """Return the UTC milliseconds of an aware datetime."""
    return (moment - EPOCH) // MILLISECOND


def offset_began(ms: int, after: int, zone: tzinfo) -> int:
    """Return the instant after `after` since which the clock has had the offset it has at `ms`.

    Expects the offset at `after` to differ, with one change between the two.
    """
    offset = local(ms, zone).utcoffset()
    early, late = after, ms
    while late - early > 1:
        middle = (early + late) // 2
        if local(middle, zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late


def first_instant(wall: datetime, zone: tzinfo) -> int:
    """Return the first instant at which the clock of the zone shows `wall`, or has passed it.

    A time that is shown twice counts from its first; one that is skipped, from the change.
    """
    ms = instant(wall.replace(tzinfo=zone, fold=0))
    if local(ms, zone).replace(tzinfo=None) == wall:
        return ms
    # In a gap the two folds lie on the two sides of the change.
    return offset_began(ms, instant(wall.replace(tzinfo=zone, fold=1)) - 1, zone)
