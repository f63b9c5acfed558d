"""Aligned columns of plain text, whatever the cells hold: for terminals, pipes and files."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size

from widgets.text import ELLIPSIS, visible

WIDEST = 48
"""Cells of one column; longer text is cut, but in the last one."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> str:
    """Lines of columns two spaces apart; a head that `right` names is of figures, set right."""
    body = [[visible(cell) for cell in row] for row in rows]
    titled = [list(head), *body] if any(head) else body
    aligned = set(right.split())
    widths = [
        min(WIDEST, max((cell_len(row[at]) for row in titled), default=0))
        for at in range(len(head))
    ]
    lines = []
    for row in titled:
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
