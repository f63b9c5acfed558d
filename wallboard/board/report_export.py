"""A report written to a file from the board: in a thread of its own, and stopped at will."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.cache.reveals import record_reveal, who_asks
from wallboard.reports.catalogue import BY_NAME
from wallboard.reports.giving import Manner, write_report
from wallboard.reports.report import Asked
from wallboard.reports.writing.destination import DestinationError, whole_file
from wallboard.reports.writing.masking import are_private
from wallboard.reports.writing.writer import TooManyRowsError

ExportFormat: TypeAlias = Literal["csv", "xlsx", "json"]
EXPORT_FORMATS: Final[tuple[ExportFormat, ...]] = ("csv", "xlsx", "json")

TELL_SECONDS: Final = 0.2
"""How often it is told how far it has come."""
STEPS: Final = 50_000
"""Steps of SQLite between two looks at whether anybody still wants the answer."""
MOST_TRIES: Final = 100
LONGEST_ID: Final = 40


class Destination(NamedTuple):
    """Where a report goes, and as what."""

    form: ExportFormat
    folder: Path


class ExportStage(Enum):
    """How an export stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ExportState(Struct, frozen=True):
    """How far an export has come; `problem` is a sentence once it has failed."""

    path: Path
    rows: int = 0
    stage: ExportStage = ExportStage.RUNNING
    problem: str = ""


class _Cancelled(Exception):
    """Nobody wants the file any more."""


class ExportWanted(Struct, frozen=True):
    """What is to be written. `now` is UTC ms.

    `is_masked`: whether numbers and names are; that they are not is recorded where `is_reveal`,
    which is where the configuration masks them.
    """

    report: str
    asked: Asked
    is_masked: bool
    is_reveal: bool
    now: int

    @property
    def stem(self) -> str:
        """The name of the file before its ending: report, days, and what it is limited to."""
        days = self.asked.period.days
        parts = [self.report, days[0].isoformat()]
        if len(days) > 1:
            parts.append(days[-1].isoformat())
        parts += [_in_a_name(value) for value in self.asked.filters.values()]
        return "_".join(parts)


def _in_a_name(text: str) -> str:
    """An id as it can stand in the name of a file on any system."""
    kept = "".join(c if c.isalnum() or c in "-." else "-" for c in text[:LONGEST_ID])
    return kept.strip(".-") or "filtered"


class Export:
    """Writes one report. `publish` is called on a thread of its own with how it stands."""

    def __init__(
        self,
        cache: Path,
        wanted: ExportWanted,
        destination: Destination,
        publish: Callable[[ExportState], None],
    ) -> None:
        self._cache = cache
        self._wanted = wanted
        self._form = destination.form
        self._publish = publish
        self._state = ExportState(destination.folder / f"{wanted.stem}.{destination.form}")
        self._told = 0.0
        self._is_cancelled = False
        self._thread = threading.Thread(target=self._run, name="export", daemon=True)

    @property
    def state(self) -> ExportState:
        """How it stands."""
        return self._state

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def cancel(self) -> None:
        """Write no further; nothing is left of the file. Returns at once."""
        self._is_cancelled = True

    def wait(self, seconds: float) -> None:
        """Return when it is over, after so long at the latest."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._write()
            stage, problem = ExportStage.DONE, ""
        except _Cancelled:
            stage, problem = ExportStage.CANCELLED, ""
        except (CacheError, TooManyRowsError) as error:
            stage, problem = ExportStage.FAILED, str(error)
        except DestinationError as error:
            path = self._state.path
            is_taken = os.path.lexists(path)
            taken = f"{path} was made by somebody else meanwhile and was left as it is: try again."
            stage, problem = ExportStage.FAILED, taken if is_taken else str(error)
        except sqlite3.Error as error:
            stage, problem = ExportStage.FAILED, f"The cache cannot be read: {error}."
        except OSError as error:
            reason = error.strerror or type(error).__name__
            path = self._state.path
            stage, problem = ExportStage.FAILED, f"{path} could not be written: {reason}."
        if self._is_cancelled and stage is ExportStage.FAILED:
            # An interrupted question fails, as it was meant to.
            stage, problem = ExportStage.CANCELLED, ""
        self._tell(replace(self._state, stage=stage, problem=problem))

    def _write(self) -> None:
        wanted, report = self._wanted, BY_NAME[self._wanted.report]
        if wanted.is_reveal and are_private(report.columns):
            period = wanted.asked.period
            span = (wanted.asked.calendar.format_time(period.start_ms),
                    wanted.asked.calendar.format_time(period.end_ms))  # fmt: skip
            filters = [f"{name}={value}" for name, value in wanted.asked.filters.items()]
            what = " ".join(["board export", report.name, *span, *filters])
            record_reveal(self._cache, wanted.now, who_asks(), what)
        connection = open_for_reading(self._cache)
        connection.set_progress_handler(lambda: self._is_cancelled, STEPS)
        try:
            path = _free(self._state.path)
            self._state = replace(self._state, path=path)
            manner = Manner(self._form, wanted.is_masked, is_file=True)
            self._count(0)
            with whole_file(path, force=False) as file:
                rows = write_report(connection, report, wanted.asked, manner, file, self._count)
                self._count(rows)
        finally:
            connection.close()

    def _count(self, rows: int) -> None:
        if self._is_cancelled:
            raise _Cancelled
        self._state = replace(self._state, rows=rows)
        if time.monotonic() - self._told >= TELL_SECONDS:
            self._told = time.monotonic()
            self._tell(self._state)

    def _tell(self, state: ExportState) -> None:
        self._state = state
        self._publish(state)


def _free(path: Path) -> Path:
    """The path, or the first with a number in its name that nothing is at."""
    for number in range(1, MOST_TRIES + 1):
        name = path.name if number == 1 else f"{path.stem}_{number}{path.suffix}"
        found = path.with_name(name)
        if not os.path.lexists(found):
            return found
    raise DestinationError(
        f"There are {MOST_TRIES} files like {path} already: name another folder. Nothing was "
        "written."
    )
