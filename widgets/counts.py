"""The line that counts agents by state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.cells import cell_len

from widgets.paint import Line, Span, cell, cells_of, fit
from widgets.text import plain
from widgets.tiles import AgentState, AgentTile, glyph, state_role, word

USUAL = (
    AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.PAUSED,
    AgentState.OFFLINE,
)  # fmt: skip


def draw_counts(
    tiles: Sequence[AgentTile],
    width: int,
    note: str = "",
    counted: Mapping[AgentState, int] | None = None,
) -> Line:
    """Draw how many agents are in each state, in the fullest form that leaves no state out.

    First title, glyphs and words; then without the title; then without glyphs; then the usual
    states in words and the others as glyphs; then all as glyphs; at last only how many agents.
    `note` stands at the right where there is room. `counted` are the `tiles` by state, where the
    caller has counted them.
    """
    counted = Counter(tile.state for tile in tiles) if counted is None else counted
    return _line(tuple(counted.get(state, 0) for state in AgentState), width, note)


@lru_cache(maxsize=64)
def _line(numbers: tuple[int, ...], width: int, note: str) -> Line:
    """As `draw_counts`, of the number of agents in each state."""
    counted = dict(zip(AgentState, numbers, strict=True))
    usual = list(USUAL)
    rare = [state for state in AgentState if counted[state] and state not in usual]
    both = [state for state in AgentState if state in usual or state in rare]
    forms = (
        [Span(" AGENTS ", "title"), *_counts(counted, both, True, True)],
        _counts(counted, both, True, True),
        _counts(counted, both, False, True),
        _counts(counted, usual, False, True) + _counts(counted, rare, True, False),
        _counts(counted, both, True, False),
    )
    spans = next((form for form in forms if cells_of(form) <= width + 1), None)
    if spans is None:
        return (cell(f" {sum(numbers)} agents", width, "value"),)
    spans = list(fit(spans, min(width, cells_of(spans) - 1)))
    spare = width - cells_of(spans) - cell_len(note[:64])
    if note and spare >= 3:
        spans += [Span(" " * (spare - 1)), Span(plain(note, cell_len(note[:64])), "label")]
    return fit(spans, width)


def _counts(
    counted: Mapping[AgentState, int],
    states: Sequence[AgentState],
    with_glyph: bool,
    with_word: bool,
) -> list[Span]:
    """Return the counts of `states`, each with a space on either side."""
    spans: list[Span] = []
    for state in states:
        spans += [
            Span(f" {glyph(state)} " if with_glyph else " ", state_role(state)),
            Span(str(counted[state]), "strong"),
            Span(f" {word(state)} " if with_word else " ", "label"),
        ]
    return spans
