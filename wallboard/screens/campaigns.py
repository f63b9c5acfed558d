"""The campaigns: each with its pace, its rates and its drop budget, what needs acting on first."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import events, on
from textual.binding import BindingType
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.campaigns_page import Campaigns, CampaignsWanted
from wallboard.board.pages import Page
from wallboard.board.snapshot import Interest
from wallboard.questions.scope import Scope
from wallboard.screens import campaigns_values as values
from wallboard.screens import help_words
from wallboard.screens.campaign import CampaignScreen
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST, PERIOD
from wallboard.screens.empty_words import lack
from wallboard.screens.figure_choice import FIGURES, OF_CAMPAIGN, Figures
from wallboard.screens.figure_limits import Limits
from wallboard.screens.key import Key, bindings
from wallboard.screens.level_lines import LevelLines
from wallboard.screens.page_words import page_lines
from wallboard.screens.sight import Sight
from widgets.rate_bars import RateBars
from widgets.rows import Rows

TALL: Final = 34
"""From so many lines on, there is room for more than the table."""
AROUND: Final = 5
"""The lines of the board's own, and the one between the table and the bars."""
BARS: Final = 11
"""So many lines the bars have even where the table has to scroll for it."""


class CampaignsScreen(Figures):
    """All campaigns over a period. Enter opens one."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "campaigns.tcss"]
    NAME = "Campaigns"
    HAS_PAST = True
    KEYS = (
        Key("enter", "⏎", "open", "open", "open the campaign"),
        Key("w", "w", "why it drops", "why", "why the drop rate of all of them moved"),
        Key("s", "s", "sort", "sort", "sort by attention, name, calls or drop rate"),
        FIGURES,
        PERIOD,
        *EVERYWHERE,
        *FILTERS,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in KEYS if key.key != "enter"])
    EXPLAINED = help_words.CAMPAIGNS
    OPENS = OF_CAMPAIGN

    def __init__(self) -> None:
        super().__init__()
        self._order: values.Order = "attention"
        self._shown: tuple[object, ...] = ()
        self._lines = 1, 1

    def body(self) -> Iterable[Widget]:
        """How the data stands, and the table."""
        yield LevelLines(is_brief=True, id="said")
        yield Rows(values.COLUMNS, "No campaign is known yet.", id="campaigns")
        yield RateBars("Nobody was called in these 30 days.", id="budgets")

    def on_mount(self) -> None:
        """Begin on the table."""
        self.query_one(Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The campaigns of the scope over the period."""
        return Interest(scope, page=CampaignsWanted())

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet."""
        return lack(sight)

    def show_body(self, sight: Sight) -> None:
        """Show the page as far as it was read."""
        page = sight.snapshot.page
        if page is None or not isinstance(page.content, Campaigns):
            return
        self._say(page, page.content, sight)
        shown = (page.content, self._order)
        if shown == self._shown:
            return
        self._shown = shown
        for shown_one_by_one in ("#campaigns", "#budgets"):
            self.query_one(shown_one_by_one).visible = not page.content.is_crowd
        rows = values.campaign_rows(page.content.lines, self._order)
        table = self.query_one("#campaigns", Rows)
        table.show(rows, len(rows), sorted_by=values.SORTED[self._order])
        groups = values.budget_bars(page.content.lines)
        self.query_one(RateBars).show(groups)
        self._lines = len(rows) + 1, sum(len(group.bars) + 1 for group in groups)
        self._share_room()

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room the drop budgets stand below as bars."""
        super().on_resize(event)
        self.set_class(event.size.height >= TALL, "-tall")
        self._share_room()

    def _share_room(self) -> None:
        """The bars stand right below the last campaign, all of them where there is room."""
        table, bars = self._lines
        room = self.size.height - AROUND
        self.query_one("#campaigns").styles.max_height = table
        self.query_one("#budgets").styles.height = max(1, min(bars, max(BARS, room - table)))

    def tick_body(self, sight: Sight) -> None:
        """Only the age of what was read goes on."""
        page = sight.snapshot.page
        if page is not None and isinstance(page.content, Campaigns):
            self._say(page, page.content, sight)

    def _say(self, page: Page, content: Campaigns, sight: Sight) -> None:
        scope = sight.snapshot.interest.scope
        is_part = bool(scope.queue or scope.team)
        more = "" if content.is_crowd else values.summary(content.lines, is_part=is_part)
        lines = page_lines(page, sight, content.complete, content.note, more=more)
        self.query_one("#said", LevelLines).show(lines)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if values.is_campaign(event.key):
            self.app.push_screen(CampaignScreen(event.key))

    def action_open(self) -> None:
        """Open the campaign under the cursor."""
        self.query_one(Rows).action_open()

    def limits(self) -> Limits | None:
        """The figures of the campaign under the cursor."""
        key = self.query_one(Rows).cursor_key
        is_one = key is not None and values.is_campaign(key)
        return Limits(Scope(campaign=key)) if is_one else None

    def action_why(self) -> None:
        """Open all campaigns together, at why their drop rate moved."""
        self.app.push_screen(CampaignScreen(None, "why"))

    def action_sort(self) -> None:
        """Sort by the next order."""
        at = values.ORDERS.index(self._order)
        self._order = values.ORDERS[(at + 1) % len(values.ORDERS)]
        if self.sight is not None:
            self.show(self.sight)
