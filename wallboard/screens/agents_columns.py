"""The columns of the screen of agents: those of the report agent-performance, and the state. Pure.

Every column can be sorted by. Figures go highest first, texts by the alphabet, unknown last.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from wallboard.board.agents_page import AgentWork
from wallboard.questions.floor_answers import AgentNow
from wallboard.screens.floor_values import attention
from widgets import figures
from widgets.table import Column
from widgets.text import plain
from widgets.tiles import AgentState, glyph, word

STATE_CELLS: Final = 10
NOW: Final = "now"

Value = float | str | tuple[float, float, str] | None


class Figure(NamedTuple):
    """A column: what it is sorted by and what it shows of an agent; `word` names it in a sentence.

    `is_text`: sorted from the beginning of the alphabet on, and without ranks.
    """

    word: str
    column: Column
    value: Callable[[AgentWork], Value]
    show: Callable[[AgentWork], str]
    is_text: bool = False


def seconds(ms: float | None) -> str:
    """A length of time as it is read."""
    return figures.duration(None if ms is None else ms / 1000)


def _time(word: str, column: Column, value: Callable[[AgentWork], float | None]) -> Figure:
    return Figure(word, column, value, lambda agent: seconds(value(agent)))


def _count(word: str, column: Column, value: Callable[[AgentWork], float | None]) -> Figure:
    return Figure(word, column, value, lambda agent: figures.count(value(agent)))


def _spent(state: str) -> Callable[[AgentWork], float | None]:
    return lambda agent: agent.work.spent.states[state] if agent.work.spent else None


def _reason(reason: str) -> Figure:
    def value(agent: AgentWork) -> float | None:
        return agent.work.spent.reasons[reason] if agent.work.spent else None

    title = plain(reason[:64], 14).rstrip()
    return _time(f"pauses: {title}", Column(title, max(8, len(title)), "right", priority=1), value)


def _occupancy(agent: AgentWork) -> float | None:
    return agent.work.spent.occupancy if agent.work.spent else None


def _signed_in(agent: AgentWork) -> float | None:
    return agent.work.spent.signed_in_ms if agent.work.spent else None


def state_words(agent: AgentNow | None, now: int) -> str:
    """The state as a glyph, its reason or word, and how long it has lasted."""
    if agent is None:
        return figures.UNKNOWN
    state = AgentState(agent.state) if agent.state in set(AgentState) else AgentState.OFFLINE
    # Of one who went on pause during a call, the reason is that of the pause to come.
    reason = agent.reason if state is AgentState.PAUSED else None
    what = "stuck" if agent.stuck else reason or word(state)
    if not agent.is_seen:
        return f"{glyph(state)} never seen"
    clock = figures.clock((now - agent.since) / 1000)
    return f"{glyph(state)} {plain(what, STATE_CELLS)} {clock:>5}"


def figures_shown(reasons: Sequence[str], now: int) -> tuple[Figure, ...]:
    """The columns in order, one for each of `reasons`; states are looked at at `now` (UTC ms)."""

    def urgency(agent: AgentWork) -> Value:
        if agent.now is None:
            return None
        return (attention(agent.now, now), agent.now.since, agent.name.casefold())

    return (
        Figure(
            "name", Column("agent", 14, grow=2, priority=20),
            lambda agent: agent.name.casefold(), lambda agent: agent.name, is_text=True,
        ),
        Figure(
            "team", Column("team", 9, grow=1, priority=3),
            lambda agent: (agent.work.team or "").casefold() or None,
            lambda agent: agent.work.team or figures.UNKNOWN, is_text=True,
        ),
        Figure(
            "need for attention", Column(NOW, STATE_CELLS + 8, priority=19), urgency,
            lambda agent: state_words(agent.now, now), is_text=True,
        ),
        _count("calls", Column("calls", 6, "right", priority=19), lambda a: a.work.calls),
        _time("talk", Column("talk", 8, "right", priority=9), lambda a: a.work.talk_ms),
        _time(
            "handle time", Column("handle", 7, "right", priority=18),
            lambda a: a.work.average_handle_ms,
        ),
        _time("hold", Column("hold", 7, "right", priority=6), lambda a: a.work.hold_ms),
        _time("wrap-up", Column("wrap-up", 8, "right", priority=8), lambda a: a.work.wrap_ms),
        _count("sales", Column("sales", 5, "right", priority=11), lambda a: a.work.sales),
        _count(
            "conversions", Column("conv.", 5, "right", priority=10), lambda a: a.work.conversions
        ),
        _count(
            "pauses", Column("pauses", 6, "right", priority=12),
            lambda a: a.work.spent.pauses if a.work.spent else None,
        ),
        _time("time paused", Column("paused", 8, "right", priority=16), _spent("paused")),
        *map(_reason, reasons),
        _time("time ready", Column("ready", 8, "right", priority=7), _spent("available")),
        Figure(
            "occupancy", Column("occup.", 7, "right", priority=17), _occupancy,
            lambda agent: figures.share(_occupancy(agent)),
        ),
        _time("time signed in", Column("signed in", 9, "right", priority=14), _signed_in),
    )  # fmt: skip


RANK: Final = Column("", 3, "right", priority=13)
SPARE: Final = Column("", 0, grow=8)
"""Takes most of what a wide terminal has to spare: figures stay near the names."""


def columns_of(shown: Sequence[Figure], by: str, *, is_reversed: bool) -> tuple[Column, ...]:
    """The columns, the rank first. The one they are sorted by is marked, and always in sight."""
    columns = [RANK]
    for figure in shown:
        column = figure.column
        if figure.word == by:
            # From the first letter on is upwards for a text.
            sign = "▴" if is_reversed != figure.is_text else "▾"
            title = f"{column.title} {sign}"
            width = max(column.width, len(title))
            column = replace(column, title=title, width=width, priority=max(19, column.priority))
        columns.append(column)
    return (*columns, SPARE)
