"""An agent's day: every state on the day's hours, the work, and the calls."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.agent_page import AgentDay, AgentDayWanted
from wallboard.board.periods import TODAY
from wallboard.board.snapshot import Interest, name_of
from wallboard.questions.scope import Scope
from wallboard.screens import help_words
from wallboard.screens.agent_values import (
    CALLS,
    facts,
    span_of,
    timeline,
    who,
)
from wallboard.screens.common_keys import EVERYWHERE, LAST
from wallboard.screens.figure_choice import FIGURES, OF_AGENT, Figures
from wallboard.screens.figure_limits import Limits
from wallboard.screens.key import Key, bindings
from wallboard.screens.page_words import note_words
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines, flowed
from widgets.rows import Rows
from widgets.text import visible
from widgets.timeline import Timeline, TimelineSpan

SHORT: Final = 32
"""Below so many lines the reasons to pause are words, not lines of their own."""
DAY: Final = timedelta(days=1)
MOST_FACTS: Final = 6
NOWHERE: Final = TimelineSpan(0, 0, 0)


class AgentScreen(Revealing, Figures):
    """A day of an agent; `day` None is today. Enter opens a call."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "agent.tcss"]
    NAME = "Agent's day"
    HAS_PAST = True
    KEYS = (
        Key("escape", "esc", "back", "back", "back to where you came from"),
        Key("left", "←", "before", "day(-1)", "the day before"),
        Key("right", "→", "after", "day(1)", "the day after"),
        Key("enter", "⏎", "open", "open", "open the call"),
        Key("v", "v", "all calls", "calls", "the agent's calls of all days, to be searched"),
        FIGURES,
        REVEAL,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in KEYS if key.key != "enter"])
    EXPLAINED = help_words.AGENT
    OPENS = OF_AGENT
    HAS_OWN_PERIOD = True

    def __init__(self, source: int | None, agent: str, day: date | None = None) -> None:
        super().__init__()
        self._wanted = AgentDayWanted(source, agent)
        self._day = day
        self._read: AgentDay | None = None
        self._listed: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The facts, the timeline, and below it the calls."""
        yield TextLines(id="facts")
        yield Timeline(self._axis_clock, "The agent was not signed in on this day.", id="timeline")
        yield Rows(CALLS.columns(), "The agent had no call on this day.", id="calls")

    def _axis_clock(self, at: float) -> str:
        return self.sight.clock(int(at * 1000), seconds=False) if self.sight is not None else ""

    def on_mount(self) -> None:
        """Begin on the calls."""
        self.query_one(Rows).focus()

    def _shown_day(self) -> date | None:
        if self._day is not None or self.sight is None:
            return self._day
        return self.sight.calendar.day_of(self.sight.moment)

    def interest(self, scope: Scope) -> Interest:
        """The whole day, whatever the filters: nobody's time can be told apart by them."""
        del scope
        day = TODAY if self._day is None else f"{self._day}"
        return Interest(Scope(), page=self._wanted, period=day)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """The day may not have been read yet."""
        page = sight.snapshot.page
        if page is not None and page.wanted == self._wanted:
            return () if page.content is not None else ("Reading the day …",)
        return () if self._read is not None else ("Reading the day …",)

    def show_body(self, sight: Sight) -> None:
        """Show the day as far as it was read."""
        page = sight.snapshot.page
        if page is not None and page.wanted == self._wanted and isinstance(page.content, AgentDay):
            self._read = page.content
        if self._read is None:
            return
        day = self._read
        now = sight.moment // 1000 * 1000
        is_short = self.size.height < SHORT
        self.set_class(is_short, "-short")
        self._show_facts(day, sight, now, is_reading=page is not None and not page.is_done)
        masked = self.is_masked(sight)
        # Calls that go on last longer each second; else the rows are made once.
        tick = 0 if day.is_over else now
        if (day.calls, masked, tick, sight.snapshot.names) != self._listed:
            self._listed = (day.calls, masked, tick, sight.snapshot.names)
            rows = CALLS.rows(day.calls, sight.snapshot.names, sight.clock, masked, now)
            self.query_one("#calls", Rows).show(rows, len(rows))
        # After the calls: the one under the cursor is marked on it.
        self._show_timeline(day, now)
        if self.focused is None:
            self.query_one(Rows).focus()

    def tick_body(self, sight: Sight) -> None:
        """What goes on lasts longer."""
        self.show_body(sight)

    def _show_facts(self, day: AgentDay, sight: Sight, now: int, *, is_reading: bool) -> None:
        known = name_of(sight.snapshot.names.agents, self._wanted.agent)
        name = day.now.name if day.now is not None else known
        is_short = self.size.height < SHORT

        def clock(at: int) -> str:
            return sight.clock(at, seconds=False)

        said = facts(day, clock, reasons=is_short)
        if is_reading:
            said.append("reading the calls …")
        if day.note:
            said.append(f"* {note_words(day.note, sight)}")
        width = self.size.width - 2
        first = " · ".join(who(day, visible(name[:60]), now, is_past=sight.is_past))
        lines = [first, *flowed(said, width)][:MOST_FACTS]
        panel = self.query_one("#facts", TextLines)
        if panel.styles.height is None or panel.styles.height.value != len(lines):
            panel.styles.height = len(lines)
        panel.show(lines)

    def _show_timeline(self, day: AgentDay, now: int) -> None:
        mark = next((line.started for line in day.calls if f"{line.number}" == self._under), None)
        span = span_of(day, now, mark)
        rows = timeline(day, reasons=self.size.height >= SHORT) if span is not None else []
        panel = self.query_one(Timeline)
        height = min(len(rows) + 1, max(3, self.size.height // 2 - 2))
        if panel.styles.height is None or panel.styles.height.value != height:
            panel.styles.height = height
        panel.show(rows, span or NOWHERE)

    @property
    def _under(self) -> str | None:
        return self.query_one("#calls", Rows).cursor_key

    @on(Rows.Moved)
    def _moved(self) -> None:
        if self._read is not None and self.sight is not None:
            self._show_timeline(self._read, self.sight.moment // 1000 * 1000)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    def action_open(self) -> None:
        """Open the call under the cursor."""
        self.query_one(Rows).action_open()

    def action_calls(self) -> None:
        """Show the agent's calls of all days."""
        self.app.post_message(self.ShowCalls(agent=self._wanted.agent))

    def action_day(self, step: int) -> None:
        """Show the day beside; there is none after today."""
        day = self._shown_day()
        if day is None or self.sight is None:
            return
        today = self.sight.calendar.day_of(self.sight.moment)
        self._day = None if day + DAY * step >= today else day + DAY * step
        self.query_one("#calls", Rows).move_cursor(0)
        self.post_message(self.InterestChanged())

    def limits(self) -> Limits:
        """The figures of this agent on this day."""
        names = self.sight.snapshot.names.agents if self.sight is not None else ()
        agent = self._wanted.agent
        day = TODAY if self._day is None else f"{self._day}"
        return Limits(agent=agent, name=name_of(names, agent), period=day)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()
