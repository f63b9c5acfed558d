"""The agents that are looked at where there are more than anybody can: those that matter most.

Of more campaigns than that none is reckoned by itself. A feed that is at fault may name a million;
what they are looked at for must not take their memory.
"""

import sqlite3
import time
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

MOST_AGENTS: Final = 10_000
"""So many are looked at; of more the foremost: signed in before offline, last heard of first."""

MOST_CAMPAIGNS: Final = MOST_AGENTS

MOST_QUEUES: Final = 2_000
"""So many are looked at, of more the foremost: see `wallboard.questions.queues`. Each is reckoned
anew with every reading of the floor, which agents are not."""

COST_SHARE: Final = 0.05
"""Choosing them may take so much of the time: of a million it takes some seconds."""

LEAST_SECONDS: Final = 2.0
NEAR_MS: Final = 60 * 60_000
"""Chosen for one instant, they serve for others that are so near."""

OF_THEM: Final = "a.rowid IN (SELECT value FROM json_each(:chosen))"
"""The condition on the table `agents AS a`, of the value `chosen`."""

_FOREMOST: Final = """
SELECT json_group_array(number) FROM (
    SELECT a.rowid AS number FROM agents AS a LEFT JOIN agent_changes AS c
        ON c.source = a.source AND c.agent = a.agent AND (c.time, c.sequence, c.id) = (
            SELECT time, sequence, id FROM agent_changes AS latest
            WHERE latest.source = a.source AND latest.agent = a.agent AND latest.time <= :now
            ORDER BY latest.time DESC, latest.sequence DESC, latest.id DESC LIMIT 1)
    ORDER BY ifnull(c.state, 'offline') = 'offline', c.time DESC LIMIT :most)
"""


_DISTINCT: Final = (
    "SELECT count(*) FROM (SELECT DISTINCT {} FROM hour_rollup"
    " WHERE bucket >= ? AND bucket < ? LIMIT ?)"
)
_QUEUES: Final = """
SELECT count(*) FROM (SELECT source, queue FROM queues
    UNION SELECT source, queue FROM hour_rollup WHERE bucket >= ? AND queue != ''
    UNION SELECT source, queue FROM stays WHERE left IS NULL)
"""


class _Chosen(NamedTuple):
    """The numbers of those chosen, as JSON; good for instants near `now` until `until`."""

    numbers: str
    now: int
    until: float


_KEPT: Final[WeakKeyDictionary[sqlite3.Connection, _Chosen]] = WeakKeyDictionary()
_KEPT_QUEUES: Final[WeakKeyDictionary[sqlite3.Connection, _Chosen]] = WeakKeyDictionary()


def chosen(connection: sqlite3.Connection, now: int) -> str | None:
    """The agents that are looked at as of `now` (UTC ms), as a JSON list; None for all of them.

    A connection of `open_for_reading` keeps them for a while.
    """
    more = connection.execute("SELECT 1 FROM agents LIMIT 1 OFFSET ?", (MOST_AGENTS,)).fetchone()
    if more is None:
        return None
    is_keeping = type(connection) is not sqlite3.Connection
    kept = _KEPT.get(connection) if is_keeping else None
    began = time.monotonic()
    if kept is not None and began < kept.until and abs(now - kept.now) <= NEAR_MS:
        return kept.numbers
    values = {"now": now, "most": MOST_AGENTS}
    (numbers,) = connection.execute(_FOREMOST, values).fetchone()
    if is_keeping:
        ended = time.monotonic()
        until = ended + max(LEAST_SECONDS, (ended - began) / COST_SHARE)
        _KEPT[connection] = _Chosen(str(numbers), now, until)
    return str(numbers)


def queues_known(connection: sqlite3.Connection, start: int) -> int:
    """How many queues are defined, had a call since `start` (UTC ms) or have a caller now.

    A connection of `open_for_reading` keeps the number for a while: of a million it takes seconds.
    """
    is_keeping = type(connection) is not sqlite3.Connection
    kept = _KEPT_QUEUES.get(connection) if is_keeping else None
    began = time.monotonic()
    if kept is not None and began < kept.until and start == kept.now:
        return int(kept.numbers)
    (found,) = connection.execute(_QUEUES, (start,)).fetchone()
    if is_keeping:
        ended = time.monotonic()
        until = ended + max(LEAST_SECONDS, (ended - began) / COST_SHARE)
        _KEPT_QUEUES[connection] = _Chosen(str(found), start, until)
    return int(found)


def is_crowded(connection: sqlite3.Connection, by: str, start: int, end: int) -> bool:
    """Whether there are more than are looked at one by one.

    Of campaigns and queues those of a period (UTC ms), of agents all that are known. `by`:
    `campaign`, `queue` or `agent`; of nothing else there is too much.
    """
    if by == "agent":
        return agents_beyond(connection) > 0
    if by not in {"campaign", "queue"}:
        return False
    values = (start, end, MOST_CAMPAIGNS + 1)
    (found,) = connection.execute(_DISTINCT.format(by), values).fetchone()
    return int(found) > MOST_CAMPAIGNS


def are_crowds_defined(connection: sqlite3.Connection) -> bool:
    """Whether more campaigns are defined than are looked at one by one, called or not."""
    found = connection.execute("SELECT 1 FROM campaigns LIMIT 1 OFFSET ?", (MOST_CAMPAIGNS,))
    return found.fetchone() is not None


def too_many(by: str) -> str:
    """Why nothing is reckoned campaign by campaign, agent by agent or queue by queue."""
    return f"There are more than {MOST_AGENTS:,} {by}s: nothing is reckoned {by} by {by}."


def agents_beyond(connection: sqlite3.Connection) -> int:
    """How many agents are known beyond those that are looked at."""
    (known,) = connection.execute("SELECT count(*) FROM agents").fetchone()
    return max(0, int(known) - MOST_AGENTS)
