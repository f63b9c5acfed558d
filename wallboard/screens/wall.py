"""The wall: seen from far, touched by nobody. Its pages turn by themselves."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.attempt import attempt
from wallboard.board.campaigns_page import CampaignsWanted
from wallboard.board.snapshot import Interest
from wallboard.board.wall_rotation import Rotation, wall_pages
from wallboard.questions.scope import Scope
from wallboard.screens.frame import BoardScreen
from wallboard.screens.sight import Sight
from wallboard.screens.wall_alarms import taking
from wallboard.screens.wall_layout import unit_of
from wallboard.screens.wall_sheet import WallHeading, WallSheet


class WallScreen(BoardScreen):
    """Large figures of what is true now; a critical alarm halts the rotation and takes the screen.

    Everything that any of its pages needs is read all the time, so that no page comes up empty.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "wall.tcss"]
    NAME = "Wall"
    HAS_ALARMS = True
    HAS_OWN_PERIOD = True

    def __init__(self) -> None:
        super().__init__()
        self._rotation: Rotation | None = None
        self._pages: tuple[str, ...] = ("floor",)

    @property
    def page(self) -> str:
        """The page in sight."""
        return self._rotation.page if self._rotation is not None else self._pages[0]

    def body(self) -> Iterable[Widget]:
        """A heading, and one panel for whatever page is in sight."""
        yield WallHeading(id="heading")
        yield WallSheet(id="wall")

    def interest(self, scope: Scope) -> Interest:
        """Today, and the campaigns where they have their turn."""
        wanted = CampaignsWanted() if "campaigns" in self._pages else None
        return Interest(scope, floor=True, page=wanted)

    def show(self, sight: Sight) -> None:
        """Show what was read; whatever cannot be, the wall goes on."""
        self._show_by(super().show, sight)

    def tick(self, sight: Sight) -> None:
        """Let the clocks go on."""
        self._show_by(super().tick, sight)

    def _show_by(self, show: Callable[[Sight], None], sight: Sight) -> None:
        if attempt(partial(show, sight)).error is not None:
            # What is around the page failed; the page says of itself what it cannot show.
            self.remove_class("-lacking")
            self.show_body(sight)

    def show_body(self, sight: Sight) -> None:
        """Turn the page when it is time, and draw it."""
        board = sight.configuration.board
        pages = wall_pages(board.screens)
        before = self._rotation or Rotation(pages, board.rotate_seconds, since=sight.now)
        is_halted = bool(taking(sight.snapshot.alarms))
        self._rotation = before.by(pages, board.rotate_seconds).at(sight.now, halted=is_halted)
        if pages != self._pages:
            self._pages = pages
            self.post_message(self.InterestChanged())
        unit = unit_of(*self.size)
        self.query_one(WallHeading).show(sight, self._rotation, unit)
        self.query_one(WallSheet).show(sight, self._rotation, unit)

    def tick_body(self, sight: Sight) -> None:
        """Clocks go on, and pages turn."""
        self.show_body(sight)

    def on_resize(self, event: events.Resize) -> None:
        """Everything is as large as the new size allows."""
        super().on_resize(event)
        if self.sight is not None:
            self.show(self.sight)
