"""Aligned columns of plain text, whatever the cells hold: for terminals, pipes and files."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size

from widgets.text import ELLIPSIS, visible

WIDEST = 48
"""Cells of one column; longer text is cut, but in the last one."""

LONGEST: Final = 4_096
"""Letters of a cell that are looked at: an id may be a megabyte long."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> str:
    """Lines of columns two spaces apart; a head that `right` names is of figures, set right."""
    body = list(rows)
    return table_lines(head, body, widths_of(head, body), right, with_head=any(head))


def widths_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """How many cells each column needs, its head included."""
    titled = [head, *([_seen(cell) for cell in row] for row in rows)]
    return [min(WIDEST, max(cell_len(row[at]) for row in titled)) for at in range(len(head))]


def table_lines(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    right: str = "",
    *,
    with_head: bool,
) -> str:
    """The same in columns of these widths, for tables that are made a part at a time."""
    body = [[*map(_seen, row)] for row in rows]
    aligned = set(right.split())
    lines = []
    for row in [list(head), *body] if with_head else body:
        cells = [
            _padded(cell, width, to_right=name in aligned)
            for cell, width, name in zip(row[:-1], widths, head, strict=False)
        ]
        last = row[-1]
        if head[-1] in aligned:
            last = _padded(last, widths[-1], to_right=True)
        lines.append("  ".join([*cells, last]).rstrip())
    return "\n".join(lines)


def indented(text: str, by: int = 2) -> str:
    """Every line of the text moved to the right."""
    return "\n".join(" " * by + line if line else line for line in text.splitlines())


def _seen(cell: str) -> str:
    """A cell as it can be shown; what no line has room for is left out."""
    if len(cell) > LONGEST:
        return visible(cell[:LONGEST]) + ELLIPSIS
    return visible(cell)


def _padded(shown: str, width: int, *, to_right: bool) -> str:
    """The text in exactly so many cells, with nothing but spaces beside it.

    The fence that a screen puts around right-to-left names is left out: it would be in the text
    for whoever searches or copies it.
    """
    if cell_len(shown) > width:
        # Of a glyph two cells wide half may not fit: a space takes its place.
        shown = set_cell_size(shown, width - 1).rstrip() + ELLIPSIS
    spaces = " " * (width - cell_len(shown))
    return spaces + shown if to_right else shown + spaces
