"""The connection that writes the cache: itself, or by dictating to a second process.

A dictated transaction is written down as it is reckoned, and handed over whole instead of a COMMIT.
Whatever asks the cache something ends the dictation: what was written down is carried out here, in
a transaction of this connection, and the answer is that of the cache. So dictating is only ever
quicker, never another way to reckon.
"""

import sqlite3
from typing import Any

from wallboard.cache.scribe import Scribe
from wallboard.cache.tape import Contradicted, Row, Statement, play


class WriterConnection(sqlite3.Connection):
    """A connection of the writer."""

    _scribe: Scribe | None = None
    _tape: list[Statement] | None = None

    def dictate(self, scribe: Scribe) -> None:
        """Begin a transaction that is written down for the scribe to write."""
        self._scribe = scribe
        self._tape = []

    @property
    def is_dictating(self) -> bool:
        """Whether the open transaction is being written down."""
        return self._tape is not None

    def presume(self, sql: str, rows: list[Row], changes: int) -> bool:
        """Write down a statement with how many rows must be changed by it.

        False, and nothing is written down, where no transaction is being dictated: then the
        cache is to be asked.
        """
        if self._tape is None:
            return False
        self._tape.append((sql, rows, changes))
        return True

    def carry_out(self) -> None:
        """Go on with the open transaction in this connection, if it was dictated.

        Raises Contradicted where the transaction before was not written, or the cache is not as it
        was presumed to be; and sqlite3.Error.
        """
        tape, self._tape = self._tape, None
        if tape is None:
            return
        self._receive()
        self.execute("BEGIN IMMEDIATE")
        play(self, tape)

    def commit_or_hand_over(self) -> None:
        """End the transaction; the scribe is waited for where it was handed over.

        Raises Contradicted where the transaction before was not written: then neither is this one.
        """
        tape = self._tape
        if tape is not None and self._scribe is not None:
            self._receive()
            if self._scribe.send(tape):
                self._tape = None
                return
            self.carry_out()
        self.execute("COMMIT")

    def take_back(self) -> None:
        """Let nothing of the open transaction be written, if there is one."""
        self._tape = None
        if self.in_transaction:
            self.execute("ROLLBACK")

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        """Carry out a statement; what was dictated before is in the cache by then."""
        if self._tape is not None:
            self.carry_out()
        elif self._scribe is not None:
            self._scribe.receive()
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        """Carry out a statement of which nothing is to be known, or write it down."""
        if self._tape is not None:
            self._tape.append((sql, list(parameters), None))
            return self.cursor()
        if self._scribe is not None:
            self._scribe.receive()
        return super().executemany(sql, parameters)

    def _receive(self) -> None:
        if self._scribe is not None and not self._scribe.receive():
            raise Contradicted("The transaction before was not written.")
