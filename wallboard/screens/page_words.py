"""What is said of a page: how old it is, whether it is whole, whether all of it was read. Pure."""

import re
from datetime import datetime
from typing import Final

from wallboard.board.pages import Page
from wallboard.screens.sight import Sight
from widgets import figures
from widgets.status import Level

_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)")


def note_words(note: str, sight: Sight) -> str:
    """A note with the times in it as a clock shows them, with the day where it is not today."""

    def shown(stamp: re.Match[str]) -> str:
        at = int(datetime.fromisoformat(stamp[0]).timestamp() * 1000)
        if sight.calendar.day_of(at) == sight.calendar.day_of(sight.now):
            return sight.clock(at)
        local = sight.calendar.local(at)
        return f"{local.day} {local:%b} {sight.clock(at)}"

    return _STAMP.sub(shown, note)


def page_lines(
    page: Page, sight: Sight, complete: bool, note: str, *, more: str = ""
) -> tuple[tuple[str, Level], ...]:
    """A line on the page: its age, `more` that there is to say, and what it lacks."""
    age = max(0, sight.moment - page.read_at) / 1000
    said = [f"as of {sight.clock(page.read_at)}"]
    if not page.is_done:
        said.append("reading on …")
    if more:
        said.append(more)
    if age >= 1:
        said.append(f"{figures.age(age)} ago")
    lines = [(" · ".join(said), Level.GOOD)]
    if not complete:
        lines.append((f"* not complete: {note_words(note, sight)}", Level.NOTICE))
    return tuple(lines)
