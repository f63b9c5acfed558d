"""The alarms, those that stand and those that are over; from each the moment itself opens."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.types import CSSPathType
from textual.widget import Widget

from wallboard.board.alarms_page import AlarmsPage, AlarmsWanted
from wallboard.board.drop_lines import NamedBudget
from wallboard.board.snapshot import Interest
from wallboard.questions.alarms import AlarmLine
from wallboard.questions.scope import Scope
from wallboard.screens import help_words
from wallboard.screens.alarm_keys import ACKNOWLEDGE, Acknowledging
from wallboard.screens.alarm_trouble import trouble_lines
from wallboard.screens.alarm_values import COLUMNS, evaluated_words, fitted, list_rows, summary
from wallboard.screens.alarm_words import first_second
from wallboard.screens.common_keys import EVERYWHERE, LAST
from wallboard.screens.drop_budget_rows import budget_columns, budget_rows
from wallboard.screens.drop_budget_words import MOST
from wallboard.screens.key import Key, bindings
from wallboard.screens.sight import Sight
from wallboard.screens.wrapped import Wrapped
from widgets.rows import Rows


class AlarmsScreen(Acknowledging):
    """Every alarm, the latest first. Enter goes to the moment at which one was raised."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["frame.tcss", "alarms.tcss"]
    NAME = "Alarms"
    HAS_PAST = True
    HAS_ALARMS = True
    KEYS = (
        Key("enter", "⏎", "go there", "open", "see the floor at the moment it was raised"),
        ACKNOWLEDGE,
        Key("v", "v", "call", "call", "open the call that it is about, or was last seen with"),
        *EVERYWHERE,
        *LAST,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in KEYS if key.key != "enter"])
    EXPLAINED = help_words.ALARMS

    def __init__(self) -> None:
        super().__init__()
        self._page: AlarmsPage | None = None

    def body(self) -> Iterable[Widget]:
        """What is wrong with the calling, if anything, and the list."""
        yield Wrapped(id="summary")
        yield Wrapped(id="troubles")
        yield Rows(COLUMNS, "No alarm was ever raised.", id="alarms")
        budgets = Rows((), id="budgets")
        budgets.can_focus = False  # only looked at
        yield budgets

    def on_mount(self) -> None:
        """Begin on the list."""
        self.query_one("#alarms", Rows).focus()

    def interest(self, scope: Scope) -> Interest:
        """The list, whatever the scope: an alarm is to be seen by everybody."""
        return Interest(scope, page=AlarmsWanted())

    def show_body(self, sight: Sight) -> None:
        """Show what was read, if it is of this screen."""
        page = sight.snapshot.page
        if page is not None and isinstance(page.content, AlarmsPage):
            self._page = page.content
        if self._page is None:
            return
        alarms = self._page.alarms
        now = sight.moment // 1000 * 1000
        evaluations = () if sight.is_past else self._page.evaluations
        lines = [summary(alarms), evaluated_words(evaluations, now)]
        self.query_one("#summary", Wrapped).show([line for line in lines if line])
        troubles = trouble_lines(self._page.deliveries, self._page.rules, sight.clock_on(sight.now))
        self.set_class(bool(troubles), "-troubled")
        self.query_one("#troubles", Wrapped).show(troubles)
        self._show_budgets(self._page.budgets, sight)
        rows = list_rows(alarms, now, sight.clock_on(sight.now))
        listed = self.query_one("#alarms", Rows)
        listed.show_columns(fitted(rows))
        listed.show(rows, len(rows))

    def _show_budgets(self, budgets: Sequence[NamedBudget], sight: Sight) -> None:
        """The drops left, below the alarms in as many lines as it takes."""
        most = max(MOST, self.size.height // 4)
        rows = budget_rows(budgets, lambda at: sight.clock(at, seconds=False), most)
        table = self.query_one("#budgets", Rows)
        lines = len(rows) + 1 if rows else 0
        if table.styles.height is None or table.styles.height.value != lines:
            table.styles.height = lines
        table.show_columns(budget_columns(rows))
        table.show(rows, len(rows))

    def tick_body(self, sight: Sight) -> None:
        """What stands lasts longer."""
        self.show_body(sight)

    def chosen_alarm(self) -> AlarmLine | None:
        """The alarm under the cursor."""
        key = self.query_one("#alarms", Rows).cursor_key
        alarms = () if self._page is None else self._page.alarms
        return next((alarm for alarm in alarms if str(alarm.number) == key), None)

    def action_call(self) -> None:
        """Open the call of the alarm under the cursor."""
        alarm = self.chosen_alarm()
        if alarm is not None and alarm.call is not None:
            self.app.post_message(self.OpenCall(alarm.call))
        else:
            self.notify("This alarm is about no call.", markup=False)

    def action_open(self) -> None:
        """Go to the moment of the alarm under the cursor."""
        self.query_one("#alarms", Rows).action_open()

    @on(Rows.Opened)
    def _go(self) -> None:
        alarm = self.chosen_alarm()
        if alarm is not None:
            self.app.post_message(self.GoTo(first_second(alarm)))
