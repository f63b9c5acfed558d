"""What of an instant in the past was never known: gaps around it, and a cache that began later."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.gaps import Gap, gaps
from wallboard.questions.hindsight import is_judged_by_later_terms
from wallboard.questions.view import one_view

_FIRST_CALL: Final = "SELECT min(started) FROM calls WHERE started IS NOT NULL"
_FIRST_STATE: Final = """
SELECT min((SELECT time FROM agent_changes AS c
    WHERE c.source = a.source AND c.agent = a.agent ORDER BY time LIMIT 1))
FROM agents AS a
"""


class PastKnown(NamedTuple):
    """The gaps that held the instant, and since when (UTC ms) anything is known, where later.

    `is_judged_later`: too many calls were judged by targets that were first told later to judge
    them anew, so rates are by those.
    """

    gaps: tuple[Gap, ...]
    known_since: int | None
    is_judged_later: bool = False


def past_known(connection: sqlite3.Connection, at: int) -> PastKnown:
    """What was not known of the instant `at` (UTC ms), however it is looked at."""
    with one_view(connection):
        holding = gaps(connection, at, at + 1)
        begun: int | None = None
        for first in (_FIRST_CALL, _FIRST_STATE):
            (time,) = connection.execute(first).fetchone()
            if time is not None and time <= at:
                return PastKnown(holding, None, is_judged_by_later_terms(connection, at))
            begun = time if begun is None or (time is not None and time < begun) else begun
        return PastKnown(holding, begun)
