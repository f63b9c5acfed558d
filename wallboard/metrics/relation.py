"""What a relation is: rows of the cache that aggregates are reckoned over.

A relation is a base table with the tables that can be joined to it; only those that an expression
names are. Expressions name columns with their table: `calls.started`, `outcomes.lead`.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_NAMED: Final = re.compile(r"\b([a-z_]+)\.[a-z_]+\b")


class Relation(NamedTuple):
    """A base table: when its rows happened, what can be joined, by what it can be split.

    `within` is the condition of the period, over :from and :until (UTC ms) or :first_day and
    :last_day (ISO days). `joins` are by the name that expressions use, in the order in which they
    depend on each other. `direction` is the column that a metric's scope is about, if any.
    """

    base: str
    within: str
    at: str | None
    dimensions: Mapping[str, str]
    joins: Mapping[str, str] = MappingProxyType({})
    direction: str | None = None
    call: str | None = None
    """The expression that gives the number of the call a row belongs to, for the calls behind."""
    made_of: str = "calls"
    """What the rows are, in words."""
    day: str | None = None
    """The column of the local day (ISO), for what has a day and no time."""
    split_only: frozenset[str] = frozenset()
    """Dimensions that rows can be split by, but not filtered."""
    when_split: Mapping[str, str] = MappingProxyType({})
    """By dimension, what rows must fulfil to be listed under a key of it."""
    only: tuple[str, ...] = ()
    """Conditions on rows beside that of the period."""

    def source(self, expressions: Iterable[str], conditions: Iterable[str]) -> str:
        """FROM and WHERE: with the joins that the expressions and conditions name."""
        conditions = [self.within, *self.only, *conditions]
        named = {name for text in (*expressions, *conditions) for name in _NAMED.findall(text)}
        needed: set[str] = set()
        for name, join in reversed(list(self.joins.items())):
            if name in named:
                needed.add(name)
                named.update(_NAMED.findall(join))
        joins = [f"\n  {join}" for name, join in self.joins.items() if name in needed]
        return f"FROM {self.base}{''.join(joins)}\nWHERE " + "\n  AND ".join(conditions)
