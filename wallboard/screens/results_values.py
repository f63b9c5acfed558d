"""Campaign results beside call reports, as sentences and as a table. Pure."""

from collections.abc import Sequence
from typing import Final

from wallboard.board.results_page import Reconciled, Results
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Period
from widgets import figures
from widgets.table import Column, Row

COLUMNS: Final = (
    Column("what", 43, grow=3, priority=5),
    Column("campaign results", 16, "right", grow=1, priority=4),
    Column("call reports", 12, "right", grow=1, priority=4),
)
_ALL: Final = "rows in all"
_IN_PROGRESS: Final = "  of them in progress"
_OPENING: Final = "Enter on the rows in all, or on those in progress, opens these calls."
_OPENING_THEN: Final = "Enter on the rows in all opens these calls."
_NOT_NARROWED: Final = "Neither report knows queues or teams: these figures are of all of them."


def words(page: Results, scope: Scope, *, is_past: bool) -> tuple[str, ...]:
    """Why both differ, in the words of the report, and what opens calls."""
    said = tuple(line.in_words for line in page.lines)
    if not said:
        return said
    if _is_narrowed(scope):
        return (*said, _NOT_NARROWED)
    return (*said, _OPENING_THEN if is_past else _OPENING)


def calls_of_row(row: str, period: Period) -> CallFilter | None:
    """The calls that a row counts over the period, None where the list cannot tell them."""
    if row not in {_ALL, _IN_PROGRESS}:
        return None
    state = "open" if row == _IN_PROGRESS else None
    return CallFilter(state=state, start=period.start_ms, end=period.end_ms)


def _is_narrowed(scope: Scope) -> bool:
    """Whether the list of calls is of fewer than these reports are, which know but campaigns."""
    return scope.queue is not None or scope.team is not None


def _opens(row: str, scope: Scope, *, is_past: bool) -> bool:
    """Whether the list has exactly the calls of a row.

    Of the past the reports count a call that went on as it ended, the list as it went on.
    """
    return not _is_narrowed(scope) and (row == _ALL or (row == _IN_PROGRESS and not is_past))


def result_rows(page: Results, scope: Scope, *, is_past: bool) -> list[Row]:
    """The figures of both reports, adding up downwards."""
    lines = page.lines
    if not lines:
        return []
    contacts, calls = _sum(lines, "contacts"), _sum(lines, "calls")
    alone = sum(line.calls for line in lines if not line.contacts)
    never = [line.never_called for line in lines if line.never_called is not None]
    none = figures.UNKNOWN
    rows = [
        ("contacts: first call of the period to each", contacts, _sum(lines, "first_attempts")),
        ("further calls to them", None, _sum(lines, "retries")),
        ("calls without a contact", None, alone),
        (_ALL, contacts, calls),
        (_IN_PROGRESS, None, _sum(lines, "in_progress")),
        ("legs to agents (A)", None, _sum(lines, "a_legs")),
        ("legs to contacts (B)", None, _sum(lines, "b_legs")),
        ("legs patched through (S)", None, _sum(lines, "s_legs")),
        ("legs listening (M)", None, _sum(lines, "m_legs")),
    ]
    found = [
        Row(
            title,
            (
                title,
                none if mine is None else figures.count(mine),
                figures.count(theirs),
            ),
            opens=_opens(title, scope, is_past=is_past),
        )
        for title, mine, theirs in rows
    ]
    if never:
        title = f"in neither: {figures.count(sum(never))} contacts never called"
        found.append(Row("never", (title, none, none), faint=True, opens=False))
    return found


def _sum(lines: Sequence[Reconciled], name: str) -> int:
    return sum(int(getattr(line, name)) for line in lines)
