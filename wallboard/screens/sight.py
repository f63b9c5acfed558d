"""What a screen is given to show."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from wallboard.board.snapshot import Snapshot
from wallboard.board.trust import Verdict
from wallboard.config import Configuration
from wallboard.reporting_time import Calendar
from wallboard.screens.event_rate import EventRates


class Sight(Struct, frozen=True):
    """What there is to show: what was read, how far it can be trusted, and now (UTC ms)."""

    snapshot: Snapshot
    verdict: Verdict
    now: int
    calendar: Calendar
    configuration: Configuration
    is_view_only: bool = False
    said: tuple[str, ...] = ()
    """Sentences on the settings: what is wrong with those in the file, or takes effect later."""
    cache: Path | None = None
    """The file that is read, for what is recorded in it or read beside the snapshots."""
    collector: str = ""
    """What is wrong with the collector that this board started, empty when nothing is."""
    rates: EventRates = field(default_factory=EventRates)
    """How many events a second the feeds bring, as this board has seen them come."""
    elsewhere: int | None = None
    """The moment in the past (UTC ms) at which screens with a past are looked at; None for none."""

    @property
    def is_past(self) -> bool:
        """Whether what was read is of a moment in the past that somebody went to."""
        return self.snapshot.interest.at is not None

    @property
    def moment(self) -> int:
        """The moment that is shown: now, or the last for which the data held."""
        return self.now if self.verdict.as_of is None else min(self.now, self.verdict.as_of)

    def clock(self, at: int, *, seconds: bool = True) -> str:
        """What the reporting zone's clock shows at `at` (UTC ms)."""
        return self.calendar.format_clock(at, seconds=seconds)

    def day_and_clock(self, at: int) -> str:
        """The same to the minute, after the day where that is not today: `Tue 9 Jun 14:05`."""
        shown = self.clock(at, seconds=False)
        if self.calendar.day_of(at) == self.calendar.day_of(self.now):
            return shown
        local = self.calendar.local(at)
        return f"{local:%a} {local.day} {local:%b} {shown}"

    def clock_on(self, day: int) -> Callable[[int], str]:
        """Tells times as they are read on the day of the instant `day` (all UTC ms).

        Of that day what the clock shows, of another the date and the time to the minute.
        """
        today = self.calendar.day_of(day)

        def told(at: int) -> str:
            if self.calendar.day_of(at) == today:
                return self.clock(at)
            return f"{self.calendar.local(at):%d %b} {self.clock(at, seconds=False)}"

        return told
