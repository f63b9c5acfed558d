"""Where one is on the board, and how to get elsewhere: screens, filters, names, dialogues."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import App, SystemCommand
from textual.screen import Screen

from wallboard.board.periods import PERIODS, TODAY
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.names import Name
from wallboard.questions.scope import Scope
from wallboard.screens.agent import AgentScreen
from wallboard.screens.agents import AgentsScreen
from wallboard.screens.alarms import AlarmsScreen
from wallboard.screens.call import CallScreen
from wallboard.screens.calls import CallsScreen
from wallboard.screens.campaign import CampaignScreen
from wallboard.screens.campaigns import CampaignsScreen
from wallboard.screens.feed import FeedScreen
from wallboard.screens.figure import FigureScreen
from wallboard.screens.figure_words import METRIC_OF, explain
from wallboard.screens.finder import Finder, Place
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.keys_in_turn import KeysInTurn
from wallboard.screens.metrics import MetricsScreen
from wallboard.screens.picker import Picker
from wallboard.screens.queue import QueueScreen
from wallboard.screens.reports import ReportsScreen
from wallboard.screens.time_keys import TRAVEL_KEYS
from wallboard.screens.words import Words


class Navigation(KeysInTurn):
    """An application of the board's screens, all limited to one scope.

    `snapshot` is what was read last, None before anything was. A subclass reads what is looked at.
    """

    MODES: ClassVar = {
        "floor": FloorScreen, "calls": CallsScreen, "agents": AgentsScreen,
        "campaigns": CampaignsScreen,
        "metrics": MetricsScreen,
        "reports": ReportsScreen,
        "feed": FeedScreen,
        "alarms": AlarmsScreen,
    }  # fmt: skip
    COMMANDS: ClassVar = App.COMMANDS | {Finder}
    DEFAULT_MODE = "floor"

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.period = TODAY
        self.snapshot: Snapshot | None = None

    @abstractmethod
    def look(self) -> None:
        """Something else may be in sight now, or in another scope: have it read and shown."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette has beside what the board shows: the colours. All else has a key."""
        del screen
        yield SystemCommand("theme", "choose the colours", self.action_change_theme)

    @property
    def board_screen(self) -> BoardScreen | None:
        """The screen of the board that is in sight, under any dialogue."""
        # While it leaves, screens lose their widgets one by one.
        found = reversed(self.screen_stack) if self.is_running else ()
        return next((screen for screen in found if isinstance(screen, BoardScreen)), None)

    def interest_of(self, screen: BoardScreen) -> Interest:
        """What a screen needs read, of the period that is looked at where it looks at one."""
        interest = screen.interest(self.scope)
        if interest.page is None or screen.HAS_OWN_PERIOD:
            return interest
        return replace(interest, period=self.period)

    def look_at(self, scope: Scope) -> None:
        """Limit every screen to `scope`."""
        self.scope = scope
        if isinstance(self.screen, FigureScreen):
            self.screen.widen()
        self.look()

    @on(BoardScreen.ScopeCleared)
    def action_clear_scope(self) -> None:
        """Look at everything."""
        self.look_at(Scope())

    def action_show(self, name: str) -> None:
        """Show the screen `name`, with nothing over it."""
        if self.current_mode != name:
            self.switch_mode(name)
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_choose(self, what: str) -> None:
        """Let a campaign, queue or team be chosen; every screen is then limited to it."""
        names = self.snapshot.names if self.snapshot is not None else None
        if names is None or isinstance(self.screen, Picker):
            return
        teams = tuple(Name(team, team) for team in names.teams)
        choices = {"campaign": names.campaigns, "queue": names.queues, "team": teams}[what]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.look_at(replace(self.scope, **{what: key or None}))

        self.push_screen(Picker(what, choices), chosen)

    def action_choose_period(self) -> None:
        """Let a period be chosen; every screen that looks at one then looks at that."""
        if isinstance(self.screen, Picker):
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self.look_back(name)

        choices = tuple(Name(name, name) for name in PERIODS)
        self.push_screen(Picker("period", choices, is_limit=False), chosen)

    def look_back(self, period: str) -> None:
        """Look at another period, by its name."""
        self.period = period
        if isinstance(self.screen, FigureScreen):
            self.screen.look_back()
        self.look()

    def action_explain(self) -> None:
        """Explain the screen in sight."""
        screen = self.board_screen
        if screen is not None:
            keys = [f"{key.shown}  {key.help}" for key in screen.KEYS]
            keys += [f"{key.shown}  {key.help}" for key in TRAVEL_KEYS]
            keys.append("ctrl+p  find screens, campaigns, queues, agents and calls by name")
            self.push_screen(Words(screen.NAME, [*screen.EXPLAINED, "KEYS  ", *keys]))

    @on(BoardScreen.Explain)
    def _explain_figure(self, event: BoardScreen.Explain) -> None:
        said: list[str] = []
        slug = event.key
        if isinstance(self.screen, FloorScreen):
            # Its headlines are of today.
            self.period = TODAY
            said = explain(slug, self.snapshot.floor if self.snapshot is not None else None)
            slug = METRIC_OF.get(slug, slug)
        if slug in BY_SLUG and self.board_screen is self.screen:
            self.push_screen(FigureScreen(slug, said))

    @on(BoardScreen.ShowCalls)
    def _show_calls(self, event: BoardScreen.ShowCalls) -> None:
        self.show_calls(event.filtered, queue=event.queue, campaign=event.campaign)

    @on(BoardScreen.OpenCall)
    def _open_call(self, event: BoardScreen.OpenCall) -> None:
        if isinstance(self.screen, CallScreen):
            self.pop_screen()
        self.push_screen(CallScreen(event.number))

    @on(BoardScreen.OpenAgent)
    def _open_agent(self, event: BoardScreen.OpenAgent) -> None:
        self.open_agent(event.source, event.agent, event.day)

    def open_agent(self, source: int | None, agent: str, day: date | None = None) -> None:
        """Show a day of an agent, today if it is None; of the first source if that is None."""
        if isinstance(self.screen, AgentScreen):
            self.pop_screen()
        self.push_screen(AgentScreen(source, agent, day))

    @on(BoardScreen.OpenQueue)
    def _open_queue(self, event: BoardScreen.OpenQueue) -> None:
        self.open_queue(event.source, event.queue)

    def open_queue(self, source: int | None, queue: str) -> None:
        """Show a queue as it is now; of the first source that has it if that is None."""
        if isinstance(self.screen, QueueScreen):
            self.pop_screen()
        self.push_screen(QueueScreen(source, queue))

    def open_campaign(self, campaign: str) -> None:
        """Show a campaign."""
        if isinstance(self.screen, CampaignScreen):
            self.pop_screen()
        self.push_screen(CampaignScreen(campaign))

    def show_calls(
        self, filtered: CallFilter, *, queue: str | None = None, campaign: str | None = None
    ) -> None:
        """Show the calls that are like `filtered`, of one queue and campaign if they are named."""
        if campaign is not None:
            self.scope = replace(self.scope, campaign=campaign)
        if queue is not None:
            self.scope = replace(self.scope, queue=queue)
        self.action_show("calls")
        self.call_after_refresh(self._filter_calls, filtered)

    def _filter_calls(self, filtered: CallFilter) -> None:
        if isinstance(self.screen, CallsScreen):
            self.screen.look_for(filtered)

    def open_by_id(self, text: str) -> None:
        """Look for calls with `text` in them."""
        self.show_calls(CallFilter(text=text))

    def places(self) -> list[Place]:
        """Everything that can be gone to by name."""
        found = [Place("screen", name, partial(self.action_show, name)) for name in self.MODES]
        if self.snapshot is None:
            return found
        names = self.snapshot.names
        for campaign in names.campaigns:
            scope = replace(self.scope, campaign=campaign.id)
            found.append(Place("campaign", campaign.name, partial(self.open_campaign, campaign.id)))
            found.append(Place("only campaign", campaign.name, partial(self.look_at, scope)))
        for queue in names.queues:
            scope = replace(self.scope, queue=queue.id)
            found.append(Place("queue", queue.name, partial(self.open_queue, None, queue.id)))
            found.append(Place("only queue", queue.name, partial(self.look_at, scope)))
        for team in names.teams:
            scope = replace(self.scope, team=team)
            found.append(Place("only team", team, partial(self.look_at, scope)))
        for agent in names.agents:
            calls = partial(self.show_calls, CallFilter(agent=agent.id))
            found.append(Place("agent", agent.name, partial(self.open_agent, None, agent.id)))
            found.append(Place("calls of agent", agent.name, calls))
        return found
