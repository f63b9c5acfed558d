"""The reports: chosen from a list, read page by page, written to a file."""

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from wallboard.board.pages import Page
from wallboard.board.report_export import ExportWanted
from wallboard.board.report_page import MOST_ROWS, ROWS, Preview, ReportWanted
from wallboard.board.snapshot import Interest
from wallboard.questions.scope import Scope
from wallboard.reports.catalogue import BY_NAME, REPORTS
from wallboard.screens import help_words, reports_values
from wallboard.screens.common_keys import EVERYWHERE, FILTERS, LAST, PERIOD
from wallboard.screens.empty_words import lack
from wallboard.screens.exporting import Exporting, ExportLine
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key, bindings
from wallboard.screens.reveal import REVEAL
from wallboard.screens.sight import Sight
from widgets.rows import Rows
from widgets.table import Row
from widgets.text import visible


class ReportsScreen(Exporting, BoardScreen):
    """Every report of the catalogue over the period and scope that is looked at."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "reports.tcss"]
    NAME = "Reports"
    KEYS = (
        Key("enter", "⏎", "read", "read", "go to the rows of the report"),
        Key("e", "e", "export", "export", "write the report to a file: csv, xlsx or json"),
        PERIOD,
        Key("right", "→", "columns", "columns(1)", "further columns"),
        Key("left", "←", "", "columns(-1)", "columns before"),
        Key("d", "d", "", "by_day", "campaign-dashboard: a row a day"),
        Key("escape", "esc", "back", "back", "cancel the export; else back to the list of reports"),
        REVEAL,
        *FILTERS,
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in KEYS if key.key != "enter"])
    EXPLAINED = help_words.REPORTS

    def __init__(self) -> None:
        super().__init__()
        self._report = REPORTS[0]
        self._rows = ROWS
        self._by: str | None = None
        self._first = 0
        self._page: Page | None = None
        self._preview: Preview | None = None
        self._drawn: tuple[object, ...] = ()
        self._cells: list[Row] = []

    def body(self) -> Iterable[Widget]:
        """The list of reports beside the one that is chosen."""
        with Container(id="panes"):
            yield Rows(reports_values.LIST_COLUMNS, id="list")
            with Vertical(id="report"):
                yield Static("", id="head", markup=False)
                yield Static("", id="state", markup=False)
                yield Static("", id="warning", markup=False)
                yield Rows((), "No row is in this report over this period.", id="preview")
        yield ExportLine(id="export-state")

    def on_mount(self) -> None:
        """List the reports, and begin there."""
        rows = reports_values.list_rows()
        self.query_one("#list", Rows).show(rows, len(rows))
        self.query_one("#list", Rows).focus()

    def _wanted(self) -> ReportWanted:
        return ReportWanted(self._report.name, self._rows, self._by)

    def interest(self, scope: Scope) -> Interest:
        """The first rows of the report, as many as were scrolled to."""
        return Interest(scope, page=self._wanted())

    def lacks(self, sight: Sight) -> tuple[str, ...]:
        """There may be nothing yet."""
        return lack(sight)

    def revealed_words(self) -> str:
        """The report, for the record."""
        return f"board report {self._report.name}"

    def show_body(self, sight: Sight) -> None:
        """Show as much of the report as was read."""
        self._take(sight)
        narrow = self.has_class("-narrow")
        self._say("#head", reports_values.head_words(self._report, narrow))
        page, preview = self._page, self._preview
        is_done = page is not None and page.is_done
        as_of = page.read_at if page is not None else sight.now
        words = reports_values.state_words(preview, is_done, self._first, sight.clock, as_of)
        self._say("#state", words)
        self._say("#warning", reports_values.warning_words(preview, narrow))
        masked = self.is_masked(sight)
        table = self.query_one("#preview", Rows)
        drawn = (preview, masked, self._first)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        table.display = preview is None or not preview.problem
        if preview is None:
            table.show((), 1)
            return
        self._cells = reports_values.cells_of(preview, masked)
        table.show_columns(reports_values.table_columns(preview, self._cells, self._first))
        # One row more than is known, so that the table asks for it.
        more = not preview.is_whole and len(self._cells) < MOST_ROWS
        rows = reports_values.shifted(self._cells, self._first)
        table.show(rows, len(rows) + more)

    def _take(self, sight: Sight) -> None:
        """Take what was read, unless more of the same is there already and it is still coming."""
        page = sight.snapshot.page
        wanted = page.wanted if page is not None else None
        is_ours = isinstance(wanted, ReportWanted) and (
            (wanted.report, wanted.by) == (self._report.name, self._by)
        )
        if page is None or not is_ours or not isinstance(page.content, Preview):
            return
        old, new = self._preview, page.content
        is_same = old is not None and _of(old) == _of(new)
        if is_same and old is not None and not page.is_done and len(new.full) < len(old.full):
            return
        self._page, self._preview = page, new

    def _say(self, where: str, words: str) -> None:
        """Show words where they are others than before."""
        line = self.query_one(where, Static)
        text = visible(words)
        if str(line.content) != text:
            line.update(Text(text))
            line.set_class(bool(text), "-said")

    def tick_body(self, sight: Sight) -> None:
        """Nothing here has a clock."""

    def _begin(self, *, anew: bool = True) -> None:
        """Have other rows read; `anew`: nothing of what is shown is of them."""
        if anew:
            self._rows, self._first = ROWS, 0
            self._page = self._preview = None
            self.query_one("#preview", Rows).move_cursor(0)
        self.post_message(self.InterestChanged())

    @on(Rows.Moved, "#list")
    def _chosen(self, event: Rows.Moved) -> None:
        report = BY_NAME.get(event.key or "")
        if report is not None and report is not self._report:
            self._report, self._by = report, None
            self._begin()

    @on(Rows.Opened, "#list")
    def _read(self) -> None:
        self.action_read()

    @on(Rows.Wanted, "#preview")
    def _scrolled(self, event: Rows.Wanted) -> None:
        known = len(self._cells)
        is_reading = self._page is None or not self._page.is_done
        if event.offset + event.count > known and known >= self._rows and not is_reading:
            self._rows = min(MOST_ROWS, self._rows * 2)
            self._begin(anew=False)

    def action_read(self) -> None:
        """Go to the rows; where there is little room the list makes way."""
        self.add_class("-reading")
        self.query_one("#preview", Rows).focus()

    def action_back(self) -> None:
        """Cancel the export that goes on; else go back to the list."""
        if self.cancel_export():
            return
        self.remove_class("-reading")
        self.query_one(ExportLine).say("")
        self.query_one("#list", Rows).focus()

    def action_columns(self, step: int) -> None:
        """Shift the columns; the first stays."""
        many = len(self._preview.columns) if self._preview is not None else 0
        first = max(0, min(self._first + step, many - 2))
        if first != self._first and self.sight is not None:
            self._first = first
            self.show_body(self.sight)

    def action_by_day(self) -> None:
        """A row for each day, or not, where the report can be split so."""
        if not self._report.by:
            self.notify(f"{self._report.title} cannot be split by day.", markup=False)
            return
        self._by = None if self._by else self._report.by[0]
        self._begin()

    def export_wanted(self, sight: Sight) -> ExportWanted | None:
        """The report as it is looked at."""
        preview = self._preview
        if preview is None or not preview.columns:
            return None
        return ExportWanted(
            report=self._report.name,
            asked=preview.asked,
            is_masked=self.is_masked(sight),
            is_reveal=sight.configuration.board.mask_numbers and self.is_revealed,
            now=sight.now,
        )


def _of(preview: Preview) -> tuple[object, ...]:
    """What a preview is of, however much of it was read."""
    asked = preview.asked
    return (preview.report, asked.period, asked.filters, asked.by)
