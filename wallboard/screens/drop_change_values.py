"""Why the drop rate moved, as sentences and as a table. Pure."""

from typing import Final

from wallboard.board.drop_change import Drops, Part
from wallboard.board.drop_change_page import ChangeBy, DropChange
from wallboard.board.snapshot import name_of
from wallboard.metrics.asked import NONE
from wallboard.questions.names import Names
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row

COLUMNS: Final = (
    Column("by", 22, grow=4, priority=9),
    Column("before", 16, "right", grow=1, priority=6),
    Column("now", 16, "right", grow=1, priority=7),
    Column("explains", 10, "right", priority=8),
    Column("by its rate", 11, "right", priority=4),
    Column("by the mix", 10, "right", priority=3),
    Column("of the change", 13, "right", priority=5),
)
TITLES: Final = {
    "campaign": "BY CAMPAIGN",
    "sub_campaign": "BY PART OF THE CAMPAIGN",
    "hour": "BY HOUR OF THE DAY",
    "queue": "BY QUEUE",
    "trunk": "BY TRUNK",
}
NOTHING: Final = {
    "campaign": "no campaign",
    "sub_campaign": "no part of it",
    "queue": "dialled without one",
    "trunk": "no trunk named",
}
EXPLAINING: Final = (
    "Explains: points of the rate that a part is behind, by its own rate or by being more or less"
    " of those reached (the mix). Each table adds up to the change. Enter opens a part's calls."
)
_EXPLAINS: Final = 3
_HALF: Final = 0.5
_LEAST: Final = 0.0005
"""A change under half a tenth of a point is none that is shown."""
_FOLDS: Final = 5
"""Parts that move the rate by so many times its change cancel out."""


def words(page: DropChange, before: str) -> tuple[str, ...]:
    """The change in a sentence, and how the table is to be read where there is one.

    `before` is the period that it is held against.
    """
    said = summary(page)
    if page.before.rate is None or page.now.rate is None:
        return (said,)
    return said, f"Before: {before}. {EXPLAINING}"


def summary(page: DropChange) -> str:
    """The change in a sentence, with what explains most of it."""
    before, now = page.before.rate, page.now.rate
    if page.earlier is None:
        return "There is no period before this one to hold it against."
    if now is None:
        return "Nobody who was called has answered in this period: there is no drop rate."
    if before is None:
        return f"Drop rate {_rate(page.now)}. Nothing is known of the period before."
    change = now - before
    said = f"Drop rate {_rate(page.now)}, before {_rate(page.before)}: "
    if abs(change) < _LEAST:
        return f"{said}it has not moved; what is below cancels out."
    said += f"{figures.change(change * 100, 2)} points"
    if _cancels_out(page, change):
        return f"{said}; what is below all but cancels out."
    said += "."
    most = [part for split in page.splits for part in _mostly(split, change)]
    return f"{said} Most of it: {', '.join(most)}." if most else said


def _cancels_out(page: DropChange, change: float) -> bool:
    parts = (part for split in page.splits for part in split.parts)
    return max((abs(part.explains) for part in parts), default=0.0) > _FOLDS * abs(change)


def _mostly(split: ChangeBy, change: float) -> list[str]:
    """The part that moved it most in the direction it moved, where there is more than one."""
    if len(split.parts) < 2:
        return []
    part = max(split.parts, key=lambda part: part.explains * (1 if change > 0 else -1))
    name = {"hour": f"hour {part.key}"}.get(split.dimension, part.key)
    return [] if part.key == NONE else [f"{name} {_points(part.explains)}"]


def change_rows(page: DropChange, names: Names) -> list[Row]:
    """A heading for each split with the sum of its parts, and these; what has but one comes last.

    Marked is what raised the rate most where it rose.
    """
    if page.before.rate is None or page.now.rate is None:
        return []
    change = page.now.rate - page.before.rate
    whole = 0.0 if _cancels_out(page, change) else change
    rows: list[Row] = []
    for split in sorted(page.splits, key=lambda split: len(split.parts) == 1):
        note = split.note or ("" if split.is_read else "reading …")
        heading = TITLES.get(split.dimension, split.dimension)
        cells = (heading, _rate(page.before), _rate(page.now), _points(change), note, "", "")
        rows.append(Row(f"{split.dimension}/", cells, faint=True))
        rows += [_row(split.dimension, part, whole, names) for part in split.parts]
    return rows


def _row(dimension: str, part: Part, change: float, names: Names) -> Row:
    share = part.explains / change if abs(change) >= _LEAST else None
    is_behind = share is not None and share >= _HALF and change > 0 and bool(part.key)
    level = Level.NOTICE if is_behind else Level.GOOD
    cells = (
        f"  {_name(dimension, part.key, names)}",
        _rate(part.before),
        _rate(part.now),
        _points(part.explains),
        _points(part.by_rate),
        _points(part.by_mix),
        _signed_share(share),
    )
    levels = tuple(level if at == _EXPLAINS else Level.GOOD for at in range(len(cells)))
    return Row(f"{dimension}/{part.key}", cells, level, levels)


def _name(dimension: str, key: str, names: Names) -> str:
    if key == NONE:
        return NOTHING.get(dimension, key)
    if dimension in {"campaign", "sub_campaign"}:
        return name_of(names.campaigns, key)
    if dimension == "queue":
        return name_of(names.queues, key)
    return f"{key}:00 to {key}:59" if dimension == "hour" else key


def _rate(drops: Drops) -> str:
    if drops.rate is None:
        return figures.UNKNOWN
    return f"{figures.share(drops.rate, 2)} of {figures.count(drops.of)}"


def _points(difference: float) -> str:
    return figures.change(difference * 100, 2)


def _signed_share(share: float | None) -> str:
    if share is None:
        return ""
    return f"{'-' if share < 0 else ''}{figures.share(abs(share), 0)}"
