"""The board: one application, its screens, and the way of the data from the cache to them."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from msgspec.structs import replace
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from wallboard.board.asking import Asking
from wallboard.board.keeper import Keeper
from wallboard.board.reader import Reader
from wallboard.board.sameness import is_as_before
from wallboard.board.settings import Settings
from wallboard.board.settings_watch import SettingsWatch
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, judge
from wallboard.config import Configuration, ConfigurationError
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar
from wallboard.screens.alarm_calls import AlarmCalls
from wallboard.screens.alarm_words import sentence
from wallboard.screens.desktop import tell_desktop
from wallboard.screens.event_rate import EventRates
from wallboard.screens.fault import fault_words
from wallboard.screens.frame import BoardScreen
from wallboard.screens.line import Line
from wallboard.screens.sight import Sight
from wallboard.screens.terminal_driver import TerminalDriver
from wallboard.screens.time_travel import TimeTravel
from widgets.parsed_once import ParsedOnce
from widgets.themes import THEMES

TICK_SECONDS: Final = 1.0
UNSENT_SECONDS: Final = 0.02
"""How soon a line that was too slow for the last frame is looked at again."""


class Board(TimeTravel):
    """The board on a cache. `clock` gives UTC milliseconds.

    `view`: may look and filter, not reveal, export or acknowledge. `keeper` sees to it that
    somebody collects, and says what is wrong when nobody does.

    One way: a thread reads the cache and posts a snapshot, which is handed to the screen in sight;
    only when that has been drawn and sent may the next be read. Another thread looks whether the
    configuration's file has changed.
    """

    wall = False
    """Whether nobody sits before it."""
    CSS: ClassVar[str] = "Input > .input--placeholder { color: $text-muted; }"
    """In Textual's own colour what a box is for could hardly be read."""
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

    class SettingsRead(Message):
        """The configuration's file has changed: what it holds now, or what is wrong with it."""

        def __init__(self, found: Configuration | ConfigurationError) -> None:
            super().__init__()
            self.found = found

    def __init__(
        self,
        cache: Path,
        configuration: Configuration,
        *,
        clock: Callable[[], int] = now_ms,
        view: bool = False,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__()
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        for theme in THEMES:
            self.register_theme(theme)
        self.title = configuration.board.title
        self.settings = Settings(configuration)
        self.calendar = Calendar.of(configuration.reporting)
        self.view = view
        self._cache = cache
        self.now = clock
        self._settled = asyncio.Event()
        self._asked = Interest(floor=True)
        self._keeper = keeper
        self._shown = 0.0
        self._is_undrawn = self._is_sending = self._is_aged = False
        self._line = Line(self)
        self._theme_words = ""
        self._alarm_calls = AlarmCalls()
        self._rates = EventRates()
        self._settings_watch = SettingsWatch(
            configuration, lambda found: self.post_message(self.SettingsRead(found))
        )
        self._reader = Reader(
            cache,
            Asking(self.calendar, configuration),
            clock,
            lambda snapshot: self.post_message(self.SnapshotRead(snapshot)),
            self._asked,
        )

    def get_driver_class(self) -> type[Driver]:
        """Textual's own choice, but for terminals."""
        chosen = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, chosen) else chosen

    def on_mount(self) -> None:
        """Take the theme, begin to read, and let the clocks go."""
        self._take_theme("the usual one is used")
        self._reader.start()
        self._settings_watch.start()
        self.set_interval(TICK_SECONDS, self._tick)

    def on_unmount(self) -> None:
        """Close the cache."""
        self._settings_watch.stop()
        self._reader.stop()

    def _fatal_error(self) -> None:
        """End by a fault: Textual's own way to, which would print the variables of each place."""
        error = self._exception or sys.exception()
        if error is not None:
            self._exit_renderables.append(Text(fault_words(error)))
        self._close_messages_no_wait()

    @property
    def configuration(self) -> Configuration:
        """The configuration in force."""
        return self.settings.in_force

    def _take_theme(self, otherwise: str) -> None:
        theme = self.configuration.board.theme
        is_known = theme in self.available_themes
        self._theme_words = "" if is_known else f"There is no theme {theme!r}; {otherwise}."
        if is_known:
            self.theme = theme

    @on(SettingsRead)
    def _take_settings(self, event: SettingsRead) -> None:
        """Put what the file holds now into force; what is wrong is only said."""
        old, new = self.settings, self.settings.after(event.found)
        self.settings = new
        if new.in_force != old.in_force:
            self.title = new.in_force.board.title
            # Only then: another may have been chosen in the palette.
            if new.in_force.board.theme != old.in_force.board.theme:
                self._take_theme("the one in use stays")
            self._settled.clear()
            self._reader.reckon_by(new.in_force)
        self._show()

    @on(SnapshotRead)
    def _show_snapshot(self, event: SnapshotRead) -> None:
        before, self.snapshot = self.snapshot, event.snapshot
        if is_as_before(before, event.snapshot):
            # Nothing but time has passed: it is shown when the clocks turn, in the same drawing.
            self._is_aged = True
        else:
            self._show()
        self._rates.note(event.snapshot.feeds, event.snapshot.at)
        self._call_out(event.snapshot)
        self._is_undrawn = True
        self._await_drawing()

    def _await_drawing(self) -> None:
        """Have the next snapshot read once what was shown is drawn.

        A screen that is left takes with it what it would have called after its refresh: this is
        asked of the screen that comes too, and each second, else nothing was ever read again.
        """
        # What was shown may need another layout first, which the next refresh has done.
        self.call_after_refresh(self._await_refresh)

    def _await_refresh(self) -> None:
        self.call_after_refresh(self._drawn)

    def _call_out(self, snapshot: Snapshot) -> None:
        """Ring, and tell the desktop, of alarms that are new; of those of the past, never."""
        if snapshot.interest.at is not None or snapshot.problem:
            return
        call = self._alarm_calls.take(snapshot.alarms)
        if call.is_rung:
            self.bell()
        for alarm in call.told:
            tell_desktop(self, os.environ, self.title, sentence(alarm, snapshot.at))

    def _drawn(self) -> None:
        if self._is_undrawn and not self._is_sending:
            self._is_sending = True
            self._line.ask()
            self._seen()

    def _seen(self) -> None:
        """Let the next snapshot come, once this one has arrived at the far end of the line."""
        if not self._line.is_free:
            self.set_timer(UNSENT_SECONDS, self._seen)
            return
        self._is_undrawn = self._is_sending = False
        # Asked before the next reading may begin, which makes it current again.
        is_outdated = self._reader.is_outdated
        self._reader.drawn()
        screen, snapshot = self.board_screen, self.snapshot
        if screen is None or snapshot is None or snapshot.is_unfinished or is_outdated:
            return
        if snapshot.interest == self.interest_of(screen):
            self._settled.set()

    @on(TerminalSupportsSynchronizedOutput)
    def _take_answer(self) -> None:
        self._line.answered()

    async def settled(self) -> None:
        """Return when what the screen in sight asks for has been read and drawn."""
        await self._settled.wait()

    def _tick(self) -> None:
        if self._keeper is not None and self.configuration.feeds:
            self._keeper.look()
        if self._settled.is_set():
            self.travel_on()
        if self._is_undrawn:
            self._await_drawing()
        screen = self.board_screen
        is_fresh = time.monotonic() - self._shown < TICK_SECONDS / 2
        if screen is not None and not is_fresh and self._line.is_free:
            is_aged, self._is_aged = self._is_aged, False
            (screen.show if is_aged else screen.tick)(self._sight())
            self.call_after_refresh(self._line.ask)

    def _show(self) -> None:
        screen = self.board_screen
        if screen is not None:
            self._shown = time.monotonic()
            self._is_aged = False
            screen.show(self._sight())

    def _sight(self) -> Sight:
        now = self.now()
        feeds = [(feed.name, feed.url) for feed in self.configuration.feeds]
        trouble = self._keeper.trouble if self._keeper is not None else ""
        verdict = judge(
            self.snapshot,
            now,
            configured=feeds,
            clock=partial(self._moment_in_words, now),
            collector=trouble,
            read=self._reader.current,
        )
        if verdict.state is State.PAST and verdict.as_of is not None:
            verdict = replace(verdict, detail=self.past_words(verdict.as_of))
        snapshot = self.snapshot or Snapshot(now, Interest(self.scope))
        said = self.settings.notices + ((self._theme_words,) if self._theme_words else ())
        return Sight(
            snapshot, verdict, now, self.calendar, self.configuration, self.view, said,
            self._cache, trouble, self._rates, self.past,
        )  # fmt: skip

    def _moment_in_words(self, now: int, at: int) -> str:
        """The moment `at` in words: the time, with the date when that is not today's."""
        time = self.calendar.format_clock(at)
        is_today = self.calendar.day_of(at) == self.calendar.day_of(now)
        return time if is_today else f"{self.calendar.local(at):%d %b} {time}"

    @on(BoardScreen.InterestChanged)
    def look(self) -> None:
        """Have read what the screen in sight needs, and show what is there until then."""
        screen = self.board_screen
        if screen is not None:
            interest = self.interest_of(screen)
            if self.snapshot is None or self.snapshot.interest != interest:
                self._settled.clear()
            if interest != self._asked:
                self._asked = interest
                self._reader.ask(interest)
            self._show()
            if self._is_undrawn:
                self._await_drawing()
