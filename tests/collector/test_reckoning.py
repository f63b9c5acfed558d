"""A change of the zone, the start of the day or a threshold builds the rollups anew."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.collector.books import Books, Json
from tests.collector.reckoned import reckoned, rolled
from tests.collector.simulated import simulated
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.config import BusinessHours, Configuration, Metrics, Reporting
from wallboard.config.hours import OpenHours
from wallboard.questions.call import whole_call
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


def test_a_look_back_judges_as_the_collector_did(books: NewBooks) -> None:
    """Who gave up after 30 s, where 60 s are short: until the queue had terms of its own."""
    cache = opened(books, Configuration(metrics=Metrics(short_abandon_seconds=60)))
    told = (
        ("call.started", 0, {"call": "c", "direction": "inbound"}),
        ("queue.entered", 0, {"call": "c", "queue": "q"}),
        ("queue.left", 30, {"call": "c", "queue": "q", "reason": "abandoned"}),
        ("call.ended", 30, {"call": "c", "reason": "abandoned"}),
        ("queue.defined", 3_600, {"queue": "q", "name": "Help", "short_abandon_seconds": 10}),
    )
    begun = datetime(2026, 3, 2, 9, tzinfo=UTC)
    events = [
        {
            "specversion": "1.0", "id": f"e{number}", "source": "s", "type": kind,
            "time": (begun + timedelta(seconds=at)).isoformat(), "data": data,
        }
        for number, (kind, at, data) in enumerate(told)
    ]  # fmt: skip
    cache.feed(events)
    number = cache.rows("SELECT call FROM calls")[0][0]
    instants = (int((begun + timedelta(seconds=at)).timestamp() * 1_000) for at in (60, 7_200))
    then, later = (whole_call(cache.connection, number, instant) for instant in instants)
    assert then is not None
    assert later is not None
    assert (then.line.state, later.line.state) == ("short_abandoned", "abandoned")
