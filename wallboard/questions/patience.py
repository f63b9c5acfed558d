"""How long a search may take: a statement that takes longer is stopped, not waited for."""

import sqlite3
import time
from typing import Any

from wallboard.questions.stoppable import stoppable


class Patience:
    """A length of time from now on; without end for None.

    The first statement is always let finish, so that a search that goes on where it was cut short
    gets on, however little patience there is.
    """

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self._is_first = True

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._until is not None and time.monotonic() > self._until

    def rows(
        self, connection: sqlite3.Connection, statement: str, values: dict[str, Any]
    ) -> list[tuple[Any, ...]] | None:
        """The rows of a statement; None when the time was up before it had finished."""
        if self._until is None or self._is_first:
            self._is_first = False
            return connection.execute(statement, values).fetchall()
        return stoppable(
            connection,
            lambda: self.is_over,
            lambda: connection.execute(statement, values).fetchall(),
        )
