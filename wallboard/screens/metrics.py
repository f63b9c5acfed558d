"""The metrics: the whole catalogue by category, each with its value, sample, change and course."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Input

from wallboard.board.metrics_memory import MetricsMemory
from wallboard.board.metrics_page import MetricsContent, MetricsWanted
from wallboard.board.snapshot import Interest
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.completeness import NEVER_SENT
from wallboard.metrics.metric import Metric
from wallboard.questions.scope import Scope
from wallboard.screens import help_words
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST, PERIOD
from wallboard.screens.empty_words import lack
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key, bindings
from wallboard.screens.metric_words import span_words
from wallboard.screens.metrics_values import (
    HEADING,
    columns_of,
    detail_lines,
    metric_rows,
    narrowed,
)
from wallboard.screens.notice import FeedLine
from wallboard.screens.sight import Sight
from wallboard.screens.text_lines import TextLines
from widgets.rows import Rows
from widgets.table import Row

FEW: Final = 40
"""So few that were searched for are all read, whatever category they are of."""


class MetricsScreen(BoardScreen):
    """Every metric of the catalogue. Enter opens one."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "metrics.tcss"]
    NAME = "Metrics"
    HAS_PAST = True
    KEYS = (
        Key("enter", "⏎", "open", "open", "open the number: definition, hours, SQL, its calls"),
        Key("slash", "/", "search", "search", "narrow by words of the name"),
        Key("right", "→", "category", "category(1)", "go to the next category"),
        Key("left", "←", "", "category(-1)", "go to the category before"),
        PERIOD,
        *EVERYWHERE,
        *FILTERS,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.key != "enter"]),
        Binding("escape", "back", show=False),
    ]
    EXPLAINED = help_words.METRICS

    def __init__(self) -> None:
        super().__init__()
        self._memory = MetricsMemory()
        self._metrics: tuple[Metric, ...] = narrowed("")
        self._lines: list[Row] = []
        first = self._metrics[0].category
        self._slugs = tuple(one.slug for one in self._metrics if one.category == first)
        self._memory.in_sight = self._slugs
        self._content: MetricsContent | None = None
        self._read_at = 0
        self._index = 0
        self._shown: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The search box, the table, and the definition of what is under the cursor."""
        yield Horizontal(
            Input(placeholder="words of a name", id="search", compact=True),
            FeedLine(id="metrics-words"),
            id="search-line",
        )
        yield Rows(columns_of("hour", 80), "No metric is called so.", id="metrics")
        yield TextLines(id="detail")

    def on_mount(self) -> None:
        """Begin on the table."""
        self.query_one(Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The catalogue, the category under the cursor whatever it costs."""
        return Interest(scope, page=MetricsWanted(self._slugs, self._memory))

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet."""
        return lack(sight)

    def show_body(self, sight: Sight) -> None:
        """Show what was read; of another period or scope nothing is left."""
        page = sight.snapshot.page
        if page is not None and isinstance(page.wanted, MetricsWanted):
            content = page.content
            self._content = content if isinstance(content, MetricsContent) else None
            self._read_at = page.read_at
        content = self._content
        rows = self.query_one(Rows)
        width = rows.size.width
        shown = (content, self._metrics, width)
        if shown == self._shown:
            return
        self._shown = shown
        figures = content.figures if content is not None else {}
        rows.show_columns(columns_of(content.by if content is not None else "hour", width))
        currency = sight.configuration.reporting.currency
        lines = self._lines = metric_rows(self._metrics, figures, currency, width)
        rows.show(lines, len(lines))
        if rows.cursor == 0 and lines:
            rows.move_cursor(1)
        self._show_words(sight)
        self._show_detail()
        self._look()

    def tick_body(self, sight: Sight) -> None:
        """Nothing here is a clock; but the wheel may have scrolled."""
        del sight
        self._look()

    def _show_words(self, sight: Sight) -> None:
        content = self._content
        said = []
        is_narrow, has_gap = self.has_class("-narrow"), False
        if content is not None:
            if not is_narrow:
                said.append(f"read {sight.clock(self._read_at, seconds=False)}")
            if content.before is not None:
                words = "against" if is_narrow else "change from"
                said.append(f"{words} {span_words(sight.calendar, content.before)}")
            known = [
                content.figures[metric.slug].answer
                for metric in self._metrics
                if metric.slug in content.figures
            ]
            has_gap = any(not answer.complete for answer in known)
            self.set_class(has_gap, "-gap")
            if has_gap:
                said.insert(0, "* a gap in the data")
            lacking = sum(answer.note.startswith(NEVER_SENT) for answer in known)
            if lacking:
                said.append(f"{lacking} without events")
        count = len(self._metrics)
        if not (is_narrow and has_gap):
            said.append(f"{count} metric{'s' * (count != 1)}")
        self.query_one("#metrics-words", FeedLine).show(" · ".join(said))

    def _show_detail(self) -> None:
        slug = self.query_one(Rows).cursor_key
        figures = self._content.figures if self._content is not None else {}
        self.query_one("#detail", TextLines).show(detail_lines(slug, figures.get(slug or "")))

    def _in_sight(self) -> tuple[str, ...]:
        """The slugs of the categories that can be seen, or of all where few are left."""
        if len(self._metrics) <= FEW:
            return tuple(metric.slug for metric in self._metrics)
        rows = self.query_one(Rows)
        top = round(rows.scroll_y)
        seen = self._lines[top : top + max(1, rows.size.height - 1)]
        categories = {BY_SLUG[line.key].category for line in seen if line.key in BY_SLUG}
        return tuple(one.slug for one in self._metrics if one.category in categories)

    def _look(self) -> None:
        """Have read what has come into sight."""
        slugs = self._in_sight()
        if slugs and slugs != self._slugs:
            self._memory.in_sight = self._slugs = slugs
            self.post_message(self.InterestChanged())

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        came_from, self._index = self._index, event.index
        if event.key is not None and event.key.startswith(HEADING):
            # A heading is no place to stop at.
            onward = -1 if event.index < came_from and event.index > 0 else 1
            self.query_one(Rows).move_cursor(event.index + onward)
            return
        self.call_after_refresh(self._look)  # once it has scrolled
        self._show_detail()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if not event.key.startswith(HEADING):
            self.app.post_message(self.Explain(event.key))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._metrics = narrowed(event.value)
        rows = self.query_one(Rows)
        rows.move_cursor(1)
        if self.sight is not None:
            self.show(self.sight)
        self._look()

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one(Rows).focus()

    def action_search(self) -> None:
        """Go to the search box."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Leave the search box; from the table, forget what was searched for."""
        if self.query_one(Input).has_focus:
            self.query_one(Rows).focus()
        else:
            self.query_one(Input).value = ""

    def action_open(self) -> None:
        """Open the metric under the cursor."""
        self.query_one(Rows).action_open()

    def action_category(self, step: int) -> None:
        """Go to the first metric of the category beside."""
        rows = self.query_one(Rows)
        held = next((one for one in self._metrics if one.slug == rows.cursor_key), None)
        categories = list(dict.fromkeys(metric.category for metric in self._metrics))
        if held is None or not categories:
            return
        wanted = categories[(categories.index(held.category) + step) % len(categories)]
        # Each category before it has a heading, and so has it itself.
        at = next(n for n, metric in enumerate(self._metrics) if metric.category == wanted)
        heading = at + categories.index(wanted)
        rows.scroll_to(y=heading, animate=False)
        rows.move_cursor(heading + 1)

    def on_screen_suspend(self) -> None:
        """What nobody looks at is not read on; under a dialogue it is."""
        if not isinstance(self.app.screen, ModalScreen):
            self._memory.in_sight = ()

    def on_screen_resume(self) -> None:
        """Read on."""
        self._memory.in_sight = self._slugs
        super().on_screen_resume()
