"""What every screen of the board has: the banner, the feed's line, the keys, and the least size."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.snapshot import Interest
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.scope import Scope
from wallboard.screens.filling import Filling
from wallboard.screens.freshness import FRESHNESS
from wallboard.screens.key import Key
from wallboard.screens.key_line import KeyLine
from wallboard.screens.line_words import line_of_now, past_line
from wallboard.screens.notice import FeedLine, Notice
from wallboard.screens.scope_words import period_words, scope_forms
from wallboard.screens.settings_words import SettingsWords
from wallboard.screens.sight import Sight
from wallboard.screens.time_keys import PAST_FOOT
from widgets.banner import Banner, Freshness, Trust
from widgets.spans import SpanCompositor

LEAST_WIDTH: Final = 80
LEAST_HEIGHT: Final = 24
NARROW: Final = 110


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
        self._compositor = SpanCompositor()
        self.sight: Sight | None = None
        self._is_composed = False
        self._filling = Filling()

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
        yield FeedLine(most=2, id="feed-line")
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
        words = self._line(sight)
        self.set_class(bool(words), "-noticed")
        if words:
            self.query_one(FeedLine).show(words)
        self.set_class(verdict.as_of is not None and not sight.is_past, "-old")
        self.set_class(sight.is_past, "-past")
        keys = (*PAST_FOOT, *self.KEYS) if sight.is_past else self.KEYS
        self.query_one("#keys", KeyLine).show(self.foot_note(), keys)

    def _line(self, sight: Sight) -> str:
        filling = self._filling.words(sight)
        if sight.is_past:
            return past_line(sight, is_narrow=self.has_class("-narrow"))
        return line_of_now(sight, filling, has_past=self.HAS_PAST, has_alarms=self.HAS_ALARMS)

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
