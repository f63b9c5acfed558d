"""The calls: a table of any length, live ones first, searched and filtered by key."""

from collections.abc import Iterable
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Input

from wallboard.board.snapshot import CallsWanted, Interest, Order
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.scope import Scope
from wallboard.screens import help_words
from wallboard.screens.calls_back import is_to_call_back, list_columns, with_tries
from wallboard.screens.calls_line import calls_line
from wallboard.screens.calls_order import (
    SORTED,
    next_order,
    order_of_head,
)
from wallboard.screens.calls_values import COLUMNS, STATES, call_row
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST
from wallboard.screens.empty_words import lack
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key, bindings
from wallboard.screens.notice import FeedLine
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.sight import Sight
from widgets.rows import Rows

DIRECTIONS: Final = (None, "inbound", "outbound")
SEARCH_SECONDS: Final = 0.2
"""How long typing must rest before it is searched for."""


class CallsScreen(Revealing, BoardScreen):
    """Calls that went by and that go on. Enter opens one."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "calls.tcss"]
    NAME = "Calls"
    HAS_PAST = True
    KEYS = (
        Key("slash", "/", "search", "search", "search by number, name, id, disposition"),
        Key("enter", "⏎", "open", "open", "open the call"),
        Key("a", "a", "to call back", "not_called_back", "missed and not called back yet"),
        Key("o", "o", "order", "order(1)", "newest, longest wait, talk, call, or oldest first"),
        Key("O", "O", "", "order(-1)", "the order before"),
        Key("s", "s", "state", "state(1)", "show calls of the next state only"),
        Key("S", "S", "", "state(-1)", "show calls of the state before"),
        Key("d", "d", "direction", "direction", "inbound, outbound or both"),
        Key("x", "x", "clear", "clear", "look at all calls again"),
        Key("h", "h", "floor then", "floor_then", "the floor as it stood when the call began"),
        *FILTERS[:2],
        *EVERYWHERE,
        REVEAL,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.key != "enter"]),
        Binding("escape", "back", show=False),
    ]
    EXPLAINED = help_words.CALLS

    def __init__(self) -> None:
        super().__init__()
        self._filter = CallFilter()
        self._order: Order = "newest"
        self._is_stopped = False
        self._offset = 0
        self._count = 96
        self._shown: tuple[object, ...] = ()
        self._was_masked = True

    def body(self) -> Iterable[Widget]:
        """What is looked for, the search box, and the table."""
        yield Horizontal(
            Input(placeholder="number, name, id, agent, disposition", id="search", compact=True),
            FeedLine(role="value", id="filters"),
            id="search-line",
        )
        yield Rows(COLUMNS, "No call is like this.", id="calls")

    def on_mount(self) -> None:
        """Begin on the table."""
        self._show_columns()
        self.query_one(Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The stretch of the table that is in sight."""
        filtered = replace(
            self._filter, campaign=scope.campaign, queue=scope.queue, team=scope.team
        )
        if filtered.text:
            # Else whoever types digit after digit learns what is hidden.
            masked = self.sight is None or self.is_masked(self.sight)
            filtered = replace(filtered, masked=masked)
        wanted = CallsWanted(filtered, self._offset, self._count, self._order, self._is_stopped)
        return Interest(scope, calls=wanted)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet."""
        return lack(sight)

    def show_body(self, sight: Sight) -> None:
        """Show the page that was read."""
        page = sight.snapshot.calls
        masked = self.is_masked(sight)
        if masked != self._was_masked:
            self._was_masked = masked
            self._show_columns()
            self.post_message(self.InterestChanged())
        filters = self.query_one("#filters", FeedLine)
        filters.show(calls_line(self._filter, page, sight, filters.size.width))
        if page is None:
            return
        now = sight.moment if page.as_of is None else page.as_of
        shown = (page, masked, now // 1000)
        if shown == self._shown:
            return
        self._shown = shown
        clock = sight.clock_on(sight.moment)
        names = sight.snapshot.names
        rows = [call_row(line, names, clock, masked, now) for line in page.lines]
        if is_to_call_back(page.wanted.filter, page.wanted.order):
            rows = with_tries(rows, page, now)
        table = self.query_one("#calls", Rows)
        table.show(rows, page.total, page.wanted.offset, sorted_by=SORTED[page.wanted.order])

    def tick_body(self, sight: Sight) -> None:
        """Live calls last longer."""
        self.show_body(sight)

    def look_for(self, filtered: CallFilter) -> None:
        """Show the calls that are like `filtered`."""
        self.query_one(Input).value = filtered.text
        self._change(filtered)

    def _show_columns(self) -> None:
        columns = list_columns(self._filter, self._order, masked=self._was_masked)
        self.query_one("#calls", Rows).show_columns(columns)

    def _change(self, filtered: CallFilter) -> None:
        self._filter = filtered
        self._show_columns()
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Have another list read, from its top."""
        self._is_stopped = False
        self._offset = 0
        self.query_one("#calls", Rows).move_cursor(0)
        self.post_message(self.InterestChanged())

    @on(Rows.Wanted)
    def _want(self, event: Rows.Wanted) -> None:
        self._offset, self._count = event.offset, event.count
        self.post_message(self.InterestChanged())

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        text = event.value

        def search() -> None:
            if self.query_one(Input).value == text != self._filter.text:
                self._change(replace(self._filter, text=text))

        self.set_timer(SEARCH_SECONDS, search)

    @on(Input.Submitted)
    def _searched(self, event: Input.Submitted) -> None:
        self._change(replace(self._filter, text=event.value))
        self.query_one(Rows).focus()

    def action_search(self) -> None:
        """Go to the search box."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Leave the search box; from the table stop the search, then forget what it was for."""
        page = self.sight.snapshot.calls if self.sight is not None else None
        if self.query_one(Input).has_focus:
            self.query_one(Rows).focus()
        elif page is not None and page.is_searching and not self._is_stopped:
            self._is_stopped = True
            self.post_message(self.InterestChanged())
        elif self._filter.text:
            self.query_one(Input).value = ""

    def action_open(self) -> None:
        """Open the call under the cursor."""
        self.query_one(Rows).action_open()

    def action_floor_then(self) -> None:
        """Show the floor as it stood when the call under the cursor began."""
        page = self.sight.snapshot.calls if self.sight is not None else None
        at = self.query_one("#calls", Rows).cursor
        if page is not None and 0 <= at - page.wanted.offset < len(page.lines):
            line = page.lines[at - page.wanted.offset]
            self.app.post_message(
                self.GoTo(line.first_event if line.started is None else line.started)
            )

    def action_order(self, step: int) -> None:
        """Show the calls in the next order."""
        self._sort(next_order(self._order, step))

    @on(Rows.HeadClicked)
    def _sort_by_head(self, event: Rows.HeadClicked) -> None:
        order = order_of_head(event.column, self._order)
        if order is not None:
            self._sort(order)

    def _sort(self, order: Order) -> None:
        self._order = order
        self._show_columns()
        self._begin_anew()

    def action_state(self, step: int) -> None:
        """Show the calls of the next state."""
        at = STATES.index(self._filter.state) if self._filter.state in STATES else 0
        self._change(replace(self._filter, state=STATES[(at + step) % len(STATES)]))

    def action_direction(self) -> None:
        """Inbound, outbound or both."""
        at = DIRECTIONS.index(self._filter.direction)
        self._change(replace(self._filter, direction=DIRECTIONS[(at + 1) % len(DIRECTIONS)]))

    def action_not_called_back(self) -> None:
        """Abandoned or missed, and not called back yet; again for all."""
        is_on = self._filter.state == "not_called_back"
        self._change(replace(self._filter, state=None if is_on else "not_called_back"))

    def action_clear(self) -> None:
        """Look at all calls again."""
        self.query_one(Input).value = ""
        self._order = "newest"
        self._change(CallFilter())
        self.app.post_message(self.ScopeCleared())
