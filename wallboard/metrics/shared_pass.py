"""Sums by several dimensions, and those of all, in one pass over the calls.

A pass over a million calls costs more than what is counted on the way, and to group by a dimension
sorts them. Where several are asked for, one statement tallies them all.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from wallboard.metrics.asked import NONE, Asked
from wallboard.metrics.measured import measured
from wallboard.metrics.metric import CALLS, MEASURES, Aggregate, Direction, Total
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.sources import source
from wallboard.metrics.spans import TIMES

MOST_PARTS: Final = 6
"""Sums beside a dimension: with more of them nearly every call would be a row of its own."""

_GREAT: Final = re.compile(r"_(ms|millionths)\b")
"""Measures that differ from call to call."""

Parts = tuple[Aggregate, ...]
Asking = Mapping[str | None, Parts]
"""What is summed, by dimension or by an SQL expression; None stands for no dimension."""


def can_share(over: str, by: str | None, parts: Parts) -> bool:
    """Whether these sums over calls can be had in one pass with others."""
    if over != CALLS or by is None:
        return over == CALLS
    return by not in TIMES and len(parts) <= MOST_PARTS and all(map(_is_small, parts))


def shared_statement(
    direction: Direction, asking: Asking, asked: Asked
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL for all of these, with the values it names. Raises UnanswerableError."""
    columns: list[str] = []
    for by, parts in asking.items():
        if by is None:
            columns += [measured(part.sql) for part in parts]
        else:
            told = [value for value in _values(parts) if value != "1"]
            # Refused where it is no dimension; what stands for none is told apart afterwards.
            source(CALLS, direction, asked, by, told)
            key = RELATIONS[CALLS].dimensions.get(by, by)
            columns.append(f"tally({', '.join([key, *told])})")
    found = source(CALLS, direction, asked, None, columns)
    listed = ",\n  ".join(columns)
    return f"SELECT {listed}\n{found.rows}", found.values


def shared_sums(
    row: tuple[Any, ...], asking: Asking
) -> dict[str | None, dict[str, dict[Aggregate, float]]]:
    """What the statement gave, by dimension, by key."""
    columns = iter(row)
    found: dict[str | None, dict[str, dict[Aggregate, float]]] = {}
    for by, parts in asking.items():
        if by is None:
            found[by] = {"": {part: next(columns) or 0 for part in parts}}
        else:
            found[by] = _tallied(next(columns), parts)
    return found


def _tallied(text: str | None, parts: Parts) -> dict[str, dict[Aggregate, float]]:
    sums: dict[str, dict[Aggregate, float]] = {}
    constant = [value == "1" for value in _values(parts)]
    for count, key, *told in json.loads(text or "[]"):
        values = iter(told)
        of_key = sums.setdefault(NONE if key in {None, ""} else str(key), dict.fromkeys(parts, 0))
        for part, is_one in zip(parts, constant, strict=True):
            of_key[part] += count * (1 if is_one else next(values) or 0)
    return sums


def _values(parts: Parts) -> list[str]:
    return [measured(part.of) for part in parts if isinstance(part, Total)]


def _is_small(part: Aggregate) -> bool:
    return isinstance(part, Total) and part.over == MEASURES and not _GREAT.search(part.of)
