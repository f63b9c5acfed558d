"""The columns of the queues, how each is drawn, and which go when the panel is narrow."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from widgets import figures
from widgets.paint import Span, cell
from widgets.status import Level, mark, needs_attention, role
from widgets.waits import draw_waits

if TYPE_CHECKING:
    from widgets.queues import QueueRow

NAME_LEAST = 10
NAME_MOST = 28
NAME_IDEAL = 16


class QueueColumn(Struct, frozen=True):
    """A column: its title, its cells, and how it draws a row in exactly so many."""

    title: str
    cells: int
    draw: Callable[["QueueRow"], Sequence[Span]]


def _figure(text: str, cells: int, level: Level = Level.GOOD, gap: bool = False) -> list[Span]:
    """Draw a figure with room beside it for the mark of a gap and of its level."""
    attention = mark(level) if needs_attention(level) else " "
    star = "*" if gap and text != figures.UNKNOWN else " "
    quiet = "label" if text == figures.UNKNOWN else "value"
    return [
        cell(text, cells - 2, role(level, quiet), "right"),
        Span(star + attention, role(level, "label")),
    ]


def _people(number: int | None, cells: int) -> list[Span]:
    return [cell(figures.count(number), cells, "value" if number else "label", "right")]


def _sample(number: int | None, cells: int) -> Span:
    """How many calls a share is of: of nothing there is no share to weigh."""
    return cell(figures.count(number) if number else "", cells, "label", "right")


def _waiting(row: "QueueRow") -> list[Span]:
    quiet = "strong" if row.waiting else "label"
    return [cell(figures.count(row.waiting), 7, quiet, "right")]


COLUMNS = {
    "waiting": QueueColumn("waiting", 7, _waiting),
    "longest": QueueColumn(
        "longest  ", 9, lambda row: _figure(figures.duration(row.longest), 9, row.longest_level)
    ),
    "waits": QueueColumn("  oldest waits", 14, lambda row: draw_waits(row.waits, row.target, 14)),
    "service_level": QueueColumn(
        "SL  ",
        8,
        lambda row: _figure(
            row.share or figures.share(row.service_level, 0), 8, row.service_level_level, row.gap
        ),
    ),
    "sample": QueueColumn("of", 6, lambda row: [_sample(row.sample, 6)]),
    "asa": QueueColumn("ASA  ", 7, lambda row: _figure(figures.duration(row.asa), 7, gap=row.gap)),
    "abandoned": QueueColumn(
        "aband  ",
        8,
        lambda row: _figure(figures.count(row.abandoned), 8, row.abandoned_level, row.gap),
    ),
    "ready": QueueColumn("ready", 5, lambda row: _people(row.ready, 5)),
    "busy": QueueColumn("busy", 5, lambda row: _people(row.busy, 5)),
    "paused": QueueColumn("pause", 5, lambda row: _people(row.paused, 5)),
}

DROP_ORDER = (
    "asa", "paused", "waits", "sample", "abandoned", "busy", "ready", "service_level", "longest",
    "waiting",
)  # fmt: skip
"""The columns in the order in which they go when the panel is narrow; the name stays."""


def columns_that_fit(width: int) -> tuple[str, ...]:
    """Return the names of the columns shown at `width`, in their order on the screen."""
    shown = list(COLUMNS)
    for least in (NAME_IDEAL, NAME_LEAST):
        for dropped in DROP_ORDER:
            if used_cells(shown) + least <= width:
                return tuple(shown)
            if least == NAME_LEAST or dropped in DROP_ORDER[:4]:
                shown = [name for name in shown if name != dropped]
    return tuple(shown)


def used_cells(names: Sequence[str]) -> int:
    """Return the cells that all but the queue's name take, with the columns `names`."""
    return 4 + sum(COLUMNS[name].cells + 1 for name in names)
