"""Alarms: since when, how bad, of what, the figure against its limit, and for how long."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Region

from widgets.choice import ChoicePanel
from widgets.items import LinePanel, lines_that_fit
from widgets.paint import Line, Picture, Span, cell, fit, page, styled
from widgets.status import Level, glyph, role, word

FIGURE_MOST = 22
LASTS = 6
WIDEST = 128
"""In wider lines the figure would stand too far from the words."""
NOTE_LEAST = 12
"""In fewer cells than this a note that is cut would say nothing."""


class _Form(Struct, frozen=True):
    """What every line has beside its glyph, its time, its words and its figure."""

    has_word: bool = True
    """The word of the level; the heading counts by it."""
    has_lasts: bool = True
    """For how long: its time says since when."""
    is_brief: bool = False


FORMS = (
    _Form(), _Form(has_lasts=False), _Form(has_lasts=False, is_brief=True),
    _Form(has_word=False, has_lasts=False), _Form(has_word=False, has_lasts=False, is_brief=True),
)  # fmt: skip
"""What goes, in this order, where the words of an alarm would else be cut."""


class AlarmRow(Struct, frozen=True):
    """One alarm. `time` is when it began, `figure` its value against the limit, `lasts` how long.

    `about` is what it is of, `what` what is so of it (in less room `brief`), `sample` what the
    figure is made of. `note` is what was said of it, such as who sees to it; one that `is_quiet`
    has been acknowledged. `times` counts how often it came back.
    """

    key: str
    time: str
    level: Level
    about: str
    what: str
    figure: str = ""
    lasts: str = ""
    sample: str = ""
    note: str = ""
    is_quiet: bool = False
    times: int = 0
    brief: str = ""


class Alarms(LinePanel[AlarmRow]):
    """The alarms that stand, in the order their owner gives."""

    EMPTY = "no alarm stands"

    class Selected(ChoicePanel.Selected):
        """The reader opened the alarm `key`."""

    def draw(self, width: int, height: int) -> Picture:
        """Draw the heading and the alarms from the first in sight on."""
        return draw_alarms(self._items, width, height, self._empty, self.marked_key, self.first)


def draw_alarms(
    alarms: Sequence[AlarmRow],
    width: int,
    height: int,
    empty: str = "",
    cursor: str | None = None,
    first: int = 0,
) -> Picture:
    """Draw `alarms` from `first` on; those out of sight are counted, by how bad they are."""
    whole, width = width, min(width, WIDEST)
    seen = alarms[first : first + lines_that_fit(len(alarms), height)]
    lines: list[Line] = []
    if height > 1 or not alarms:
        lines.append(_heading(alarms, width, empty))
    spots: dict[str, Region] = {}
    form = _form(seen, width)
    left = [*alarms[:first], *alarms[first + len(seen) :]]
    for alarm in seen:
        spots[alarm.key] = Region(0, len(lines), width, 1)
        # On one line the others are counted behind the first.
        more = f" + {len(left)}" if height == 1 and left else ""
        line = _line(alarm, width - len(more), alarm.key == cursor, form)
        lines.append((*line, Span(more, "label")) if more else line)
    if left and height > 1:
        lines.append((cell(f"   + {_counted(left)}", width, "label"),))
    return Picture(page(lines, whole, height), spots)


def _heading(alarms: Sequence[AlarmRow], width: int, empty: str) -> Line:
    words = _counted(alarms) if alarms else empty
    return fit(
        [Span("   "), Span("ALARMS", "title"), Span("  "), cell(words, width, "label")], width
    )


def _counted(alarms: Sequence[AlarmRow]) -> str:
    """How many of each level, such as `1 critical, 2 warnings`."""
    critical = sum(alarm.level is Level.CRITICAL for alarm in alarms)
    warnings = len(alarms) - critical
    parts = [f"{critical} critical"] if critical else []
    if warnings:
        parts.append(f"{warnings} warning{'s' if warnings > 1 else ''}")
    return ", ".join(parts)


def _counts(alarm: AlarmRow, room: int, words: int) -> str:
    """How often it came back, and of how many: each whole or, where words need the room, not."""
    times = f"×{alarm.times + 1}" if alarm.times else ""
    for parts in ((times, alarm.sample), (alarm.sample,), (times,)):
        text = "".join(f"  {part}" for part in parts if part)
        if text and cell_len(text) + words <= room:
            return text
    return ""


def _form(alarms: Sequence[AlarmRow], width: int) -> _Form:
    """The fullest form in which the fewest are cut: one for all, so that they stand in columns."""

    def cut(form: _Form) -> int:
        return sum(cell_len(_words(one, form)) > _room(one, width, form) for one in alarms)

    return min(FORMS, key=cut)


def _words(alarm: AlarmRow, form: _Form) -> str:
    what = alarm.brief if form.is_brief and alarm.brief else alarm.what
    return f"{alarm.about} {what}" if alarm.about else what


def _figure_cells(alarm: AlarmRow, width: int) -> int:
    return min(len(alarm.figure), FIGURE_MOST, max(0, width - 16 - len(alarm.time)))


def _has_lasts(alarm: AlarmRow, width: int, form: _Form) -> bool:
    used = 4 + len(alarm.time) + (9 if form.has_word else 0) + _figure_cells(alarm, width)
    return form.has_lasts and width - used - LASTS >= 16


def _room(alarm: AlarmRow, width: int, form: _Form) -> int:
    """The cells that are left to the words."""
    figure = _figure_cells(alarm, width)
    room = width - 4 - len(alarm.time) - (9 if form.has_word else 0) - (figure + 1 if figure else 0)
    return max(0, room - (LASTS + 1 if _has_lasts(alarm, width, form) else 0))


def _line(alarm: AlarmRow, width: int, marked: bool, form: _Form) -> Line:
    loud = "label" if alarm.is_quiet else role(alarm.level)
    spans = [
        Span("›" if marked else " ", "strong"),
        Span(glyph(alarm.level), loud),
        Span(" "),
        cell(alarm.time, len(alarm.time), "label"),
        Span(" "),
    ]
    if form.has_word:
        spans += [cell(word(alarm.level), 8, loud), Span(" ")]
    figure = _figure_cells(alarm, width)
    room = _room(alarm, width, form)
    words = _words(alarm, form)
    extra = f"  {alarm.note}" if alarm.note else ""
    counts = _counts(alarm, room, cell_len(words) + min(NOTE_LEAST, cell_len(extra)))
    room -= len(counts)
    if room - cell_len(words) < min(NOTE_LEAST, cell_len(extra)):
        extra = ""
    quiet = "label" if alarm.is_quiet else "strong"
    name = min(cell_len(alarm.about), room)
    if alarm.about and name < room:
        spans.append(cell(alarm.about, name, quiet))
        rest = words[len(alarm.about) + 1 :]
        spans.append(cell(f" {rest}{extra}", room - name, "label" if alarm.is_quiet else "value"))
    else:
        spans.append(cell(f"{words}{extra}", room, quiet))
    if counts:
        spans.append(Span(counts, "label"))
    if figure:
        spans += [Span(" "), cell(alarm.figure, figure, loud, "right")]
    if _has_lasts(alarm, width, form):
        spans += [Span(" "), cell(alarm.lasts, LASTS, "label", "right")]
    line = fit(spans, width)
    return styled(line, "cursor") if marked else line
