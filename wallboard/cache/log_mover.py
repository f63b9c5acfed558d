"""Moves the cache's log into its file beside the writer, who would else stand still meanwhile.

SQLite moves the log within the COMMIT that finds it long, and waits for the disk: for seconds,
while other programs write to it. A passive checkpoint of another connection blocks nobody; the
writer then finds little left to move (sqlite.org/wal.html, "Checkpointing").
"""

import logging
import sqlite3
import threading
from pathlib import Path
from typing import Final, Self

log = logging.getLogger(__name__)

ROWS: Final = 10_000
"""The log is moved after so many rows: some 4,000 pages of it, for most rows share theirs."""
ROWS_OF_TRANSACTION: Final = 10
"""What a transaction counts for beside its rows: the pages that it writes whatever it changes."""
PAGES_AT_MOST: Final = 16_000
"""From here on (64 MiB) the writer moves what is left itself, and begins the log anew."""


class LogMover:
    """A thread that moves the log of a cache; a context in which it runs.

    Whatever hinders it is left to the writer, who moves the log itself once it is long.
    So is a log that grew long while it was moved, on a disk that is slow: what is written during
    the one move would be a reason for the next, the writer would never find the log unattended,
    and a log is only begun anew where all of it has been moved.
    """

    def __init__(self, cache: Path, writer: sqlite3.Connection) -> None:
        """Raises sqlite3.Error when the cache cannot be opened once more."""
        self._connection = sqlite3.connect(cache, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("PRAGMA busy_timeout = 0")
            # The file is opened at its first use, and may have another name by then.
            self._connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error:
            self._connection.close()
            raise
        writer.execute(f"PRAGMA wal_autocheckpoint = {PAGES_AT_MOST}")
        self._due = threading.Event()
        self._asked = self._ended = False
        self._rows = 0
        self._thread = threading.Thread(target=self._run, name="log mover", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Let a move that has begun come to its end, and hold the cache no longer."""
        self._ended = True
        self._due.set()
        self._thread.join()
        self._connection.close()

    def written(self, rows: int) -> None:
        """Take note that a transaction has changed so many rows."""
        self._rows += rows + ROWS_OF_TRANSACTION
        if self._rows >= ROWS:
            self._rows = 0
            self._asked = True
            self._due.set()

    def _run(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._asked:
                self._asked = False
                if self._move() >= PAGES_AT_MOST:
                    self._asked = False
            if self._ended:
                return

    def _move(self) -> int:
        """Move what can be moved; return how many pages the log has, 0 where that is unknown."""
        try:
            _, pages, _ = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            log.debug("The log of the cache was not moved into its file: %s.", error)
            return 0
        return int(pages)
