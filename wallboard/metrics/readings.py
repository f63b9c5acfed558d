"""What is read of the cache for metrics: every aggregate once, those of a relation in one pass."""

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress

from msgspec.structs import replace

from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue.along import WORTH
from wallboard.metrics.catalogue.conversation_queries import GATHERED
from wallboard.metrics.folds import FOLDS, fold_of, folded, sum_of
from wallboard.metrics.made_of import figures_in, queries_in
from wallboard.metrics.measured import measured
from wallboard.metrics.metric import (
    CALLS,
    MEASURES,
    Aggregate,
    Direction,
    Found,
    Metric,
    Query,
)
from wallboard.metrics.passes import Pass, Shared, adds_up, is_in, raw_pass
from wallboard.metrics.queries import Queries, query_statement
from wallboard.metrics.reader import Reader, Statement
from wallboard.metrics.reckoned import aggregates
from wallboard.metrics.shared_pass import Parts, can_share, shared_statement, shared_sums
from wallboard.metrics.sources import UnanswerableError, is_rolled_up, source
from wallboard.questions.covered_part import covered_part

Sums = Mapping[str, Mapping[Aggregate, float]]
"""By key ("" where nothing is split), by aggregate."""


class Readings:
    """What was read for some metrics, within one view of the cache."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        asked: Asked,
        beside: sqlite3.Connection | None = None,
    ) -> None:
        period = asked.period
        covered = covered_part(connection, period.start_ms, period.end_ms)
        self.asked = asked = replace(asked, is_long=covered >= WORTH)
        self._reader = Reader(connection, beside)
        self.queries = Queries(connection, self._reader, asked)
        self._connection = connection
        self._read: dict[Pass, Sums] = {}
        self._refused: dict[Pass, str] = {}

    def read(self, metrics: Iterable[Metric]) -> None:
        """Read every aggregate that the metrics need, or why it cannot be had."""
        metrics = list(metrics)
        wanted: dict[Pass, dict[Aggregate, None]] = {}
        for metric in metrics:
            for by, figure in figures_in(metric, self.asked):
                for aggregate in aggregates(figure):
                    reading = self._pass(aggregate, metric.scope, by)
                    wanted.setdefault(reading, {})[aggregate] = None
        # Dimensions of one raw key are read together, then folded each into its own keys.
        raw: dict[Pass, dict[Aggregate, None]] = {}
        for reading, parts in wanted.items():
            raw.setdefault(raw_pass(reading), {}).update(parts)
        gathered = self._gather(metrics, raw)
        wholes = self._wholes(raw)
        shared = self._shared(raw)
        apart = {
            reading: parts
            for reading, parts in raw.items()
            if reading not in wholes and not is_in(shared, reading)
        }
        self._reader.read_ahead(self._statements(metrics, apart, shared, gathered))
        for direction, asking in shared.items():
            (row,) = self._reader.table(shared_statement(direction, asking, self.asked)).rows
            for by, sums in shared_sums(row, asking).items():
                self._read[Pass(CALLS, direction, by, folded=False, query="")] = sums
        for reading, parts in apart.items():
            try:
                self._read[reading] = self._rows(reading, tuple(parts))
            except UnanswerableError as reason:
                self._refused[reading] = str(reason)
        for (sql, direction), reading in gathered.items():
            if reading in self._read:
                self.queries.given[sql, direction] = self._given(sql, reading)
        for reading, split in wholes.items():
            of_keys = list(self._read[split].values())
            self._read[reading] = {
                "": {part: sum_of([row[part] for row in of_keys]) for part in raw[reading]}
            }
        for reading, parts in wanted.items():
            if reading.folded and raw_pass(reading) in self._refused:
                self._refused[reading] = self._refused[raw_pass(reading)]
            elif reading.folded and reading.by is not None:
                rows = self._read[raw_pass(reading)]
                fold = FOLDS[reading.by]
                self._read[reading] = folded(self._connection, fold, rows, tuple(parts))

    def of(self, aggregate: Aggregate, direction: Direction, by: str | None) -> Sums:
        """What was read with an aggregate. Raises UnanswerableError."""
        reading = self._pass(aggregate, direction, by)
        if reading in self._refused:
            raise UnanswerableError(self._refused[reading])
        return self._read[reading]

    def _gather(
        self, metrics: Iterable[Metric], raw: dict[Pass, dict[Aggregate, None]]
    ) -> dict[tuple[str, Direction], Pass]:
        """Queries that can rest on a pass over the same calls, to which their parts are added."""
        found: dict[tuple[str, Direction], Pass] = {}
        for metric in metrics:
            whole = Pass(CALLS, metric.scope, None, folded=False, query="")
            for query, by in queries_in(metric, self.asked):
                if query.sql in GATHERED and by is None and whole in raw:
                    raw[whole].update(dict.fromkeys(GATHERED[query.sql].parts))
                    found[query.sql, metric.scope] = whole
        return found

    def _given(self, sql: str, reading: Pass) -> Statement:
        gathered = GATHERED[sql]
        sums = self._read[reading].get("", {})
        values = {
            f"gathered_{place}": sums.get(part, 0) for place, part in enumerate(gathered.parts)
        }
        return gathered.sql, self.asked.values() | values

    def _wholes(self, raw: dict[Pass, dict[Aggregate, None]]) -> dict[Pass, Pass]:
        """Sums that are had by adding up those of a split that is read anyway, and of which one.

        What is not yet in the split is added to it.
        """
        found: dict[Pass, Pass] = {}
        for reading, parts in raw.items():
            for split, of_split in raw.items():
                if adds_up(reading, parts, split) and self._can_be_read(split, of_split):
                    found[reading] = split
                    of_split.update(parts)
                    break
        return found

    def _can_be_read(self, reading: Pass, parts: Iterable[Aggregate]) -> bool:
        try:
            statement(reading.over, reading.direction, reading.by, tuple(parts), self.asked)
        except UnanswerableError:
            return False
        return True

    def _shared(
        self, raw: Mapping[Pass, Iterable[Aggregate]]
    ) -> dict[Direction, dict[str | None, Parts]]:
        """What of this is read in one pass over calls, by direction."""
        found: dict[Direction, dict[str | None, Parts]] = {}
        for reading, parts in raw.items():
            if not reading.query and can_share(reading.over, reading.by, tuple(parts)):
                found.setdefault(reading.direction, {})[reading.by] = tuple(parts)
        return {each: asking for each, asking in found.items() if self._is_worth(each, asking)}

    def _is_worth(self, direction: Direction, asking: Mapping[str | None, Parts]) -> bool:
        try:
            shared_statement(direction, asking, self.asked)
        except UnanswerableError:
            # Each on its own: what cannot be answered says so.
            return False
        return len(asking) > 1

    def _statements(
        self,
        metrics: Iterable[Metric],
        raw: Mapping[Pass, Iterable[Aggregate]],
        shared: Shared,
        gathered: Container[tuple[str, Direction]],
    ) -> Iterator[Statement]:
        """All that will be run; what cannot be answered says so when it is asked for."""
        for direction, asking in shared.items():
            yield shared_statement(direction, asking, self.asked)
        for reading, parts in raw.items():
            with suppress(UnanswerableError):
                if reading.query:
                    query = Query(reading.query, reading.over)
                    yield self.queries.statement(query, reading.direction, reading.by)
                else:
                    yield statement(
                        reading.over, reading.direction, reading.by, tuple(parts), self.asked
                    )
        for metric in metrics:
            for query, by in queries_in(metric, self.asked):
                if by is None and (query.sql, metric.scope) in gathered:
                    continue
                with suppress(UnanswerableError):
                    yield self.queries.statement(query, metric.scope, by)

    def _pass(self, aggregate: Aggregate, direction: Direction, by: str | None) -> Pass:
        over, query = aggregate.over, ""
        if isinstance(aggregate, Found):
            query = aggregate.query
        elif over == MEASURES and not is_rolled_up(self.asked, by):
            over = CALLS
        return Pass(over, direction, by, fold_of(aggregate, by) is not None, query)

    def _rows(self, reading: Pass, parts: tuple[Aggregate, ...]) -> Sums:
        over, direction, by, _, query = reading
        if query:
            found = self.queries.rows(Query(query, over), direction, by)
            return {
                (str(row["key"]) if by else ""): {part: _sum(row[part.sql]) for part in parts}
                for row in found
            }
        sql, values = statement(over, direction, by, parts, self.asked)
        return {
            str(key): {part: value or 0 for part, value in zip(parts, row, strict=True)}
            for key, *row in self._reader.table((sql, values)).rows
        }


def statement(
    over: str,
    direction: Direction,
    by: str | None,
    parts: tuple[Aggregate, ...],
    asked: Asked,
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL that reads aggregates, with the values it names. Raises UnanswerableError.

    They are of one relation, or of one query over it.
    """
    if isinstance(parts[0], Found):
        return query_statement(Query(parts[0].query, over), direction, asked, by)
    of = [part.sql for part in parts]
    if over in {CALLS, MEASURES} and not is_rolled_up(asked, by):
        of = [measured(sql) for sql in of]
    fold = fold_of(parts[0], by)
    found = source(over, direction, asked, by if fold is None else fold.raw, of)
    key = found.key or "''"
    columns = ",\n  ".join([f"{key} AS key", *of])
    group = f"\nGROUP BY {key}" if found.key else ""
    return f"{found.head}SELECT {columns}\n{found.rows}{group}", found.values


def _sum(value: object) -> float:
    return value if isinstance(value, int | float) else 0
