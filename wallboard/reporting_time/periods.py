"""The period that a question asks about, from the words of a command line."""

import re
from datetime import date, datetime

from msgspec import Struct

WRITTEN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class PeriodError(ValueError):
    """The words do not name a period; the text is a sentence that says why."""


class Period(Struct, frozen=True):
    """A span of time: from `start_ms`, up to `end_ms` which is not in it (UTC milliseconds)."""

    start_ms: int
    end_ms: int
    days: tuple[date, ...]
    """The reporting days that the span touches, whole or in part, in order."""


def parse_moment(option: str, text: str) -> date | datetime:
    """Return a date, a naive local datetime, or (written with an offset) an aware one.

    `option` is named in the PeriodError raised when the text is none of these.
    """
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:40])
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise PeriodError(
            f"{option} is “{shown}” where a day such as 2026-11-01 or a time such as "
            "2026-11-01T14:00 is expected."
        )
    try:
        moment = datetime.fromisoformat(found[0])
    except ValueError as error:
        raise PeriodError(
            f"{option} is “{shown}”, which is in no calendar or on no clock."
        ) from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PeriodError(
            f"{option} is “{shown}” where a year from {FIRST_YEAR} to {LAST_YEAR} is expected."
        )
    return moment.date() if found[4] is None else moment
