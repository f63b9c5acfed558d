"""What is drawn on a wall: the heading, and below it the page in sight or what takes its place.

Whatever goes wrong in a page, a sentence takes its place, and the wall goes on.
"""

import textwrap
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from textual.geometry import Size

from wallboard.attempt import Given, attempt
from wallboard.board.trust import State
from wallboard.board.wall_rotation import Rotation
from wallboard.masking import mask_free
from wallboard.screens import alarm_words
from wallboard.screens.empty_words import lack
from wallboard.screens.freshness import FRESHNESS
from wallboard.screens.sight import Sight
from wallboard.screens.wall_alarms import counted, draw_alarms, taking
from wallboard.screens.wall_pages import PAGES
from widgets.banner import Trust
from widgets.lettering import cells_for, letter, lines_of
from widgets.paint import Line, Picture, cell, fit, page
from widgets.panel import Panel
from widgets.sheet import placed
from widgets.status import Level, role
from widgets.wall_heading import draw_wall_heading

TITLES: Final = {
    "floor": "floor", "calls": "calls", "agents": "agents", "campaigns": "campaigns",
    "metrics": "times", "feed": "feed",
}  # fmt: skip
WIDEST: Final = 76


class WallSheet(Panel):
    """Draws the page in sight; it has no cursor, and takes no key."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn: Callable[[int, int], Picture] = empty

    def show(self, sight: Sight, rotation: Rotation, unit: int) -> None:
        """Show what was read on the page of the rotation, its titles of the scale `unit`."""
        self._drawn = lambda width, height: draw_body(sight, rotation, unit, width, height)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the page, or say why it cannot be drawn."""
        return guarded("The wall", lambda: self._drawn(width, height), width, height)


class WallHeading(Panel):
    """Says in letters how far the page can be trusted; not there on a low screen that is live."""

    DEFAULT_CSS = "WallHeading { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn: Callable[[int], list[Line]] = _no_line
        self._lines = 0

    def show(self, sight: Sight, rotation: Rotation, unit: int) -> None:
        """Show how it stands with the data, the page, and the time."""
        self._drawn = lambda width: draw_heading(sight, rotation, unit, width)
        lines = heading_lines(sight, unit)
        if lines != self._lines:
            self._lines = lines
            self.refresh(layout=True)
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as its letters take."""
        del container, viewport, width
        return self._lines

    def draw(self, width: int, height: int) -> Picture:
        """Draw the state, the title and the clock."""
        return guarded(
            "The heading", lambda: Picture(page(self._drawn(width), width, height)), width, height
        )


def empty(width: int, height: int) -> Picture:
    """Nothing at all, before anything was read."""
    return Picture(page([], width, height))


def _no_line(_: int) -> list[Line]:
    """No heading, before anything was read."""
    return []


def draw_body(sight: Sight, rotation: Rotation, unit: int, width: int, height: int) -> Picture:
    """Draw the page, or what is to be said in its place: why there is nothing, or an alarm."""
    alarms = taking(sight.snapshot.alarms)
    said = lack(sight)
    if said:
        return _sentences(said, width, height, max(1, unit))
    if alarms:
        return guarded(
            "The alarm",
            lambda: draw_alarms(
                alarms, sight.moment, partial(sight.clock, seconds=False), width, height, unit
            ),
            width,
            height,
        )
    drawn = PAGES[rotation.page]
    return guarded(
        f"The page {rotation.page}",
        lambda: drawn(sight, width, height, unit),
        width,
        height,
    )


def heading_lines(sight: Sight, unit: int) -> int:
    """The lines of the heading: on a low screen only for what must not be overlooked."""
    if unit or sight.verdict.state is not State.LIVE:
        return lines_of(max(1, unit))
    alarms = sight.snapshot.alarms
    return 1 if alarms and not taking(alarms) else 0


def draw_heading(sight: Sight, rotation: Rotation, unit: int, width: int) -> list[Line]:
    """Draw how far what is seen can be trusted, the page or the alarms, and the time."""
    verdict, alarms = sight.verdict, sight.snapshot.alarms
    found = counted(alarms)
    if unit == 0 and verdict.state is State.LIVE:
        if found is None:
            return []
        words, level = found
        first = mask_free(alarm_words.sentence(alarms[0], sight.moment))
        return [(cell(f" {words} · {first}", width, role(level)),)]
    trust = Trust(FRESHNESS[verdict.state], verdict.age, verdict.detail)
    is_taken = bool(taking(alarms)) or bool(lack(sight))
    words, level = found or (TITLES[rotation.page], Level.GOOD)
    if is_taken:
        words = ""
    clock = sight.clock(sight.now, seconds=False)
    colour = "alarm" if level is Level.CRITICAL else role(level, "title")
    return draw_wall_heading(trust, words, clock, width, max(1, unit), colour)


def guarded(what: str, draw: Callable[[], Picture], width: int, height: int) -> Picture:
    """What `draw` draws; if it fails, a sentence that says why and where."""
    drawn = attempt(draw)
    if isinstance(drawn, Given):
        return drawn.value
    error = drawn.error
    at = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(at.filename).name}, line {at.lineno}"
    said = (
        f"{what} cannot be shown.",
        "",
        f"{type(error).__name__}: {error} ({where}).",
        "Nothing is lost: the cache goes on, and so does the wall.",
    )
    return _sentences(said, width, height, 1)


def _sentences(said: Sequence[str], width: int, height: int, scale: int) -> Picture:
    """Sentences as one block in the middle, the first in letters where they have room for it."""
    lines: list[Line] = []
    first = said[0]
    cells = cells_for(first, scale)
    if cells is not None and cells + 2 <= width and lines_of(scale) + len(said) + 2 <= height:
        lines += [*placed(letter(first, scale, "strong"), width, "center"), fit((), width)]
        said = said[1:]
    room = max(1, min(WIDEST, width - 2))
    texts: list[tuple[str, str]] = []
    for number, sentence in enumerate(said):
        role = "label" if number or lines else "strong"
        if not sentence or sentence.startswith(" "):
            texts.append((sentence, "value"))
        else:
            wrapped = textwrap.wrap(sentence[:2000], room, break_on_hyphens=False)
            texts += [(text, role) for text in wrapped]
    widest = min(room, max((len(text) for text, _ in texts), default=0))
    left = max(0, (width - widest) // 2)
    lines += [fit([cell("", left), cell(text, width - left, role)], width) for text, role in texts]
    above = max(0, (height - len(lines)) // 2)
    return Picture(page([fit((), width)] * above + lines, width, height))
