"""What is over its time is gone; the rest is as if it had never been there."""

import sqlite3
from collections.abc import Callable
from datetime import time

import pytest

from tests.collector.books import Books, Json
from tests.collector.days import DAY, NOW, event
from wallboard.reporting_time import Calendar

NewBooks = Callable[..., Books]
NUMBER = "+33199009900"


def call(name: str, day: float, number: str = "+14155550100") -> list[Json]:
    second = 1 / 86_400
    rest: list[Json] = [
        event(f"{name}1", "call.started", day, call=name, direction="inbound", from_number=number),
        event(f"{name}2", "queue.entered", day + second, call=name, queue="q"),
        event(f"{name}3", "leg.started", day + 2 * second, call=name, leg=f"{name}a", kind="A"),
        event(f"{name}4", "leg.ended", day - 9 * second, call=name, leg=f"{name}a", cause="busy"),
        event(f"{name}5", "call.ended", day + 9 * second, call=name, reason="abandoned"),
        event(f"{name}6", "call.outcome", day + 9 * second, call=name, lead=True, notes="n"),
        event(f"{name}7", "call.wrapped", day + 9 * second, call=name, agent="ann", seconds=3),
        event(f"{name}8", "call.recording", day + 9 * second, call=name, status="completed"),
    ]
    return rest


def forget(books: Books, keep_days: int = 10, keep_event_days: int = 2) -> None:
    while books.ledger.forget_old(NOW, keep_days, keep_event_days):
        pass
    while books.ledger.sweep(NOW, keep_days):
        pass


FACTS = (
    *("calls", "entries", "legs", "stays", "minute_rollup", "hour_rollup", "contradictions"),
    *("call_measures", "call_outcomes", "call_quality", "wrap_ups", "agent_changes"),
)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York"])
@pytest.mark.parametrize("day_starts", [time(0), time(2, 20)])
def test_the_rest_equals_a_cache_that_never_had_it(
    books: NewBooks, zone: str, day_starts: time
) -> None:
    calendar = Calendar(zone, day_starts)
    hour = 1 / 24
    starts = [day + part * hour for day in (-12, -11, -10) for part in (0, 0.3, 0.6, 5, 23.4, 23.9)]
    calls = {f"c{at}": call(f"c{at}", start) for at, start in enumerate(starts)}
    calls["fresh"] = call("fresh", -0.5)
    cache, never = books(calendar=calendar), books(calendar=calendar)
    cache.feed(*calls.values())
    forget(cache)
    kept = {name for (name,) in cache.rows("SELECT id FROM calls")}
    before_the_cut = {f"c{at}" for at, start in enumerate(starts) if start < -10 - 1 / 24}
    after_the_cut = {f"c{at}" for at, start in enumerate(starts) if start >= -10} | {"fresh"}
    assert not kept & before_the_cut
    assert kept >= after_the_cut
    never.feed(*(events for name, events in calls.items() if name in kept))
    found, expected = cache.tables(), never.tables()
    for name in FACTS:
        assert found[name] == expected[name], name


def test_a_call_without_a_start_goes_by_its_first_event(books: NewBooks) -> None:
    cache = books()
    cache.feed(call("old", -30)[1:], call("new", -1)[1:])
    forget(cache)
    assert cache.rows("SELECT id FROM calls") == [("new",)]


def test_what_comes_late_for_a_deleted_call_brings_back_nothing_of_it(books: NewBooks) -> None:
    cache = books()
    cache.feed(call("old", -30), call("new", -1))
    forget(cache)
    before = cache.tables()
    late = event("late", "call.outcome", -29.9, call="old", disposition="sold", lead=True)
    cache.feed([late])
    found = cache.tables()
    assert found["hour_rollup"] == before["hour_rollup"]
    assert found["minute_rollup"] == before["minute_rollup"]
    assert cache.rows("SELECT started, legs FROM calls WHERE id = 'old'") == [(None, 0)]
    cache.restart()
    assert cache.tables() == found


def test_repetition_of_what_is_kept_is_still_known(books: NewBooks) -> None:
    cache = books()
    at_the_cut = call("c", -10)
    cache.feed(at_the_cut, call("d", -3))
    forget(cache)
    before = cache.tables()
    cache.feed(at_the_cut, call("d", -3))
    assert cache.tables() == before


def test_the_last_state_of_an_agent_before_the_cut_still_holds(books: NewBooks) -> None:
    cache = books()
    cache.feed(
        [
            event("1", "agent.changed", -40, agent="ann", presence="available"),
            event("2", "agent.changed", -30, agent="ann", presence="paused"),
            event("3", "agent.changed", -30, agent="bob", presence="available"),
            event("4", "agent.changed", -1, agent="bob", presence="offline"),
        ]
    )
    forget(cache)
    kept = cache.rows("SELECT agent, id, state FROM agent_changes ORDER BY agent, time")
    assert kept == [("ann", "2", "paused"), ("bob", "3", "available"), ("bob", "4", "offline")]


def test_the_text_of_events_goes_before_their_facts(books: NewBooks) -> None:
    cache = books()
    cache.feed(call("c", -5), [{"not": "an event"}], call("d", -1))
    ((texts,),) = cache.rows("SELECT count(*) FROM quarantine WHERE text IS NOT NULL")
    assert texts == 3
    cache.connection.execute("UPDATE quarantine SET received = received - ?", (3 * DAY,))
    forget(cache)
    assert cache.rows("SELECT count(*) FROM messages") == [(2,)]
    assert cache.rows("SELECT count(*) FROM calls") == [(2,)]
    assert cache.rows("SELECT call IS NOT NULL, text FROM quarantine") == [(1, None), (1, None)]


def test_nothing_of_what_is_deleted_is_left_in_the_file(books: NewBooks) -> None:
    """Deleted content is overwritten: the numbers of callers do not outlive their time."""
    cache = books()
    cache.feed(call("old", -30, NUMBER), call("new", -1))
    cache.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert NUMBER.encode() in cache.path.read_bytes()
    forget(cache)
    cache.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert NUMBER.encode() not in cache.path.read_bytes()


def test_a_failure_deletes_nothing(books: NewBooks) -> None:
    cache = books()
    cache.feed(call("old", -30), call("new", -1))
    before = cache.tables()
    cache.connection.execute(
        "CREATE TEMP TRIGGER broken BEFORE DELETE ON main.legs BEGIN SELECT RAISE(ABORT, ''); END"
    )
    with pytest.raises(sqlite3.Error):
        cache.ledger.forget_old(NOW, 10, 2)
    assert cache.tables() == before
    cache.connection.execute("DROP TRIGGER broken")
    forget(cache)
    assert cache.rows("SELECT id FROM calls") == [("new",)]


def test_many_calls_go_in_pieces(books: NewBooks) -> None:
    cache = books()
    many = [one for at in range(2_500) for one in call(f"{at}", -30 + at / 1_000)[:1]]
    cache.feed(many, call("new", -1))
    left = 2_501
    while cache.ledger.forget_old(NOW, 10, 2):
        before = left
        ((left,),) = cache.rows("SELECT count(*) FROM calls")
        assert before - 2_000 <= left <= before
    forget(cache)
    assert cache.rows("SELECT id FROM calls") == [("new",)]
