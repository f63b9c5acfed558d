"""What the list of alarms shows: the latest of them, and what is wrong with the calling itself."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wallboard.board.drop_lines import NamedBudget, named_budgets
from wallboard.board.pages import Question
from wallboard.questions.alarms import (
    AlarmLine,
    DeliveryTrouble,
    RuleEvaluation,
    RuleTrouble,
    delivery_troubles,
    latest_alarms,
    rule_evaluations,
    rule_troubles,
)

MOST: Final = 1_000
"""So many of the latest are listed."""
TROUBLE_MS: Final = 24 * 3_600_000
"""For so long it is told that a message could not be delivered."""


class AlarmsPage(Struct, frozen=True):
    """The latest alarms, open or over, and what could not be posted or evaluated."""

    alarms: tuple[AlarmLine, ...]
    deliveries: tuple[DeliveryTrouble, ...]
    rules: tuple[RuleTrouble, ...]
    budgets: tuple[NamedBudget, ...] = ()
    """What is left of drops, for each campaign that reached anybody in 30 days."""
    evaluations: tuple[RuleEvaluation, ...] = ()


class AlarmsWanted(Struct, frozen=True):
    """The list of alarms."""

    fresh_seconds: float = 1.0

    def read(self, question: Question) -> Iterator[AlarmsPage]:
        """All of it in one step: the lists are short. Raises sqlite3.Error."""
        connection, now = question.connection, question.now
        yield AlarmsPage(
            latest_alarms(connection, now, MOST),
            delivery_troubles(connection, now - TROUBLE_MS),
            rule_troubles(connection),
            named_budgets(question),
            rule_evaluations(connection),
        )
