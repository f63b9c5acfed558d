"""A moment of the past as somebody types it: `14:05`, `yesterday 14:05`, `2026-11-20 14:05:30`."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from wallboard.reporting_time.calendars import Calendar
from wallboard.reporting_time.periods import PeriodError, parse_moment

FORMS: Final = "14:05, yesterday 14:05, 2026-11-20 14:05:30"
_TYPED: Final = re.compile(
    r"(?:(today|yesterday)\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII | re.IGNORECASE
)


class TypedMoment(Struct, frozen=True):
    """The instant `at` (UTC ms) that was typed; `said` tells which was taken where two could be."""

    at: int
    said: str = ""


def typed_moment(calendar: Calendar, text: str, now: int, shown: int | None = None) -> TypedMoment:
    """The moment up to `now` (UTC ms) that `text` names by the calendar's clock.

    A time alone is of the day of `shown`, of today where that is None. A day alone is its
    beginning. Raises PeriodError, whose text is a sentence, for what is no time or is to come.
    """
    words = " ".join(text.split())
    today = calendar.local(now).date()
    found = _TYPED.fullmatch(words)
    if found is not None:
        day = today if shown is None else calendar.local(shown).date()
        if found[1] is not None:
            day = today - timedelta(days=found[1].lower() == "yesterday")
        moment: date | datetime = _on(day, found, words)
    else:
        moment = _written(words)
    if not isinstance(moment, datetime):
        typed = TypedMoment(calendar.day_bounds(moment)[0])
    elif moment.tzinfo is not None:
        typed = TypedMoment(calendar.instant(moment))
    else:
        typed = _by_the_clock(calendar, moment)
    if typed.at > now:
        raise PeriodError(
            f"{in_full(calendar, typed.at)} is still to come: it is {in_full(calendar, now)} now."
        )
    return typed


def is_clock_time(text: str) -> bool:
    """Whether a text is a time of the clock, alone or of today or yesterday."""
    return _TYPED.fullmatch(" ".join(text.split())) is not None


def in_full(calendar: Calendar, at: int) -> str:
    """A moment in words, as `Fri 20 Nov 2026 14:05:30 EST`."""
    return f"{calendar.local(at):%a %d %b %Y %H:%M:%S} {calendar.zone_name(at)}"


def _on(day: date, found: re.Match[str], words: str) -> datetime:
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3]), int(found[4] or 0)))
    except ValueError as error:
        raise PeriodError(f"“{words}” is on no clock.") from error


def _written(words: str) -> date | datetime:
    try:
        return parse_moment("", words)
    except PeriodError as error:
        shown = "".join(c if c.isprintable() else "?" for c in words[:40])
        if words[:4].isdecimal() and words[4:5] == "-":
            raise PeriodError(str(error).strip().removeprefix("is ")) from error
        raise PeriodError(
            f"“{shown}” is not understood: a time such as {FORMS} is expected."
            if shown
            else f"A time such as {FORMS} is expected."
        ) from error


def _by_the_clock(calendar: Calendar, moment: datetime) -> TypedMoment:
    """The instant of a time of the clock, which a change of the clock may show twice or never."""
    at = calendar.instant(moment)
    if calendar.local(at).replace(tzinfo=None) != moment:
        return TypedMoment(
            at,
            f"The clock was set on past {moment:%H:%M:%S} that day: "
            f"{in_full(calendar, at)} is taken.",
        )
    first, second = (moment.replace(tzinfo=calendar.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return TypedMoment(at)
    return TypedMoment(
        at,
        f"The clock showed {moment:%H:%M:%S} twice that day: the first, {calendar.zone_name(at)}, "
        f"is taken. The second is {second.isoformat(' ')}.",
    )
