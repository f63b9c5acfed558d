"""From a part of the change of a drop rate to the calls that it is made of. Pure."""

from typing import Final

from wallboard.board.snapshot import name_of
from wallboard.config.metrics import DropFormula
from wallboard.metrics.asked import NONE
from wallboard.questions.call_filter import CallFilter, CallPart
from wallboard.questions.names import Names
from wallboard.reporting_time import Calendar, Period
from wallboard.screens.drop_change_values import NOTHING
from wallboard.screens.hour_calls import times_of_hour

_WORDS: Final = {"campaign": "campaign", "sub_campaign": "part", "queue": "queue", "trunk": "trunk"}


def calls_of_part(
    row: str, calendar: Calendar, period: Period, formula: DropFormula
) -> CallFilter | None:
    """The dials of the row of this key over the period that the rate is of, None for a heading."""
    dimension, _, key = row.partition("/")
    if not key:
        return None
    part = CallPart(dimension, None if key == NONE else key, live=formula != "answered")
    times: tuple[tuple[int, int], ...] = ()
    if dimension == "hour":
        times = times_of_hour(key, calendar, period)
    return CallFilter(part=part, times=times, start=period.start_ms, end=period.end_ms)


def part_words(filtered: CallFilter, names: Names) -> list[str]:
    """What a list of the calls of a part says that it is limited to; nothing for other lists."""
    part = filtered.part
    if part is None:
        return []
    said = ["answered by a person" if part.live else "answered"]
    if part.dimension == "hour":
        said.append(f"{part.key}:00 to {part.key}:59")
    elif part.key is None:
        said.append(NOTHING.get(part.dimension, part.dimension))
    else:
        named = {"queue": names.queues, "trunk": ()}.get(part.dimension, names.campaigns)
        said.append(f"{_WORDS[part.dimension]} {name_of(named, part.key)}")
    return said


def days_words(filtered: CallFilter, calendar: Calendar) -> list[str]:
    """The days of a list that is of a period."""
    if filtered.start is None or filtered.end is None:
        return []
    first, last = calendar.local(filtered.start), calendar.local(filtered.end - 1)
    return [" to ".join(dict.fromkeys((f"{first:%d %b}", f"{last:%d %b}")))]
