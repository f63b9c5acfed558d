"""A center somewhere in the world whose working day it is now."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

BUSY_HOUR: Final = 10
"""The local hour at which a demo begins: every day shift has come, lunch has not begun."""
ORDINARY: Final = 2
"""Wednesday, which a day of the weekend is taken for."""
SATURDAY: Final = 5
HOURS: Final = 24


class Daytime(NamedTuple):
    """Where it is mid-morning: an IANA zone, and by how many days its week is moved."""

    time_zone: str
    week_shift: int


def working_now(moment: int) -> Daytime:
    """The zone in which it is from 10 to 11 o'clock at a moment (UTC milliseconds).

    On its Saturdays and Sundays the week is moved so that the day is an ordinary Wednesday.
    """
    utc = datetime.fromtimestamp(moment / 1000, UTC)
    ahead = BUSY_HOUR - utc.hour
    if ahead < -HOURS // 2:
        ahead += HOURS
    weekday = (utc + timedelta(hours=ahead)).weekday()
    shift = ORDINARY - weekday if weekday >= SATURDAY else 0
    # The names of these zones count the other way: Etc/GMT-10 is ten hours ahead.
    return Daytime(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT", shift)
