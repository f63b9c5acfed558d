"""A table of any length of which only the part in sight, and a little more, need be known."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.known_rows import KnownRows
from widgets.lengths import Lengths
from widgets.paint import Line, changed, fit, sentence
from widgets.roles import COMPONENTS
from widgets.swatches import Swatches
from widgets.table import Column, Row, column_at, draw_heading, draw_row, layout

HEADING = 1


class Form(NamedTuple):
    """How lines are drawn: in which columns, where these stand, and which one has the mark."""

    columns: tuple[Column, ...]
    placed: tuple[tuple[int, int], ...]
    width: int
    sorted_by: int


class Content(NamedTuple):
    """What stands on a line in sight; a row that is not known yet is None. `y` of the sentence."""

    kind: Literal["row", "heading", "blank", "empty"]
    form: Form
    y: int = 0
    row: Row | None = None
    is_marked: bool = False


class RowsMessage(Message):
    """What a table tells its owner; `rows` and `control` are the table."""

    def __init__(self, rows: "Rows") -> None:
        super().__init__()
        self.rows = rows

    @property
    def control(self) -> "Rows":
        """The table it happened on."""
        return self.rows


class Rows(Swatches, ScrollView, can_focus=True):
    """A virtual table: its owner shows a page of the rows; it asks with `Wanted` for what it lacks.

    Rows not known yet are drawn as `…`. The cursor stays on its row when the page changes.
    """

    DEFAULT_CSS = f"""
    Rows {{ height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        {COMPONENTS} }}
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "go(0)", "First", show=False),
        Binding("end", "go(-1)", "Last", show=False),
    ]

    class Moved(RowsMessage):
        """The cursor is on row `index`; `key` is None while that row is not known."""

        def __init__(self, rows: "Rows", key: str | None, index: int) -> None:
            super().__init__(rows)
            self.key = key
            self.index = index

    class Opened(RowsMessage):
        """The reader opened the row `key`."""

        def __init__(self, rows: "Rows", key: str) -> None:
            super().__init__(rows)
            self.key = key

    class HeadClicked(RowsMessage):
        """The reader clicked the head of the column of index `column`."""

        def __init__(self, rows: "Rows", column: int) -> None:
            super().__init__(rows)
            self.column = column

    class Wanted(RowsMessage):
        """The table needs `count` rows from `offset` on; answer with `show`."""

        def __init__(self, rows: "Rows", offset: int, count: int) -> None:
            super().__init__(rows)
            self.offset = offset
            self.count = count

        def can_replace(self, message: Message) -> bool:
            """Only the latest wish of a table counts: it has scrolled on since the others."""
            return isinstance(message, Rows.Wanted) and message.rows is self.rows

    def __init__(
        self,
        columns: Sequence[Column],
        empty: str = "Nothing to show.",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._empty = empty
        self._known = KnownRows()
        self._lengths = Lengths(self._columns)
        self._cursor = 0
        self._sorted_by = -1

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        return self._columns

    @property
    def placed(self) -> tuple[tuple[int, int], ...]:
        """The index and the cells of each column that there is room for, in order."""
        # The size has the scrollbar in it; what is under the bar is blank.
        width = self.scrollable_content_region.width
        return layout(self._columns, width, self._lengths.longest)

    @property
    def total(self) -> int:
        """How many rows there are, known or not."""
        return self._known.total

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor."""
        return self._cursor

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, None while it is not known."""
        row = self._known.at(self._cursor)
        return row.key if row else None

    def show(
        self, rows: Sequence[Row], total: int, offset: int = 0, *, sorted_by: int = -1
    ) -> None:
        """Show `rows`, which are those from `offset` on of `total`; forget all others.

        `sorted_by` is the index of the column to mark as the order of the rows.
        """
        before = self._in_sight()
        held = self.cursor_key
        self._known.take(rows, total, offset)
        self._lengths.take(rows, sorted_by)
        self._sorted_by = sorted_by
        self._follow(held)
        self._resize(self._known.total + HEADING)
        after = self._in_sight()
        if len(before) == len(after):
            regions: list[Region] = []
            for y, (old, new) in enumerate(zip(before, after, strict=True)):
                if old != new:
                    # Most rows are as they were, and need not be drawn to know it.
                    found = changed([self._drawn(old)], [self._drawn(new)])
                    regions += [region.translate((0, y)) for region in found]
            if regions:
                self.refresh(*regions)
        else:
            self.refresh()
        self._want()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows must be shown anew to match."""
        self._columns = tuple(columns)
        self._lengths = Lengths(self._columns)
        self.refresh()

    def move_cursor(self, index: int) -> None:
        """Put the cursor on row `index`, or the nearest there is, and scroll it into sight."""
        index = max(0, min(index, self._known.total - 1))
        if index == self._cursor or not self._known.total:
            return
        before = self._cursor
        self._cursor = index
        top = round(self.scroll_y)
        room = max(1, self.size.height - HEADING)
        if index < top:
            self.scroll_to(y=index, animate=False)
        elif index >= top + room:
            self.scroll_to(y=index - room + 1, animate=False)
        self._refresh_row(before)
        self._refresh_row(index)
        self.post_message(self.Moved(self, self.cursor_key, index))

    def render_line(self, y: int) -> Strip:
        """Return line `y` of what is in sight: the heading, then rows."""
        width = self.size.width
        return self.palette.strip(fit(self._line(y), width), width)

    def _resize(self, height: int) -> None:
        """Take `height` as that of all rows. Only a bar that comes or goes needs a new layout."""
        before = self.virtual_size.height
        if before == height:
            return
        if min(before, height) > self.size.height and self.show_vertical_scrollbar:
            self.set_reactive(ScrollView.virtual_size, Size(0, height))
            self.vertical_scrollbar.window_virtual_size = height
            self.scroll_to(y=min(self.scroll_y, self.max_scroll_y), animate=False)
        else:
            self.virtual_size = Size(0, height)

    def _line(self, y: int) -> Line:
        return self._drawn(self._content(y, self._form()))

    def _in_sight(self) -> list[Content]:
        form = self._form()
        return [self._content(y, form) for y in range(self.size.height)]

    def _form(self) -> Form:
        width = self.scrollable_content_region.width
        return Form(self._columns, self.placed, width, self._sorted_by)

    def _content(self, y: int, form: Form) -> Content:
        index = round(self.scroll_y) + y - HEADING
        if not self._known.total:
            return Content("empty", form, y)
        if y < HEADING:
            return Content("heading", form)
        if index >= self._known.total:
            return Content("blank", form)
        marked = index == self._cursor and self.has_focus
        return Content("row", form, row=self._known.at(index), is_marked=marked)

    def _drawn(self, content: Content) -> Line:
        columns, placed, width, sorted_by = content.form
        match content.kind:
            case "row":
                return draw_row(content.row, columns, placed, width, content.is_marked)
            case "heading":
                return draw_heading(columns, placed, width, sorted_by)
            case "empty":
                lines = sentence(self._empty, width, max(1, self.size.height)).lines
                return lines[content.y] if content.y < len(lines) else fit((), width)
        return fit((), width)

    def _follow(self, key: str | None) -> None:
        """Keep the cursor on the row `key` if it is still there, unless it stands on the first."""
        if key is not None and self._cursor > 0:
            at = self._known.index_of(key)
            self._cursor = self._cursor if at is None else at
        self._cursor = max(0, min(self._cursor, self._known.total - 1))

    def _refresh_row(self, index: int) -> None:
        y = index - round(self.scroll_y) + HEADING
        if HEADING <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _want(self) -> None:
        """Ask for the rows in sight, if any of them is not known."""
        wish = self._known.wish(round(self.scroll_y), self.size.height - HEADING)
        if wish is not None:
            self.post_message(self.Wanted(self, *wish))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw and ask for what came into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show or hide the cursor."""
        super().watch_has_focus(has_focus)
        self._refresh_row(self._cursor)

    def on_resize(self) -> None:
        """Ask for what came into sight."""
        self._want()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked, and open it if the cursor was there already."""
        at = event.get_content_offset(self)
        if at is None:
            return
        if at.y < HEADING:
            column = column_at(self.placed, at.x)
            if column is not None and self._known.total:
                self.post_message(self.HeadClicked(self, column))
            return
        index = round(self.scroll_y) + at.y - HEADING
        if index >= self._known.total:
            return
        if index == self._cursor:
            self.action_open()
        else:
            self.move_cursor(index)

    def action_open(self) -> None:
        """Open the row under the cursor, if it opens anything."""
        row = self._known.at(self._cursor)
        if row is not None and row.opens:
            self.post_message(self.Opened(self, row.key))

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.move_cursor(self._cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by as many rows as are seen at once."""
        self.move_cursor(self._cursor + step * max(1, self.size.height - HEADING))

    def action_go(self, index: int) -> None:
        """Move the cursor to row `index`, counted from the end when negative."""
        self.move_cursor(index if index >= 0 else self._known.total + index)
