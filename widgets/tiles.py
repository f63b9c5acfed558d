"""One agent's tile: state, name, reason, and the time in the state."""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from widgets import figures
from widgets.paint import Line, Span, cell, fit
from widgets.status import Level, mark, needs_attention, role


class AgentState(StrEnum):
    """What an agent is doing."""

    AVAILABLE = "available"
    RINGING = "ringing"
    DIALLING = "dialling"
    ON_CALL = "on_call"
    ON_HOLD = "on_hold"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"
    FAULT = "fault"
    OFFLINE = "offline"


class AgentTile(Struct, frozen=True):
    """One agent. `since` and `limit` in seconds: since when (epoch) in the state, how long is long.

    `reason` is shown instead of the word for the state. `level` is what the owner knows beyond the
    limit: critical for an agent who is stuck. `stuck` says so in words.
    """

    key: str
    name: str
    state: AgentState
    since: float | None = None
    reason: str = ""
    limit: float | None = None
    level: Level = Level.GOOD
    stuck: bool = False


_LOOKS: dict[AgentState, tuple[str, str, str]] = {
    # glyph, role, word
    AgentState.AVAILABLE: ("●", "ready", "ready"),
    AgentState.RINGING: ("◌", "ringing", "ringing"),
    AgentState.DIALLING: ("◍", "ringing", "dialling"),
    AgentState.ON_CALL: ("☎", "talking", "on call"),
    AgentState.ON_HOLD: ("◫", "hold", "on hold"),
    AgentState.WRAP_UP: ("✎", "wrap", "wrap-up"),
    AgentState.PAUSED: ("‖", "paused", "paused"),
    AgentState.FAULT: ("✖", "warning", "fault"),
    AgentState.OFFLINE: ("○", "offline", "off"),
}
CLOCK_CELLS = 5


def glyph(state: AgentState) -> str:
    """Return the one-cell glyph of `state`."""
    return _LOOKS[state][0]


def word(state: AgentState) -> str:
    """Return the word for `state` as a reader sees it."""
    return _LOOKS[state][2]


def state_role(state: AgentState) -> str:
    """Return the role that colours `state`."""
    return _LOOKS[state][1]


def level_of(tile: AgentTile, now: float) -> Level:
    """Return how much attention `tile` needs at `now`: its own level, or warning when over-long."""
    if tile.stuck:
        return Level.CRITICAL
    if needs_attention(tile.level) or tile.limit is None or tile.since is None:
        return tile.level
    return Level.WARNING if now - tile.since > tile.limit else tile.level


def draw_tile(tile: AgentTile, now: float, cells: int) -> Line:
    """Draw `tile` in exactly `cells` cells: `‖ Burke B   lunch  41:02 !`."""
    clock = "" if tile.since is None else figures.clock(now - tile.since)
    level = level_of(tile, now)
    before, after, quiet = _still(tile, level, cells)
    drawn = (*before, Span(clock.rjust(CLOCK_CELLS), role(level, quiet)), after)
    return drawn if cells >= _AROUND else fit(drawn, cells)


_AROUND = 2 + 1 + CLOCK_CELLS + 2
"""The cells of the glyph, the clock and the mark, with what is between them."""


@lru_cache(maxsize=4096)
def _still(tile: AgentTile, level: Level, cells: int) -> tuple[Line, Span, str]:
    """Return what stands before the clock, what after it, and the clock's role when all is well."""
    sign, colour, state = _LOOKS[tile.state]
    is_off = tile.state is AgentState.OFFLINE
    rest = max(0, cells - _AROUND)
    reason_cells = min(16, rest // 2)
    reason = "stuck" if tile.stuck else tile.reason or state
    name_role = "strong" if needs_attention(level) else "offline" if is_off else "value"
    quiet = "offline" if is_off else "label"
    before = (
        Span(sign + " ", colour),
        cell(tile.name, rest - reason_cells, name_role),
        cell(" " + reason, reason_cells, quiet),
        Span(" ", "label"),
    )
    return before, Span(f" {mark(level)}", role(level, "label")), quiet
