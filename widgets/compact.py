"""The headline rates on few lines: short titles and values, one after the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from widgets.paint import Line, Picture, Span, page
from widgets.status import mark, role
from widgets.text import plain

if TYPE_CHECKING:
    from widgets.headline import Rate

WIDEST = 24


def _compact(rate: "Rate") -> tuple[Span, Span]:
    sign = mark(rate.level)
    value = f"{rate.compact or rate.value}{'*' if rate.gap else ''}"
    value += "" if sign == " " else f" {sign}"
    title = rate.short or rate.title
    return (
        Span(plain(title, min(WIDEST, cell_len(title[: WIDEST * 2]))) + " ", "label"),
        Span(plain(value, min(WIDEST, cell_len(value[: WIDEST * 2]))), role(rate.level, "strong")),
    )


def _flow(
    rates: Sequence["Rate"], width: int, height: int
) -> tuple[list[list[Span]], dict[str, Region]]:
    """Set the rates one after the other over the lines, each whole, leaving room for the count."""
    lines: list[list[Span]] = [[Span(" ")]]
    spots: dict[str, Region] = {}
    x = 1
    for index, rate in enumerate(rates):
        spans = _compact(rate)
        size = sum(cell_len(span.text) for span in spans)
        is_last_line = len(lines) == height
        spare = len(f" · + {len(rates)}") if is_last_line and index < len(rates) - 1 else 0
        between = 0 if x == 1 else 3
        if x + between + size + spare > width:
            if is_last_line:
                break
            lines.append([Span(" ")])
            x, between = 1, 0
            spare = len(f" · + {len(rates)}") if len(lines) == height else 0
            if x + size + spare > width and index < len(rates) - 1:
                break
            if x + size > width:
                break
        if between:
            lines[-1].append(Span(" · ", "faint"))
        spots[rate.key] = Region(x + between, len(lines) - 1, size, 1)
        lines[-1] += spans
        x += between + size
    return lines, spots


def compact_count(rates: Sequence["Rate"], width: int, height: int) -> int:
    """Return how many of `rates` fit, each whole."""
    return len(_flow(rates, width, height)[1])


def draw_compact(rates: Sequence["Rate"], width: int, height: int, cursor: str | None) -> Picture:
    """Draw the rates that fit, and the number of the others as `+ 2`."""
    lines, spots = _flow(rates, width, height)
    left = len(rates) - len(spots)
    if left:
        lines[-1].append(Span(f"{' · ' if spots else ''}+ {left}", "label"))
    painted: list[Line] = [tuple(line) for line in lines]
    if cursor in spots:
        y = spots[cursor].y
        painted[y] = _with_cursor(painted[y], spots[cursor].x)
    return Picture(page(painted, width, height), spots)


def _with_cursor(line: Line, at: int) -> Line:
    x = 0
    spans: list[Span] = []
    for span in line:
        spans.append(Span(span.text, f"{span.role} cursor") if x == at else span)
        x += cell_len(span.text)
    return tuple(spans)
