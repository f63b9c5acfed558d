"""Which calls are told of for so long that looking at those of the last hour misses them."""

from typing import Final

from wallboard.events import calls
from wallboard.facts.call import Call
from wallboard.facts.entry import ConnectionLost, ConnectionSeen, Entry

LONG_MS: Final = 3_600_000
"""For an instant in the past, calls are looked for that had begun up to so long before it."""
LATE_MS: Final = 60_000
"""Up to so long after its end, more may be told of the course of a call without further notice."""

_COURSE: Final = frozenset(
    {
        *(calls.CallStarted, calls.CallEnded, calls.CallTransferred),
        *(calls.QueueEntered, calls.QueueLeft, calls.LegStarted, calls.LegAnswered),
        *(calls.LegHeld, calls.LegResumed, calls.LegEnded),
    }
)
_COURSE_OR_INFERRED: Final = _COURSE | {ConnectionLost, ConnectionSeen}


def outcome_until(first_event: int, entries: list[Entry]) -> int | None:
    """When the outcome of a call was last told (UTC ms), if later than LONG_MS after it began.

    None for nearly all calls. `entries` are its events in the order of their stamps.
    """
    long = first_event + LONG_MS
    for entry in reversed(entries):
        if entry.time <= long:
            return None
        if type(entry.data) is calls.CallOutcome:
            return entry.time
    return None


def lasts_until(call: Call, entries: list[Entry]) -> int | None:
    """When the last of a call's course or of its after-call work was told (UTC ms).

    None for nearly all calls: those of less than an hour, of whose course nothing was told later
    than a minute past their end. That sight of it was lost is no part of the course once its end
    was told after all. `entries` are its events in the order of their stamps.
    """
    newest = entries[-1].time
    long = call.first_event + LONG_MS
    late = newest if call.ended is None else call.ended + LATE_MS
    if newest <= long and newest <= late:
        return None
    course = _COURSE if call.end_reason not in {None, "lost"} else _COURSE_OR_INFERRED
    for entry in reversed(entries):
        is_long = entry.time > long
        if not is_long and entry.time <= late:
            return None
        kind = type(entry.data)
        if kind in course or (is_long and kind is calls.CallWrapped):
            return entry.time
    return None
