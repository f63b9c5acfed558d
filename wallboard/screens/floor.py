"""The floor: what needs acting on now, seen across a room."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.geometry import Size
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.snapshot import Interest
from wallboard.config.layout import PANELS
from wallboard.questions.alarms import AlarmLine
from wallboard.questions.floor_answers import AgentNow, Floor
from wallboard.questions.scope import Scope
from wallboard.screens import floor_queues, floor_values, help_words
from wallboard.screens.alarm_keys import ACKNOWLEDGE, Acknowledging
from wallboard.screens.alarm_values import panel_rows
from wallboard.screens.alarm_words import first_second
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST
from wallboard.screens.empty_words import lack
from wallboard.screens.feed_words import no_agent_words
from wallboard.screens.floor_lines import Filled
from wallboard.screens.floor_plan import plan
from wallboard.screens.key import Key, bindings
from wallboard.screens.planned_panels import Plan, PlannedPanels
from wallboard.screens.row_keys import source_and_id
from wallboard.screens.rule import Rule
from wallboard.screens.sight import Sight
from widgets.agents import Agents
from widgets.alarms import Alarms
from widgets.callers import Callers
from widgets.choice import ChoicePanel
from widgets.headline import Headline
from widgets.hour_choice import HourChoice
from widgets.paint import text_of
from widgets.queues import Queues
from widgets.tiles import AgentTile


class FloorScreen(Acknowledging):
    """Headline rates, queues, agents, hours and alarms."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "floor.tcss"]
    NAME = "Floor"
    HAS_PAST = True
    HAS_ALARMS = True
    KEYS = (
        Key(
            "enter",
            "⏎",
            "open",
            "open",
            "open the queue, agent's day, alarm's or hour's moment, or explain",
        ),
        Key("v", "v", "", "calls", "the calls of the queue or agent under the cursor"),
        ACKNOWLEDGE,
        Key("s", "s", "sort", "sort", "sort agents by attention, name, team or state"),
        *FILTERS,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS = bindings(KEYS)
    EXPLAINED = help_words.FLOOR

    def __init__(self) -> None:
        super().__init__()
        self._order: floor_values.Order = "attention"
        self._tiles: tuple[AgentTile, ...] = ()
        self._tiled: tuple[object, ...] = ()
        self._steady_of: tuple[object, object] = (None, None)
        self._steady = range(0)
        self._alarmed: tuple[tuple[AlarmLine, ...], int] = ((), 0)
        self._planned: tuple[Filled, tuple[str, ...]] = (Filled(), PANELS)

    def body(self) -> Iterable[Widget]:
        """The panels, placed by the plan."""
        yield PlannedPanels(
            Headline(id="headline"),
            Rule(id="rule-queues"),
            Queues(id="queues"),
            Rule(id="rule-agents"),
            Agents(id="agents"),
            Alarms(id="alarms"),
            HourChoice(id="hours"),
            Callers(id="callers"),
            planned=self._plan,
        )

    def _plan(self, size: Size) -> Plan:
        return plan(size.width, size.height, *self._planned)

    def interest(self, scope: Scope) -> Interest:
        """The whole floor."""
        return Interest(scope, floor=True)

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet, and it is said why."""
        return lack(sight)

    def show_body(self, sight: Sight) -> None:
        """Hand the answers to the panels, which draw what changed."""
        floor = sight.snapshot.floor
        if floor is None:
            return
        filled = floor_values.filled(floor, sight.snapshot.alarms, sight.moment)
        planned = (filled, sight.configuration.board.layout.floor.names)
        if planned != self._planned:
            size = self.query_one(PlannedPanels).size
            before, self._planned = self._plan(size), planned
            if self._plan(size) != before:
                self.query_one(PlannedPanels).plan_anew()
        self.query_one(HourChoice).show(floor_values.hours(floor.hours, floor.at))
        self._show_clocks(floor, sight)

    def tick_body(self, sight: Sight) -> None:
        """Only what shows times: waits, times in a state, how old the data is."""
        if sight.snapshot.floor is not None:
            self._show_clocks(sight.snapshot.floor, sight)

    def _show_clocks(self, floor: Floor, sight: Sight) -> None:
        # What is not current stands still at the moment for which it held. Whole seconds, so that
        # all clocks turn at once: what is drawn again within a second sends only what happened.
        now = sight.moment // 1000 * 1000
        weekday = sight.calendar.local(now).strftime("%a")
        self.query_one(Headline).show(floor_values.rates(floor, now, weekday))
        self.query_one(Queues).show(floor_queues.queue_rows(floor.queues, now, not floor.complete))
        masked = sight.configuration.board.mask_numbers
        callers = floor_queues.caller_rows(floor, now, masked)
        self.query_one(Callers).tell(callers, floor.waiting.calls)
        self._sort(floor.agents, now)
        self.query_one(Agents).show(
            self._tiles,
            now / 1000,
            f"by {self._order}",
            empty=no_agent_words(sight.snapshot.interest.scope),
        )
        alarmed = (sight.snapshot.alarms, now)
        if alarmed != self._alarmed:
            self._alarmed = alarmed
            clock = partial(sight.clock, seconds=False)
            self.query_one(Alarms).show(panel_rows(*alarmed, clock))
        words = "" if sight.verdict.as_of is None else f"as of {sight.clock(now)}"
        for rule in ("#rule-queues", "#rule-agents"):
            self.query_one(rule, Rule).show(words)

    def _sort(self, agents: tuple[AgentNow, ...], now: int) -> None:
        """Sort anew only when an agent, the order or somebody's need for attention changed."""
        of = (agents, self._order)
        if agents is self._steady_of[0] and of == self._steady_of and now in self._steady:
            return
        self._steady_of = of
        self._steady = range(now, floor_values.steady_until(agents, now) + 1)
        urgent = tuple(floor_values.attention(agent, now) for agent in agents)
        tiled = (agents, self._order, urgent)
        if tiled != self._tiled:
            self._tiled = tiled
            self._tiles = floor_values.tiles(agents, now, self._order)

    def action_sort(self) -> None:
        """Sort agents by the next order."""
        orders = floor_values.ORDERS
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        if self.sight is not None:
            self.show(self.sight)
        words = f"by {self._order}"
        if not any(words in text_of(line) for line in self.query_one(Agents).picture.lines):
            # The panel is too short to say so.
            self.notify(f"Agents {words}.", markup=False)

    @on(Headline.Selected)
    def _explain_rate(self, event: Headline.Selected) -> None:
        self.app.post_message(self.Explain(event.key))

    @on(HourChoice.Selected)
    def _go_to_hour(self, event: HourChoice.Selected) -> None:
        self.app.post_message(self.GoTo(int(event.key)))

    @on(Alarms.Selected)
    def _go_to_alarm(self, event: Alarms.Selected) -> None:
        alarm = self._alarm(event.key)
        if alarm is not None:
            self.app.post_message(self.GoTo(first_second(alarm)))

    def chosen_alarm(self) -> AlarmLine | None:
        """The alarm under the cursor, else the first that nobody has acknowledged."""
        if isinstance(self.focused, Alarms):
            return self._alarm(self.focused.cursor_key)
        alarms = () if self.sight is None else self.sight.snapshot.alarms
        return next((alarm for alarm in alarms if not alarm.is_acknowledged), None)

    def _alarm(self, key: str | None) -> AlarmLine | None:
        alarms = () if self.sight is None else self.sight.snapshot.alarms
        return next((alarm for alarm in alarms if str(alarm.number) == key), None)

    @on(Queues.Selected)
    def _open_queue(self, event: Queues.Selected) -> None:
        source, queue = source_and_id(event.key)
        self.app.post_message(self.OpenQueue(source, queue))

    @on(Callers.Selected)
    def _open_call(self, event: Callers.Selected) -> None:
        self.app.post_message(self.OpenCall(int(event.key)))

    @on(Agents.Selected)
    def _open_agent(self, event: Agents.Selected) -> None:
        source, agent = source_and_id(event.key)
        self.app.post_message(self.OpenAgent(source, agent))

    def action_open(self) -> None:
        """Open what is under the cursor; where there is none yet, put it on what stands first."""
        panel = self.focused
        if isinstance(panel, ChoicePanel):
            panel.action_open()
            return
        for first in (Queues, Agents, Headline, Alarms):
            if self.query_one(first).focusable:
                self.query_one(first).focus()
                return

    def action_calls(self) -> None:
        """Show the calls of the queue or agent under the cursor, of all where it is on neither."""
        queue = agent = None
        match self.focused:
            case Queues(cursor_key=str(key)):
                queue = source_and_id(key)[1]
            case Agents(cursor_key=str(key)):
                agent = source_and_id(key)[1]
        self.app.post_message(self.ShowCalls(queue, agent))
