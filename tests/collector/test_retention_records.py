"""Records go by their own time; callers are remembered by what nobody can read back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.collector.books import Books, Json
from tests.collector.days import DAY, NOW, event, moment
from wallboard.cache.opening import open_for_reading
from wallboard.collector.ledger import Ledger

NewBooks = Callable[..., Books]
NUMBER, OTHER = "+33199009900", "+33199009901"
KEEP = 10


def ms(day: float) -> int:
    return NOW // DAY * DAY + round(day * DAY)


def forget(books: Books) -> None:
    while books.ledger.forget_old(NOW, KEEP, KEEP):
        pass
    sweep(books)


def sweep(books: Books) -> None:
    while books.ledger.sweep(NOW, KEEP):
        pass


def record(table: str, name: str, day: float) -> Json:
    """An event of the time of this day that makes a row of a table."""
    visit = {"visit": name, "campaign": "x"}
    at = moment(day).isoformat()
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "lists": (
            "list.loaded",
            {"list": name, "name": "l", "started": at, "finished": at, "records": 1, "rejected": 0},
        ),
        "contacts": ("contact.added", {"contact": name}),
        "filtered_contacts": ("contact.filtered", {"contact": name, "reason": "duplicate"}),
        "direct_connects": (
            "connect.attempted",
            {"connect": name, "call": name, "number": "+1", "started": at, "result": "busy"},
        ),
        "visits": (
            "visit.started",
            {"visit": name, "visitor": "v", "campaigns": ["x"], "control": ["y"]},
        ),
        "touches": ("touch.recorded", {"touch": name, "source": "mail"}),
        "spends": ("spend.recorded", {"spend": name, "amount": 1, "day": at[:10]}),
        "opportunities": (
            "opportunity.changed",
            {"opportunity": name, "stage": "open", "value": 1},
        ),
        "sales": ("sale.recorded", {"sale": name, "amount": 1}),
        "number_displays": ("number.shown", {"shown": name, "correct": True}),
        "outbound_messages": (
            "message.sent",
            {"message": name, "campaign": "x", "channel": "sms"},
        ),
        "service_uses": (
            "service.used",
            {"use": name, "service": "s", "quantity": 1, "unit": "u", "price": 1, "amount": 1},
        ),
        "report_deliveries": (
            "report.delivered",
            {"delivery": name, "report": "r", "account": "a", "due": at, "white_label": True},
        ),
        "report_audits": (
            "report.audited",
            {"audit": name, "account": "a", "report": "r", "correct": True},
        ),
        "dashboard_views": (
            "dashboard.viewed",
            {"view": name, "user": "u", "account": "a", "dashboard": "d"},
        ),
        "pool_samples": ("pool.sampled", {"pool": name, "size": 2, "in_use": 1}),
        "exposures": ("exposure.shown", {**visit, "engagement": "e", "kind": "button"}),
        "engagements": ("engagement.made", {**visit, "kind": "click"}),
        "goals": ("goal.reached", {"visit": name, "goal": "g", "goal_type": "sale"}),
    }
    kind, data = told[table]
    return event(f"{table} {name}", kind, day, **data)


TABLES = [
    *("lists", "contacts", "filtered_contacts", "direct_connects", "visits", "touches", "spends"),
    *("opportunities", "sales", "number_displays", "outbound_messages", "service_uses"),
    *("report_deliveries", "report_audits", "dashboard_views", "pool_samples", "exposures"),
    *("engagements", "goals"),
]


@pytest.mark.parametrize("table", TABLES)
def test_a_record_goes_by_its_own_time(books: NewBooks, table: str) -> None:
    cache, never = books(), books()
    kept = [record(table, "at the cut", -KEEP), record(table, "new", -1)]
    cache.feed([record(table, "old", -KEEP - 1), *kept])
    never.feed(kept)
    forget(cache)
    found, expected = cache.tables(), never.tables()
    assert len(found[table]) == 2
    for name in (table, "visit_campaigns", "opportunity_stages"):
        assert found[name] == expected[name], name


def test_definitions_and_the_types_ever_seen_stay(books: NewBooks) -> None:
    cache = books()
    cache.feed(
        [
            event("1", "account.defined", -99, account="a", name="A"),
            event("2", "user.defined", -99, user="u", account="a", role="r", client=True),
            event("3", "sale.recorded", -99, sale="s", amount=1),
        ]
    )
    before = cache.tables()
    forget(cache)
    found = cache.tables()
    for name in ("accounts", "users", "event_types"):
        assert found[name] == before[name]
        assert found[name]


def test_a_contact_stays_as_long_as_a_call_to_it(books: NewBooks) -> None:
    cache = books()
    call = {"call": "c", "direction": "outbound", "contact": "k"}
    cache.feed(
        [
            event("1", "contact.added", -99, contact="k", name="Ann"),
            event("2", "contact.added", -99, contact="l", name="Bob"),
            event("3", "call.started", -1, **call),
        ]
    )
    forget(cache)
    assert cache.rows("SELECT contact FROM contacts") == [("k",)]


def inbound(name: str, day: float, number: str = NUMBER, *, lead: bool = False) -> list[Json]:
    return [
        event(f"{name} 1", "call.started", day, call=name, direction="inbound", from_number=number),
        event(f"{name} 2", "call.outcome", day, call=name, lead=lead),
    ]


def remembered(books: Books, number: str) -> list[tuple[Any, ...]]:
    return books.rows(
        "SELECT first_call, first_lead, first_sale FROM forgotten_callers "
        "WHERE digest = caller_digest(?)",
        number,
    )


def test_firsts_of_forgotten_callers_are_remembered(books: NewBooks) -> None:
    cache = books()
    cache.feed(
        inbound("a", -40),
        inbound("b", -30, lead=True),
        inbound("c", -20, lead=True),
        inbound("d", -1, lead=True),
        inbound("e", -20, OTHER),
        [
            event("s1", "sale.recorded", -29, sale="s1", amount=1, call="b"),
            event("s2", "sale.recorded", -2, sale="s2", amount=1, call="a"),
            event("s3", "sale.recorded", -35, sale="s3", amount=1, phone=OTHER),
        ],
    )
    assert remembered(cache, NUMBER) == []
    forget(cache)
    assert remembered(cache, NUMBER) == [(ms(-40), ms(-30), ms(-29))]
    assert remembered(cache, OTHER) == [(ms(-20), None, ms(-35))]
    assert cache.rows("SELECT count(*) FROM forgotten_callers") == [(2,)]
    before = cache.tables()
    forget(cache)
    assert cache.tables() == before


def test_an_earlier_call_that_comes_later_is_the_first(books: NewBooks) -> None:
    cache = books()
    cache.feed(inbound("b", -30))
    forget(cache)
    cache.feed(inbound("a", -40, lead=True))
    forget(cache)
    assert remembered(cache, NUMBER) == [(ms(-40), ms(-40), None)]


def test_withheld_callers_leave_nothing(books: NewBooks) -> None:
    cache = books()
    cache.feed(inbound("a", -30, "anonymous"), inbound("b", -30, ""))
    forget(cache)
    assert cache.rows("SELECT * FROM forgotten_callers") == []


def test_a_digest_is_of_no_use_in_another_cache(books: NewBooks, tmp_path: Any) -> None:
    """Each cache has a key of its own, made of chance."""
    digests = set()
    for name in ("1.db", "2.db"):
        one = Books(tmp_path / name)
        digests.update(one.rows("SELECT caller_digest(?)", NUMBER))
        assert one.rows("SELECT caller_digest(?)", NUMBER) == one.rows(
            "SELECT caller_digest(?)", NUMBER
        )
        one.close()
    assert len(digests) == 2


def test_what_nobody_says_any_longer_is_forgotten(books: NewBooks) -> None:
    cache = books()

    def call(name: str, day: float, source: str) -> Json:
        told = {"call": name, "direction": "inbound", "attribution": {"source": source}}
        return event(name, "call.started", day, **told)

    cache.feed([call("a", -30, "mail"), call("b", -30, "search"), call("c", -1, "search")])
    forget(cache)
    assert cache.rows("SELECT source FROM attributions") == [("search",)]
    cache.feed([call("d", -30, "mail"), call("e", -2, "mail")])
    assert cache.rows(
        "SELECT id, attributions.source FROM calls JOIN attributions USING (attribution) "
        "ORDER BY id"
    ) == [("c", "search"), ("d", "mail"), ("e", "mail")]


def test_a_sweep_looks_at_no_more_than_a_slice_at_a_time(books: NewBooks) -> None:
    """However many rows are over their time, and wherever in the table; in between events come."""
    cache = books()
    touches = [record("touches", f"{at:05}", -30 if at % 3 else -1) for at in range(12_000)]
    cache.feed(touches)
    left = [12_000]
    late = 0
    while cache.ledger.sweep(NOW, KEEP):
        ((now,),) = cache.rows("SELECT count(*) FROM touches")
        assert left[-1] - now <= 5_000
        left.append(now)
        if late < 3:
            cache.feed([record("touches", f"late {late}", -1)])
            left[-1] += 1
            late += 1
    kept = {one for (one,) in cache.rows("SELECT touch FROM touches")}
    assert kept == {f"{at:05}" for at in range(0, 12_000, 3)} | {f"late {n}" for n in range(3)}
    assert len(set(left)) > 3


def test_a_sweep_that_fails_goes_on_where_it_was(books: NewBooks) -> None:
    """Nothing of the slice is deleted, and the next try deletes it."""
    cache = books()
    cache.feed([record("touches", "old", -30), record("visits", "old", -30)])
    cache.connection.execute(
        "CREATE TEMP TRIGGER broken BEFORE DELETE ON main.touches"
        " BEGIN SELECT RAISE(ABORT, ''); END"
    )
    with pytest.raises(sqlite3.Error):
        sweep(cache)
    assert cache.rows("SELECT count(*) FROM touches") == [(1,)]
    cache.connection.execute("DROP TRIGGER broken")
    forget(cache)
    assert cache.rows("SELECT count(*) FROM touches") == [(0,)]
    assert cache.rows("SELECT count(*) FROM visits") == [(0,)]


def test_the_log_is_emptied_unless_somebody_reads(books: NewBooks) -> None:
    """What was deleted does not live on beside the file; a reader is not waited for."""
    cache = books()
    cache.feed([record("touches", "old", -30)])
    log = cache.path.with_name(f"{cache.path.name}-wal")
    with closing(open_for_reading(cache.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM touches").fetchone()
        forget(cache)
        assert not cache.ledger.truncate_log()
        assert log.stat().st_size > 0
        reader.execute("COMMIT")
        assert cache.ledger.truncate_log()
    assert log.stat().st_size == 0
    cache.feed([record("touches", "new", -1)])
    assert cache.rows("SELECT touch FROM touches") == [("new",)]


def test_what_is_deleted_is_told_like_what_is_written(books: NewBooks) -> None:
    """It stands in the log as well: who moves the log beside the ledger has to know of it."""
    cache = books()
    cache.feed(
        [
            record("touches", "old", -30),
            event("c", "call.started", -30, call="c", direction="inbound"),
        ]
    )
    told: list[int] = []
    ledger = Ledger(cache.db, cache.calendar, cache.settings, told.append)
    assert not ledger.forget_old(NOW, KEEP, KEEP)
    assert told, "A call and its events."
    assert told[-1] >= 2
    while ledger.sweep(NOW, KEEP):
        pass
    assert cache.rows("SELECT count(*) FROM touches") == [(0,)]
    assert sum(told[1:]) >= 1
