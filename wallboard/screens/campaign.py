"""One campaign: how it goes, beside what it is held to, what it came to, and why it drops calls."""

from collections.abc import Iterable
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from wallboard.board.campaign_page import Campaign
from wallboard.board.comparison_page import Comparison, ComparisonWanted
from wallboard.board.drop_change_page import DropChange
from wallboard.board.pages import Page, PageWanted
from wallboard.board.periods import period_shown
from wallboard.board.results_page import Results
from wallboard.board.snapshot import Interest, name_of
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Period
from wallboard.screens import help_words
from wallboard.screens.campaign_panels import Goals, Overview, ResultsPanel, SideBySide, Why
from wallboard.screens.campaign_tabs import FOCUSED, PANELS, TABS, WANTED, Tab, names_of, tabs_of
from wallboard.screens.common_keys import EVERYWHERE, LAST, PERIOD
from wallboard.screens.comparison_values import before_words
from wallboard.screens.disposition_calls import calls_of_disposition
from wallboard.screens.drop_change_calls import calls_of_part
from wallboard.screens.figure import FigureScreen
from wallboard.screens.figure_choice import FIGURES, OF_CAMPAIGN, OF_WEB_CAMPAIGN, Figures
from wallboard.screens.figure_limits import Limits
from wallboard.screens.hour_calls import calls_of_hour
from wallboard.screens.key import Key, bindings
from wallboard.screens.key_line import KeyLine
from wallboard.screens.level_lines import LevelLines
from wallboard.screens.page_words import page_lines
from wallboard.screens.picker import Picker
from wallboard.screens.results_values import calls_of_row
from wallboard.screens.sight import Sight
from widgets.funnel import Funnel
from widgets.rows import Rows
from widgets.status import Level

TALL: Final = 38
"""From so many lines on, there is room for the hours as figures too."""


class CampaignScreen(Figures):
    """The campaign of an id, or all campaigns together (None): then without an overview."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "campaign.tcss"]
    NAME = "Campaign"
    HAS_PAST = True
    KEYS = (
        Key("escape", "esc", "back", "back", "back to where you came from"),
        *(replace(key, word="") for key in TABS),
        Key("enter", "⏎", "open", "open", "open the figure or the calls under the cursor"),
        FIGURES,
        Key("b", "b", "beside", "beside", "choose a campaign to set beside this one"),
        PERIOD,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.key != "enter"]),
        Binding("right", "next_tab(1)", show=False),
        Binding("left", "next_tab(-1)", show=False),
    ]
    EXPLAINED = help_words.CAMPAIGN
    OPENS = OF_CAMPAIGN

    def __init__(self, campaign: str | None, tab: Tab = "overview") -> None:
        super().__init__()
        self.campaign = campaign
        self._tab: Tab = tab
        self._other: str | None = None
        self._is_web = False
        self._drawn: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The tabs, how the data stands, and the panel of this tab: others come when opened."""
        yield KeyLine(self._tabs(), id="tabs")
        yield LevelLines(is_brief=True, id="said")
        with ContentSwitcher(initial=self._tab, id="panels"):
            yield PANELS[self._tab](id=self._tab)

    def _tabs(self) -> tuple[Key, ...]:
        return tabs_of(self.campaign, is_web=self._is_web)

    def on_mount(self) -> None:
        """Begin on the tab that was asked for."""
        self._mark()

    def interest(self, scope: Scope) -> Interest:
        """What the tab in sight shows of this campaign."""
        if self.campaign is not None:
            scope = replace(scope, campaign=self.campaign)
        return Interest(scope, page=self._wanted())

    def _wanted(self) -> PageWanted:
        return ComparisonWanted(self._other) if self._tab == "sides" else WANTED[self._tab]

    def show_body(self, sight: Sight) -> None:
        """Hand what was read to the panel of the tab."""
        page = sight.snapshot.page
        if page is None or page.wanted != self._wanted():
            self.query_one("#said", LevelLines).show((("reading …", Level.GOOD),))
            return
        self._say(page, sight)
        drawn = (page.content, self._tab, self.size)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        currency = sight.configuration.reporting.currency
        match page.content:
            case Campaign() as content:
                for overview in self.query(Overview):
                    overview.show(content, sight, currency)
                if content.facts.is_web != self._is_web:
                    self._is_web = content.facts.is_web
                    self.query_one("#tabs", KeyLine).show("", self._tabs())
                    self.call_after_refresh(self._mark)
                for goals in self.query(Goals):
                    goals.show(content)
            case Comparison() as content:
                mine, other = self._sides(sight, content)
                self.query_one(SideBySide).show(content, mine, other, currency)
            case Results() as content:
                self.query_one(ResultsPanel).show(content, sight)
            case DropChange() as content:
                self.query_one(Why).show(content, sight)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room, the hours stand below their picture as figures."""
        super().on_resize(event)
        self.set_class(event.size.height >= TALL, "-tall")

    def tick_body(self, sight: Sight) -> None:
        """Only the age of what was read goes on."""
        page = sight.snapshot.page
        if page is not None and page.wanted == self._wanted():
            self._say(page, sight)

    def _say(self, page: Page, sight: Sight) -> None:
        complete = getattr(page.content, "complete", True)
        note = getattr(page.content, "note", "")
        self.query_one("#said", LevelLines).show(page_lines(page, sight, complete, note))

    def _sides(self, sight: Sight, content: Comparison) -> tuple[str, str]:
        """What stands over both columns."""
        names, interest = sight.snapshot.names.campaigns, sight.snapshot.interest
        mine = name_of(names, self.campaign) or "all campaigns"
        if self._other is not None:
            return mine, name_of(names, self._other)
        return interest.period, before_words(content.other_period, sight.calendar)

    async def action_tab(self, name: Tab) -> None:
        """Show a tab."""
        if name == "results" and self._is_web:
            name = "goals"
        if name not in names_of(self._tabs()):
            return
        switcher = self.query_one(ContentSwitcher)
        if not switcher.query(f"#{name}"):
            panel = PANELS[name](id=name)
            panel.display = False
            await switcher.mount(panel)
        self._tab = name
        switcher.current = name
        self._mark()
        self.post_message(self.InterestChanged())

    async def action_next_tab(self, step: int) -> None:
        """Show the tab beside."""
        names = names_of(self._tabs())
        await self.action_tab(names[(names.index(self._tab) + step) % len(names)])

    def _mark(self) -> None:
        self.query_one("#tabs", KeyLine).mark(f"tab('{self._tab}')")
        focused = "#funnel" if self._is_web and self._tab == "overview" else FOCUSED[self._tab]
        # The panels of a campaign come once it is known of what kind it is.
        for panel in self.query(focused):
            panel.focus()

    @on(Overview.Made)
    def _begin(self) -> None:
        self._mark()

    def action_beside(self) -> None:
        """Choose the campaign on the other side; all of them stands for the period before."""
        if self.sight is None:
            return
        choices = tuple(
            name for name in self.sight.snapshot.names.campaigns if name.id != self.campaign
        )

        async def chosen(key: str | None) -> None:
            if key is not None:
                self._other = key or None
                await self.action_tab("sides")

        self.app.push_screen(Picker("campaign", choices), chosen)

    @on(Funnel.Selected)
    def _explain_stage(self, event: Funnel.Selected) -> None:
        self._open_figure(event.key)

    @on(Rows.Opened, "#both")
    def _explain_figure(self, event: Rows.Opened) -> None:
        self._open_figure(event.key)

    def _open_figure(self, slug: str) -> None:
        if slug in BY_SLUG:
            self.app.push_screen(FigureScreen(slug, within=self.limits()))

    def opens(self) -> tuple[str, ...]:
        """Those of its kind: by voice, or on the web."""
        return OF_WEB_CAMPAIGN if self._is_web else self.OPENS

    def limits(self) -> Limits:
        """The figures of this campaign."""
        return Limits(Scope(campaign=self.campaign))

    @on(Rows.Opened, "#parts")
    def _show_calls_of_part(self, event: Rows.Opened) -> None:
        """Show the calls of a part of the drop rate."""
        if self.sight is not None:
            formula = self.sight.configuration.metrics.drop_formula
            period = self._period(self.sight)
            self._show_calls(calls_of_part(event.key, self.sight.calendar, period, formula))

    @on(Rows.Opened, "#made")
    def _show_calls_of_disposition(self, event: Rows.Opened) -> None:
        """Show the calls that came to it."""
        if self.sight is not None:
            self._show_calls(calls_of_disposition(event.key, self._period(self.sight)))

    @on(Rows.Opened, "#hour-rows")
    def _show_calls_of_hour(self, event: Rows.Opened) -> None:
        """Show the calls that began in it."""
        if self.sight is not None:
            calendar = self.sight.calendar
            self._show_calls(calls_of_hour(event.key, calendar, self._period(self.sight)))

    @on(Rows.Opened, "#reconciled")
    def _show_calls_of_report(self, event: Rows.Opened) -> None:
        """Show the calls that the row counts."""
        if self.sight is not None:
            self._show_calls(calls_of_row(event.key, self._period(self.sight)))

    def _period(self, sight: Sight) -> Period:
        interest = sight.snapshot.interest
        return period_shown(sight.calendar, interest.period, sight.moment, interest.at)

    def _show_calls(self, filtered: CallFilter | None) -> None:
        if filtered is not None:
            self.app.post_message(self.ShowCalls(campaign=self.campaign, filtered=filtered))

    def action_open(self) -> None:
        """Open what the cursor is on."""
        if isinstance(self.focused, (Rows, Funnel)):
            self.focused.action_open()

    def action_back(self) -> None:
        """Leave the campaign."""
        self.app.pop_screen()
