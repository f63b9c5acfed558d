"""The relations of the cache that metrics are reckoned over, and by what each can be split.

A relation is a base table with the tables that can be joined to it; only those that an expression
names are. Expressions name columns with their table: `calls.started`, `outcomes.lead`.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wallboard.metrics.wins import WINS

ATTRIBUTION: Final = (
    "source",
    "channel",
    "medium",
    "campaign",
    "ad_group",
    "ad",
    "creative",
    "keyword",
    "landing_page",
    "referring_url",
    "referral_source",
)
LOCATION: Final = ("country", "region", "city", "market")

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
    day: str | None = None
    """The column of the local day (ISO), for what has a day and no time."""
    split_only: frozenset[str] = frozenset()
    """Dimensions that rows can be split by, but not filtered."""
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


_OF_A_CALL: Final = {
    "campaign": "calls.campaign",
    "queue": "calls.first_queue",
    "agent": "calls.agent",
    "team": "agents.team",
    "account": "calls.account",
    "sub_campaign": "calls.sub_campaign",
    "direction": "calls.direction",
    "list": "calls.list",
    "call_type": "calls.call_type",
    "outcome": "calls.outcome",
    "disposition": "calls.disposition",
    "end_reason": "calls.end_reason",
    **{f"attribution.{name}": f"attributions.{name}" for name in ATTRIBUTION},
    **{f"location.{name}": f"locations.{name}" for name in LOCATION},
}
_JOINED_TO_CALLS: Final = {
    "measures": "JOIN call_measures measures ON measures.call = calls.call",
    "outcomes": "LEFT JOIN call_outcomes outcomes ON outcomes.call = calls.call",
    "quality": "LEFT JOIN call_quality quality ON quality.call = calls.call",
    "attributions": ("LEFT JOIN attributions ON attributions.attribution = calls.attribution"),
    "locations": "LEFT JOIN locations ON locations.location = calls.location",
    "agents": "LEFT JOIN agents ON agents.source = calls.source AND agents.agent = calls.agent",
    "tied_sales": (
        "LEFT JOIN (SELECT source, call, count(*) AS sales, sum(amount) AS amount FROM sales"
        " WHERE call IS NOT NULL GROUP BY source, call) tied_sales"
        " ON tied_sales.source = calls.source AND tied_sales.call = calls.id"
    ),
}

_CALLS: Final = Relation(
    base="calls",
    within="calls.started >= :from AND calls.started < :until",
    at="calls.started",
    dimensions=MappingProxyType(_OF_A_CALL),
    joins=MappingProxyType(_JOINED_TO_CALLS),
    direction="calls.direction",
    call="calls.call",
)

_WINS: Final = Relation(
    base=f"{WINS}\n  JOIN opportunities ON opportunities.source = wins.source"
    " AND opportunities.opportunity = wins.opportunity",
    within="wins.won >= :from AND wins.won < :until",
    at="wins.won",
    dimensions=MappingProxyType(_OF_A_CALL),
    joins=MappingProxyType(
        {
            "calls": (
                "LEFT JOIN calls ON calls.source = opportunities.source"
                " AND calls.id = opportunities.call AND calls.started IS NOT NULL"
            ),
            **{name: _JOINED_TO_CALLS[name] for name in ("attributions", "locations", "agents")},
        }
    ),
    call="calls.call",
)
"""Won opportunities by the time of the win, with the calls that they are of."""

RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "calls": _CALLS,
        "measures": _CALLS,
        "wins": _WINS,
        "spends": Relation(
            base="spends",
            within="spends.day >= :first_day AND spends.day <= :last_day",
            at=None,
            dimensions=MappingProxyType(
                {
                    "account": "spends.account",
                    "attribution.campaign": "spends.campaign",
                    "attribution.channel": "spends.channel",
                    "attribution.keyword": "spends.keyword",
                }
            ),
        ),
    }
)
"""Every relation by the name that aggregates use; others are added where their metrics are."""

ROLLED_UP: Final = MappingProxyType(
    {"campaign": "measures.campaign", "queue": "measures.queue", "direction": "measures.direction"}
)
"""The dimensions that rollups are kept by, beside time; empty text there is none."""


def rollup(table: str) -> Relation:
    """A rollup as a relation: `hour_rollup` or `minute_rollup`."""
    return Relation(
        base=f"{table} measures",
        within="measures.bucket >= :from AND measures.bucket < :until",
        at="measures.bucket",
        dimensions=ROLLED_UP,
        direction="measures.direction",
    )


DIMENSIONS: Final = tuple(_OF_A_CALL)
"""What calls can be filtered and split by, beside time."""
