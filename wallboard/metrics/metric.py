"""What an entry of the catalogue is: a definition in words, and how its figures are reckoned.

A reckoning is data: aggregates over a relation of the cache (see relations.py), and how two of them
make a value. So one engine serves every metric, splits it by any dimension, prints its SQL and
finds the calls behind it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct, field

Category: TypeAlias = Literal[
    "demand",
    "attribution",
    "lead_quality",
    "handling",
    "conversation",
    "revenue",
    "integrity",
    "outbound",
    "live",
    "campaign",
]
Direction: TypeAlias = Literal["inbound", "outbound", "all", "web"]
Unit: TypeAlias = Literal["count", "ratio", "number", "seconds", "money", "score", "breakdown"]
Better: TypeAlias = Literal["up", "down", "none"]

MEASURES: Final = "measures"
"""The relation of what calls count as; sums over it are served by the rollups where they can."""

CALLS: Final = "calls"
"""The relation of calls with all that is known of each."""

LEGS: Final = "leg.answered|leg.started|leg.ended"
"""What a metric needs that counts answers: a feed that tells of legs tells of their answers."""


class Total(NamedTuple):
    """The sum of an expression over the rows of a relation, divided by `scale`.

    Over MEASURES the expression must be linear in the measures: rollups hold sums already.
    """

    of: str
    over: str = MEASURES
    scale: int = 1

    @property
    def sql(self) -> str:
        """The aggregate as SQL."""
        return f"sum({self.of})"


class Distinct(NamedTuple):
    """How many different values of an expression the rows of a relation have; null counts not."""

    of: str
    over: str = CALLS

    @property
    def sql(self) -> str:
        """The aggregate as SQL."""
        return f"count(DISTINCT {self.of})"

    @property
    def scale(self) -> int:
        """Nothing to divide by."""
        return 1


class Derived(NamedTuple):
    """An SQL expression of sums, for what one sum is not: a floor, a sum that may not apply.

    `of` is what is not 0 on the rows that it rests on.
    """

    sql: str
    of: str
    over: str = MEASURES
    scale: int = 1


class Found(NamedTuple):
    """A column of a query over a relation, of which one row for each key is grouped and read once.

    For what an SQL expression over single rows would take far longer to find. `of` says of a row
    whether the figure rests on it, `query` is SQL as of a Query, with `{key}` and `{source}`.
    """

    column: str
    query: str
    of: str
    over: str = CALLS

    @property
    def sql(self) -> str:
        """The aggregate as a column of its query."""
        return self.column

    @property
    def scale(self) -> int:
        """Nothing to divide by."""
        return 1


Aggregate: TypeAlias = Total | Distinct | Derived | Found


class Count(NamedTuple):
    """One aggregate as the value, or two together; 0 over nothing."""

    numerator: Aggregate
    plus: Aggregate | None = None


class Ratio(NamedTuple):
    """One aggregate over another, times `factor`; null where the denominator is 0 or unknown.

    `less` is taken off the numerator. Where `known` counts nothing, all of it is unknown.
    """

    numerator: Aggregate
    denominator: Aggregate
    factor: int = 1
    less: Aggregate | None = None
    known: Aggregate | None = None


class Query(NamedTuple):
    """SQL of its own for what no aggregate gives.

    `{source}` stands for FROM and WHERE of the relation `over`, limited to the period and the
    filters, `{before}` for the same of the equally long range just before. It returns one row with
    the columns value, numerator and denominator (those it has); in a breakdown, rows with the
    column key and further columns by the names of their figures. A query with `{key}` can be split
    by the dimension that is asked for: it stands for the key of a row of `{source}`, by which the
    query then groups its rows as its first column: `{group}` does so, or stands for nothing.

    `part`: only those of its rows whose column `part` says so, so that what one pass finds can
    serve several metrics; SQL that several ask for is run once. `shares`: each row of a breakdown
    gets its part of the whole. `when_split`: other SQL where it is split.
    """

    sql: str
    over: str = CALLS
    part: str = ""
    shares: bool = False
    when_split: str = ""


Figure: TypeAlias = Count | Ratio


class Listed(NamedTuple):
    """SQL that finds the calls behind a part of a figure, where no aggregate says which they are.

    As that of a Query it has `{source}` and may have `{key}`. Its rows are the number of a call and
    the key under which the call counts, empty for none; a call without a number is passed over.
    """

    sql: str
    over: str = CALLS


class Split(NamedTuple):
    """A breakdown: figures by a dimension, or by an SQL expression over the relation of calls.

    `figures` by the names of their columns, the first of them `value`. `order`: most first (ties by
    key), or by key. `most`: no more rows than that. `shares`: each row's part of the whole.
    `needs`: the event type that a column rests on, without which it is null; `a|b` is either.
    """

    by: str
    figures: Mapping[str, Figure]
    shares: bool = True
    order: Literal["most", "key"] = "most"
    most: int | None = None
    needs: Mapping[str, str] = MappingProxyType({})


class Chosen(NamedTuple):
    """A figure whose formula a setting of `[metrics]` names."""

    setting: str
    formulas: Mapping[str, Figure]


Reckoning: TypeAlias = Count | Ratio | Query | Chosen | Split


class Metric(Struct, frozen=True, kw_only=True):
    """One metric of the catalogue.

    `number`, `slug`, `scope`, `unit`, `better` and `formula` are those of the published catalogue.
    `tells` and `misleads` say what the figure is good for, and when not to believe it.
    `needs`: the event types it rests on, without any of which it is null; `a|b` is either of them.
    `reckoning` is None for live figures, which are no matter of a period; a Query of a metric of
    unit breakdown gives its rows, and there is no value.
    """

    number: str
    slug: str
    title: str
    category: Category
    scope: Direction
    unit: Unit
    better: Better
    formula: str
    tells: str
    misleads: str
    origin: str
    needs: tuple[str, ...]
    reckoning: Reckoning | None
    breakdown: Split | Query | None = None
    behind: Mapping[str, Aggregate | Listed] = field(default_factory=dict)
    """The calls behind its parts, where a Query reckons it: aggregates tell theirs themselves."""
    estimate: bool = False
    """The value is an estimate and is shown as one."""
