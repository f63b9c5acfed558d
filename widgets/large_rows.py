"""Rows in large letters: what needs attention, read from far."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from widgets.lettering import cells_for, letter, lines_of, scale_for
from widgets.paint import Line, Picture, Span, cell, fit, page
from widgets.sheet import beside, grounded, lowered, placed
from widgets.status import Level, glyph, needs_attention, role
from widgets.text import plain

GAP: Final = 2
BETWEEN: Final = 3
"""Dots between two columns: more than between two letters, or figures would run together."""
SIGN_DOTS: Final = 5
NAME_LEAST: Final = 12


class LargeRow(Struct, frozen=True):
    """A row: its name, its figures in columns, and small words at its end, a line each.

    `levels` are those of the figures, good where there are fewer.
    """

    name: str
    figures: tuple[str, ...] = ()
    level: Level = Level.GOOD
    levels: tuple[Level, ...] = ()
    details: tuple[str, ...] = ()


def rows_that_fit(height: int, scale: int) -> int:
    """Return how many rows stand below the line of headings."""
    return max(0, (height - 1) // lines_of(scale))


def draw_large_rows(
    rows: Sequence[LargeRow],
    width: int,
    height: int,
    *,
    scale: int,
    title: str,
    headings: Sequence[str] = (),
    noun: str = "",
    calm: str = "",
) -> Picture:
    """Draw as many `rows` as fit, below a line with the title, the headings and what is left out.

    `noun` names one of them, `calm` is said where there is none.
    """
    seen = rows[: rows_that_fit(height, scale)]
    left = len(rows) - len(seen)
    more = f"+ {left} {noun}{'s' if left > 1 else ''}" if left else ""
    widths = _column_widths(seen, headings, scale)
    while widths and width - _taken(widths, scale) < NAME_LEAST:
        widths = widths[:-1]
    details = _details_width(seen, width - _taken(widths, scale), scale)
    name_room = max(1, width - _taken(widths, scale) - (details + GAP if details else 0))
    lines: list[Line] = [_heading(title, more, headings, widths, name_room, width, scale)]
    for row in seen:
        lines += _row(row, widths, name_room, details, scale, width)
    if not rows and calm:
        lines += _calm(calm, width, height - 1, scale)
    return Picture(page(lines, width, height))


def _taken(widths: Sequence[int], scale: int) -> int:
    """The cells of all but the name and the details."""
    return 1 + SIGN_DOTS * scale + 1 + sum(widths) + BETWEEN * scale * len(widths)


def _column_widths(rows: Sequence[LargeRow], headings: Sequence[str], scale: int) -> list[int]:
    count = max((len(row.figures) for row in rows), default=0)
    widths = []
    for index in range(count):
        texts = [row.figures[index] for row in rows if index < len(row.figures)]
        widest = max(cells_for(text, scale) or cell_len(text[:64]) for text in texts)
        heading = cell_len(headings[index][:64]) if index < len(headings) else 0
        widths.append(max(widest, heading))
    return widths


def _details_width(rows: Sequence[LargeRow], room: int, scale: int) -> int:
    """The cells of the small words, none where a name would have to be smaller for them."""
    widest = max((cell_len(text[:64]) for row in rows for text in row.details), default=0)
    rest = room - widest - GAP
    fits = rest >= NAME_LEAST and all(
        _name_scale(row.name, rest, scale) == _name_scale(row.name, room, scale) for row in rows
    )
    return widest if fits else 0


def _name_scale(name: str, room: int, most: int) -> int:
    """The scale of the largest letters for which there is room, 0 for none."""
    return scale_for([name], room, lines_of(most), most)


def _heading(
    title: str, more: str, headings: Sequence[str], widths: Sequence[int], name_room: int,
    width: int, scale: int,
) -> Line:  # fmt: skip
    before = 1 + SIGN_DOTS * scale + 1 + name_room
    named = [Span(f" {plain(title, min(len(title), width - 1))}", "title")]
    if more:
        named += [Span("  "), Span(plain(more, min(len(more), width)), "label")]
    if not widths:
        return fit(named, width)
    spans = list(fit(named, before))
    for size, heading in zip(widths, headings, strict=False):
        spans += [Span(" " * BETWEEN * scale), cell(heading, size, "label", "right")]
    return fit(spans, width)


def _row(
    row: LargeRow, widths: Sequence[int], name_room: int, details: int, scale: int, width: int
) -> list[Line]:
    high = lines_of(scale)
    stands_out = needs_attention(row.level)
    sign = glyph(row.level) if row.level is not Level.GOOD else ""
    blocks = [
        [fit([Span(" ")], 1)] * high,
        placed(_high(sign, scale, _role(row.level, "value"), high), SIGN_DOTS * scale + 1),
        placed(_name(row, name_room, scale, high), name_room),
    ]
    for index, size in enumerate(widths):
        text = row.figures[index] if index < len(row.figures) else ""
        level = row.levels[index] if index < len(row.levels) else Level.GOOD
        quiet = "strong" if stands_out else "value"
        blocks.append([fit((), BETWEEN * scale)] * high)
        blocks.append(placed(_high(text, scale, _role(level, quiet), high), size, "right"))
    if details:
        words = [(cell(text, details, "label"),) for text in row.details[:high]]
        blocks.append([fit((), GAP)] * high)
        blocks.append(placed(lowered(words or [fit((), details)], high, "left"), details))
    drawn = [fit(line, width) for line in beside(blocks)]
    return grounded(drawn, "alert") if row.level is Level.CRITICAL else drawn


def _name(row: LargeRow, room: int, scale: int, high: int) -> list[Line]:
    """The name in the largest letters for which there is room, at last as it is."""
    # A mere notice colours its glyph alone: what needs attention is to be met first.
    colour = _role(row.level, "value") if needs_attention(row.level) else "value"
    fitting = _name_scale(row.name, room, scale)
    if fitting:
        return lowered(letter(row.name, fitting, colour), high)
    return lowered([(cell(row.name, room, colour),)], high)


def _high(text: str, scale: int, colour: str, high: int) -> list[Line]:
    """Text in letters, or in the middle of so many lines where there are none for it."""
    drawn = letter(text, scale, colour) if text else (fit((), 0),)
    return list(drawn) if len(drawn) == high else lowered(drawn, high)


def _calm(words: str, width: int, height: int, scale: int) -> list[Line]:
    fitting = scale_for([words], width - 2, height, scale)
    if fitting:
        return [(Span(" "), *line) for line in letter(words, fitting, "good")]
    return [(cell(f" {words}", width, "good"),)]


def _role(level: Level, quiet: str) -> str:
    return "alarm" if level is Level.CRITICAL else role(level, quiet)
