"""Metrics L1 to L6, by hand: what is true at the instant of asking, and at no other."""

from typing import Any

import pytest

from tests.metrics.asking import arrive, asked, dial, end, leg, queue
from tests.questions.conftest import NOON, Cache
from wallboard.metrics.answers import Answer
from wallboard.metrics.live import live_answers


def live(cache: Cache, now: int = NOON, **how: Any) -> dict[str, Answer]:
    """The live figures."""
    return live_answers(cache.read(), asked(cache, now=now, **how))


def by_key(answer: Answer) -> dict[str, object]:
    """A breakdown's values by key."""
    return {str(row["key"]): row["value"] for row in answer.breakdown or ()}


def change(cache: Cache, agent: str, at: float, presence: str, activity: str = "idle") -> None:
    """What an agent does."""
    data = {"presence": presence, "activity": activity, "queues": ["q"]}
    cache.say("agent.changed", at, agent=agent, **data)


def test_who_waits_now(cache: Cache) -> None:
    """Inbound calls in a queue; the entry of the queue where they are, not of one before."""
    arrive(cache, "moved", -300)
    queue(cache, "moved", "p", -300, -40, "overflowed")
    queue(cache, "moved", "q", -40)
    arrive(cache, "new", -20)
    queue(cache, "new", "q", -15)
    arrive(cache, "taken", -90)
    queue(cache, "taken", "q", -90, -60)
    leg(cache, "taken", "A", -80, -60)
    dial(cache, "out", -500)
    queue(cache, "out", "q", -500)
    cache.feed()
    found = live(cache)
    assert found["calls_waiting"] == Answer(2, 2)
    assert found["longest_wait"].value == 40
    assert found["calls_in_progress"].value == 4
    split = live(cache, by="queue")
    assert by_key(split["calls_waiting"]) == {"p": 0, "q": 2}
    assert by_key(split["longest_wait"]) == {"p": None, "q": 40}
    assert "cannot be split by queue" in split["calls_in_progress"].note


def test_nobody_waits(cache: Cache) -> None:
    """None waiting is 0, and there is no longest wait."""
    arrive(cache, "c1", -60)
    queue(cache, "c1", "q", -60, -30, "abandoned")
    end(cache, "c1", -30, "abandoned")
    cache.feed()
    found = live(cache)
    assert (found["calls_waiting"].value, found["longest_wait"].value) == (0, None)
    assert found["calls_in_progress"].value == 0


@pytest.mark.parametrize(
    "period", [("2024-06-11", "2024-06-11"), ("2024-06-13", "2024-06-14"), (None, "2024-06-12T11")]
)
def test_a_period_without_now_has_no_live_figures(
    cache: Cache, period: tuple[str | None, str]
) -> None:
    """All are null, and say why; a period that contains now has them."""
    arrive(cache, "c1", -60)
    queue(cache, "c1", "q", -60)
    cache.feed()
    began, until = period
    until = until if "T" not in until else f"{until}:00"
    found = live(cache, period=(began or "2024-06-12", until))
    assert len(found) == 6
    assert all(answer.value is None and "now only" in answer.note for answer in found.values())
    assert live(cache, period=("2024-06-01", "2024-06-12"))["calls_waiting"].value == 1


def test_agents_by_state_and_occupancy(cache: Cache) -> None:
    """Over the last half hour: pauses, faults and what was before it count in neither part."""
    change(cache, "free", -7_200, "available")
    change(cache, "busy", -7_200, "available")
    change(cache, "busy", -900, "available", "on_call")
    change(cache, "dials", -600, "available", "dialling")
    change(cache, "rests", -7_200, "available", "on_call")
    change(cache, "rests", -1_200, "paused")
    change(cache, "broken", -7_200, "available", "fault")
    cache.say("agent.defined", -9_000, agent="new", name="New")
    cache.feed()
    found = live(cache)
    assert by_key(found["agents_by_state"]) == {
        "available": 1,
        "dialling": 1,
        "on_call": 1,
        "paused": 1,
        "fault": 1,
        "offline": 1,
    }
    busy, free = 900 + 600 + 600, 1_800 + 900
    assert found["occupancy"] == Answer(busy / (busy + free), busy, busy + free)
    assert found["agents_by_state"].value is None


def test_the_estimated_wait(cache: Cache) -> None:
    """(Waiting + 1) x handle time of the last half hour / agents who serve the queue."""
    arrive(cache, "done", -600)
    leg(cache, "done", "A", -600, -590, -500)
    queue(cache, "done", "q", -600, -590)
    end(cache, "done", -500)
    cache.say("call.wrapped", -470, call="done", agent="a1", seconds=30)
    for call in ("w1", "w2"):
        arrive(cache, call, -60)
        queue(cache, call, "q", -60)
    change(cache, "a1", -900, "available")
    change(cache, "a2", -900, "available", "on_call")
    change(cache, "a3", -900, "paused")
    cache.feed()
    found = live(cache)["estimated_wait"]
    assert found.value == 3 * 120 / 2
    assert by_key(found) == {"q": 180}


def test_no_agents_no_estimate(cache: Cache) -> None:
    """Unknown, never nought."""
    arrive(cache, "done", -600)
    leg(cache, "done", "A", -600, -590, -500)
    queue(cache, "done", "q", -600, -590)
    end(cache, "done", -500)
    change(cache, "a1", -900, "paused")
    cache.feed()
    found = live(cache)["estimated_wait"]
    assert (found.value, by_key(found)) == (None, {"q": None})


def test_what_was_never_told_is_unknown(cache: Cache) -> None:
    """Without an agent's event nothing is known of agents, without a queue's of waiting."""
    arrive(cache, "c1", -60)
    cache.feed()
    found = live(cache)
    for slug in ("agents_by_state", "occupancy", "estimated_wait"):
        assert found[slug].value is None
        assert "agent.changed" in found[slug].note
    assert "queue.entered" in found["calls_waiting"].note
    assert found["calls_in_progress"].value == 1


def test_filters(cache: Cache) -> None:
    """Calls by campaign and queue; agents by team as well; by an account nothing is known."""
    arrive(cache, "k", -60, campaign="k")
    queue(cache, "k", "q", -60)
    arrive(cache, "o", -30, campaign="o")
    queue(cache, "o", "r", -30)
    cache.say("agent.defined", -9_000, agent="a1", name="A", team="red")
    change(cache, "a1", -900, "available")
    change(cache, "a2", -900, "available")
    cache.feed()
    assert live(cache, filters={"campaign": "k"})["longest_wait"].value == 60
    assert live(cache, filters={"queue": "r"})["longest_wait"].value == 30
    red = live(cache, filters={"team": "red"})
    assert by_key(red["agents_by_state"]) == {"available": 1}
    assert red["calls_waiting"] == Answer(None, note="Nothing here is known by team.")
    account = live(cache, filters={"account": "x"})
    assert all(answer.value is None and answer.note for answer in account.values())


def test_the_future_is_not_yet_true(cache: Cache) -> None:
    """A call and a state dated after now are of no concern."""
    arrive(cache, "later", 600)
    queue(cache, "later", "q", 600)
    change(cache, "a1", -60, "available")
    change(cache, "a1", 600, "offline")
    cache.feed()
    found = live(cache)
    assert (found["calls_in_progress"].value, found["calls_waiting"].value) == (0, 0)
    assert by_key(found["agents_by_state"]) == {"available": 1}
    assert live(cache, NOON + 700_000)["longest_wait"].value == 100
