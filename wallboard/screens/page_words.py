"""What is said of a page: how old it is, whether it is whole, whether all of it was read. Pure."""

from wallboard.board.pages import Page
from wallboard.screens.frame import Sight
from widgets import figures


def page_words(page: Page, sight: Sight, complete: bool, note: str) -> str:
    """A line on the page: its age first, then what it lacks."""
    age = max(0, sight.moment - page.read_at) / 1000
    said = [
        f"read {sight.clock(page.read_at)}, {figures.age(age)} ago"
        if age >= 1
        else f"as of {sight.clock(page.read_at)}"
    ]
    if not page.is_done:
        said.append("reading on …")
    if not complete:
        said.append(f"* incomplete: {note}")
    return " · ".join(said)
