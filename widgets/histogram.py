"""Calls by hour: stacked bars, the typical day, and what is not over or not known shown so."""

from collections.abc import Sequence

from msgspec import Struct
from textual.geometry import Region

from widgets import figures
from widgets.bars import draw_bar
from widgets.paint import Picture, Span, cell, cells_of, fit, page, sentence, styled
from widgets.panel import Panel

WIDEST = 20
"""Cells of a column at the most: a single hour is no wall of colour."""


class Hour(Struct, frozen=True):
    """One hour of the day: calls answered and missed (abandoned too), None when not yet known.

    `label` is the hour's name; a day of 23 or 25 hours comes with as many hours. `typical` is the
    calls usual in this hour. `current` is the hour that is not over; `gap` says that the data of
    this hour is incomplete.
    """

    label: str
    answered: int | None = None
    missed: int | None = None
    typical: float | None = None
    current: bool = False
    gap: bool = False
    key: str = ""
    """What an hour that can be chosen is known by."""


class Histogram(Panel):
    """Calls by hour, from one row to any size."""

    def __init__(
        self,
        empty: str = "No call has been counted today.",
        title: str = "CALLS BY HOUR",
        missed: str = "missed",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._title = title
        self._missed = missed
        self._hours: tuple[Hour, ...] = ()

    def show(self, hours: Sequence[Hour]) -> None:
        """Show `hours` in this order."""
        self._hours = tuple(hours)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the bars, their scale, their labels and the legend."""
        return draw_histogram(self._hours, width, height, self._title, self._empty, self._missed)


def draw_histogram(
    hours: Sequence[Hour],
    width: int,
    height: int,
    title: str = "",
    empty: str = "",
    missed: str = "missed",
    marked: str | None = None,
) -> Picture:
    """Draw `hours` in `width` by `height` cells, the one of the key `marked` under the cursor.

    `missed` is the word for those not answered. From two lines on the last holds labels, from three
    on the first holds title and legend. When there are more hours than columns, those around the
    current one are shown and the rest counted.
    """
    if not hours:
        return sentence(empty, width, height)
    top = _top(hours)
    scale = len(figures.count(top)) + 1 if width >= len(hours) + 12 else 0
    room = width - scale
    seen = _in_sight(hours, room)
    column = min(WIDEST, max(1, room // len(seen)))
    rows = max(1, height - (1 if height > 1 else 0) - (1 if height > 2 else 0))
    bars = [draw_bar(hour, column, rows, top) for hour in seen]
    chosen = next((at for at, hour in enumerate(seen) if marked and hour.key == marked), None)
    if chosen is not None:
        bars[chosen] = [styled(line, "cursor") for line in bars[chosen]]
    lines: list[Sequence[Span]] = []
    if height > 2:
        words = "" if chosen is None else f"{seen[chosen].label}:00 ⏎ goes there"
        lines.append(_legend(title, width, hours, len(hours) - len(seen), missed, words))
    for row in range(rows):
        spans: list[Span] = []
        if scale:
            number = top if row == 0 else 0 if row == rows - 1 else None
            text = "" if number is None else figures.count(number)
            spans.append(cell(f"{text} ", scale, "label", "right"))
        for bar in bars:
            spans += bar[row]
        lines.append(spans)
    if height > 1:
        lines.append([Span(" " * scale), *_labels(seen, column)])
    spots = {
        hour.key: Region(scale + at * column, 0, column, height)
        for at, hour in enumerate(seen)
        if hour.key
    }
    return Picture(page(lines, width, height), spots)


def _top(hours: Sequence[Hour]) -> int:
    """Return the top of the scale: the highest bar or typical hour, rounded up to a clear one."""
    highest = max(
        max((hour.answered or 0) + (hour.missed or 0), hour.typical or 0) for hour in hours
    )
    if highest <= 10:
        return next(top for top in (1, 2, 4, 6, 8, 10) if top >= highest)
    step = 1
    while True:
        for factor in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80):
            if factor * step >= highest:
                return factor * step
        step *= 10


def _in_sight(hours: Sequence[Hour], room: int) -> Sequence[Hour]:
    if len(hours) <= room:
        return hours
    now = next((index for index, hour in enumerate(hours) if hour.current), len(hours) - 1)
    room = max(1, room)
    first = max(0, min(now - room + 1 + room // 4, len(hours) - room))
    return hours[first : first + room]


def _labels(hours: Sequence[Hour], column: int) -> list[Span]:
    """Return labels under their columns, as many as fit with a space between them."""
    widest = max(len(hour.label[:8]) for hour in hours)
    every = next(step for step in (1, 2, 3, 4, 6, 8, 12, 24, 99) if step * column > widest)
    spans: list[Span] = []
    for start in range(0, len(hours), every):
        group = hours[start : start + every]
        room = column * len(group)
        # A last group too short for its label goes without rather than be cut.
        fits = room > len(group[0].label) or every == 1
        is_now = any(hour.current for hour in group) if every > 1 else group[0].current
        role = "strong" if is_now else "label"
        spans.append(cell(group[0].label if fits else "", room, role))
    return spans


def _legend(
    title: str, width: int, hours: Sequence[Hour], left: int, missed: str, words: str
) -> Sequence[Span]:
    entries = [("█", "answered", " answered"), ("▒", "missed", f" {missed}")]
    if any(hour.typical is not None for hour in hours):
        entries.append(("─", "typical", " typical"))
    if any(hour.gap for hour in hours):
        entries.append(("╱", "hatch", " gap"))
    if any(hour.current for hour in hours):
        entries.append(("┆", "typical", " not over"))
    spans: list[Span] = []
    heading = [Span(f" {title}", "title")] if title and len(title) < width else []
    used = cells_of(heading)
    if words and used + len(words) + 2 <= width:
        heading += [Span("  "), Span(words, "strong")]
        used += len(words) + 2
    more = f"+ {left} hours" if left else ""
    if left and used + len(more) + 2 <= width:
        spans += [Span("  "), Span(more, "label")]
        used += len(more) + 2
    for sign, role, word in entries:
        if used + 3 + len(word) > width:
            break
        spans += [Span("  "), Span(sign, role), Span(word, "label")]
        used += 3 + len(word)
    return fit([*heading, *spans], width)
