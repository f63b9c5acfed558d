"""The strip of headline rates: four lines a rate where there is room, one line of all where not."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.geometry import Region, Size

from widgets.choice import ChoicePanel
from widgets.paint import Line, Picture, Span, cell, page, sentence
from widgets.status import Level, mark, role
from widgets.text import plain

WIDEST = 24
GAP = 2
TALL = 4


@dataclass(frozen=True)
class Rate:
    """One headline. All but `key` and `level` are ready-made text; `value` is `–` when unknown.

    `sample` is the target or what the rate is made of (`of 1,204`), `trend` how it compares
    (`▲ 1.2 Mon last`). `short` and `compact` stand for `title` and `value` where there is one line;
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


class Headline(ChoicePanel):
    """The strip of headline rates. Each can be opened."""

    DEFAULT_CSS = "Headline { height: 4; }"

    class Selected(ChoicePanel.Selected):
        """The reader opened the rate `key`."""

    def __init__(self, empty: str = "No rates yet.", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._empty = empty
        self._rates: tuple[Rate, ...] = ()

    def show(self, rates: Sequence[Rate]) -> None:
        """Show `rates`, the most important first: the last are the first to be dropped."""
        self._rates = tuple(rates)
        self.choose_among([rate.key for rate in self._rates])

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many rates there are to choose from: they all stand in one row, if any row."""
        return len(self._rates) if size else 0, max(1, len(self._rates))

    def draw(self, width: int, height: int) -> Picture:
        """Draw the strip in the form that shows the most rates."""
        return draw_headline(self._rates, width, height, self._empty, self.marked_key)


def draw_headline(
    rates: Sequence[Rate], width: int, height: int, empty: str = "", cursor: str | None = None
) -> Picture:
    """Draw `rates` in `width` by `height` cells; what does not fit is counted as `+ 2`."""
    if not rates:
        return sentence(empty, width, height)
    wide = _wide_count(rates, width)
    compact = _compact_count(rates, width, height)
    if height > 1 and wide and wide >= compact:
        return _draw_wide(rates, wide, width, height, cursor)
    return _draw_compact(rates, width, height, cursor)


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


def _compact(rate: Rate) -> tuple[Span, Span]:
    sign = mark(rate.level)
    value = f"{rate.compact or rate.value}{'*' if rate.gap else ''}"
    value += "" if sign == " " else f" {sign}"
    title = rate.short or rate.title
    return (
        Span(plain(title, min(WIDEST, cell_len(title[: WIDEST * 2]))) + " ", "label"),
        Span(plain(value, min(WIDEST, cell_len(value[: WIDEST * 2]))), role(rate.level, "strong")),
    )


def _flow(
    rates: Sequence[Rate], width: int, height: int
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


def _compact_count(rates: Sequence[Rate], width: int, height: int) -> int:
    return len(_flow(rates, width, height)[1])


def _draw_compact(rates: Sequence[Rate], width: int, height: int, cursor: str | None) -> Picture:
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
