"""The agents: what each did over the period, ranked, and what each is doing now."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.agents_page import AgentsContent, AgentsWanted
from wallboard.board.periods import period_named
from wallboard.board.snapshot import Interest, name_of
from wallboard.questions.scope import Scope
from wallboard.reporting_time import PeriodError
from wallboard.screens import help_words
from wallboard.screens.agents_columns import RANK, Figure, columns_of, figures_shown
from wallboard.screens.agents_values import Ranked, agent_rows, ranked, summary
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST, PERIOD
from wallboard.screens.empty_words import lack
from wallboard.screens.figure_choice import FIGURES, OF_AGENT, Figures
from wallboard.screens.figure_limits import Limits
from wallboard.screens.key import Key, bindings
from wallboard.screens.page_words import note_words
from wallboard.screens.row_keys import source_and_id
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines, flowed
from widgets.rows import Rows

FIRST = "calls"


class AgentsScreen(Figures):
    """Agents ranked by any column. Enter opens the day of one."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "agents.tcss"]
    NAME = "Agents"
    HAS_PAST = True
    KEYS = (
        Key("enter", "⏎", "open", "open", "open the agent's day"),
        Key("s", "s", "sort", "sort", "rank by the next column"),
        Key("S", "S", "reverse", "reverse", "turn the order around"),
        Key("v", "v", "calls", "calls", "the calls of the agent under the cursor"),
        FIGURES,
        PERIOD,
        *EVERYWHERE,
        *FILTERS,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in KEYS if key.key != "enter"])
    EXPLAINED = help_words.AGENTS
    OPENS = OF_AGENT

    def __init__(self) -> None:
        super().__init__()
        self._wanted = AgentsWanted()
        self._by = FIRST
        self._is_reversed = False
        self._slice = (0, 96)
        self._read: AgentsContent | None = None
        self._ranked: list[Ranked] = []
        self._columns: object = None

    def body(self) -> Iterable[Widget]:
        """All together, and the table."""
        yield TextLines(id="summary")
        yield Rows((RANK,), "No agent answered a call or was signed in.", id="agents")

    def on_mount(self) -> None:
        """Begin on the table."""
        self.query_one(Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The agents of the scope."""
        return Interest(scope, page=self._wanted)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet, or it is being read."""
        page = sight.snapshot.page
        if page is not None and page.wanted == self._wanted:
            return lack(sight) or (() if page.content is not None else ("Reading …",))
        return lack(sight) or (() if self._read is not None else ("Reading …",))

    def show_body(self, sight: Sight) -> None:
        """Show what was read, if it is of this screen."""
        page = sight.snapshot.page
        if page is not None and isinstance(page.content, AgentsContent):
            self._read = page.content
        if self._read is None:
            return
        now = sight.moment // 1000 * 1000
        shown = figures_shown(self._read.reasons, now)
        by = next((figure for figure in shown if figure.word == self._by), shown[3])
        self._ranked = ranked(self._read.agents, by, is_reversed=self._is_reversed)
        lines = summary(self._read, by, is_reversed=self._is_reversed)
        if page is not None:
            said = [f"as of {sight.clock(page.read_at, seconds=False)}", *lines[1].split(" · ")]
            lines[1:2] = flowed(said, self.size.width - 2)
        if self._read.note:
            lines += flowed([f"* {note_words(self._read.note, sight)}"], self.size.width - 2)
        summed = self.query_one("#summary", TextLines)
        if summed.styles.height is None or summed.styles.height.value != len(lines):
            summed.styles.height = len(lines)
        summed.show(lines)
        self._show_rows(shown, by, now)
        if self.focused is None:
            self.query_one(Rows).focus()

    def _show_rows(self, shown: tuple[Figure, ...], by: Figure, now: int) -> None:
        columns = columns_of(shown, by.word, is_reversed=self._is_reversed)
        rows = self.query_one("#agents", Rows)
        if columns != self._columns:
            self._columns = columns
            rows.show_columns(columns)
        start, count = self._slice
        if start >= len(self._ranked):
            start = 0
        seen = self._ranked[start : start + count]
        rows.show(agent_rows(seen, shown, now), len(self._ranked), start)

    def tick_body(self, sight: Sight) -> None:
        """States last longer."""
        self.show_body(sight)

    def _again(self) -> None:
        if self.sight is not None:
            self.show(self.sight)

    def action_sort(self) -> None:
        """Rank by the next column."""
        reasons = self._read.reasons if self._read is not None else ()
        names = [figure.word for figure in figures_shown(reasons, 0)]
        at = names.index(self._by) if self._by in names else -1
        self._by = names[(at + 1) % len(names)]
        self._is_reversed = False
        self._again()

    def action_reverse(self) -> None:
        """Turn the order around."""
        self._is_reversed = not self._is_reversed
        self._again()

    def action_open(self) -> None:
        """Open the day of the agent under the cursor."""
        self.query_one(Rows).action_open()

    def limits(self) -> Limits | None:
        """The figures of the agent under the cursor."""
        key = self.query_one(Rows).cursor_key
        if key is None:
            return None
        agent = source_and_id(key)[1]
        names = self.sight.snapshot.names.agents if self.sight is not None else ()
        return Limits(agent=agent, name=name_of(names, agent))

    def action_calls(self) -> None:
        """Show the calls of the agent under the cursor."""
        key = self.query_one(Rows).cursor_key
        if key is not None:
            self.app.post_message(self.ShowCalls(agent=source_and_id(key)[1]))

    @on(Rows.Wanted)
    def _want(self, event: Rows.Wanted) -> None:
        self._slice = (event.offset, event.count)
        self._again()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        source, agent = source_and_id(event.key)
        day = None
        if self.sight is not None:
            sight = self.sight
            try:
                period = period_named(sight.calendar, sight.snapshot.interest.period, sight.now)
                day = min(period.days[-1], sight.calendar.day_of(sight.moment))
            except PeriodError:
                day = None
            if day == sight.calendar.day_of(sight.moment):
                day = None
        self.app.post_message(self.OpenAgent(source, agent, day))
