"""What the line above the keys says: of the feeds, of the past, and of alarms that call."""

from wallboard.questions.scope import Scope
from wallboard.screens.alarm_words import standing_words
from wallboard.screens.feed_words import notices
from wallboard.screens.past_words import of_now_words, past_notices
from wallboard.screens.scope_words import period_words, scope_words
from wallboard.screens.sight import Sight


def past_line(sight: Sight, *, is_narrow: bool) -> str:
    """What is said of a moment in the past, with the filters where the banner has no room."""
    interest = sight.snapshot.interest
    words = past_notices(sight.snapshot, sight.calendar)
    if not is_narrow or interest.scope == Scope():
        return words
    only = scope_words(interest.scope, sight.snapshot.names, period_words(interest))
    return " · ".join(filter(None, (only, words)))


def line_of_now(sight: Sight, filling: str, *, has_past: bool, has_alarms: bool) -> str:
    """What is said of now; `filling` is of history that is being filled in.

    A screen that `has_alarms` shows them itself; one that has no past says so, while others are
    looked at in it.
    """
    words = notices(sight.snapshot, filling)
    # Whoever looks elsewhere is to know that something calls.
    alarms = () if has_alarms else sight.snapshot.alarms
    calling = standing_words(alarms, sight.moment)
    past = ""
    if sight.elsewhere is not None and not has_past:
        past = of_now_words(sight.elsewhere, sight.calendar)
    is_first = any(alarm.is_critical and not alarm.is_acknowledged for alarm in alarms)
    parts = (calling, past, words) if is_first else (past, words, calling)
    return " · ".join(filter(None, parts))
