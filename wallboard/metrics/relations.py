"""The relations of the cache by name, and what of them the rollups hold."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallboard.metrics.relation import Relation
from wallboard.metrics.relations_accounts import ACCOUNTS
from wallboard.metrics.relations_calls import (
    ACCOUNT_CALLS,
    AREA_CODE,
    CALLS,
    OF_A_CALL,
    OPPORTUNITIES,
    OPPORTUNITIES_ALONG,
    SALES,
    SALES_ALONG,
    WON,
)
from wallboard.metrics.relations_web import WEB

RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "calls": CALLS,
        "measures": CALLS,
        "account_calls": ACCOUNT_CALLS,
        "sales": SALES,
        "opportunities": OPPORTUNITIES,
        "wins": WON,
        **ACCOUNTS,
        **WEB,
    }
)
"""Every relation by the name that aggregates use."""

ALONG: Final[Mapping[str, Relation]] = MappingProxyType(
    {"sales": SALES_ALONG, "opportunities": OPPORTUNITIES_ALONG}
)
"""Relations as they are read of a long period: the same rows, come by another way."""

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


DIMENSIONS: Final = (*OF_A_CALL, AREA_CODE)
"""What calls can be filtered and split by, beside time."""
