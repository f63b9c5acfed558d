"""What is said of a page: how old it is, whether it is whole, whether all of it was read. Pure."""

from wallboard.board.pages import Page
from wallboard.screens.frame import Sight
from widgets import figures
from widgets.status import Level


def page_lines(
    page: Page, sight: Sight, complete: bool, note: str, *, more: str = ""
) -> tuple[tuple[str, Level], ...]:
    """A line on the page: its age, what it lacks, and whatever `more` there is to say."""
    age = max(0, sight.moment - page.read_at) / 1000
    said = [f"as of {sight.clock(page.read_at)}"]
    if age >= 1:
        said.append(f"{figures.age(age)} ago")
    if not page.is_done:
        said.append("reading on …")
    if more:
        said.append(more)
    if not complete:
        said.insert(0, f"* not complete: {note}")
    return ((" · ".join(said), Level.GOOD if complete else Level.NOTICE),)
