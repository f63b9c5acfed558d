"""Two connections at one state of the cache: the same answers, whatever is committed meanwhile."""

import sqlite3
from threading import Event, Thread

import pytest

from tests.metrics.asking import answered, arrive, asked, gave_up
from tests.questions.conftest import Cache
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.metrics.reader import Reader, Statement
from wallboard.metrics.two_views import two_views

CALLS = "SELECT count(*) FROM calls"


def counted(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(CALLS).fetchone()
    return int(count)


@pytest.mark.parametrize("by", [None, "hour", "queue", "attribution.source", "area_code"])
def test_two_threads_answer_as_one(cache: Cache, by: str | None) -> None:
    for number in range(20):
        answered(cache, f"a{number}", number * 60, number, 30, attribution={"source": "search"})
        gave_up(cache, f"g{number}", number * 60, 9, from_number=f"+1415555{number:04}")
    cache.feed()
    connection = cache.read()
    alone = answers(connection, CATALOGUE, asked(cache, by=by))
    with two_views(connection, cache.path) as beside:
        assert beside is not None
        together = answers(connection, CATALOGUE, asked(cache, by=by), beside)
    assert together == alone
    assert not connection.in_transaction


def test_what_is_committed_meanwhile_is_seen_by_neither(cache: Cache) -> None:
    arrive(cache, "before", 0)
    cache.feed()
    connection = cache.read()
    with two_views(connection, cache.path) as beside:
        assert beside is not None
        arrive(cache, "after", 1)
        cache.feed()
        assert counted(connection) == counted(beside) == 1
    assert counted(connection) == 2


def test_both_see_the_same_beside_a_writer_that_never_rests(cache: Cache) -> None:
    cache.feed()
    connection = cache.read()
    done = Event()

    def write() -> None:
        writer = sqlite3.connect(cache.path, isolation_level=None, timeout=5)
        number = 0
        while not done.is_set():
            writer.execute("INSERT INTO meta (name, value) VALUES (?, '')", (f"n{number}",))
            number += 1
        writer.close()

    thread = Thread(target=write)
    thread.start()
    try:
        for _ in range(50):
            with two_views(connection, cache.path) as beside:
                seen = [
                    one.execute("SELECT count(*) FROM meta").fetchone()
                    for one in (connection, beside)
                    if one is not None
                ]
            assert len(set(seen)) == 1
            assert not connection.in_transaction
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("bad", ["SELECT nothing FROM nowhere", "SELECT caller_digest()"])
def test_a_statement_that_fails_fails_in_the_thread_that_asked(cache: Cache, bad: str) -> None:
    cache.feed()
    connection = cache.read()
    statements: list[Statement] = [(f"SELECT {number}", {}) for number in range(9)]
    with two_views(connection, cache.path) as beside:
        reader = Reader(connection, beside)
        for place in (0, 5, 9):
            with pytest.raises(sqlite3.Error):
                reader.read_ahead([*statements[:place], (bad, {}), *statements[place:]])
        assert reader.table(("SELECT 7 AS seven", {})) == (("seven",), [(7,)])
