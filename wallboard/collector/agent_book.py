"""The states of agents: one row per change, resolved, so that any instant is one look-up.

A change that arrives late is put where it belongs, and what follows it is resolved anew.
"""

import sqlite3
from collections import OrderedDict
from typing import Any, Final

import msgspec

from wallboard.events.agents import AgentChanged
from wallboard.facts.agent import BEFORE_ANY, AgentState, after
from wallboard.facts.entry import Stamp

REMEMBERED: Final = 20_000

_ENCODE: Final = msgspec.msgpack.Encoder().encode
_SAID: Final = msgspec.msgpack.Decoder(AgentChanged)
_WRITE: Final = f"INSERT OR REPLACE INTO agent_changes VALUES ({', '.join('?' * 14)})"
_STATE: Final = "presence, reason, activity, call, queues, campaign, state, since"
_LAST: Final = f"""
SELECT time, sequence, id, {_STATE} FROM agent_changes WHERE source = ? AND agent = ?
AND (time, sequence, id) < (?, ?, ?) ORDER BY time DESC, sequence DESC, id DESC LIMIT 1
"""
_FOLLOWING: Final = """
SELECT time, sequence, id, said FROM agent_changes WHERE source = ? AND agent = ?
AND (time, sequence, id) > (?, ?, ?) ORDER BY time, sequence, id
"""
_LATEST_STAMP: Final[Stamp] = (1 << 62, 0, "")

Row = tuple[Any, ...]


class AgentBook:
    """The latest state of every agent in memory, the whole history in the cache."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._latest: OrderedDict[tuple[int, str], tuple[Stamp, AgentState]] = OrderedDict()
        self._rows: list[Row] = []
        self._new: set[tuple[int, str]] = set()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._latest.clear()
        self._rows.clear()
        self._new.clear()

    def add(self, source: int, stamp: Stamp, said: AgentChanged) -> None:
        """Add a change; the caller has made sure that it is new."""
        key = (source, said.agent)
        latest = self._latest.get(key)
        if latest is None:
            latest = self._before(key, _LATEST_STAMP)
            if latest[1] is BEFORE_ANY:
                self._new.add(key)
        if latest[0] < stamp:
            state = after(latest[1], said, stamp[0])
            self._latest[key] = (stamp, state)
            self._rows.append(_row(key, stamp, said, state))
        else:
            self._put_between(key, stamp, said)

    def _put_between(self, key: tuple[int, str], stamp: Stamp, said: AgentChanged) -> None:
        """A late change: resolve it and all that follow it."""
        self.write()
        state = after(self._before(key, stamp)[1], said, stamp[0])
        self._rows.append(_row(key, stamp, said, state))
        for time, sequence, identity, text in self._db.execute(_FOLLOWING, (*key, *stamp)):
            following, data = (time, sequence, identity), _SAID.decode(text)
            state = after(state, data, time)
            self._rows.append(_row(key, following, data, state))
            self._latest[key] = (following, state)
        self.write()

    def _before(self, key: tuple[int, str], stamp: Stamp) -> tuple[Stamp, AgentState]:
        row = self._db.execute(_LAST, (*key, *stamp)).fetchone()
        if row is None:
            return (0, -1, ""), BEFORE_ANY
        time, sequence, identity, presence, reason, activity, call, named, *rest = row
        queues = msgspec.json.decode(named, type=tuple[str, ...]) if named else None
        campaign, state, since = rest
        return (time, sequence, identity), AgentState(
            presence, reason, activity, call, queues, campaign, state, since
        )

    def write(self) -> None:
        """Write what was added since the last time; part of the collector's transaction."""
        if self._new:
            self._db.executemany(
                "INSERT OR IGNORE INTO agents (source, agent) VALUES (?, ?)", sorted(self._new)
            )
            self._new.clear()
        if self._rows:
            self._db.executemany(_WRITE, self._rows)
            self._rows.clear()

    def trim(self) -> None:
        """Forget the agents unheard for longest, so that memory stays bounded."""
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)


def _row(key: tuple[int, str], stamp: Stamp, said: AgentChanged, state: AgentState) -> Row:
    queues = None if state.queues is None else msgspec.json.encode(state.queues).decode()
    return (
        *key,
        *stamp,
        _ENCODE(said),
        state.presence,
        state.reason,
        state.activity,
        state.call,
        queues,
        state.campaign,
        state.state,
        state.since,
    )
