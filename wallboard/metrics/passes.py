"""What is read of the cache in one go, and how one reading serves several."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from wallboard.metrics.folds import FOLDS
from wallboard.metrics.metric import CALLS, MEASURES, Aggregate, Direction, Total
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.shared_pass import Parts
from wallboard.metrics.spans import TIMES

Shared: TypeAlias = Mapping[Direction, Mapping[str | None, Parts]]
"""What is read in one pass over the calls of a direction, by dimension."""


class Pass(NamedTuple):
    """One reading of a relation or of a query over it, split or not.

    `folded`: by a raw key, see folds.py.
    """

    over: str
    direction: Direction
    by: str | None
    folded: bool
    query: str


def is_in(shared: Shared, reading: Pass) -> bool:
    """Whether it is among those that are read in one pass."""
    of_calls = reading.over == CALLS and not reading.query
    return of_calls and reading.by in shared.get(reading.direction, {})


def raw_pass(reading: Pass) -> Pass:
    """The reading by a raw key that serves one that is folded; any other as it is."""
    if not reading.folded or reading.by is None:
        return reading
    return reading._replace(by=FOLDS[reading.by].raw, folded=False)


def adds_up(reading: Pass, parts: Iterable[Aggregate], split: Pass) -> bool:
    """Whether sums of all are those of a split together: each row has one key there."""
    return (
        reading.by is None
        and split.by is not None
        and split.by not in TIMES
        and (reading.over, reading.direction) == (split.over, split.direction)
        and reading.over not in {CALLS, MEASURES}
        and not (reading.query or split.query)
        and split.by not in RELATIONS[reading.over].when_split
        and all(isinstance(part, Total) for part in parts)
    )
