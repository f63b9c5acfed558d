"""Campaign results beside call reports, by the report reconciliation."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wallboard.board.asked import asked_of
from wallboard.board.pages import Question
from wallboard.board.sample import report_asked
from wallboard.metrics.completeness import completeness
from wallboard.reports.reconciliation import RECONCILIATION

_COLUMNS: Final = tuple(column.name for column in RECONCILIATION.columns)


class Reconciled(Struct, frozen=True):
    """A line of the report: of a campaign's calls with a contact, or of those without one.

    `contacts` are the rows of campaign-results, `calls` those of call-reports: first attempts and
    retries. `never_called` is None where it does not apply. `in_words` says why they differ.
    """

    campaign: str | None
    contacts: int
    first_attempts: int
    retries: int
    calls: int
    a_legs: int
    b_legs: int
    s_legs: int
    m_legs: int
    in_progress: int
    never_called: int | None
    campaign_name: str | None
    in_words: str


class Results(Struct, frozen=True, eq=False):
    """The lines of the scope; `complete` and `note` as in answers of the catalogue."""

    lines: tuple[Reconciled, ...]
    complete: bool
    note: str


class ResultsWanted(Struct, frozen=True):
    """Why the two reports differ."""

    fresh_seconds: float = 15.0

    def read(self, question: Question) -> Iterator[Results]:
        """All of it at once: it is one question."""
        asked = report_asked(question, RECONCILIATION.filters)
        lines = tuple(
            Reconciled(**dict(zip(_COLUMNS, row, strict=True)))
            for row in RECONCILIATION.rows(question.connection, asked)
        )
        known = completeness(question.connection, asked_of(question))
        yield Results(lines, known.complete, known.note)
