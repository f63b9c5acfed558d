"""From agents and their work to ranked rows and sentences. Pure."""

from collections.abc import Callable, Sequence
from functools import reduce

from wallboard.board.agents_page import AgentsContent, AgentWork
from wallboard.reports.agent_time import Spent
from wallboard.screens.agents_columns import NOW, Figure
from wallboard.screens.floor_values import attention
from wallboard.screens.row_keys import row_key
from widgets import figures
from widgets.status import Level
from widgets.table import Row

Ranked = tuple[str, AgentWork]
"""The rank as it is shown, and who has it."""


def ranked(agents: Sequence[AgentWork], by: Figure, *, is_reversed: bool) -> list[Ranked]:
    """The agents by a column, those of whom it is not known last; equals share a rank.

    Ranks stay what they are in the reversed order. A text has no ranks.
    """
    known = [agent for agent in agents if by.value(agent) is not None]
    unknown = [agent for agent in agents if by.value(agent) is None]
    known.sort(key=lambda agent: (agent.name.casefold(), agent.source, agent.agent))
    known.sort(key=_order(by), reverse=not by.is_text)
    ranks: list[Ranked] = []
    before: object = object()
    rank = 0
    for place, agent in enumerate(known, 1):
        value = by.value(agent)
        if value != before:
            rank, before = place, value
        ranks.append(("" if by.is_text else str(rank), agent))
    if is_reversed:
        ranks.reverse()
    return ranks + [("", agent) for agent in sorted(unknown, key=lambda agent: agent.name)]


def _order(by: Figure) -> Callable[[AgentWork], tuple[object, ...]]:
    return lambda agent: (by.value(agent),)


def key_of(agent: AgentWork) -> str:
    """The key of an agent's row: ids are unique per source only."""
    return row_key(agent.source, agent.agent)


def _level_now(agent: AgentWork, now: int) -> Level:
    """How much attention an agent needs at this moment (UTC ms)."""
    if agent.now is None:
        return Level.GOOD
    urgency = attention(agent.now, now)
    if urgency == 0:
        return Level.CRITICAL
    return Level.WARNING if urgency < 3 else Level.GOOD


def agent_rows(agents: Sequence[Ranked], shown: Sequence[Figure], now: int) -> list[Row]:
    """The agents as rows; `now` is UTC ms."""
    rows = []
    for rank, agent in agents:
        level = _level_now(agent, now)
        cells = (rank, *(figure.show(agent) for figure in shown))
        is_now = [False, *(figure.column.title == NOW for figure in shown)]
        levels = tuple(level if at_state else Level.GOOD for at_state in is_now)
        rows.append(Row(key_of(agent), cells, level, levels))
    return rows


def summary(content: AgentsContent, by: Figure, *, is_reversed: bool) -> list[str]:
    """Two lines over the table: all together, and how the rows are sorted."""
    count = len(content.agents)
    calls = sum(agent.work.calls for agent in content.agents)
    first = [f"{figures.count(count)} agent{'' if count == 1 else 's'}"]
    first.append(f"spoke on {figures.count(calls)} calls")
    spent = [agent.work.spent for agent in content.agents if agent.work.spent is not None]
    if spent:
        together = reduce(Spent.plus, spent)
        hours = figures.count(together.signed_in_ms / 3_600_000)
        first.append(f"occupancy {figures.share(together.occupancy)} of {hours} h signed in")
    second = [f"by {by.word}, {_direction(by, is_reversed=is_reversed)}"]
    if content.is_of_calls:
        second.append("time in states is not known by campaign or queue")
    if content.days_read < content.days:
        of_days = f": {content.days_read} of {content.days} days" if content.days > 1 else ""
        second.append(f"not all of it yet{of_days} …")
    return [" · ".join(first), " · ".join(second)]


def _direction(by: Figure, *, is_reversed: bool) -> str:
    if by.is_text:
        return "last first" if is_reversed else "first to last"
    return "lowest first" if is_reversed else "highest first"
