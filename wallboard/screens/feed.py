"""The feeds: how current they are, what was lost, and what could not be used."""

from collections.abc import Iterable
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from wallboard.board.feed_page import FeedPage, FeedWanted
from wallboard.board.snapshot import Interest
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.scope import Scope
from wallboard.screens import feed_values, help_words
from wallboard.screens.alarm_trouble import trouble_lines
from wallboard.screens.common_keys import EVERYWHERE, LAST
from wallboard.screens.fact_grid import FactGrid
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key, bindings
from wallboard.screens.level_lines import LevelLines
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines
from wallboard.screens.wrapped import Wrapped
from widgets.rows import Rows
from widgets.status import Level
from widgets.text import visible

MOST_FEEDS: Final = 5
"""Feeds that are seen without scrolling."""


class FeedScreen(Revealing, BoardScreen):
    """Whether the numbers can be trusted, feed by feed. Enter opens a quarantined event."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "feed.tcss"]
    NAME = "Feed"
    KEYS = (
        Key("enter", "⏎", "raw text", "open", "show the text of a quarantined event as it came"),
        Key("tab", "⇥", "next list", "app.focus_next", "go to the next list"),
        Key("escape", "esc", "back", "back", "close the text"),
        REVEAL,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        [key for key in KEYS if key.key not in {"enter", "tab"}]
    )
    EXPLAINED = help_words.FEED

    def __init__(self) -> None:
        super().__init__()
        self._opened: int | None = None
        self._page: FeedPage | None = None
        self._raw = ""
        self._listed: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The feeds, what is known of one, and the lists."""
        yield Rows(feed_values.FEEDS, "No feed has been collected yet.", id="feeds")
        yield Wrapped(id="address")
        yield FactGrid(id="facts")
        yield LevelLines(id="collector")
        yield TextLines(id="quarantine-title")
        yield Rows(feed_values.QUARANTINE, "Every event could be used.", id="quarantine")
        with Container(id="below"):
            with Vertical(id="gaps-side"):
                yield TextLines(id="gaps-title")
                yield Rows(feed_values.GAPS, "Nothing was ever missed.", id="gaps")
            with Vertical(id="types-side"):
                yield TextLines(id="types-title")
                yield Rows(feed_values.TYPES, "Every type of event is known.", id="types")
            with Vertical(id="raw-side"):
                yield TextLines(id="raw-title")
                with VerticalScroll(id="raw-scroll"):
                    yield Static("", id="raw", markup=False)

    def on_mount(self) -> None:
        """Begin on what could not be used."""
        self.query_one("#quarantine", Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The lists, and the text that was opened."""
        return Interest(scope, page=FeedWanted(self._opened))

    def revealed_words(self) -> str:
        """The feed's screen, and the event that was opened, for the record."""
        number = "" if self._opened is None else f" quarantined event {self._opened}"
        return f"board feed{number}"

    def show_body(self, sight: Sight) -> None:
        """Show the condition of the feeds and the lists."""
        snapshot = sight.snapshot
        page = snapshot.page
        if page is not None and isinstance(page.content, FeedPage):
            self._page = page.content
        self._show_feeds(sight)
        if self._page is not None:
            self._show_lists(self._page, sight)

    def tick_body(self, sight: Sight) -> None:
        """Ages grow, and a rate falls while nothing comes."""
        self._show_feeds(sight)

    def _show_feeds(self, sight: Sight) -> None:
        feeds, now = sight.snapshot.feeds, sight.now
        addresses = {feed.name: feed.url for feed in sight.configuration.feeds}
        rows = [
            feed_values.feed_row(
                feed, addresses.get(feed.feed, ""), sight.rates.rate(feed.feed, now), now
            )
            for feed in feeds
        ]  # fmt: skip
        table = self.query_one("#feeds", Rows)
        height = min(MOST_FEEDS, max(1, len(rows))) + 1
        if table.styles.height is None or table.styles.height.value != height:
            table.styles.height = height
        table.show(rows, len(rows))
        if feeds:
            self._show_feed(feeds[min(table.cursor, len(feeds) - 1)], addresses, sight)
        words = feed_values.collector_words(self._page, feeds, sight.collector)
        page = self._page
        moment = sight.clock_on(sight.now)
        troubles = [] if page is None else trouble_lines(page.deliveries, page.rules, moment)
        self.query_one("#collector", LevelLines).show(
            [
                (line.removeprefix("! "), Level.WARNING if line.startswith("! ") else Level.GOOD)
                for line in (words, *troubles)
            ]
        )

    def _show_feed(self, feed: FeedHealth, addresses: dict[str, str], sight: Sight) -> None:
        where = addresses.get(feed.feed, "not in the configuration: imported, or no longer fed")
        self.query_one("#address", Wrapped).show([f"{feed.feed} · {where}", feed.reason])
        rate = sight.rates.rate(feed.feed, sight.now)
        pairs = feed_values.feed_pairs(feed, rate, sight.now, sight.clock_on(sight.now))
        self.query_one("#facts", FactGrid).show(pairs)

    def _show_lists(self, page: FeedPage, sight: Sight) -> None:
        masked, moment = self.is_masked(sight), sight.clock_on(sight.now)
        listed = (page, masked, self._opened, sight.calendar.day_of(sight.now))
        if listed == self._listed:
            return
        self._listed = listed
        for name, rows in (
            ("quarantine", feed_values.quarantine_rows(page, masked, moment)),
            ("gaps", feed_values.gap_rows(page, moment)),
            ("types", feed_values.type_rows(page, moment)),
        ):
            self.query_one(f"#{name}", Rows).show(rows, len(rows))
            title = feed_values.title(name, page)
            self.query_one(f"#{name}-title", TextLines).show([title])
        if self._opened is not None:
            self.query_one("#raw-title", TextLines).show(["RAW TEXT, as it came"])
            opened = page.opened
            is_there = opened is not None and opened.number == self._opened
            raw = (
                feed_values.raw_words(page, opened, masked) if opened and is_there else "reading …"
            )
            if raw != self._raw:
                self._raw = raw
                lines = "\n".join(visible(line) for line in raw.split("\n"))
                self.query_one("#raw", Static).update(Text(lines, overflow="fold"))

    @on(Rows.Moved, "#feeds")
    def _other_feed(self) -> None:
        if self.sight is not None:
            self._show_feeds(self.sight)

    @on(Rows.Moved, "#quarantine")
    def _other_event(self, event: Rows.Moved) -> None:
        if self._opened is not None and event.key is not None:
            self._open(int(event.key))

    @on(Rows.Opened, "#quarantine")
    def _opened_event(self, event: Rows.Opened) -> None:
        self._open(int(event.key))
        self.query_one("#raw-scroll").focus()

    def _open(self, number: int | None) -> None:
        self._opened = number
        self.set_class(number is not None, "-reading")
        self.post_message(self.InterestChanged())

    def action_open(self) -> None:
        """Open the event under the cursor."""
        self.query_one("#quarantine", Rows).action_open()

    def action_back(self) -> None:
        """Close the text."""
        self._open(None)
        self.query_one("#quarantine", Rows).focus()
