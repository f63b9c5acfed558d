"""The first rows of a report, read in a thread of its own: a slow report holds up nothing else."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from wallboard.board.pages import Question
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.metrics.asked import Asked as Measured
from wallboard.metrics.completeness import completeness
from wallboard.questions.view import one_view
from wallboard.reports.catalogue import BY_NAME
from wallboard.reports.report import Asked, Column, Report, Row
from wallboard.reports.writing.cells import as_cells
from wallboard.reports.writing.changing import batches, changed, one_after_another
from wallboard.reports.writing.masking import masks

ROWS: Final = 256
"""So many rows are read at first; more as they are scrolled to."""
MOST_ROWS: Final = 4_096
"""A preview has no more; the export has all."""
STEPS: Final = 50_000
"""Steps of SQLite between two looks at whether anybody still wants the answer."""
WAIT_SECONDS: Final = 0.05


class Preview(Struct, frozen=True):
    """A report as far as it was read; `columns` is empty before it is known what it has.

    `masked` and `full` are the same rows as cells (texts, numbers, None for unknown), for boards
    that mask and for those that do not. `is_whole`: there are no further rows. `ignored` names the
    dimensions of the scope that the report knows nothing of, `note` says what the period lacks,
    `problem` why there is nothing to show.
    """

    report: str
    asked: Asked
    columns: tuple[Column, ...] = ()
    masked: tuple[Row, ...] = ()
    full: tuple[Row, ...] = ()
    is_whole: bool = False
    ignored: tuple[str, ...] = ()
    note: str = ""
    problem: str = ""


class ReportWanted(Struct, frozen=True):
    """A report by its name: its first `rows` rows, split `by` a further dimension or not."""

    report: str
    rows: int = ROWS
    by: str | None = None
    fresh_seconds: float = 60.0

    def read(self, question: Question) -> Iterator[Preview]:
        """The report, a page of rows after another. Raises sqlite3.Error."""
        report = BY_NAME[self.report]
        scope = {name: getattr(question.scope, name) for name in ("campaign", "queue", "team")}
        chosen = {name: value for name, value in scope.items() if value is not None}
        asked = Asked(
            question.period,
            question.calendar,
            question.configuration.metrics,
            question.now,
            {name: value for name, value in chosen.items() if name in report.filters},
            self.by if self.by in report.by else None,
        )
        empty = Preview(report.name, asked, ignored=_ignored(report, chosen))
        if report.covers_too_much(asked):
            most = f"{report.title} covers {report.longest_days} days at most"
            problem = f"{most}: choose a shorter period."
            yield _but(empty, problem=problem, is_whole=True)
            return
        (path,) = (
            path for _, name, path in question.connection.execute("PRAGMA database_list")
            if name == "main"
        )  # fmt: skip
        reading = _Reading(Path(path), report, empty, self.rows)
        try:
            while not reading.is_over.wait(WAIT_SECONDS):
                yield reading.known
            yield reading.known
        finally:
            reading.stop()


def _ignored(report: Report, chosen: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in chosen if name not in report.filters)


def _but(preview: Preview, **changes: Any) -> Preview:  # noqa: ANN401 - any field
    values = {name: getattr(preview, name) for name in Preview.__struct_fields__}
    return Preview(**values | changes)


class _Reading:
    """The thread that reads one preview; `known` is ever more of it."""

    def __init__(self, cache: Path, report: Report, empty: Preview, most: int) -> None:
        self.known = empty
        self.is_over = threading.Event()
        self._cache = cache
        self._report = report
        self._most = most
        self._is_stopped = False
        threading.Thread(target=self._run, name="preview", daemon=True).start()

    def stop(self) -> None:
        """Nobody wants the rest."""
        self._is_stopped = True

    def _run(self) -> None:
        try:
            connection = open_for_reading(self._cache)
            connection.set_progress_handler(lambda: self._is_stopped, STEPS)
            try:
                self._read(connection)
            finally:
                connection.close()
        except (CacheError, sqlite3.Error) as error:
            sentence = str(error) if isinstance(error, CacheError) else _in_words(error)
            self.known = _but(self.known, problem=sentence, is_whole=True)
        finally:
            self.is_over.set()

    def _read(self, connection: sqlite3.Connection) -> None:
        with one_view(connection):
            asked = self._report.with_keys(connection, self.known.asked)
            columns = self._report.columns_for(asked)
            measured = Measured(asked.period, asked.calendar, asked.settings, asked.now)
            note = completeness(connection, measured).note
            self.known = _but(self.known, asked=asked, columns=columns, note=note)
            plain = as_cells(columns, asked.calendar)
            hidden = one_after_another(masks(columns), plain)
            rows = self._report.rows(connection, asked)
            try:
                masked: tuple[Row, ...] = ()
                full: tuple[Row, ...] = ()
                for batch in batches(rows):
                    if self._is_stopped:
                        return
                    masked += tuple(changed(batch, hidden))
                    full += tuple(changed(batch, plain))
                    is_more = len(full) >= self._most
                    self.known = _but(self.known, masked=masked, full=full)
                    if is_more:
                        # Whether it ends just here only the next row tells.
                        is_whole = next(rows, None) is None
                        self.known = _but(self.known, is_whole=is_whole)
                        return
                self.known = _but(self.known, is_whole=True)
            finally:
                rows.close()


def _in_words(error: sqlite3.Error) -> str:
    return f"The report cannot be read from the cache: {error}."
