"""What is read along an index of a long period is what is read of its calls one by one."""

from collections.abc import Iterator
from random import Random
from sqlite3 import Connection

import pytest
from msgspec.structs import replace

from tests.agreement.generated_events import generated
from tests.agreement.generated_questions import settings_for
from tests.agreement.through_cache import collect, configuration_of, reading
from wallboard.cache.writing import open_for_writing
from wallboard.config import Configuration
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.catalogue.along import ALONG
from wallboard.metrics.engine import answers
from wallboard.metrics.functions import introduce
from wallboard.metrics.metric import Count, Query, Ratio, Split
from wallboard.metrics.queries import query_statement
from wallboard.metrics.readings import Readings
from wallboard.reporting_time import Calendar, Period

DAY_MS = 86_400_000


@pytest.fixture(scope="module", params=range(3))
def cache(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """Generated events; touches are made to be of phones alone, as one of the ways asks for."""
    folder = tmp_path_factory.mktemp("along")
    configuration = configuration_of(settings_for(request.param), folder)
    path = folder / "cache.sqlite"
    collect(path, configuration, generated(request.param), Random(request.param))
    writer = open_for_writing(path)
    writer.execute("UPDATE touches SET contact = NULL")
    writer.close()
    with reading(path) as connection:
        introduce(connection)
        yield connection


def asked_of(connection: Connection, skip: float, until: float) -> Asked:
    """From a part of the cache's time to a part of it."""
    first, last = connection.execute("SELECT min(started), max(started) FROM calls").fetchone()
    start, end = (round(first + part * (last + 1 - first)) for part in (skip, until))
    return Asked(Period(start, end, ()), Calendar("UTC"), Configuration().metrics, last)


@pytest.mark.parametrize("number", range(len(ALONG)))
@pytest.mark.parametrize("part", [(0, 1), (0.3, 0.9), (0.5, 0.55)])
def test_both_ways_give_the_same(cache: Connection, number: int, part: tuple[float, float]) -> None:
    sql, along = list(ALONG.items())[number]
    assert cache.execute(f"SELECT {along.where}").fetchone()[0]
    asked = asked_of(cache, *part)
    rows = [
        sorted(cache.execute(*query_statement(Query(text), along.direction, asked)), key=str)
        for text in (sql, along.sql)
    ]
    assert len(rows[0]) == len(rows[1])
    for one, other in zip(*rows, strict=True):
        assert one == pytest.approx(other)


def test_only_long_periods_without_filters_go_along(cache: Connection) -> None:
    def runs(asked: Asked, sql: str) -> str:
        queries = Readings(cache, asked).queries
        return queries.statement(Query(sql), ALONG[sql].direction)[0]

    sql = next(iter(ALONG))
    whole = asked_of(cache, 0, 1)
    assert "INDEXED BY" in runs(whole, sql)
    assert "INDEXED BY" not in runs(asked_of(cache, 0.5, 0.6), sql)
    filtered = Asked(whole.period, whole.calendar, whole.settings, whole.now, {"queue": "q"})
    assert "INDEXED BY" not in runs(filtered, sql)


@pytest.mark.parametrize("by", [None, "campaign", "day"])
@pytest.mark.parametrize("part", [(0, 1), (1.5, 1.6)])
def test_asked_together_is_as_asked_alone(
    cache: Connection, by: str | None, part: tuple[float, float]
) -> None:
    """Of many at once one pass gives several dimensions, and wholes are added up from splits."""
    metrics = [
        metric
        for metric in CATALOGUE
        if metric.category == "conversation"
        or (
            metric.category in {"attribution", "lead_quality", "integrity"}
            and isinstance(metric.reckoning, Split | Ratio | Count)
        )
    ]
    asked = replace(asked_of(cache, *part), by=by)
    together = answers(cache, metrics, asked)
    for metric in metrics:
        alone = answers(cache, [metric], asked)[metric.slug]
        assert together[metric.slug] == alone, metric.slug
