"""Dimensions whose keys are found after reading: read by a raw key, then folded together.

Equal attributions and locations are one row each, so that reading by their number serves every
field of them in one pass; and what area code a number has, no SQL can say.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import fsum
from types import MappingProxyType
from typing import Final, NamedTuple

from wallboard.metrics.asked import NONE
from wallboard.metrics.metric import CALLS, MEASURES, Aggregate, Total
from wallboard.metrics.relations_calls import AREA_CODE, ATTRIBUTION, LOCATION

Names = Mapping[str, str]


class Fold(NamedTuple):
    """How the keys of a dimension come about.

    `raw` is the SQL expression over calls that is read by; `names` finds the keys of what it gave;
    `place`, where there is one, says in words where a key is, empty where that is not known.
    """

    raw: str
    names: Callable[[sqlite3.Connection, Iterable[str]], Names]
    place: Callable[[str], str] | None = None


def _field(
    table: str, number: str, field: str, connection: sqlite3.Connection, raw: Iterable[str]
) -> Names:
    """The field of each of these rows of an interned table."""
    sql = f"SELECT {number}, nullif({field}, '') FROM {table}"
    known = {str(row): value for row, value in connection.execute(sql)}
    return {key: known.get(key) or NONE for key in raw}


def _area_codes(_: sqlite3.Connection, raw: Iterable[str]) -> Names:
    # Only here, and only when asked: the library's tables take most of a second to load.
    from wallboard.metrics.area_codes import area_code  # noqa: PLC0415 - a large table, seldom asked for

    return {key: area_code(key) for key in raw}


def _place(key: str) -> str:
    from wallboard.metrics.area_codes import place  # noqa: PLC0415 - a large table, seldom asked for

    return place(key)


_START_OF_NUMBER: Final = (
    "CASE WHEN calls.from_number <> '+' || CAST(substr(calls.from_number, 2) AS INTEGER)"
    " THEN calls.from_number"
    " WHEN calls.from_number LIKE '+1%' THEN substr(calls.from_number, 1, 5)"
    " ELSE substr(calls.from_number, 1, 9) END || ' ' || length(calls.from_number)"
)
"""As much of a number as its area code depends on: its first digits, and how long it is.

A number that is written with anything but digits after the + is taken whole.
"""

FOLDS: Final[Mapping[str, Fold]] = MappingProxyType(
    {
        **{
            f"attribution.{name}": Fold(
                "calls.attribution", partial(_field, "attributions", "attribution", name)
            )
            for name in ATTRIBUTION
        },
        **{
            f"location.{name}": Fold(
                "calls.location", partial(_field, "locations", "location", name)
            )
            for name in LOCATION
        },
        AREA_CODE: Fold(_START_OF_NUMBER, _area_codes, _place),
    }
)
"""The dimensions that are folded, of calls."""


_OF_CALLS: Final = frozenset({CALLS, MEASURES, "sales", "opportunities"})
"""The relations with the columns of calls."""


def fold_of(aggregate: Aggregate, by: str | None) -> Fold | None:
    """How an aggregate by a dimension is folded, None where it is read by the dimension itself.

    Sums fold; how many different values there are does not.
    """
    if aggregate.over not in _OF_CALLS or not isinstance(aggregate, Total) or by is None:
        return None
    return FOLDS.get(by)


def folded(
    connection: sqlite3.Connection,
    fold: Fold,
    rows: Mapping[str, Mapping[Aggregate, float]],
    parts: tuple[Aggregate, ...],
) -> dict[str, dict[Aggregate, float]]:
    """The sums by the keys of a dimension, from those by its raw key."""
    found: dict[str, list[Mapping[Aggregate, float]]] = {}
    names = fold.names(connection, rows)
    for raw, sums in rows.items():
        found.setdefault(names[raw], []).append(sums)
    return {
        key: {part: sum_of([sums[part] for sums in some]) for part in parts}
        for key, some in found.items()
    }


def sum_of(values: list[float]) -> float:
    """Their sum: of whole numbers a whole one, of floats without what adding one by one loses."""
    return sum(values) if all(isinstance(value, int) for value in values) else fsum(values)
