"""The panels of one campaign: each shows a page, and knows no other."""

from abc import abstractmethod

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message

from wallboard.board.campaign_page import Campaign
from wallboard.board.comparison_page import Comparison
from wallboard.board.drop_change_page import DropChange
from wallboard.board.results_page import Results
from wallboard.screens import (
    campaign_tables,
    campaign_values,
    campaign_web_values,
    comparison_values,
    drop_change_values,
    results_values,
)
from wallboard.screens.level_lines import LevelLines
from wallboard.screens.metric_words import span_words
from wallboard.screens.sight import Sight
from wallboard.screens.wrapped import Wrapped
from widgets.funnel import Funnel
from widgets.heading import Heading
from widgets.histogram import Histogram
from widgets.rate_bars import RateBars
from widgets.rows import Rows
from widgets.trends import Trends


class Kind(Container):
    """The panels of one kind of campaign, which show what they are given once they are there."""

    def __init__(self) -> None:
        super().__init__(id=type(self).__name__.lower())
        self._taken: tuple[Campaign, Sight, str] | None = None
        self._is_there = False

    def take(self, page: Campaign, sight: Sight, currency: str) -> None:
        """Show `page`, now or as soon as there is something to show it with."""
        self._taken = page, sight, currency
        if self._is_there:
            self.show(page, sight, currency)

    def on_mount(self) -> None:
        """All panels are there now."""
        self._is_there = True
        if self._taken is not None:
            self.show(*self._taken)
        self.post_message(Overview.Made())

    @abstractmethod
    def show(self, page: Campaign, sight: Sight, currency: str) -> None:
        """Show the campaign as far as it was read."""


class Voice(Kind):
    """A campaign of calls."""

    def compose(self) -> ComposeResult:
        """Drops, hours and what came of the calls."""
        yield Heading(
            "DROP COMPLIANCE", "of the whole campaign, whatever the filters", id="budget-title"
        )
        yield LevelLines(id="budget")
        with Vertical(id="by-hour"):
            yield Histogram("No call in this period.", "BY HOUR OF DAY", "not answered", id="hours")
            yield Rows(campaign_tables.HOURS, "No call in this period.", id="hour-rows")
        with Vertical(id="came-to"):
            yield Heading("DISPOSITIONS", "what the agents made of the calls")
            yield Rows(campaign_tables.DISPOSITIONS, "No call in this period.", id="made")

    def show(self, page: Campaign, sight: Sight, currency: str) -> None:
        """Show the calls of the campaign."""
        del currency
        today = sight.calendar.day_of(sight.now)
        is_today = page.budget is not None and page.budget.day == today
        self.query_one(LevelLines).show(
            campaign_values.budget_lines(
                page.budget, is_today, lambda at: sight.clock(at, seconds=False)
            )
        )
        is_now = sight.snapshot.interest.period == "today"
        hour = f"{sight.calendar.local(sight.moment):%H}" if is_now else None
        self.query_one(Histogram).show(campaign_tables.hours(page, hour))
        hours = campaign_tables.hour_rows(page)
        self.query_one("#hour-rows", Rows).show(hours, len(hours))
        if page.dispositions is not None:
            rows = campaign_tables.disposition_rows(page)
            self.query_one("#made", Rows).show(rows, len(rows))


class Web(Kind):
    """A campaign on the web."""

    def compose(self) -> ComposeResult:
        """The data bar, the rates, their course, and the goals."""
        with Vertical(id="data-bar"):
            yield Heading("DATA BAR", "from those it was meant for to what was gained")
            yield Funnel(id="funnel")
        yield RateBars(id="rates")
        with Vertical(id="over-time"):
            yield Heading("OVER TIME")
            yield Trends(id="trends")
        with Vertical(id="contribution"):
            yield Heading("CONTRIBUTION TO GOALS", "reached by visits it was shown to")
            yield Rows(campaign_tables.GOALS, "No goal was reached.", id="goal-list")

    def show(self, page: Campaign, sight: Sight, currency: str) -> None:
        """Show the visits of the campaign."""
        del sight
        self.query_one(Funnel).show(campaign_web_values.funnel(page))
        self.query_one(RateBars).show(campaign_web_values.bars(page, currency))
        labels = campaign_web_values.time_labels(page.times)
        self.query_one(Trends).show(campaign_web_values.trends(page, currency), labels)
        if page.goals is not None:
            rows = campaign_tables.goal_rows(page)
            self.query_one("#goal-list", Rows).show(rows, len(rows))


class Overview(Container):
    """How a campaign goes: by voice, or on the web. Only the panels of its kind are made."""

    class Made(Message):
        """The panels of the campaign's kind are there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._kind: Kind | None = None

    def compose(self) -> ComposeResult:
        """The facts; the rest once it is known of what kind the campaign is."""
        yield Wrapped(id="facts")

    def show(self, page: Campaign, sight: Sight, currency: str) -> None:
        """Show the campaign as far as it was read."""
        self.query_one("#facts", Wrapped).show(campaign_values.facts(page, currency))
        kind = Web if page.facts.is_web else Voice
        if not isinstance(self._kind, kind):
            if self._kind is not None:
                self._kind.remove()
            self._kind = kind()
            self.mount(self._kind)
        self._kind.take(page, sight, currency)


class Goals(Container):
    """What a web campaign did for all goals."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield Heading("CONTRIBUTION TO GOALS", "reached by visits it was shown to")
        yield Rows(campaign_tables.GOALS, "No goal was reached.", id="all-goals")

    def show(self, page: Campaign) -> None:
        """Show the goals, once they were read."""
        if page.goals is not None:
            rows = campaign_tables.goal_rows(page)
            self.query_one(Rows).show(rows, len(rows))


class SideBySide(Container):
    """Figures of two periods, or of two campaigns."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield Rows(
            comparison_values.columns("", ""), "Neither side has anything to compare.", id="both"
        )

    def show(self, page: Comparison, mine: str, other: str, currency: str) -> None:
        """Show both sides under their names."""
        rows = comparison_values.comparison_rows(page, currency)
        table = self.query_one(Rows)
        table.show_columns(comparison_values.columns(mine, other))
        table.show(rows, len(rows))


class ResultsPanel(Container):
    """Campaign results beside call reports, and why they differ."""

    def compose(self) -> ComposeResult:
        """The words, then the figures."""
        yield Wrapped(id="in-words")
        yield Rows(results_values.COLUMNS, "No call in this period.", id="reconciled")

    def show(self, page: Results, sight: Sight) -> None:
        """Show both reports side by side."""
        scope = sight.snapshot.interest.scope
        self.query_one(Wrapped).show(results_values.words(page, scope, is_past=sight.is_past))
        rows = results_values.result_rows(page, scope, is_past=sight.is_past)
        self.query_one(Rows).show(rows, len(rows))


class Why(Container):
    """Why the drop rate moved."""

    def compose(self) -> ComposeResult:
        """The sentence, how the table is to be read, and the table."""
        yield Wrapped(id="summary")
        yield Rows(drop_change_values.COLUMNS, "There is no change to split.", id="parts")

    def show(self, page: DropChange, sight: Sight) -> None:
        """Show the change and its parts."""
        before = "" if page.earlier is None else span_words(sight.calendar, page.earlier)
        self.query_one(Wrapped).show(drop_change_values.words(page, before))
        rows = drop_change_values.change_rows(page, sight.snapshot.names)
        self.query_one(Rows).show(rows, len(rows))
