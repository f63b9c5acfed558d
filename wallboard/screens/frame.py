"""What every screen of the board has: the banner, the feed's line, the keys, and the least size."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, Verdict
from wallboard.config import Configuration
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar
from wallboard.screens.alarm_words import standing_words
from wallboard.screens.event_rate import EventRates
from wallboard.screens.feed_words import filling_words, is_filling, notices
from wallboard.screens.keys import Key, KeyLine
from wallboard.screens.notice import FeedLine, Notice
from wallboard.screens.past_words import of_now_words, past_notices
from wallboard.screens.scope_words import period_words, scope_forms, scope_words
from wallboard.screens.settings_words import SettingsWords
from wallboard.screens.time_keys import PAST_FOOT
from widgets.banner import Banner, Freshness, Trust

LEAST_WIDTH: Final = 80
LEAST_HEIGHT: Final = 24
NARROW: Final = 110
FILLING_MS: Final = 10_000
"""For so long after the last older event it is still said that history is being filled in: a feed
that makes it as we fetch it has none to offer now and then, and no line is to come and go."""

FRESHNESS: Final = {
    State.LIVE: Freshness.LIVE,
    State.FINISHED: Freshness.AS_OF,
    State.CATCHING_UP: Freshness.CATCHING_UP,
    State.WAITING: Freshness.WAITING,
    State.STALE: Freshness.STALE,
    State.DISCONNECTED: Freshness.DISCONNECTED,
    State.NOT_COLLECTING: Freshness.NOT_COLLECTING,
    State.NO_FEED: Freshness.NO_FEED,
    State.UNREADABLE: Freshness.UNREADABLE,
    State.NOT_READING: Freshness.NOT_READING,
    State.PAST: Freshness.PAST,
}

EVERYWHERE: Final = (
    Key("1", "1", "floor", "app.show('floor')", "the floor: rates, queues, agents, hours"),
    Key("2", "2", "calls", "app.show('calls')", "the calls, live first"),
    Key("3", "3", "agents", "app.show('agents')", "the agents, ranked"),
    Key(
        "4", "4", "campaigns", "app.show('campaigns')", "the campaigns, what needs acting on first"
    ),
    Key("5", "5", "metrics", "app.show('metrics')", "every metric of the catalogue"),
    Key("6", "6", "reports", "app.show('reports')", "the reports: read and export"),
    Key("7", "7", "feed", "app.show('feed')", "the feeds: state, gaps, what could not be used"),
    Key(
        "8",
        "8",
        "alarms",
        "app.show('alarms')",
        "the alarms that stand, and those that are over",
    ),
)
FILTERS: Final = (
    Key("c", "c", "campaign", "app.choose('campaign')", "look at one campaign only"),
    Key("u", "u", "queue", "app.choose('queue')", "look at one queue only"),
    Key("t", "t", "team", "app.choose('team')", "look at one team only"),
    Key("x", "x", "clear", "app.clear_scope", "look at everything again"),
)
PERIOD: Final = Key("p", "p", "period", "app.choose_period", "look at another period")
"""For screens that look at a period."""
LAST: Final = (
    Key("question_mark", "?", "help", "app.explain", "explain this screen"),
    Key("q", "q", "quit", "app.quit", "leave the board; collecting goes on if another does it"),
)


@dataclass(frozen=True, slots=True)
class Sight:
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


class BoardScreen(Screen[None]):
    """A screen of the board. A subclass composes its body and shows what it is given."""

    CSS_PATH: ClassVar[CSSPathType | None] = "frame.tcss"
    AUTO_FOCUS = ""  # no cursor before somebody touches a key: a wall has nobody
    KEYS: ClassVar[tuple[Key, ...]] = ()
    EXPLAINED: ClassVar[tuple[str, ...]] = ()
    NAME: ClassVar[str] = ""
    HAS_PAST: ClassVar[bool] = False
    """Whether it can show a moment in the past; what cannot is of now, and says so."""
    HAS_ALARMS: ClassVar[bool] = False
    """Whether it shows the alarms that stand; what does not says that there are some."""
    HAS_OWN_PERIOD: bool = False
    """Whether its interest names the period, whatever other screens look at."""

    class InterestChanged(Message):
        """Something else is to be read."""

    class Explain(Message):
        """The reader wants the figure `key` explained."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class ShowCalls(Message):
        """The reader wants to see the calls of a queue, agent or campaign, or of `filtered`."""

        def __init__(
            self,
            queue: str | None = None,
            agent: str | None = None,
            *,
            campaign: str | None = None,
            filtered: CallFilter | None = None,
        ) -> None:
            super().__init__()
            self.queue = queue
            self.campaign = campaign
            self.filtered = filtered if filtered is not None else CallFilter(agent=agent)

    class OpenCall(Message):
        """The reader opened the call of this number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class OpenAgent(Message):
        """The reader opened a day of an agent; today where `day` is None."""

        def __init__(self, source: int, agent: str, day: date | None = None) -> None:
            super().__init__()
            self.source = source
            self.agent = agent
            self.day = day

    class OpenQueue(Message):
        """The reader opened a queue."""

        def __init__(self, source: int, queue: str) -> None:
            super().__init__()
            self.source = source
            self.queue = queue

    class GoTo(Message):
        """The reader wants to see the floor as it stood at `at` (UTC ms)."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class ScopeCleared(Message):
        """The reader wants to look at everything."""

    def __init__(self) -> None:
        # Empty until something was read: no panel says that there is nothing before it is known.
        super().__init__(classes="-lacking")
        self.sight: Sight | None = None
        self._is_composed = False
        self._filled_at = -FILLING_MS
        self._filling = ""

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """The widgets between the banner and the foot."""

    @abstractmethod
    def interest(self, scope: Scope) -> Interest:
        """What this screen needs read."""

    @abstractmethod
    def show_body(self, sight: Sight) -> None:
        """Show what was read."""

    @abstractmethod
    def tick_body(self, sight: Sight) -> None:
        """A second has passed and nothing else: let clocks go on."""

    def foot_note(self) -> str:
        """Words at the right end of the foot."""
        return ""

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """Sentences to show in place of the body, none when there is something to show."""
        del sight
        return ()

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        banner = Banner(id="banner")
        banner.show(Trust(Freshness.WAITING, detail="opening the cache"))
        yield banner
        with Container(id="body"):
            yield from self.body()
        yield Notice(id="lack")
        yield SettingsWords(id="settings")
        yield FeedLine(id="feed-line")
        yield KeyLine(self.KEYS, id="keys")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """All widgets are there now."""
        self._is_composed = True

    def show(self, sight: Sight) -> None:
        """Show what was read."""
        self.sight = sight
        if not self._is_composed:
            return
        self._show_frame(sight)
        if not self.has_class("-lacking"):
            self.show_body(sight)

    def tick(self, sight: Sight) -> None:
        """Let the clocks go on."""
        self.sight = sight
        if not self._is_composed:
            return
        self._show_frame(sight)
        if not self.has_class("-lacking"):
            self.tick_body(sight)

    def _show_frame(self, sight: Sight) -> None:
        verdict, snapshot = sight.verdict, sight.snapshot
        title = sight.configuration.board.title
        zone = sight.calendar.zone_name(sight.now)
        interest = snapshot.interest
        clock = f"{sight.clock(sight.now)} {zone}"
        title = "" if sight.is_past else title
        forms = scope_forms(title, interest.scope, snapshot.names, period_words(interest))
        self.query_one(Banner).show(
            Trust(
                FRESHNESS[verdict.state],
                verdict.age,
                verdict.detail,
                forms[0],
                f"now {clock}" if sight.is_past else clock,
                # The past names its day: there the period says no more, but a filter does.
                forms[1:] if interest.scope != Scope() or not sight.is_past else ("",),
            )
        )
        lack = self.lacks(sight)
        self.set_class(bool(lack), "-lacking")
        if lack:
            self.query_one("#lack", Notice).show(lack)
        self.query_one(SettingsWords).say(sight.said)
        if is_filling(snapshot):
            self._filled_at = sight.now
            self._filling = filling_words(snapshot, sight.day_and_clock)
        elif sight.now - self._filled_at >= FILLING_MS:
            self._filling = ""
        words = self._notices(sight)
        self.set_class(bool(words), "-noticed")
        if words:
            self.query_one(FeedLine).show(words)
        self.set_class(verdict.as_of is not None and not sight.is_past, "-old")
        self.set_class(sight.is_past, "-past")
        keys = (*PAST_FOOT, *self.KEYS) if sight.is_past else self.KEYS
        self.query_one("#keys", KeyLine).show(self.foot_note(), keys)

    def _notices(self, sight: Sight) -> str:
        if sight.is_past:
            words = past_notices(sight.snapshot, sight.calendar)
            scope = sight.snapshot.interest.scope
            if not self.has_class("-narrow") or scope == Scope():
                return words
            # The banner has room for the moment and for little else.
            only = scope_words(scope, sight.snapshot.names, period_words(sight.snapshot.interest))
            return " · ".join(filter(None, (only, words)))
        words = notices(sight.snapshot, self._filling)
        # Whoever looks elsewhere is to know that something calls.
        alarms = () if self.HAS_ALARMS else sight.snapshot.alarms
        calling = standing_words(alarms, sight.moment)
        past = ""
        if sight.elsewhere is not None and not self.HAS_PAST:
            past = of_now_words(sight.elsewhere, sight.calendar)
        is_first = any(alarm.is_critical and not alarm.is_acknowledged for alarm in alarms)
        parts = (calling, past, words) if is_first else (past, words, calling)
        return " · ".join(filter(None, parts))

    def on_resize(self, event: events.Resize) -> None:
        """Too small a terminal is told so, and comes back by itself."""
        width, height = event.size
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(is_small, "-too-small")
        self.set_class(width < NARROW, "-narrow")
        if is_small:
            self.query_one("#too-small", Notice).show(
                [f"terminal too small: needs {LEAST_WIDTH}x{LEAST_HEIGHT}, is {width}x{height}"]
            )
        if self.sight is not None:
            # What is worded by the width is not to stand cut until something is read.
            self.call_after_refresh(self._show_again)

    def _show_again(self) -> None:
        if self.sight is not None:
            self.show(self.sight)

    def on_screen_resume(self) -> None:
        """What was read for another screen may not be enough for this one."""
        self.post_message(self.InterestChanged())
