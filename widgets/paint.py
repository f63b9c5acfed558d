"""What a panel draws before it has colours: lines of spans, each span a text with a role.

Drawing is pure: values in, `Picture` out. Comparing two pictures tells which cells changed, so a
panel refreshes those alone and an idle board sends nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct, field
from rich.cells import cell_len, set_cell_size
from textual.geometry import Region

from widgets.text import Align, plain


class Span(NamedTuple):
    """A run of text in a role, such as `label`; a second role after a space gives the ground."""

    text: str
    role: str = ""


Line: TypeAlias = tuple[Span, ...]


class Picture(Struct, frozen=True):
    """Lines, each exactly as wide as the panel, and the regions that can be opened, by key."""

    lines: tuple[Line, ...] = ()
    spots: Mapping[str, Region] = field(default_factory=dict)


def text_of(line: Line) -> str:
    """Return the text of `line` without its roles."""
    return "".join([span.text for span in line])


def cells_of(line: Iterable[Span]) -> int:
    """Return how many terminal cells `line` takes."""
    return sum([_size(span.text) for span in line])


@lru_cache(maxsize=8192)
def _size(text: str) -> int:
    """Return how many cells `text` takes; a frame asks thousands of times, mostly of the same."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(text)


def cell(text: str, cells: int, role: str = "", align: Align = "left") -> Span:
    """Return a span of exactly `cells` cells; `text` may be anything, even hostile."""
    return Span(plain(text, cells, align), role)


def fit(spans: Iterable[Span], width: int, role: str = "") -> Line:
    """Return `spans` as a line exactly `width` cells wide, padded with `role` or cut off."""
    line: list[Span] = []
    used = 0
    for span in spans:
        size = _size(span.text)
        if used + size > width:
            if used < width:
                line.append(Span(set_cell_size(span.text, width - used), span.role))
            used = width
            break
        if size:
            line.append(span)
            used += size
    if used < width:
        line.append(Span(" " * (width - used), role))
    return tuple(line)


def page(lines: Sequence[Iterable[Span]], width: int, height: int) -> tuple[Line, ...]:
    """Return exactly `height` lines of exactly `width` cells."""
    kept = [fit(line, width) for line in lines[:height]]
    return tuple(kept + [fit((), width)] * (height - len(kept)))


def sentence(text: str, width: int, height: int) -> Picture:
    """Return the picture of an empty panel, which says in words why it is empty."""
    return Picture(page([[cell(f" {text}", width, "label")]], width, height))


def styled(line: Line, role: str) -> Line:
    """Return `line` with `role` added to every span, as for the row under the cursor."""
    return tuple([Span(span.text, f"{span.role or 'value'} {role}") for span in line])


NEAR: Final = 8
"""Changes with fewer cells between them are one: to begin anew costs as much as those cells."""


def changed(before: Sequence[Line], after: Sequence[Line]) -> list[Region]:
    """Return the regions of cells in which `after` differs from `before`, both of one size."""
    regions: list[Region] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            regions += [Region(x, y, end - x, 1) for x, end in _differences(old, new)]
    return regions


def _differences(old: Line, new: Line) -> list[tuple[int, int]]:
    """Return where two lines differ, from which cell to before which."""
    found: list[tuple[int, int]] = []
    x = 0
    if len(old) == len(new):
        for mine, yours in zip(old, new, strict=True):
            size = _size(yours.text)
            if mine != yours:
                if _size(mine.text) != size:
                    break
                if found and x - found[-1][1] < NEAR:
                    found[-1] = (found[-1][0], x + size)
                else:
                    found.append((x, x + size))
            x += size
        else:
            return [(begin, end) for begin, end in found if begin < end]
    # What stands where is not the same any more: from the first to the last span that differs.
    begin = _common(old, new)
    end = len(new) - _common(old[begin:][::-1], new[begin:][::-1])
    first, size = cells_of(new[:begin]), cells_of(new[begin:end])
    return [(first, first + size)] if size else []


def within(line: Line, parts: Sequence[tuple[int, int]]) -> list[Line | None]:
    """Return the spans of `line` in each of `parts`, from a cell to before another, in order.

    None stands for a part that begins or ends within a span.
    """
    found: list[Line | None] = []
    x = number = 0
    for begin, end in parts:
        while x < begin and number < len(line):
            x += _size(line[number].text)
            number += 1
        first, is_whole = number, x == begin
        while x < end and number < len(line):
            x += _size(line[number].text)
            number += 1
        found.append(line[first:number] if is_whole and x == end else None)
    return found


def _common(one: Line, other: Line) -> int:
    """Return how many spans are the same from the beginning on."""
    same = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        same += 1
    return same
