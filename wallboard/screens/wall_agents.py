"""The agents on a wall's floor: how many are in each state, and who stands out. Pure."""

from collections.abc import Mapping
from typing import Final

from rich.cells import cell_len

from wallboard.counted import counted
from wallboard.questions.floor_answers import Floor
from wallboard.screens import floor_values, wall_figures, wall_rows
from wallboard.screens.wall_layout import BESIDE
from widgets.counts import draw_counts
from widgets.large_counts import LargeCount, draw_large_counts
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.lettering import lines_of
from widgets.paint import Line, Span, cell, fit
from widgets.sheet import beside
from widgets.status import glyph, role
from widgets.tiles import AgentState, state_role, word

TITLE: Final = "AGENTS WHO STAND OUT"
CALM: Final = "✓ nobody stands out"
NOBODY: Final = "no agent yet"
LONGEST: Final = 64
TWO_COLUMNS: Final = 200
"""From so many columns on, those who stand out are in two columns."""
SHORT: Final[Mapping[AgentState, str]] = {
    AgentState.ON_CALL: "call",
    AgentState.WRAP_UP: "wrap",
    AgentState.PAUSED: "pause",
    AgentState.RINGING: "ring",
    AgentState.DIALLING: "dial",
    AgentState.ON_HOLD: "hold",
}
"""Words for states where the usual ones have no room."""


def _counts(floor: Floor, width: int, unit: int) -> list[Line]:
    """How many agents are in each state, as large as there is room for."""
    number = wall_rows.agent_counts(floor.agents)
    rare = [state for state in wall_figures.RARE if number[state]]
    for shown in ([*wall_figures.USUAL_STATES, *rare], wall_figures.USUAL_STATES):
        counts = [
            LargeCount(number[state], word(state), SHORT.get(state, word(state)), state_role(state))
            for state in shown
        ]
        for scale in range(unit, 0, -1):
            drawn = draw_large_counts(counts, width, scale)
            if drawn is not None:
                return drawn
    return [draw_counts(floor_values.tiles(floor.agents, floor.at, "name"), width)]


def draw_agents_of(floor: Floor, now: int, width: int, height: int, unit: int) -> list[Line]:
    """The counts, and below them who stands out."""
    rows = wall_rows.agent_rows(floor.agents, now)
    if unit == 0:
        counts = draw_counts(floor_values.tiles(floor.agents, now, "name"), width)
        return [counts, _standing_line(floor, rows, width)][:height]
    top = _counts(floor, width, unit)
    scale = max(1, unit)
    per_row = 2 if width >= TWO_COLUMNS else 1
    rest = height - len(top)
    fitting = max(0, (rest - 1) // lines_of(scale)) * per_row
    seen = rows[:fitting]
    left = len(rows) - len(seen)
    if not rows or per_row == 1:
        calm = CALM if floor.agents else NOBODY
        below = draw_large_rows(rows, width, rest, scale=scale, title=TITLE, noun="agent",
                                calm=calm)  # fmt: skip
        return [*top, *below.lines]
    title = f"{TITLE}  + {counted(left, 'agent')}" if left else TITLE
    wide = (width - BESIDE) // 2
    halves = [seen[index::2] for index in range(2)]
    blocks = [
        draw_large_rows(half, wide, rest, scale=scale, title=title if not index else "").lines
        for index, half in enumerate(halves)
    ]
    return [*top, *(fit(line, width) for line in beside(blocks, BESIDE))]


def _standing_line(floor: Floor, rows: list[LargeRow], width: int) -> Line:
    """Who stands out on one line: as many as fit, the others counted."""
    if not rows:
        return (cell(f" {CALM if floor.agents else NOBODY}", width, "good"),)
    names = [" ".join((glyph(row.level), row.name, *row.figures)) for row in rows]
    spans: list[Span] = [Span(" ")]
    used, shown = 1, 0
    for name, row in zip(names, rows, strict=True):
        spare = 0 if shown == len(rows) - 1 else len(f"+ {len(rows)}") + 1
        size = cell_len(name[:LONGEST])
        if used + size + 3 + spare > width and shown:
            break
        room = min(size, width - used - spare)
        spans += [cell(name, room, role(row.level, "strong")), Span("   ")]
        used += room + 3
        shown += 1
    if shown < len(rows):
        spans.append(Span(f"+ {len(rows) - shown}", "label"))
    return fit(spans, width)
