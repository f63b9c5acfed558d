"""The strip of headline rates: four lines a rate where there is room, one line of all where not.

With lines to spare the digits are large (`widgets.large_rates`).
"""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Region, Size

from widgets.choice import ChoicePanel
from widgets.compact import WIDEST, compact_count, draw_compact
from widgets.items import ItemPanel
from widgets.large_rates import draw_large_rates, large_scale
from widgets.paint import Picture, Span, cell, page, sentence
from widgets.status import Level, mark, role
from widgets.text import plain

GAP = 2
TALL = 4


class Rate(Struct, frozen=True):
    """One headline. All but `key` and `level` are ready-made text; `value` is `–` when unknown.

    `sample` is the target or what the rate is made of (`of 1,204`), `trend` how it compares
    (`▲ 1.2 vs Mon`). `short` and `compact` stand for `title` and `value` where there is one line;
    `compact` empty means `value`. `gap` marks a figure over a period with a gap in its data.
    """

    key: str
    title: str
    value: str
    short: str = ""
    compact: str = ""
    sample: str = ""
    trend: str = ""
    level: Level = Level.GOOD
    gap: bool = False


class Headline(ItemPanel[Rate]):
    """The strip of headline rates, the last the first to be dropped. Each can be opened."""

    EMPTY = "No rates yet."

    DEFAULT_CSS = "Headline { height: 4; }"

    class Selected(ChoicePanel.Selected):
        """The reader opened the rate `key`."""

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many rates there are to choose from: they all stand in one row, if any row."""
        return len(self._items) if size else 0, max(1, len(self._items))

    def draw(self, width: int, height: int) -> Picture:
        """Draw the strip in the form that shows the most rates."""
        return draw_headline(self._items, width, height, self._empty, self.marked_key)


def draw_headline(
    rates: Sequence[Rate], width: int, height: int, empty: str = "", cursor: str | None = None
) -> Picture:
    """Draw `rates` in `width` by `height` cells; what does not fit is counted as `+ 2`."""
    if not rates:
        return sentence(empty, width, height)
    scale = large_scale(rates, width, height) if height > TALL else 0
    if scale:
        return draw_large_rates(rates, scale, width, height, cursor)
    wide = _wide_count(rates, width)
    compact = compact_count(rates, width, height)
    if height > 1 and wide and wide >= compact:
        return _draw_wide(rates, wide, width, height, cursor)
    return draw_compact(rates, width, height, cursor)


def _needed(rate: Rate) -> int:
    texts = (rate.title, f"{rate.value}  ", rate.sample, rate.trend)
    return min(WIDEST, max(cell_len(text[: WIDEST * 2]) for text in texts)) + GAP


def _wide_count(rates: Sequence[Rate], width: int) -> int:
    used, fitting = 1, 0
    for index, rate in enumerate(rates):
        used += _needed(rate)
        if used + (0 if index == len(rates) - 1 else len(f"+ {len(rates)}")) > width:
            break
        fitting += 1
    return fitting


def _draw_wide(
    rates: Sequence[Rate], fitting: int, width: int, height: int, cursor: str | None
) -> Picture:
    left = len(rates) - fitting
    more = f"+ {left}" if left else ""
    spare = width - 1 - len(more) - sum(_needed(rate) for rate in rates[:fitting])
    lines: list[list[Span]] = [[Span(" ")] for _ in range(TALL)]
    spots: dict[str, Region] = {}
    x = 1
    for index, rate in enumerate(rates[:fitting]):
        size = _needed(rate) + spare // fitting + (1 if index < spare % fitting else 0)
        spots[rate.key] = Region(x, 0, size, min(height, TALL))
        x += size
        lines[0].append(cell(rate.title, size, "title cursor" if rate.key == cursor else "title"))
        lines[1] += _value(rate, size)
        lines[2].append(cell(rate.sample, size, "label"))
        lines[3].append(cell(rate.trend, size, "label"))
    lines[0].append(Span(more, "label"))
    return Picture(page(lines, width, height), spots)


def _value(rate: Rate, size: int) -> list[Span]:
    sign = mark(rate.level)
    text = f"{rate.value}{'*' if rate.gap else ''}{'' if sign == ' ' else ' ' + sign}"
    shown = plain(text, min(size - GAP, cell_len(text[: WIDEST * 2])))
    return [Span(shown, role(rate.level, "strong")), Span(" " * (size - cell_len(shown)))]
