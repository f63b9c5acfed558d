"""A list of calls that is asked for: what to ask of the cache, and of what was known otherwise."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from wallboard.config import Metrics
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_columns import BY_NOW
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_lines import lines_known, selected
from wallboard.questions.calls_then import CallsThen, calls_then
from wallboard.questions.conditions import Conditions, conditions_of
from wallboard.questions.lookup import Place, looked_up


class Asked(NamedTuple):
    """A list as of `now` (UTC ms); `then` is None where that is live.

    `where` is what is asked of the calls of the cache, `selected` the beginning of a query for
    their rows. `named`: the calls that the filter can be reduced to, None where it cannot.
    """

    connection: sqlite3.Connection
    filter: CallFilter
    now: int
    where: Conditions
    selected: str
    named: list[int] | None
    then: CallsThen | None
    metrics: Metrics

    @property
    def is_filtered(self) -> bool:
        """Whether anything but times is asked."""
        said, _ = self.where if self.then is None else self.then.conditions
        return bool(said) or self.filter.state is not None

    @property
    def is_of_open(self) -> bool:
        """Whether only calls in progress are asked for."""
        return self.filter.state in {"open", "waiting"}

    def lines(self, rows: Iterable[tuple[Any, ...]]) -> list[CallLine]:
        """The selected rows as lines."""
        return lines_known(self.connection, rows, self.now)


@contextmanager
def asked_of(
    connection: sqlite3.Connection,
    filter: CallFilter,
    now: int,
    metrics: Metrics,
) -> Iterator[Asked]:
    """The question; what it holds in memory is given up at the end. Raises sqlite3.Error."""
    with calls_then(connection, filter, now, metrics) as then:
        if then is not None:
            where, begun, named = then.asked, selected(then.columns), then.named
        else:
            where, begun = conditions_of(connection, filter), selected(BY_NOW)
            named = looked_up((Place(connection),), filter)
        yield Asked(connection, filter, now, where, begun, named, then, metrics)
