"""Putting drawn lines together: side by side, in the middle, and on one ground."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from widgets.paint import Line, Span, cells_of, fit
from widgets.text import Align


def beside(blocks: Sequence[Sequence[Line]], gap: int = 0) -> list[Line]:
    """Return `blocks` side by side, each as wide as its first line, `gap` cells between them."""
    widths = [cells_of(block[0]) if block else 0 for block in blocks]
    lines: list[Line] = []
    for row in zip_longest(*blocks, fillvalue=()):
        spans: list[Span] = []
        for index, (part, width) in enumerate(zip(row, widths, strict=True)):
            if index and gap:
                spans.append(Span(" " * gap))
            spans += fit(part, width)
        lines.append(tuple(spans))
    return lines


def placed(lines: Iterable[Line], width: int, align: Align = "left") -> list[Line]:
    """Return `lines`, each `width` cells wide, what is in them at the left, right or middle."""
    found: list[Line] = []
    for line in lines:
        spare = max(0, width - cells_of(line))
        before = {"left": 0, "right": spare, "center": spare // 2}[align]
        found.append(fit((Span(" " * before), *line) if before else line, width))
    return found


def lowered(lines: Sequence[Line], height: int, align: Align = "center") -> list[Line]:
    """Return `height` lines with `lines` at the top (left), the bottom (right) or between."""
    if len(lines) >= height:
        return list(lines[:height])
    width = cells_of(lines[0]) if lines else 0
    spare = height - len(lines)
    above = {"left": 0, "right": spare, "center": spare // 2}[align]
    blank = fit((), width)
    return [blank] * above + list(lines) + [blank] * (spare - above)


def grounded(lines: Iterable[Line], role: str) -> list[Line]:
    """Return `lines` with all of their text in one role, as for what must not be overlooked."""
    return [tuple([Span(span.text, role) for span in line]) for line in lines]
