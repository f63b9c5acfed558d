"""One queue, live: callers against the target, the agents who serve them, and the latest calls."""

from collections.abc import Iterable
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from wallboard.board.periods import NOW, TODAY
from wallboard.board.queue_page import QueueContent, QueueWanted
from wallboard.board.snapshot import CallsPage, Interest, name_of
from wallboard.questions.queue_callers import WholeQueue
from wallboard.questions.scope import Scope
from wallboard.screens import help_words
from wallboard.screens.common_keys import EVERYWHERE, LAST
from wallboard.screens.figure_choice import FIGURES, OF_QUEUE, Figures
from wallboard.screens.figure_limits import Limits
from wallboard.screens.floor_values import tile
from wallboard.screens.key import Key, bindings
from wallboard.screens.page_words import note_words
from wallboard.screens.planned_panels import PlannedPanels
from wallboard.screens.queue_latest import (
    LATEST,
    NO_CALL,
    latest_columns,
    latest_lines,
    latest_wanted,
    latest_words,
    room_for,
)
from wallboard.screens.queue_plan import Filled, queue_plan
from wallboard.screens.queue_values import CALLERS, caller_rows, facts, ready_first
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.row_keys import source_and_id
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines, flowed
from widgets.agents import Agents, crowd_of
from widgets.heading import Heading
from widgets.rows import Rows
from widgets.text import visible
from widgets.tiles import AgentTile

MOST_FACTS: Final = 5
NOBODY: Final = "No agent serves this queue now."
NOBODY_OF_TEAM: Final = "No agent of this team serves this queue now."


class QueueScreen(Revealing, Figures):
    """A queue of a source. Enter opens a call, or the day of an agent."""

    NAME = "Queue"
    HAS_PAST = True
    KEYS = (
        Key("escape", "esc", "back", "back", "back to where you came from"),
        Key("enter", "⏎", "open", "open", "open the call, or the agent's day"),
        Key(
            "tab", "tab", "next list", "app.focus_next", "the callers, the agents, the latest calls"
        ),
        Key("v", "v", "all calls", "calls", "all calls of the queue, to be searched"),
        FIGURES,
        REVEAL,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        [key for key in KEYS if key.key not in {"enter", "tab"}]
    )
    EXPLAINED = help_words.QUEUE
    OPENS = OF_QUEUE
    HAS_OWN_PERIOD = True

    def __init__(self, source: int | None, queue: str) -> None:
        super().__init__()
        self._wanted = QueueWanted(source, queue)
        self._read: QueueContent | None = None
        self._tiles: tuple[AgentTile, ...] = ()
        self._tiled: object = None
        self._calls: CallsPage | None = None
        self._latest_of = (source, room_for(0))
        self._listed: tuple[object, ...] = ()
        self._facts = 1
        self._filled = Filled()

    def body(self) -> Iterable[Widget]:
        """The facts, the callers, the agents, and the latest calls where there is room."""
        yield PlannedPanels(
            TextLines(id="facts"),
            Rows(CALLERS, "Nobody waits in this queue.", id="callers"),
            Agents(NOBODY, id="agents"),
            Heading("LATEST CALLS", id="latest-title"),
            Rows(latest_columns(masked=True), NO_CALL, id="latest"),
            planned=lambda size: queue_plan(size, self._filled),
        )

    def on_mount(self) -> None:
        """Begin on the callers."""
        self.query_one("#callers").focus()

    def interest(self, scope: Scope) -> Interest:
        """This queue, as it is now, and its latest calls once it is known of which source it is."""
        source, room = self._latest_of
        queue = self._wanted.queue
        latest = None if source is None else latest_wanted(queue, source, scope, room)
        scope = replace(scope, queue=queue)
        return Interest(scope, calls=latest, page=self._wanted, period=NOW)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """The queue may not have been read yet."""
        page = sight.snapshot.page
        is_read = self._read is not None or (
            page is not None and page.wanted == self._wanted and page.content is not None
        )
        return () if is_read else ("Reading the queue …",)

    def show_body(self, sight: Sight) -> None:
        """Show the queue as it was read last; waits go on."""
        page, is_first = sight.snapshot.page, self._read is None
        if page is not None and page.wanted == self._wanted:
            self._read = page.content if isinstance(page.content, QueueContent) else self._read
            self._calls = sight.snapshot.calls
        if self._read is None:
            return
        whole = self._read.whole
        latest_of = (whole.source, room_for(len(whole.callers)))
        if latest_of != self._latest_of:
            self._latest_of = latest_of
            self.post_message(self.InterestChanged())
        now = sight.moment // 1000 * 1000
        masked = self.is_masked(sight)
        self._show_facts(self._read, sight, now)
        target = whole.queue.target_seconds if whole.queue is not None else None
        names = sight.snapshot.names
        rows = caller_rows(whole.callers, target, names, sight.clock, masked, now)
        self.query_one("#callers", Rows).show(rows, len(rows))
        if whole.agents != self._tiled:
            self._tiled = whole.agents
            self._tiles = tuple(map(tile, ready_first(whole.agents)))
        team = sight.snapshot.interest.scope.team
        empty = NOBODY if team is None else NOBODY_OF_TEAM
        self.query_one(Agents).show(self._tiles, now / 1000, "ready first", empty=empty)
        self._show_latest(whole, sight, now, masked)
        self._place(whole)
        if is_first and not whole.callers:
            # Nobody waits: then there are the agents to be opened, or else the calls.
            self.query_one(Agents if whole.agents else "#latest").focus()

    def _show_latest(self, whole: WholeQueue, sight: Sight, now: int, masked: bool) -> None:
        page, names = self._calls, sight.snapshot.names
        listed = (page, whole.callers, sight.verdict.as_of, masked, now, names)
        if listed == self._listed:
            return
        self._listed = listed
        lines = [] if page is None else latest_lines(page, whole.callers)
        rows = LATEST.rows(lines, names, sight.clock_on(sight.moment), masked, now)
        self.query_one(Heading).show("LATEST CALLS", latest_words(page, len(rows), sight))
        # As long as some may be found, it is not said that there are none.
        is_open = page is None or page.is_searching
        table = self.query_one("#latest", Rows)
        columns = latest_columns(masked=masked)
        if columns != table.columns:
            table.show_columns(columns)
        table.show(rows, max(len(rows), int(is_open)))

    def _place(self, whole: WholeQueue) -> None:
        """Give the panels the room that what they show now has use for."""
        signed = crowd_of(self._tiles).signed
        filled = Filled(self._facts, len(whole.callers), len(self._tiles), signed)
        if filled != self._filled:
            self._filled = filled
            self.query_one(PlannedPanels).plan_anew()

    def tick_body(self, sight: Sight) -> None:
        """Waits and times in a state go on."""
        self.show_body(sight)

    def _show_facts(self, read: QueueContent, sight: Sight, now: int) -> None:
        whole = read.whole
        known = name_of(sight.snapshot.names.queues, self._wanted.queue)
        name = visible((whole.queue.name if whole.queue is not None else known)[:60])
        first, rest = facts(whole.queue, name, whole.callers, whole.agents, now)
        if read.note:
            rest.append(f"* {note_words(read.note, sight)}")
        width = self.size.width - 2
        lines = [*flowed(first, width), *flowed(rest, width)][:MOST_FACTS]
        self._facts = len(lines)
        self.query_one("#facts", TextLines).show(lines)

    @on(Rows.Opened)
    def _open_caller(self, event: Rows.Opened) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    @on(Agents.Selected)
    def _open_agent(self, event: Agents.Selected) -> None:
        source, agent = source_and_id(event.key)
        self.app.post_message(self.OpenAgent(source, agent))

    def action_open(self) -> None:
        """Open what is under the cursor."""
        panel = self.focused
        if isinstance(panel, Rows | Agents):
            panel.action_open()

    def limits(self) -> Limits:
        """The figures of this queue."""
        return Limits(Scope(queue=self._wanted.queue), period=TODAY)

    def action_calls(self) -> None:
        """Show the calls of the queue."""
        self.app.post_message(self.ShowCalls(queue=self._wanted.queue))

    def action_back(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()
