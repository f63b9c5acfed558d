"""The states of agents: one row per change, resolved, so that any instant is one look-up.

A change that arrives late is put where it belongs, and what follows it is resolved anew.
"""

import sqlite3
from collections import OrderedDict, deque
from contextlib import closing
from functools import lru_cache
from typing import Any, Final

import msgspec
from msgspec.structs import astuple

from wallboard.events.agents import AgentChanged
from wallboard.events.envelope import Stamp
from wallboard.facts.agent import BEFORE_ANY, AgentState, after

REMEMBERED: Final = 20_000

_ENCODE: Final = msgspec.msgpack.Encoder().encode
_SAID: Final = msgspec.msgpack.Decoder(AgentChanged)
_WRITE: Final = f"INSERT OR REPLACE INTO agent_changes VALUES ({', '.join('?' * 14)})"
_STATE: Final = "presence, reason, activity, call, queues, campaign, state, since"
_BEFORE: Final = f"""
SELECT time, sequence, id, {_STATE} FROM agent_changes WHERE source = ? AND agent = ?
AND (time, sequence, id) < (?, ?, ?) ORDER BY time DESC, sequence DESC, id DESC LIMIT 1
"""
_FOLLOWING: Final = f"""
SELECT time, sequence, id, said, {_STATE} FROM agent_changes WHERE source = ? AND agent = ?
AND (time, sequence, id) > (?, ?, ?) ORDER BY time, sequence, id
"""
_LATEST_STAMP: Final[Stamp] = (1 << 62, 0, "")

AgentKey = tuple[int, str]
Change = tuple[Stamp, AgentChanged]
Row = tuple[Any, ...]


class AgentBook:
    """The latest state of every agent in memory, the whole history in the cache."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._latest: OrderedDict[AgentKey, tuple[Stamp, AgentState]] = OrderedDict()
        self._rows: list[Row] = []
        self._late: dict[AgentKey, list[Change]] = {}
        self._new: set[AgentKey] = set()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._latest.clear()
        self._rows.clear()
        self._late.clear()
        self._new.clear()

    def add(self, source: int, stamp: Stamp, said: AgentChanged) -> None:
        """Add a change; the caller has made sure that it is new."""
        key = (source, said.agent)
        latest = self._latest.get(key)
        if latest is None:
            latest = self._latest[key] = self._before(key, _LATEST_STAMP)
            if latest[1] is BEFORE_ANY:
                self._new.add(key)
        if latest[0] < stamp:
            state = after(latest[1], said, stamp[0])
            self._latest[key] = (stamp, state)
            self._rows.append(_row(key, stamp, said, state))
        else:
            self._late.setdefault(key, []).append((stamp, said))

    def _resolve_late(self, key: AgentKey, late: list[Change]) -> None:
        """Put late changes where they belong, and resolve anew what follows until nothing differs.

        What follows is soon as it was: a change says most of the state, and later ones the rest.
        """
        waiting = deque(sorted(late, key=lambda change: change[0]))
        first = waiting[0][0]
        state = self._before(key, first)[1]
        rows: list[Row] = []
        with closing(self._db.execute(_FOLLOWING, (*key, *first))) as stored:
            for time, sequence, identity, said, *known in stored:
                stamp = (time, sequence, identity)
                while waiting and waiting[0][0] < stamp:
                    state = self._resolve(key, waiting.popleft(), state, rows)
                data = _SAID.decode(said)
                if after(state, data, time) != _state_of(known):
                    state = self._resolve(key, (stamp, data), state, rows)
                elif waiting:
                    state = _state_of(known)
                else:
                    break
        for change in waiting:
            state = self._resolve(key, change, state, rows)
        self._db.executemany(_WRITE, rows)

    def _resolve(
        self, key: AgentKey, change: Change, before: AgentState, rows: list[Row]
    ) -> AgentState:
        """The state after a change, with its row added to those to be written."""
        stamp, said = change
        state = after(before, said, stamp[0])
        rows.append(_row(key, stamp, said, state))
        latest = self._latest.get(key)
        if latest is None or latest[0] <= stamp:
            self._latest[key] = (stamp, state)
        return state

    def _before(self, key: AgentKey, stamp: Stamp) -> tuple[Stamp, AgentState]:
        row = self._db.execute(_BEFORE, (*key, *stamp)).fetchone()
        if row is None:
            return (0, -1, ""), BEFORE_ANY
        time, sequence, identity, *known = row
        return (time, sequence, identity), _state_of(known)

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
        for key, late in self._late.items():
            self._resolve_late(key, late)
        self._late.clear()

    def trim(self) -> None:
        """Forget the agents unheard for longest, so that memory stays bounded."""
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)


def _state_of(known: list[Any]) -> AgentState:
    """A state as the cache holds it."""
    presence, reason, activity, call, named, campaign, state, since = known
    queues = msgspec.json.decode(named, type=tuple[str, ...]) if named else None
    return AgentState(presence, reason, activity, call, queues, campaign, state, since)


def _row(key: AgentKey, stamp: Stamp, said: AgentChanged, state: AgentState) -> Row:
    presence, reason, activity, call, queues, *rest = astuple(state)
    named = None if queues is None else _names(queues)
    return (*key, *stamp, _ENCODE(said), presence, reason, activity, call, named, *rest)


@lru_cache(REMEMBERED)
def _names(queues: tuple[str, ...]) -> str:
    """The queues as the cache has them: many agents serve the same, and one says so seldom."""
    return msgspec.json.encode(queues).decode()
