"""A change of the zone, the start of the day or a threshold builds the rollups anew."""

from collections.abc import Callable, Iterable
from datetime import date, time

import pytest

from tests.collector.books import Books, Json
from tests.collector.reckoned import reckoned, rolled
from tests.collector.simulated import simulated
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.config import BusinessHours, Configuration, Metrics, Reporting
from wallboard.config.hours import OpenHours
from wallboard.reporting_time import Calendar

NewBooks = Callable[..., Books]
BEFORE = Configuration(reporting=Reporting(time_zone="Europe/Paris"))
CHANGES = {
    "another zone": Configuration(reporting=Reporting(time_zone="Asia/Kathmandu")),
    "another start of the day": Configuration(
        reporting=Reporting(time_zone="Europe/Paris", day_starts=time(6, 30))
    ),
    "business hours": Configuration(
        reporting=Reporting(
            time_zone="Europe/Paris",
            business_hours=BusinessHours(monday=(OpenHours(8 * 60 + 30, 9 * 60 + 10),)),
        )
    ),
    "a holiday": Configuration(
        reporting=Reporting(time_zone="Europe/Paris", holidays=(date(2026, 3, 2),))
    ),
    "another service level": Configuration(
        reporting=BEFORE.reporting, metrics=Metrics(service_level_seconds=5)
    ),
    "another short abandon": Configuration(
        reporting=BEFORE.reporting, metrics=Metrics(short_abandon_seconds=600)
    ),
    "another limit of drops": Configuration(
        reporting=BEFORE.reporting, metrics=Metrics(drop_seconds=0, drop_limit=0.5)
    ),
}


def opened(books: NewBooks, configuration: Configuration, like: Books | None = None) -> Books:
    """A cache opened with a configuration, as a collector that starts does."""
    settings = settings_of(configuration)
    calendar = Calendar.of(configuration.reporting)
    if like is None:
        like = books(calendar=calendar, settings=settings)
    else:
        like.close()
        like.calendar, like.settings = calendar, settings
        like.open()
    rebuild_if_needed(like.ledger, like.db, configuration)
    return like


def without_targets(stream: Iterable[Json]) -> list[Json]:
    """A stream whose definitions leave all to the settings."""
    targets = {"service_level", "short_abandon_seconds", "drop_seconds", "drop_limit"}
    return [
        {**event, "data": {k: v for k, v in event["data"].items() if k not in targets}}
        for event in stream
    ]


def fed(cache: Books) -> Books:
    stream = without_targets(simulated(1))
    cache.feed(*(stream[at : at + 1_000] for at in range(0, len(stream), 1_000)))
    return cache


@pytest.mark.parametrize("change", CHANGES)
def test_it_equals_a_fresh_cache(books: NewBooks, change: str) -> None:
    after = CHANGES[change]
    cache = fed(opened(books, BEFORE))
    before = cache.tables()
    opened(books, after, cache)
    assert cache.tables() != before
    assert cache.tables() == fed(opened(books, after)).tables()
    minutes, hours = reckoned(cache, without_targets(simulated(1)))
    assert rolled(cache, "minute_rollup") == minutes
    assert rolled(cache, "hour_rollup") == hours


def test_nothing_is_done_when_nothing_changed(books: NewBooks) -> None:
    cache = opened(books, BEFORE)
    assert not rebuild_if_needed(cache.ledger, cache.db, BEFORE)
    other = Configuration(reporting=BEFORE.reporting, metrics=Metrics(callback_hours=1, margin=0.5))
    assert not rebuild_if_needed(cache.ledger, cache.db, other)


def test_a_call_that_goes_on_after_it_counts_once(books: NewBooks) -> None:
    """Half a day, another zone, and the rest of the day."""
    stream = list(simulated(1))
    cache = opened(books, BEFORE)
    cache.feed(stream[:3_000])
    opened(books, CHANGES["another zone"], cache)
    cache.feed(stream[3_000:])
    minutes, hours = reckoned(cache, stream)
    assert rolled(cache, "minute_rollup") == minutes
    assert rolled(cache, "hour_rollup") == hours


def test_one_that_fails_is_done_again(books: NewBooks) -> None:
    cache = fed(opened(books, BEFORE))
    before = cache.tables()

    class GoneError(Exception):
        """The process ends."""

    def end(_: int) -> None:
        raise GoneError

    with pytest.raises(GoneError):
        cache.ledger.reckon_anew(end)
    assert cache.tables() == before
    cache.ledger.reckon_anew(lambda _: None)
    assert cache.tables() == before
