"""One call: its facts, its legs on one time axis, and what was said and sent about it."""

from collections.abc import Iterable
from typing import ClassVar, Final

from msgspec.structs import replace
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from wallboard.board.snapshot import Interest
from wallboard.questions.call_answers import WholeCall
from wallboard.questions.scope import Scope
from wallboard.screens import call_values, help_words
from wallboard.screens.calls_values import COLUMNS, call_row
from wallboard.screens.common_keys import EVERYWHERE, LAST
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key, bindings
from wallboard.screens.key_line import KeyLine
from wallboard.screens.masked_text import mask_event
from wallboard.screens.reveal import REVEAL, Revealing
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines, flowed
from widgets.lanes import Lanes
from widgets.rows import Rows
from widgets.text import visible

TABS: Final = (
    Key("l", "l", "legs", "tab('legs')", "the legs: ringing, talking, cost, recording"),
    Key("e", "e", "events", "tab('events')", "the raw events, with the time since the one before"),
    Key("a", "a", "attempts", "tab('attempts')", "the other calls to the same contact or number"),
    Key("n", "n", "survey and notes", "tab('notes')", "survey, notes, tags and further facts"),
)
PAST_TABS: Final = (replace(TABS[0], key="L", shown="L"), *TABS[1:])
"""In the past `l` leads back to live."""
MOST_LANES: Final = 9
MOST_FACTS: Final = 4
LONGEST: Final = 60
"""So much of a name or an id is enough to know it by."""


class CallScreen(Revealing, BoardScreen):
    """The call of a number, while it goes on and after."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "call.tcss"]
    NAME = "Call"
    HAS_PAST = True
    KEYS = (
        Key("escape", "esc", "back", "back", "back to where you came from"),
        *(replace(key, word="") for key in TABS),
        Key("L", "L", "", "tab('legs')", "the legs, in the past, where l leads back to live"),
        Key("h", "h", "floor then", "floor_then", "the floor as it stood when the call began"),
        REVEAL,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.key != "l"]),
        Binding("l", "legs_or_live", show=False),
        Binding("right", "next_tab(1)", show=False),
        Binding("left", "next_tab(-1)", show=False),
    ]
    EXPLAINED = help_words.CALL

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._shown: tuple[object, ...] = ()
        self._call: WholeCall | None = None

    def body(self) -> Iterable[Widget]:
        """Facts, lanes, and below them one of four tabs."""
        yield TextLines(id="facts")
        yield Lanes("No leg of this call is known yet.", self._axis_clock, id="lanes")
        yield KeyLine(TABS)
        with ContentSwitcher(initial="legs", id="tabs"):
            yield Rows(call_values.LEGS, "This call has no legs.", id="legs")
            with Container(id="events"):
                yield Rows(call_values.EVENTS, "No event is known.", id="event-list")
                with VerticalScroll(id="raw-scroll"):
                    yield Static("", id="raw", markup=False)
            yield Rows(COLUMNS, "There was no other attempt.", id="attempts")
            with VerticalScroll(id="notes"):
                yield Static("", id="said", markup=False)

    async def action_legs_or_live(self) -> None:
        """Show the legs; in the past, return to live."""
        if self.sight is not None and self.sight.snapshot.interest.at is not None:
            await self.app.run_action("app.live")
        else:
            self.action_tab("legs")

    def action_floor_then(self) -> None:
        """Show the floor as it stood at the start of the call."""
        if self._call is not None:
            begun = self._call.line.started
            self.app.post_message(
                self.GoTo(self._call.line.first_event if begun is None else begun)
            )

    def _axis_clock(self, at: float) -> str:
        return self.sight.clock(int(at * 1000)) if self.sight is not None else ""

    def on_mount(self) -> None:
        """Begin on the legs."""
        self.query_one("#legs").focus()
        self._mark_tab()

    def interest(self, scope: Scope) -> Interest:
        """This call."""
        return Interest(scope, call=self.number)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """The call may be gone, or not read yet."""
        if sight.snapshot.interest.call != self.number:
            return ("Reading the call …",)
        if sight.snapshot.call is None and sight.snapshot.interest.at is not None:
            return ("This call had not begun then.",)
        if sight.snapshot.call is None:
            return ("This call is not in the cache: it may be older than what is kept.",)
        return ()

    def show_body(self, sight: Sight) -> None:
        """Show the call as it stands."""
        call = sight.snapshot.call
        if call is None:
            return
        masked = self.is_masked(sight)
        self._show_clocks(call, sight, masked)
        tabs = TABS if sight.snapshot.interest.at is None else PAST_TABS
        self.query_one("#body KeyLine", KeyLine).show("", tabs)
        # Everything but the moment it was read at decides whether anything is shown anew.
        shown = (call.line.state, call.events, call.attempts, call.legs, call.facts, masked)
        if shown == self._shown:
            return
        self._shown = shown
        self._call = call
        self.query_one("#legs", Rows).show(call_values.leg_rows(call, masked), len(call.legs))
        events = call_values.event_rows(call, sight.clock)
        self.query_one("#event-list", Rows).show(events, len(events))
        names = sight.snapshot.names

        def clock(at: int) -> str:
            return f"{sight.calendar.local(at):%d %b %H:%M}"

        attempts = [call_row(line, names, clock, masked, call.at) for line in call.attempts]
        self.query_one("#attempts", Rows).show(attempts, len(attempts))
        self._show_said(call, masked)
        self._show_raw()

    def tick_body(self, sight: Sight) -> None:
        """What goes on grows longer."""
        if sight.snapshot.call is not None and sight.snapshot.call.ended is None:
            self._show_clocks(sight.snapshot.call, sight, self.is_masked(sight))

    def _show_clocks(self, call: WholeCall, sight: Sight, masked: bool) -> None:
        currency = sight.configuration.reporting.currency
        names, now = sight.snapshot.names, sight.moment
        first, second = call_values.facts(call, names, sight.clock, currency, masked, now)
        width = self.size.width - 2
        lines = [
            line
            for parts in (first, second)
            for line in flowed([visible(part[:LONGEST]) for part in parts], width)
        ][:MOST_FACTS]
        said = self.query_one("#facts", TextLines)
        if said.styles.height is None or said.styles.height.value != len(lines):
            said.styles.height = len(lines)
        said.show(lines)
        lanes = call_values.lanes(call, masked)
        panel = self.query_one(Lanes)
        height = min(MOST_LANES, len(lanes), max(2, self.size.height // 3)) + 1
        if panel.styles.height is None or panel.styles.height.value != height:
            panel.styles.height = height
        panel.show(lanes, sight.moment / 1000)

    def _show_said(self, call: WholeCall, masked: bool) -> None:
        text = Text()
        for label, value in call_values.said(call, masked):
            if not value:
                text.append(f"\n{visible(label)}\n", style="bold")
            else:
                head = f"{visible(label)}: " if label else ""
                text.append(f"  {head}", style="dim").append(f"{visible(value)}\n")
        self.query_one("#said", Static).update(text)

    def _show_raw(self) -> None:
        """The text of the event under the cursor, as it came."""
        rows = self.query_one("#event-list", Rows)
        if self._call is None or self.sight is None or rows.cursor >= len(self._call.events):
            return
        raw = self._call.events[rows.cursor].text
        if raw is None:
            shown = "The text of this event is no longer kept ([cache] keep_event_days)."
        else:
            shown = mask_event(raw) if self.is_masked(self.sight) else raw
        self.query_one("#raw", Static).update(Text(visible(shown), overflow="fold"))

    @on(Rows.Moved, "#event-list")
    def _moved(self) -> None:
        self._show_raw()

    @on(Rows.Opened, "#attempts")
    def _open_attempt(self, event: Rows.Opened) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    @on(Rows.Opened, "#event-list")
    def _read_event(self) -> None:
        self.query_one("#raw-scroll").focus()

    def revealed_words(self) -> str:
        """The call by its id, for the record."""
        return f"board call {self.number if self._call is None else self._call.line.call}"

    def action_tab(self, name: str) -> None:
        """Show a tab."""
        self.query_one(ContentSwitcher).current = name
        focused = {"events": "#event-list"}.get(name, f"#{name}")
        self.query_one(focused).focus()
        self._mark_tab()

    def action_next_tab(self, step: int) -> None:
        """Show the tab beside."""
        names = ["legs", "events", "attempts", "notes"]
        current = self.query_one(ContentSwitcher).current or names[0]
        self.action_tab(names[(names.index(current) + step) % len(names)])

    def _mark_tab(self) -> None:
        current = self.query_one(ContentSwitcher).current
        self.query_one("#body KeyLine", KeyLine).mark(f"tab('{current}')")

    def action_back(self) -> None:
        """Leave the call."""
        self.app.pop_screen()
