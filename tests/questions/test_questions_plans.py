"""No question reads a table of facts from end to end: what a board costs must not grow."""

import sqlite3
from collections.abc import Callable

import pytest

from tests.questions.conftest import Cache
from wallboard.config import Configuration
from wallboard.questions.call import whole_call
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls, count_calls, find_call
from wallboard.questions.feeds import feeds, quarantine, unknown_types
from wallboard.questions.floor import floor
from wallboard.questions.gaps import gaps
from wallboard.questions.names import names
from wallboard.questions.scope import Scope

GROWING = ("calls", "stays", "legs", "agent_changes", "c", "latest", "call_states", "messages")
LAST = 1_718_236_800_000
SETTINGS = Configuration()
EVERYTHING = Scope(campaign="travel", queue="vip", team="Sales")

Ask = Callable[[Cache, sqlite3.Connection], object]
QUESTIONS: dict[str, Ask] = {
    "live floor": lambda known, db: floor(db, known.calendar, SETTINGS, Scope(), LAST),
    "narrow floor": lambda known, db: floor(db, known.calendar, SETTINGS, EVERYTHING, LAST),
    "past floor": lambda known, db: floor(db, known.calendar, SETTINGS, Scope(), LAST - 36_000_000),
    "calls": lambda _, db: calls(db, CallFilter(), LAST, 20),
    "open calls": lambda _, db: calls(db, CallFilter(state="open"), LAST, 20),
    "calls of a queue": lambda _, db: calls(db, CallFilter(queue="vip"), LAST, 20),
    "calls of an agent": lambda _, db: calls(db, CallFilter(agent="a001"), LAST, 20),
    "calls of a number": lambda _, db: calls(db, CallFilter(number="+1999"), LAST, 20),
    "missed calls": lambda _, db: calls(db, CallFilter(state="not_called_back"), LAST, 20),
    "calls by text": lambda _, db: calls(db, CallFilter(text="+1 415 555 0171"), LAST, 20),
    "count": lambda _, db: count_calls(db, CallFilter(direction="inbound"), LAST),
    "find": lambda _, db: find_call(db, "c2406", LAST),
    "one call": lambda _, db: whole_call(db, 7, LAST),
    "feeds": lambda _, db: (feeds(db, LAST), gaps(db, 0, LAST)),
    "quarantine": lambda _, db: (quarantine(db, 5), unknown_types(db, 5)),
    "names": lambda _, db: names(db),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_table_of_facts_is_read_from_end_to_end(simulated: Cache, question: str) -> None:
    """Every statement of the question is a search by an index, as SQLite plans it."""
    connection = simulated.read()
    said: list[str] = []
    connection.set_trace_callback(said.append)
    QUESTIONS[question](simulated, connection)
    connection.set_trace_callback(None)
    statements = [text for text in said if text.lstrip().startswith(("SELECT", "WITH"))]
    assert statements
    for statement in statements:
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
            words = step.split()
            is_full = words[0] == "SCAN" and words[1] in GROWING
            # A scan of an index that holds the open ones alone is no scan of the table.
            assert not is_full or "calls_open" in step or "stays_open" in step, (step, statement)


def test_live_questions_use_the_partial_indexes(simulated: Cache) -> None:
    """Open calls and stays are found among the open ones only."""
    connection = simulated.read()
    said: list[str] = []
    connection.set_trace_callback(said.append)
    floor(connection, simulated.calendar, SETTINGS, Scope(), LAST)
    connection.set_trace_callback(None)
    plans = [
        step
        for text in said
        if text.lstrip().startswith("SELECT")
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {text}")
    ]
    for index in ("calls_open", "stays_open", "calls_ended"):
        assert any(index in step for step in plans), index
