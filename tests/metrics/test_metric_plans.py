"""No metric reads all rows of a source to find the few of a call or a visit."""

import re
from collections.abc import Iterator
from sqlite3 import Connection

import pytest

from tests.agreement.through_cache import reading
from wallboard.cache.writing import open_for_writing
from wallboard.config import Configuration
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.catalogue.web import WEB
from wallboard.metrics.explain import statements
from wallboard.metrics.functions import introduce
from wallboard.metrics.metric import Metric
from wallboard.reporting_time import Calendar

NOON = 1_793_620_800_000
SMALL = "accounts|users|campaigns|queues|agents|agent|attributions|locations|lists|sources"
WHOLE_SOURCE = re.compile(rf"SEARCH (?!({SMALL})\b)\S+ USING .*\(source=\?\)$")
"""A step that goes through everything of a source."""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """An empty cache, read as the engine does."""
    path = tmp_path_factory.mktemp("plans") / "cache.sqlite"
    open_for_writing(path).close()
    with reading(path) as connection:
        introduce(connection)
        yield connection


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.slug)
def test_nothing_is_looked_for_in_a_whole_source(connection: Connection, metric: Metric) -> None:
    """As the planner of an empty cache decides it: nothing was analysed since it was made."""
    calendar = Calendar("UTC")
    period = calendar.period("2026-10-01", "2026-10-31", NOON)
    asked = Asked(period, calendar, Configuration().metrics, NOON)
    if metric.reckoning is None:
        return
    for one in statements(metric, asked):
        plan = connection.execute(f"EXPLAIN QUERY PLAN {one.sql}", one.values)
        assert not [step for *_, step in plan if WHOLE_SOURCE.search(step)], one.sql


@pytest.mark.parametrize("metric", WEB, ids=lambda metric: metric.slug)
def test_a_web_campaign_is_read_from_the_visits_of_the_period_on(
    connection: Connection, metric: Metric
) -> None:
    """Neither all visits that it was ever meant for, nor all goals, are gone through for a day."""
    calendar = Calendar("UTC")
    period = calendar.period("2026-10-31", "2026-10-31", NOON)
    asked = Asked(period, calendar, Configuration().metrics, NOON, {"campaign": "coats"})
    for one in statements(metric, asked):
        plan = [
            step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {one.sql}", one.values)
        ]
        assert "SEARCH visits USING COVERING INDEX visits_at (at>? AND at<?)" in plan
        gone_through = re.compile(r"SCAN (visits|goals|engagements|exposures|visit_campaigns)\b")
        assert not [step for step in plan if gone_through.match(step)]
        assert not [step for step in plan if "visit_campaigns_campaign (campaign=?)" in step]
