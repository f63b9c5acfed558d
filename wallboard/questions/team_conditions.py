"""Calls of a team, as a condition of a query: its agents are named, or, of very many, looked up."""

import json
import sqlite3
from typing import Any, Final

from wallboard.cache.functions import add_function

MOST_HELD: Final = 10_000
"""So many agents of a team are held in memory, and named to a query."""

IS_OF_TEAM: Final = "is_of_team"
"""The function of a connection that `let_teams_be_asked` adds: source, agent, team -> 0 or 1."""

_NAMED: Final = (
    "(calls.source, calls.agent) IN (SELECT json_extract(value, '$[0]'),"
    " json_extract(value, '$[1]') FROM json_each(:team))"
)
_AGENTS: Final = "SELECT source, agent FROM agents WHERE team = ? LIMIT ?"
_IS_ONE: Final = "SELECT 1 FROM agents WHERE source = ? AND agent = ? AND team = ?"


def team_condition(connection: sqlite3.Connection, team: str, values: dict[str, Any]) -> str:
    """The condition that the agent of a call is of the team; `team` is put in `values` for it."""
    agents = connection.execute(_AGENTS, (team, MOST_HELD + 1)).fetchall()
    if len(agents) <= MOST_HELD:
        values["team"] = json.dumps(agents)
        return _NAMED
    let_teams_be_asked(connection, connection)
    values["team"] = team
    return f"{IS_OF_TEAM}(calls.source, calls.agent, :team)"


def let_teams_be_asked(connection: sqlite3.Connection, cache: sqlite3.Connection) -> None:
    """Add the function IS_OF_TEAM to the connection, once; teams are read by `cache`."""

    def is_of_team(source: int, agent: str | None, team: str) -> bool:
        return cache.execute(_IS_ONE, (source, agent, team)).fetchone() is not None

    add_function(connection, IS_OF_TEAM, 3, is_of_team)
