"""Campaign results beside call reports, as sentences and as a table. Pure."""

from collections.abc import Sequence
from typing import Final

from wallboard.board.results_page import Reconciled, Results
from widgets import figures
from widgets.table import Column, Row

COLUMNS: Final = (
    Column("what", 43, grow=3, priority=5),
    Column("campaign results", 16, "right", grow=1, priority=4),
    Column("call reports", 12, "right", grow=1, priority=4),
)
_ALL: Final = "rows in all"
CALLS: Final = "calls"
"""The key of the row that opens the calls."""


def words(page: Results) -> tuple[str, ...]:
    """Why both differ, in the words of the report."""
    return tuple(line.in_words for line in page.lines)


def result_rows(page: Results) -> list[Row]:
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
        ("  of them in progress", None, _sum(lines, "in_progress")),
        ("legs to agents (A)", None, _sum(lines, "a_legs")),
        ("legs to contacts (B)", None, _sum(lines, "b_legs")),
        ("legs patched through (S)", None, _sum(lines, "s_legs")),
        ("legs listening (M)", None, _sum(lines, "m_legs")),
    ]
    found = [
        Row(
            CALLS if title == _ALL else title,
            (
                title,
                none if mine is None else figures.count(mine),
                figures.count(theirs),
            ),
        )
        for title, mine, theirs in rows
    ]
    if never:
        title = f"in neither: {figures.count(sum(never))} contacts never called"
        found.append(Row("never", (title, none, none), faint=True))
    return found


def _sum(lines: Sequence[Reconciled], name: str) -> int:
    return sum(int(getattr(line, name)) for line in lines)
