"""A text among names, of which more are defined than are held in memory: found all the same."""

import tracemalloc
from itertools import product

import pytest

from tests.questions.conftest import NOON, Cache, Make
from wallboard.cache.functions import add_function
from wallboard.questions import name_conditions, past_terms, team_conditions
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls, count_calls
from wallboard.questions.stoppable import stoppable

NAMES = ("Ågot Nilsen", "north", "North 100%", "   ", "Straße", "q-1")
TEXTS = ("nor", "åGOT", "%", "strasse", "-1", "q", "a", "zebra", "n" * 1_100, " 1", "p-n")
HELD = (0, 1, 3)


@pytest.fixture
def filled(cache: Cache) -> Cache:
    """Calls of queues, campaigns and agents: named, named blank, never named, named anew later.

    Half of the calls go on at the third minute, and half of the names come after it.
    """
    second = 0
    for kind, sign in (("queue", "q"), ("campaign", "p"), ("agent", "a")):
        rest = {"direction": "inbound", "channel": "voice"} if kind == "campaign" else {}
        rest |= {"team": "north"} if kind == "agent" else {}
        for at, name in enumerate(NAMES):
            when = 0 if at % 2 else 300
            cache.say(f"{kind}.defined", when, name=name, **{kind: f"{sign}-{at}"}, **rest)
        cache.say(f"{kind}.defined", 400, name="Zebra", **{kind: f"{sign}-1"}, **rest)
    for queue, campaign in product((*range(len(NAMES)), "north"), (0, 1, 4, "none")):
        second += 5
        call = f"c{second}"
        cache.say("call.started", second, call=call, direction="inbound", campaign=f"p-{campaign}")
        cache.say("queue.entered", second, call=call, queue=f"q-{queue}")
        agent = f"a-{second % 9}"
        cache.say("leg.started", second + 1, call=call, leg=f"l{second}", kind="A", agent=agent)
        cache.say("leg.answered", second + 2, leg=f"l{second}", call=call)
        cache.say("call.ended", second + (3 if second % 2 else 600), call=call, reason="completed")
    return cache.feed()


def found(cache: Cache, text: str, now: int) -> list[str]:
    """The calls that a search finds."""
    return listed(cache, CallFilter(text=text), now)


def listed(cache: Cache, wanted: CallFilter, now: int) -> list[str]:
    """The calls of a filter, on which the list and its count agree."""
    page = calls(cache.read(), wanted, now, 200, patience=None)
    assert count_calls(cache.read(), wanted, now, patience=None).calls == len(page.lines)
    return sorted(line.call for line in page.lines)


@pytest.mark.parametrize("now", [NOON + 180_000, NOON + 3_600_000], ids=["then", "now"])
def test_no_number_of_names_changes_what_is_found(
    filled: Cache, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the names of now and of then, those in progress among them."""
    whole = {text: found(filled, text, now) for text in TEXTS}
    assert sum(bool(calls) for calls in whole.values()) >= 6
    for held in HELD:
        monkeypatch.setattr(name_conditions, "MOST_HELD", held)
        assert {text: found(filled, text, now) for text in TEXTS} == whole


@pytest.mark.parametrize("now", [NOON + 180_000, NOON + 3_600_000], ids=["then", "now"])
def test_no_number_of_agents_changes_the_calls_of_a_team(
    filled: Cache, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six of nine agents are of it."""
    whole = listed(filled, CallFilter(team="north"), now)
    assert 0 < len(whole) < len(listed(filled, CallFilter(), now))
    for held in HELD:
        monkeypatch.setattr(team_conditions, "MOST_HELD", held)
        assert listed(filled, CallFilter(team="north"), now) == whole
        assert listed(filled, CallFilter(team="south"), now) == []


def peak_of_a_search(cache: Cache, campaigns: int, now: int) -> int:
    """The most bytes that a search held, of so many campaigns with the text in their names."""
    for at in range(campaigns):
        cache.say(
            "campaign.defined", at % 60, campaign=f"p{at}", name=f"Plan {at}", direction="inbound",
            channel="voice", drop_seconds=3,
        )  # fmt: skip
        if at < 20:
            cache.say("call.started", at, call=f"c{at}", direction="inbound", campaign=f"p{at}")
    cache.say("call.ended", 90, call="c0", reason="completed")
    cache.feed()
    reading = cache.read()
    tracemalloc.start()
    page = calls(reading, CallFilter(text="plan"), now, 200, patience=None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(page.lines) == 20
    return most


@pytest.mark.parametrize("now", [NOON + 30_000, NOON + 3_600_000], ids=["then", "now"])
def test_names_without_end_take_no_memory(
    make: Make, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times as many: not twice the memory, where all were held twice over."""
    monkeypatch.setattr(name_conditions, "MOST_HELD", 100)
    monkeypatch.setattr(past_terms, "MOST_HELD", 100)
    few = peak_of_a_search(make("few"), 1_000, now)
    many = peak_of_a_search(make("many"), 8_000, now)
    assert many < 2 * few


def test_what_is_looked_up_call_by_call_is_stopped_like_the_search(cache: Cache) -> None:
    """SQLite tells of a statement that was stopped within a function as of a function's fault."""
    reading = cache.feed().read()
    endless = (
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT max(n) FROM n"
    )
    add_function(reading, "looks_up", 0, lambda: reading.execute(endless).fetchone()[0])

    def search() -> int:
        (found,) = reading.execute("SELECT looks_up()").fetchone()
        return int(found)

    assert stoppable(reading, lambda: True, search) is None
    assert reading.execute("SELECT 1").fetchone() == (1,)
