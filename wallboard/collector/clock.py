"""Whether this machine's clock can be believed so far as to delete by it what is over its time.

A clock that is set years ahead would else have everything deleted at once.
"""

from collections.abc import Sequence
from typing import Final

DAY_MS: Final = 86_400_000
DAY_SECONDS: Final = 86_400.0
OFF_SECONDS: Final = DAY_SECONDS
"""Clocks of feeds that are further off than this contradict the machine's."""
SILENT_MS: Final = 2 * DAY_MS
"""With no feed's clock to compare with: events that ended so long ago make the clock doubtful."""
PATIENCE_SECONDS: Final = DAY_SECONDS
"""For so long: who runs a collector has had a day to notice a wrong clock."""


def why_doubted(now: int, newest: int | None, offs: Sequence[float], running: float) -> str:
    """Why nothing is to be deleted by a clock that shows `now` (UTC ms); empty to go ahead.

    `newest` is the time of the newest event that is known, `offs` how many seconds the clocks of
    the feeds that are heard now are before this one, and `running` for how many seconds the
    collector has run.
    """
    if offs:
        off = min(offs, key=abs)
        if abs(off) <= OFF_SECONDS:
            return ""
        return f"the feeds' clocks are {abs(off) / DAY_SECONDS:,.0f} days off this machine's"
    if newest is None or now - newest <= SILENT_MS or running >= PATIENCE_SECONDS:
        return ""
    days = (now - newest) / DAY_MS
    return (
        f"the newest event is {days:,.0f} days old by this machine's clock, and no feed that is "
        "heard tells another"
    )
