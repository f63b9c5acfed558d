"""Going back in time: keys that move every screen with a past to one moment, and back to live."""

from collections.abc import Callable
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import BindingType

from wallboard.board.snapshot import Interest
from wallboard.board.time_travel import HOUR_MS, MINUTE_MS, SECOND_MS, Journey, begun, stepped
from wallboard.reporting_time import Calendar
from wallboard.reporting_time.typed import in_full
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import bindings
from wallboard.screens.navigation import Navigation
from wallboard.screens.time_dialog import TimeDialog
from wallboard.screens.time_keys import OTHER_KEYS, TRAVEL_KEYS


class TimeTravel(Navigation):
    """Navigation in time as well: `journey` is where somebody stands in the past, None for live.

    A wall is never in the past.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings((*TRAVEL_KEYS, *OTHER_KEYS))

    calendar: Calendar
    wall: bool
    now: Callable[[], int]
    """The board's clock, in UTC milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.journey: Journey | None = None
        self._past: int | None = None

    @property
    def past(self) -> int | None:
        """The moment in the past (UTC ms) at which screens that have one are looked at."""
        return self._past

    def interest_of(self, screen: BoardScreen) -> Interest:
        """What a screen needs read, as of the moment that is looked at where it has a past."""
        interest = super().interest_of(screen)
        if self._past is None or not screen.HAS_PAST:
            return interest
        return replace(interest, at=self._past)

    def go_to(self, at: int) -> None:
        """Show the floor as it stood at `at` (UTC ms), to the second that holds what began at it.

        A moment to come is now.
        """
        if self.wall:
            return
        self._stand(begun(at + SECOND_MS - 1) if at < self.now() else None)
        self.action_show("floor")

    @on(BoardScreen.GoTo)
    def _go_to(self, event: BoardScreen.GoTo) -> None:
        self.go_to(event.at)

    def travel_on(self) -> None:
        """Let a play go on; called every second, once the moment before has been drawn."""
        if self.journey is not None and self.journey.is_playing:
            self._stand(self.journey)

    def action_step(self, minutes: int) -> None:
        """Step so many minutes."""
        if not self.wall:
            step = HOUR_MS if abs(minutes) == 60 else MINUTE_MS
            self._stand(stepped(self.journey, step if minutes > 0 else -step, self.now()))

    def action_choose_time(self) -> None:
        """Let a moment be typed."""
        if self.wall or isinstance(self.screen, TimeDialog):
            return

        def chosen(at: int | None) -> None:
            if at is not None:
                self._stand(begun(at))

        self.push_screen(TimeDialog(self.calendar, self.now, self._past), chosen)

    def action_play(self) -> None:
        """Play on from the moment that is looked at, or halt."""
        if self.journey is not None:
            now = self.now()
            journey = self.journey
            self._stand(journey.halted(now) if journey.is_playing else journey.playing(now))

    def action_speed(self, step: int) -> None:
        """Play faster or slower, by so many speeds."""
        if self.journey is not None:
            self._stand(self.journey.at_speed(step, self.now()))

    def action_live(self) -> None:
        """Return to what is true now."""
        self._stand(None)

    def past_words(self, at: int) -> str:
        """The moment `at` (UTC ms) that is shown, and how it goes on."""
        journey = self.journey
        words = in_full(self.calendar, at)
        return f"{words} ▶ {journey.speed}x" if journey and journey.is_playing else words

    def _stand(self, journey: Journey | None) -> None:
        """Look at the moment of `journey`; what has come to now is live."""
        now = self.now()
        if journey is not None and journey.at(now) >= now:
            journey = None
        self.journey = journey
        # Whole seconds, so that what is read is what the banner says.
        self._past = None if journey is None else begun(max(0, journey.at(now))).instant
        self.look()
