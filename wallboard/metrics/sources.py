"""Where an aggregate is read from: FROM and WHERE for a relation, a direction and what is asked."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from wallboard.metrics.asked import Asked
from wallboard.metrics.metric import MEASURES, Direction
from wallboard.metrics.relation import Relation
from wallboard.metrics.relations import ALONG, RELATIONS, ROLLED_UP, rollup
from wallboard.metrics.spans import DAYS, TIMES, spans

SPANS: Final = (
    "WITH spans AS (SELECT value ->> 0 AS start, value ->> 1 AS until, value ->> 2 AS key"
    " FROM json_each(:spans))\n"
)


class UnanswerableError(Exception):
    """The relation knows nothing of a dimension that was asked for; the text says so."""


class Source(NamedTuple):
    """What stands before and after the SELECT list, and the values it names.

    `key` is the expression to group by, None where nothing is split.
    """

    head: str
    rows: str
    key: str | None
    values: dict[str, int | float | str]


def source(
    over: str,
    direction: Direction,
    asked: Asked,
    by: str | None,
    expressions: Sequence[str],
    conditions: Iterable[str] = (),
    within: str | None = None,
) -> Source:
    """The rows of a relation within what is asked, split `by` a dimension or an SQL expression.

    `within` stands for the relation's own condition of the period.

    Raises UnanswerableError when the relation cannot be filtered or split so.
    """
    relation = _relation_of(over, asked, by)
    if within is not None:
        relation = relation._replace(within=within)
    wanted = list(conditions)
    if relation.direction is not None and direction in {"inbound", "outbound"}:
        wanted.append(f"{relation.direction} = '{direction}'")
    for number, dimension in enumerate(asked.filters):
        column = relation.dimensions.get(dimension)
        if column is None or dimension in relation.split_only:
            raise UnanswerableError(f"Nothing here is known by {dimension}.")
        wanted.append(f"{column} = :filter_{number}")
    values = asked.values()
    head, key = "", None
    if by is not None and by in relation.dimensions:
        key = f"coalesce(nullif({relation.dimensions[by]}, ''), '(none)')"
        if by in relation.when_split:
            wanted.append(relation.when_split[by])
    elif by is not None and by in TIMES:
        head, key = SPANS, "spans.key"
        relation, values["spans"] = _by_time(relation, asked, by)
    elif by is not None:
        if "." not in by or by.partition(".")[0] in {"attribution", "location"}:
            raise UnanswerableError(f"Nothing here is known by {by}.")
        key = f"coalesce(nullif({by}, ''), '(none)')"
    named = [*expressions, key] if key else list(expressions)
    return Source(head, relation.source(named, wanted), key, values)


def _by_time(relation: Relation, asked: Asked, by: str) -> tuple[Relation, str]:
    """The relation joined to spans of time, and these as JSON."""
    found = spans(asked.calendar, asked.period, by)
    base = f"spans CROSS JOIN {relation.base}"
    if relation.at is not None:
        # Spans are cut to the period; with its bounds as well, each would be looked for in all.
        within = f"{relation.at} >= spans.start AND {relation.at} < spans.until"
        return relation._replace(base=base, within=within), msgspec.json.encode(found).decode()
    if relation.day is None or by not in DAYS:
        raise UnanswerableError(f"Nothing here is known by {by}.")
    days = [(asked.calendar.day_of(span.start).isoformat(), "", span.key) for span in found]
    within = f"{relation.within} AND {relation.day} = spans.start"
    return relation._replace(base=base, within=within), msgspec.json.encode(days).decode()


def _relation_of(over: str, asked: Asked, by: str | None) -> Relation:
    """The relation as it is read: measures from the rollup, where it holds what is asked."""
    if over == MEASURES and is_rolled_up(asked, by):
        return rollup("hour_rollup")
    if asked.is_long and over in ALONG and by not in TIMES:
        return ALONG[over]
    return RELATIONS[over]


def is_rolled_up(asked: Asked, by: str | None) -> bool:
    """Whether the rollups hold measures so: by these filters and dimensions, in whole hours."""
    edges = (asked.period.start_ms, asked.period.end_ms)
    return (
        all(dimension in ROLLED_UP for dimension in asked.filters)
        and (by is None or by in ROLLED_UP or by in TIMES)
        and all(asked.calendar.hour_start(edge) == edge for edge in edges)
    )
