"""The board: one application, its screens, and the way of the data from the cache to them."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message

from wallboard.board.asking import Asking
from wallboard.board.reader import Reader
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import judge
from wallboard.config import Configuration
from wallboard.questions.answers import Scope
from wallboard.reporting_time import Calendar
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen, Sight
from wallboard.screens.line import unsent

TICK_SECONDS: Final = 1.0
UNSENT_SECONDS: Final = 0.05
"""How soon a line that was too slow for the last frame is looked at again."""


class Board(App[None]):
    """The board on a cache. `clock` gives UTC milliseconds.

    `view`: may look and filter, not reveal. `wall`: nobody sits before it. `collector` says what is
    wrong with the collector that this board looks after, empty while nothing is.

    One way: a thread reads the cache and posts a snapshot, which is handed to the screen in sight;
    only when that has been drawn and sent may the next be read.
    """

    MODES: ClassVar = {"floor": FloorScreen}
    DEFAULT_MODE = "floor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", show=False, priority=True, system=True)
    ]

    class SnapshotRead(Message):
        """The reader has a new snapshot; only the latest counts."""

        def __init__(self, snapshot: Snapshot) -> None:
            super().__init__()
            self.snapshot = snapshot

        def can_replace(self, message: Message) -> bool:
            """A newer snapshot makes an older one pointless."""
            return isinstance(message, Board.SnapshotRead)

    def __init__(
        self,
        cache: Path,
        configuration: Configuration,
        *,
        clock: Callable[[], int],
        view: bool = False,
        wall: bool = False,
        collector: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self.title = configuration.board.title
        self.configuration = configuration
        self.calendar = Calendar.of(configuration.reporting)
        self.view = view
        self.wall = wall
        self.scope = Scope()
        self.snapshot: Snapshot | None = None
        self._clock = clock
        self._collector = collector or str
        self._reader = Reader(
            cache,
            Asking(self.calendar, configuration),
            clock,
            lambda snapshot: void(self.post_message(self.SnapshotRead(snapshot))),
            Interest(floor=True),
        )

    def on_mount(self) -> None:
        """Take the theme, begin to read, and let the clocks go."""
        theme = self.configuration.board.theme
        if theme in self.available_themes:
            self.theme = theme
        else:
            self.notify(f"There is no theme {theme!r}; the usual one is used.", markup=False)
        self._reader.start()
        self.set_interval(TICK_SECONDS, self._tick)

    def on_unmount(self) -> None:
        """Close the cache."""
        self._reader.stop()

    @property
    def board_screen(self) -> BoardScreen | None:
        """The screen of the board that is in sight, under any dialogue."""
        found = (screen for screen in reversed(self.screen_stack))
        return next((screen for screen in found if isinstance(screen, BoardScreen)), None)

    @on(SnapshotRead)
    def _show_snapshot(self, event: SnapshotRead) -> None:
        self.snapshot = event.snapshot
        self._show()
        self.call_after_refresh(self._drawn)

    def _drawn(self) -> None:
        """Let the next snapshot come, once the line has taken this one."""
        if unsent(self):
            self.set_timer(UNSENT_SECONDS, self._drawn)
        else:
            self._reader.drawn()

    def _tick(self) -> None:
        screen = self.board_screen
        if screen is not None and not unsent(self):
            screen.tick(self._sight())

    def _show(self) -> None:
        screen = self.board_screen
        if screen is not None:
            screen.show(self._sight())

    def _sight(self) -> Sight:
        now = self._clock()
        feeds = [(feed.name, feed.url) for feed in self.configuration.feeds]
        verdict = judge(
            self.snapshot,
            now,
            configured=feeds,
            clock=self.calendar.format_clock,
            collector=self._collector(),
        )
        snapshot = self.snapshot or Snapshot(now, Interest(self.scope))
        return Sight(snapshot, verdict, now, self.calendar, self.configuration)

    @on(BoardScreen.InterestChanged)
    def _ask(self) -> None:
        """Have read what the screen in sight needs, and show what is there until then."""
        screen = self.board_screen
        if screen is not None:
            self._reader.ask(screen.interest(self.scope))
            self._show()

    def look_at(self, scope: Scope) -> None:
        """Limit every screen to `scope`."""
        self.scope = scope
        self._ask()

    def action_clear_scope(self) -> None:
        """Look at everything."""
        self.look_at(Scope())


def void(_: object) -> None:
    """Drop a result that nobody needs."""
