"""One agent's tile, and the line that counts agents by state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rich.cells import cell_len

from widgets import figures
from widgets.paint import Line, Span, cell, cells_of, fit
from widgets.status import Level, mark, needs_attention, role
from widgets.text import plain


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


@dataclass(frozen=True)
class AgentTile:
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
    AgentState.FAULT: ("✖", "critical", "fault"),
    AgentState.OFFLINE: ("○", "offline", "off"),
}
CLOCK_CELLS = 5
_ALWAYS_COUNTED = (
    AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.PAUSED,
    AgentState.OFFLINE,
)  # fmt: skip


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
    return _tile(tile, clock, level_of(tile, now), cells)


@lru_cache(maxsize=4096)
def _tile(tile: AgentTile, clock: str, level: Level, cells: int) -> Line:
    sign, colour, state = _LOOKS[tile.state]
    quiet = "offline" if tile.state is AgentState.OFFLINE else "value"
    rest = max(0, cells - 2 - CLOCK_CELLS - 3)
    reason_cells = min(16, rest // 2)
    reason = "stuck" if tile.stuck else tile.reason or state
    attention = needs_attention(level)
    return fit(
        [
            Span(sign + " ", colour if colour != "critical" else "warning"),
            cell(tile.name, rest - reason_cells, "strong" if attention else quiet),
            cell(" " + reason, reason_cells, "label" if quiet == "value" else quiet),
            Span(" "),
            cell(clock, CLOCK_CELLS, role(level, "label" if quiet == "value" else quiet), "right"),
            Span(f" {mark(level)}", role(level, "value")),
        ],
        cells,
    )


def draw_counts(tiles: Sequence[AgentTile], width: int, note: str = "") -> Line:
    """Draw how many agents are in each state, in the fullest form that leaves no state out.

    First title, glyphs and words; then without the title; then without glyphs; then the usual
    states in words and the others as glyphs; then all as glyphs; at last only how many agents.
    `note` stands at the right where there is room.
    """
    counted = Counter(tile.state for tile in tiles)
    usual = list(_ALWAYS_COUNTED)
    rare = [state for state in _LOOKS if counted[state] and state not in usual]
    both = [state for state in _LOOKS if state in usual or state in rare]
    forms = (
        [Span(" AGENTS ", "title"), *_counts(counted, both, True, True)],
        _counts(counted, both, True, True),
        _counts(counted, both, False, True),
        _counts(counted, usual, False, True) + _counts(counted, rare, True, False),
        _counts(counted, both, True, False),
    )
    spans = next((form for form in forms if cells_of(form) <= width + 1), None)
    if spans is None:
        return (cell(f" {len(tiles)} agents", width, "value"),)
    spans = list(fit(spans, min(width, cells_of(spans) - 1)))
    spare = width - cells_of(spans) - cell_len(note[:64])
    if note and spare >= 3:
        spans += [Span(" " * (spare - 1)), Span(plain(note, cell_len(note[:64])), "faint")]
    return fit(spans, width)


def _counts(
    counted: Counter[AgentState], states: Sequence[AgentState], with_glyph: bool, with_word: bool
) -> list[Span]:
    """Return the counts of `states`, each with a space on either side."""
    spans: list[Span] = []
    for state in states:
        sign, colour, name = _LOOKS[state]
        spans += [
            Span(f" {sign} " if with_glyph else " ", "warning" if colour == "critical" else colour),
            Span(str(counted[state]), "strong"),
            Span(f" {name} " if with_word else " ", "label"),
        ]
    return spans
