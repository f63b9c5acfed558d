"""Queries of the catalogue: their SQL for what is asked, each run once."""

import sqlite3

from msgspec.structs import replace

from wallboard.metrics.answers import Row, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue.along import ALONG
from wallboard.metrics.metric import Direction, Query
from wallboard.metrics.reader import Reader, Statement
from wallboard.metrics.reckoned import can_be_split
from wallboard.metrics.rounding import tidy
from wallboard.metrics.sources import source


class Queries:
    """The rows of queries within one view of the cache."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader, asked: Asked) -> None:
        self.asked = asked
        self._connection = connection
        self._reader = reader
        self._fitting: dict[str, bool] = {}
        self.given: dict[tuple[str, Direction], Statement] = {}
        """Queries that are not split and rest on what another pass has gathered."""
        self._rows: dict[str, list[Row]] = {}

    def statement(self, query: Query, direction: Direction, by: str | None = None) -> Statement:
        """The SQL that is run for a query, with its values. Raises UnanswerableError."""
        given = self.given.get((query.sql, direction)) if by is None else None
        if given is not None:
            return given
        along = None if by or self.asked.filters else ALONG.get(query.sql)
        if along is not None and along.direction == direction and self.asked.is_long:
            if along.sql not in self._fitting:
                held = self._connection.execute(f"SELECT {along.where}").fetchone()[0]
                self._fitting[along.sql] = bool(held)
            if self._fitting[along.sql]:
                query = query._replace(sql=along.sql)
        return query_statement(query, direction, self.asked, by)

    def rows(self, query: Query, direction: Direction, by: str | None = None) -> list[Row]:
        """The rows of a query, of its part only; split `by`. Raises UnanswerableError."""
        sql, values = self.statement(query, direction, by)
        if sql not in self._rows:
            names, rows = self._reader.table((sql, values))
            self._rows[sql] = [
                {name: _plain(value) for name, value in zip(names, row, strict=True)}
                for row in rows
            ]
        return [
            {name: value for name, value in row.items() if name != "part"}
            for row in self._rows[sql]
            if row.get("part", "") == query.part
        ]


def query_statement(
    query: Query, direction: Direction, asked: Asked, by: str | None = None
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of a query within what is asked, with its values; split `by` a dimension.

    Raises UnanswerableError.
    """
    by = by if can_be_split(query) else None
    found = source(query.over, direction, asked, by, [query.sql])
    sql = query.sql.replace("{source}", found.rows)
    if "{before}" in sql:
        # Read from where it can be: the range before may begin within an hour of the rollup.
        earlier = replace(asked, period=asked.before())
        before = source(query.over, direction, earlier, None, [query.sql]).rows
        for edge in ("from", "until"):
            before = before.replace(f":{edge}", f":before_{edge}")
        sql = sql.replace("{before}", before)
    sql = sql.replace("{key}", found.key or "''").replace("{group}", "GROUP BY 1" if by else "")
    if found.head and sql.startswith("WITH "):
        word = "WITH RECURSIVE " if sql.startswith("WITH RECURSIVE ") else "WITH "
        head = found.head.rstrip().removeprefix("WITH ")
        sql = f"{word}{head},\n{sql.removeprefix(word)}"
    elif found.head:
        sql = found.head + sql
    return sql, found.values


def _plain(value: str | Value) -> str | Value:
    return tidy(value) if isinstance(value, float) else value
