"""The headline rates in digits of several lines, where a floor has lines to spare."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.geometry import Region

from widgets.lettering import letter, lines_drawn, scale_for
from widgets.paint import Line, Picture, Span, cell, cells_of, page
from widgets.status import Level, mark, needs_attention, role

if TYPE_CHECKING:
    from widgets.headline import Rate

AROUND: Final = 3
"""The lines of the title, the sample and the trend."""
MOST_SCALE: Final = 2
USUAL: Final = "88.8%"
BESIDE: Final = 4
"""The cells after the digits, with the mark of the level in them."""


def large_scale(rates: Sequence["Rate"], width: int, height: int) -> int:
    """Return the scale of the digits in `width` by `height`; 0 where no rate may have them."""
    if not rates:
        return 0
    each = (width - 1) // len(rates)
    texts = [rate.title for rate in rates] + [rate.sample for rate in rates]
    texts += [rate.trend for rate in rates]
    if any(cell_len(text) >= each for text in texts):
        return 0
    values = [_digits(rate) for rate in rates]
    return scale_for([*values, USUAL], each - BESIDE, height - AROUND, MOST_SCALE, tight=True)


def draw_large_rates(
    rates: Sequence["Rate"], scale: int, width: int, height: int, cursor: str | None
) -> Picture:
    """Draw `rates` side by side, all as wide as one another, with digits at `scale`."""
    each = (width - 1) // len(rates)
    lines: list[list[Span]] = [[Span(" ")] for _ in range(AROUND + lines_drawn(scale))]
    spots: dict[str, Region] = {}
    for index, rate in enumerate(rates):
        spots[rate.key] = Region(1 + index * each, 0, each, min(height, len(lines)))
        lines[0].append(cell(rate.title, each, "title cursor" if rate.key == cursor else "title"))
        for line, drawn in zip(lines[1:-2], _value(rate, scale), strict=True):
            line += [*drawn, Span(" " * max(0, each - cells_of(drawn)))]
        lines[-2].append(cell(rate.sample, each, "label"))
        lines[-1].append(cell(rate.trend, each, "label"))
    return Picture(page(lines, width, height), spots)


def _digits(rate: "Rate") -> str:
    return rate.value.replace(" %", "%")


def _value(rate: "Rate", scale: int) -> list[Line]:
    """The digits, with what says how bad they are and that something is missing beside them."""
    lines = letter(
        _digits(rate),
        scale,
        "alarm" if rate.level is Level.CRITICAL else role(rate.level, "strong"),
    )[: lines_drawn(scale)]
    said = ("*" if rate.gap else "") + (mark(rate.level) if needs_attention(rate.level) else "")
    return (
        [(*lines[0], Span(f" {said}", role(rate.level, "strong"))), *lines[1:]]
        if said
        else [*lines]
    )
