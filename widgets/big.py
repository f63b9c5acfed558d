"""Figures in digits as large as there is room for, for a wall that is read from far."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from widgets.lettering import cells_for, fitting, letter, lines_drawn, lines_of, scale_for
from widgets.paint import Line, Picture, Span, cell, cells_of, fit, page
from widgets.sheet import beside, grounded, lowered, placed
from widgets.status import Level, mark, role

USUAL: Final = "88.8%"
"""Digits leave room for so much, so that they do not change their size with each figure."""
WIDEST_MARK: Final = "✖ "
BETWEEN: Final = 1


class BigValue(Struct, frozen=True):
    """A figure as ready-made text: what it is, how it is held to its target, what it is made of.

    `short` is the title where the whole one has no room. `status` says in words what `level` says
    (`below 80 %`), or the target where all is well. `samples` are forms of one text, the fullest
    first. `is_plain`: never good or bad.
    """

    title: str
    value: str
    level: Level = Level.GOOD
    status: str = ""
    samples: tuple[str, ...] = ()
    short: str = ""
    is_plain: bool = False

    @property
    def forms(self) -> tuple[str, str]:
        """The title, and its short form."""
        return self.title, self.short or self.title

    @property
    def said(self) -> str:
        """The status with its glyph."""
        return f"{mark(self.level)} {self.status}".strip() if self.status else ""


class _Scales(NamedTuple):
    """The scales of one figure's parts, 0 for plain text.

    With `is_one_line` status and sample share their line.
    """

    title: int
    digits: int
    status: int
    sample: int
    is_one_line: bool


def draw_bigs(
    values: Sequence[BigValue], width: int, height: int, unit: int, columns: int
) -> Picture:
    """Draw `values` in `columns`, the titles at the scale `unit` where that fits.

    All have digits of one size. One that is critical stands on a ground of its own.
    """
    if not values or width <= 0 or height <= 0:
        return Picture(page([], width, height))
    columns = max(1, min(columns, len(values)))
    rows = -(-len(values) // columns)
    wide = max(1, (width - BETWEEN * (columns - 1)) // columns)
    high = max(1, height // rows)
    scales = _scales(values, wide, high, unit)
    lines: list[Line] = []
    for start in range(0, len(values), columns):
        cells = [_draw(value, wide, high, scales) for value in values[start : start + columns]]
        lines += beside(cells, BETWEEN)
    return Picture(page(lines, width, height))


def _scales(values: Sequence[BigValue], width: int, height: int, unit: int) -> _Scales:
    room = width - 2
    title = next(
        (
            scale
            for scale in range(unit, 0, -1)
            if height - lines_of(scale) - 2 >= lines_of(scale)
            and all(_title(value, room, scale) is not None for value in values)
        ),
        0,
    )
    left = height - lines_of(title)
    said = [(value.said,) for value in values]
    made = [value.samples or ("",) for value in values]
    texts = [value.value for value in values]
    if any(value.value.endswith(("%", "%*")) or not value.is_plain for value in values):
        texts.append(USUAL)
    # A word that says how bad it is comes before still larger digits.
    for status in range(max(1, unit - 1) if unit else 0, 0, -1):
        digits = scale_for(texts, room, left - lines_of(status) - 1, tight=True)
        if digits > unit and _all_fit(said, room, status):
            spare = left - lines_drawn(digits) - lines_of(status)
            sample = next(
                (
                    scale
                    for scale in range(status, 0, -1)
                    if lines_of(scale) <= spare and _all_fit(made, room, scale)
                ),
                0,
            )
            return _Scales(title, digits, status, sample, is_one_line=False)
    digits = scale_for(texts, room, left - 1, tight=True)
    two_lines = scale_for(texts, room, left - 2, tight=True)
    is_one_line = left - lines_drawn(digits) < 2 or digits > two_lines
    return _Scales(title, digits, 0, 0, is_one_line)


def _all_fit(forms: Sequence[Sequence[str]], width: int, scale: int) -> bool:
    return all(fitting(of_one, width, scale) is not None for of_one in forms)


def _title(value: BigValue, width: int, scale: int) -> str | None:
    """The title that fits with the widest of marks before it: none is to push it out."""
    before = 0 if value.is_plain else (cells_for(WIDEST_MARK, scale) or 0) + scale
    return fitting(value.forms, width - before, scale)


def _draw(value: BigValue, width: int, height: int, scales: _Scales) -> list[Line]:
    """Draw one figure in exactly so many cells."""
    level = value.level
    sign = "" if mark(level) == " " else f"{mark(level)} "
    if scales.title:
        title = letter(sign + (_title(value, width - 2, scales.title) or ""), scales.title,
                       _lettered_role(level, "title"))  # fmt: skip
    else:
        form = next((form for form in value.forms if len(sign + form) <= width), value.forms[-1])
        title = (fit([cell(sign + form, width, role(level, "title"), "center")], width),)
    digits = letter(value.value, scales.digits, _lettered_role(level, "strong"))
    if not scales.sample:
        # What follows is plain text, which needs no free line above it.
        digits = digits[: lines_drawn(scales.digits)]
    head = [*placed(title, width, "center"), *placed(digits, width, "center")]
    foot = _foot(value, width, scales)
    drawn = [*head, *foot]
    if len(drawn) > height:
        drawn = head[: max(1, height)]
    whole = lowered(drawn, height)  # as many lines as its neighbours': all stand on one line
    return grounded(whole, "alert") if level is Level.CRITICAL else whole


def _foot(value: BigValue, width: int, scales: _Scales) -> list[Line]:
    quiet = "label"
    samples = value.samples or ("",)
    if scales.is_one_line:
        forms = [f"{value.said} · {sample}" if value.said and sample else value.said or sample
                 for sample in samples]  # fmt: skip
        return [_plain(forms, width, role(value.level, quiet))]
    if scales.sample:
        form = fitting(samples, width - 2, scales.sample) or ""
        made = placed(letter(form, scales.sample, quiet), width, "center")
    else:
        made = [_plain(samples, width, quiet)]
    if not scales.status:
        return [*made, _plain([value.said], width, role(value.level, quiet))]
    colour = _lettered_role(value.level, quiet)
    return [*made, *placed(letter(value.said, scales.status, colour), width, "center")]


def _plain(forms: Sequence[str], width: int, colour: str) -> Line:
    form = next((form for form in forms if cells_of([Span(form)]) <= width), forms[-1])
    return (cell(form, width, colour, "center"),)


def _lettered_role(level: Level, quiet: str) -> str:
    """The role of letters: those of critical ones are not reversed one by one."""
    return "alarm" if level is Level.CRITICAL else role(level, quiet)
