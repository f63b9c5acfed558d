"""Times as text with the local offset, fast enough for millions of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from wallboard.reporting_time import Calendar

SLOT_SECONDS: Final = 900
MOST_SLOTS: Final = 100_000
_WITHIN: Final = tuple(
    tuple(f"{quarter * 15 + second // 60:02}:{second % 60:02}" for second in range(SLOT_SECONDS))
    for quarter in range(4)
)

_Slot = tuple[str, tuple[str, ...], str]


def time_writer(calendar: Calendar) -> Callable[[int], str]:
    """Return what writes an instant (UTC ms) as `2026-11-01T14:05:32-05:00`.

    Offsets change on quarters of an hour at most, so one look at the calendar serves each quarter;
    where they do not, every time is looked up by itself.
    """
    slots: dict[int, _Slot | None] = {}

    def write(ms: int) -> str:
        slot, second = divmod(ms // 1_000, SLOT_SECONDS)
        try:
            found = slots[slot]
        except KeyError:
            if len(slots) >= MOST_SLOTS:
                slots.clear()
            found = slots[slot] = _slot(calendar, slot)
        if found is None:
            return calendar.format_time(ms - ms % 1_000)
        return found[0] + found[1][second] + found[2]

    return write


def _slot(calendar: Calendar, slot: int) -> _Slot | None:
    """What is before and after the minutes in a quarter of an hour; None where that changes."""
    first: datetime = calendar.local(slot * SLOT_SECONDS * 1_000)
    last = calendar.local((slot * SLOT_SECONDS + SLOT_SECONDS - 1) * 1_000)
    if first.utcoffset() != last.utcoffset() or first.minute % 15 or first.second:
        return None
    text = first.isoformat(timespec="seconds")
    return text[:14], _WITHIN[first.minute // 15], text[19:]
