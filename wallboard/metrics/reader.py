"""Runs the statements of the catalogue, each once, and two at a time where that can be."""

import sqlite3
from collections import deque
from collections.abc import Iterable, Mapping
from threading import Thread
from typing import Any, NamedTuple, TypeAlias

from wallboard.metrics.functions import introduce

Values: TypeAlias = Mapping[str, int | float | str]
Statement: TypeAlias = tuple[str, Values]
"""SQL and the values that it names."""


class Table(NamedTuple):
    """What a statement gave: the names of its columns, and its rows."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Reader:
    """Reads within one view of the cache; `beside` is a connection that sees the same state."""

    def __init__(
        self, connection: sqlite3.Connection, beside: sqlite3.Connection | None = None
    ) -> None:
        self._connections = [connection] if beside is None else [connection, beside]
        for one in self._connections:
            introduce(one)
        self._tables: dict[tuple[str, object], Table] = {}

    def table(self, statement: Statement) -> Table:
        """What a statement gives, run now where it was not yet. Raises sqlite3.Error."""
        key = _key(statement)
        if key not in self._tables:
            self._tables[key] = _run(self._connections[0], statement)
        return self._tables[key]

    def read_ahead(self, statements: Iterable[Statement]) -> None:
        """Run what will be asked for on both connections at once, each in a thread.

        SQLite lets go of the interpreter's lock for as long as a row takes, and rows of sums take
        long. Does nothing where there is one connection. Raises sqlite3.Error.
        """
        if len(self._connections) == 1:
            return
        wanted = {_key(statement): statement for statement in statements}
        # The longest first, so that both end together: a long statement has much to do.
        waiting = deque(sorted(wanted.values(), key=lambda statement: -len(statement[0])))
        here, there = self._connections
        failed: list[sqlite3.Error] = []
        thread = Thread(target=self._work_beside, args=(there, waiting, failed), daemon=True)
        thread.start()
        try:
            self._work(here, waiting)
        except BaseException:
            waiting.clear()
            there.interrupt()
            raise
        finally:
            thread.join()
        if failed:
            raise failed[0]

    def _work(self, connection: sqlite3.Connection, waiting: deque[Statement]) -> None:
        while True:
            try:
                statement = waiting.popleft()
            except IndexError:
                return
            self._tables[_key(statement)] = _run(connection, statement)

    def _work_beside(
        self,
        connection: sqlite3.Connection,
        waiting: deque[Statement],
        failed: list[sqlite3.Error],
    ) -> None:
        try:
            self._work(connection, waiting)
        except sqlite3.Error as error:
            waiting.clear()
            failed.append(error)


def _key(statement: Statement) -> tuple[str, object]:
    # Of one question all values are the same, but for the spans of time that it is split by.
    sql, values = statement
    return sql, values.get("spans")


def _run(connection: sqlite3.Connection, statement: Statement) -> Table:
    cursor = connection.execute(*statement)
    return Table(tuple(column[0] for column in cursor.description), cursor.fetchall())
