"""The strokes of one lane: ringing, talking, held, waiting, ended."""

from typing import TYPE_CHECKING

from rich.cells import cell_len

from widgets.axis import Axis
from widgets.paint import Line, Span, cell, fit
from widgets.text import plain

if TYPE_CHECKING:
    from widgets.lanes import Lane, Stretch

_LOOKS = {
    # fill, role, word
    "queued": ("┄", "queued", "queued"),
    "ringing": ("░", "ringing", "ring"),
    "talking": ("▓", "talking", ""),
    "hold": ("─", "hold", "hold"),
    "listening": ("┈", "queued", "listening"),
    "ready": ("▁", "ready", ""),
    "wrap-up": ("▒", "wrap", ""),
    "paused": ("╌", "paused", "paused"),
    "fault": ("╳", "warning", "fault"),
    "offline": (" ", "offline", ""),
}
ENDED = "■"
GOES_ON = "▸"
WORD_MARGIN = 2


def draw_strokes(lane: "Lane", axis: Axis, now: float, room: int) -> Line:
    """Draw the stretches of `lane` on `axis`, its marks, and its end with the reason, in `room`.

    A stretch too short for a cell still has one, for a ring of a second must be seen.
    """
    fills = [" "] * axis.cells
    roles = [""] * axis.cells
    last = -1
    for stretch in lane.stretches:
        first, last_of = _place(stretch, lane, axis, now)
        fill, role, word = _LOOKS[stretch.phase.value]
        run = list(fill * (last_of - first + 1))
        _write(run, stretch.word or word)
        fills[first : last_of + 1] = run
        roles[first : last_of + 1] = [role] * len(run)
        last = max(last, last_of)
    for mark in lane.marks:
        at = axis.cell(mark.at)
        fills[at], roles[at] = plain(mark.glyph, 1), "strong"
    return fit([*_runs(fills[: last + 1], roles), *_tail(lane, room - last - 1)], room)


def _place(stretch: "Stretch", lane: "Lane", axis: Axis, now: float) -> tuple[int, int]:
    end = stretch.end if stretch.end is not None else (lane.end if lane.end is not None else now)
    first = axis.cell(stretch.start)
    # The cell in which a stretch ends belongs to the next one unless it ends the lane.
    return first, max(first, axis.cell(end - axis.seconds_of_cell / 2))


def _write(run: list[str], word: str) -> None:
    """Write `word` in the middle of `run` where it fits with a margin."""
    size = cell_len(word[:32])
    letters = list(plain(word, size))
    # Each letter must be one cell, for a lane is an array of cells.
    is_simple = len(letters) == size and all(cell_len(letter) == 1 for letter in letters)
    if is_simple and 0 < size <= len(run) - WORD_MARGIN * 2:
        at = (len(run) - size) // 2
        run[at : at + size] = letters


def _tail(lane: "Lane", room: int) -> list[Span]:
    if lane.end is None:
        return [Span(GOES_ON, "strong")]
    needed = cell_len(lane.reason[:64])
    size = min(needed, room - 2)
    reason = [Span(" "), cell(lane.reason, size, "label")] if size > 2 or 0 < size == needed else []
    return [Span(ENDED, "strong"), *reason]


def _runs(fills: list[str], roles: list[str]) -> list[Span]:
    spans: list[Span] = []
    for fill, role in zip(fills, roles, strict=False):
        if spans and spans[-1].role == role:
            spans[-1] = Span(spans[-1].text + fill, role)
        else:
            spans.append(Span(fill, role))
    return spans
