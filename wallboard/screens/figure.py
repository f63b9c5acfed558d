"""Any number, opened: what it means, what it is made of, its hours, its SQL, and its calls."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from wallboard.board.figure_page import FigureContent, FigureMemory, FigureWanted
from wallboard.board.snapshot import Interest
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.scope import Scope
from wallboard.screens import figure_values, help_words
from wallboard.screens.calls_values import COLUMNS, call_row
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST, PERIOD
from wallboard.screens.figure_limits import EVERYTHING, Limits
from wallboard.screens.key import Key, bindings
from wallboard.screens.key_line import KeyLine
from wallboard.screens.notice import FeedLine
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines
from widgets.course import Course
from widgets.rows import Rows
from widgets.text import visible

TABS: Final = (
    Key("w", "w", "words", "tab('words')", "the definition, as wallboard metrics --explain has it"),
    Key("n", "n", "numerator's calls", "tab('numerator')", "the calls behind the numerator"),
    Key("d", "d", "denominator's", "tab('denominator')", "the calls behind the denominator"),
    Key("b", "b", "breakdown", "tab('breakdown')", "what it is split by"),
    Key("s", "s", "SQL", "tab('sql')", "the SQL that reckons it"),
)
PARTS: Final = ("numerator", "denominator")
WIDE: Final = 140
LONGEST: Final = 40
"""So much of a name says whose figure it is."""


class FigureScreen(Revealing):
    """A metric of the catalogue, over the period and within the filters that are looked at."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "figure.tcss"]
    NAME = "Figure"
    HAS_PAST = True
    KEYS = (
        Key("escape", "esc", "back", "back", "back to where you came from"),
        *(Key(key.key, key.shown, "", key.action, key.help) for key in TABS),
        Key("enter", "⏎", "open", "open", "the calls behind it; then the call under the cursor"),
        PERIOD,
        *FILTERS,
        REVEAL,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    EXPLAINED = help_words.FIGURE

    def __init__(self, slug: str, said: Sequence[str] = (), *, within: Limits = EVERYTHING) -> None:
        """Open the metric `slug`; `said` are paragraphs to stand before its definition.

        `within` says whose figure it is, until another filter is chosen.
        """
        super().__init__()
        self.slug = slug
        self._said = tuple(said)
        self._within = within
        self.HAS_OWN_PERIOD = bool(within.period)
        self._memory = FigureMemory()
        self._tab = "words"
        self._slice = (0, 64)
        self._visit = 0
        self._content: FigureContent | None = None
        self._of: tuple[Scope, str] | None = None
        self._shown: tuple[object, ...] = ()
        self._words: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The value, its course, and below them one of five tabs."""
        yield TextLines(id="figure-head")
        with Horizontal(id="upper"):
            with VerticalScroll(id="beside-scroll"):
                yield Static("", id="beside", markup=False)
            yield Course("Nothing is known by time.", id="course")
        yield KeyLine(TABS)
        with ContentSwitcher(initial="words", id="tabs"):
            with VerticalScroll(id="words"):
                yield Static("", id="said", markup=False)
            with Container(id="behind"):
                yield FeedLine(id="behind-words")
                yield Rows(COLUMNS, "No call to show.", id="behind-calls")
            yield Rows((), "This figure is not split by anything.", id="breakdown")
            with VerticalScroll(id="sql"):
                yield Static("", id="sql-text", markup=False)

    def on_mount(self) -> None:
        """Begin on the words; where these stand beside, on the calls."""
        self.action_tab("numerator" if self.app.size.width >= WIDE else "words")

    def on_resize(self, event: events.Resize) -> None:
        """Words and course stand beside each other where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= WIDE, "-wide")

    def interest(self, scope: Scope) -> Interest:
        """The figure, and the calls in sight."""
        offset, count = self._slice
        wanted = FigureWanted(
            self.slug, self._part(), offset, count, self._visit, self._within.agent, self._memory
        )
        within = self._within
        if within.period:
            return Interest(within.of(scope), page=wanted, period=within.period)
        return Interest(within.of(scope), page=wanted)

    def widen(self) -> None:
        """Show the figure of all that the board is limited to, over its period."""
        self._within = EVERYTHING
        self.HAS_OWN_PERIOD = False

    def look_back(self) -> None:
        """Show the figure over the period of the board."""
        self._within = replace(self._within, period="")
        self.HAS_OWN_PERIOD = False

    def _part(self) -> str:
        """The part whose calls are looked at, by the name that the figure has for it."""
        if self._tab not in PARTS:
            return ""
        parts = self._content.parts if self._content is not None else PARTS
        at = PARTS.index(self._tab)
        return parts[at] if at < len(parts) else self._tab

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """It may not be read yet."""
        interest = sight.snapshot.interest
        of = (interest.scope, interest.period)
        if self._read(sight) is None and of != self._of:
            return ("Reading …",)
        return ()

    def _read(self, sight: Sight) -> FigureContent | None:
        """What the snapshot has of this figure."""
        page = sight.snapshot.page
        content = page.content if page is not None else None
        wanted = page.wanted if page is not None else None
        is_ours = (
            isinstance(wanted, FigureWanted)
            and wanted.agent == self._within.agent
            and isinstance(content, FigureContent)
            and content.metric.slug == self.slug
        )
        return content if is_ours and isinstance(content, FigureContent) else None

    def show_body(self, sight: Sight) -> None:
        """Show what was read of it."""
        page, content = sight.snapshot.page, self._read(sight)
        if page is None or content is None:
            return
        interest = sight.snapshot.interest
        self._content, self._of = content, (interest.scope, interest.period)
        masked = self.is_masked(sight)
        shown = (content, masked)
        if shown == self._shown:
            return
        self._shown = shown
        currency = sight.configuration.reporting.currency
        read = f"read {sight.clock(page.read_at, seconds=False)}"
        head = figure_values.head_lines(content, currency, sight.calendar, read, self.size.width)
        if self._within.name:
            head[0] = f"{visible(self._within.name[:LONGEST])}: {head[0]}"
        panel = self.query_one("#figure-head", TextLines)
        panel.styles.height = len(head)
        panel.show(head)
        self._show_course(content, page.is_done)
        self._show_words(content)
        rows = self.query_one("#breakdown", Rows)
        rows.show_columns(figure_values.breakdown_columns(content))
        lines = figure_values.breakdown_rows(content)
        rows.show(lines, len(lines))
        self._show_calls(content, sight, masked)

    def _show_words(self, content: FigureContent) -> None:
        """Show the definition and the SQL, which take long to lay out, when they are others."""
        said = (content.facts, content.statements)
        if said == self._words:
            return
        self._words = said
        words = figure_values.definition(content, self._said)
        for name in ("#said", "#beside"):
            self.query_one(name, Static).update(words)
        self.query_one("#sql-text", Static).update(figure_values.sql(content))

    def _show_course(self, content: FigureContent, is_done: bool) -> None:
        metric = content.metric
        points = figure_values.points(content)
        has_course = any(point.value is not None for point in points)
        # Its place is kept while it is read, so that what is below moves once at most.
        may_have = metric.reckoning is not None and metric.unit != "breakdown"
        later = (content.course, content.before, content.behind)
        is_read = is_done or not may_have or any(step is not None for step in later)
        self.set_class(is_read and not has_course, "-courseless")
        title = f"{metric.title.upper()} BY {content.by.upper()}"
        self.query_one(Course).show(
            title,
            points,
            lambda value: figure_values.short_words(metric, value),
            is_read=is_read,
        )

    def _show_calls(self, content: FigureContent, sight: Sight, masked: bool) -> None:
        part, page = self._part(), content.behind
        words = figure_values.behind_words(page, part)
        self.query_one("#behind-words", FeedLine).show(words)
        if page is None or page.part != part:
            return
        names = sight.snapshot.names
        clock = sight.clock_on(sight.now)
        rows = [call_row(line, names, clock, masked, sight.now) for line in page.lines]
        self.query_one("#behind-calls", Rows).show(rows, page.total, page.offset)

    def tick_body(self, sight: Sight) -> None:
        """Nothing here is a clock."""

    @on(Rows.Wanted, "#behind-calls")
    def _want(self, event: Rows.Wanted) -> None:
        self._slice = (event.offset, event.count)
        self.post_message(self.InterestChanged())

    @on(Rows.Opened, "#behind-calls")
    def _open_call(self, event: Rows.Opened) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    def action_tab(self, name: str) -> None:
        """Show a tab."""
        self._tab = name
        self._slice = (0, 64)
        pane = "behind" if name in PARTS else name
        self.query_one(ContentSwitcher).current = pane
        focused = "#behind-calls" if pane == "behind" else f"#{pane}"
        self.query_one(focused).focus()
        self.query_one("#body KeyLine", KeyLine).mark(f"tab('{name}')")
        if pane == "behind":
            rows = self.query_one("#behind-calls", Rows)
            rows.show((), 0)
            rows.move_cursor(0)
            if self.sight is not None and self._content is not None:
                self._show_calls(self._content, self.sight, self.is_masked(self.sight))
        self.post_message(self.InterestChanged())

    def action_open(self) -> None:
        """Open the call under the cursor; where no calls are shown, show them."""
        if self._tab in PARTS:
            self.query_one("#behind-calls", Rows).action_open()
        else:
            self.action_tab("numerator")

    def revealed_words(self) -> str:
        """What is shown in full, for the record."""
        return f"board figure {BY_SLUG[self.slug].slug}"

    def action_back(self) -> None:
        """Leave the figure."""
        self.app.pop_screen()

    def on_screen_suspend(self) -> None:
        """What nobody looks at is not read on; under a dialogue it is."""
        self._memory.is_left = not isinstance(self.app.screen, ModalScreen)
        super().on_screen_suspend()

    def on_screen_resume(self) -> None:
        """Read on."""
        self._memory.is_left = False
        self._visit += 1
        super().on_screen_resume()
