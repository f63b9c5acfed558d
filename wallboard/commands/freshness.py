"""How old the newest of all events is, for a cache that no feed goes on filling."""

from typing import Final

from wallboard.counted import counted
from wallboard.questions.feed_answers import FeedHealth
from wallboard.reporting_time import Calendar

RECENT_SECONDS: Final = 3_600.0
"""Events of files that are older than this do not tell what is true now."""


def newest_event(feeds: tuple[FeedHealth, ...]) -> int | None:
    """The time of the newest event of all feeds (UTC ms), None where there is none."""
    return max((feed.last_event for feed in feeds if feed.last_event is not None), default=None)


def age_words(newest: int | None, now: int, calendar: Calendar) -> str:
    """Of when the newest event is and how old that makes it, as a sentence."""
    if newest is None:
        return "there is no event in the cache."
    seconds = max(0, now - newest) // 1_000
    for size, thing in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size or size == 1:
            old = counted(seconds // size, thing)
            break
    return f"the newest event is of {calendar.format_time(newest)}, {old} ago."
