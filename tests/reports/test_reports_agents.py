"""agent-performance: talk and time by hand, ranks, filters."""

import pytest

from tests.questions.conftest import NOON, Cache
from tests.reports.asking import rows_of
from tests.reports.stories import answer, dial


@pytest.fixture
def floor(cache: Cache) -> Cache:
    """Ana signs in an hour before noon and takes two calls; Bo takes one, Cy only pauses."""
    for agent, team in (("ana", "red"), ("bo", "blue"), ("cy", "blue"), ("away", "red")):
        cache.say("agent.defined", -90_000, agent=agent, name=agent.title(), team=team)
    cache.say("agent.changed", -3_600, agent="ana", presence="available", activity="idle")
    cache.say("agent.changed", -3_000, agent="ana", activity="on_call")
    cache.say("agent.changed", -2_400, agent="ana", activity="idle")
    cache.say("agent.changed", -1_800, agent="ana", presence="paused", reason="lunch")
    cache.say("agent.changed", -1_200, agent="ana", presence="paused", reason="break")
    cache.say("agent.changed", -600, agent="ana", presence="offline")
    cache.say("agent.changed", -90_000, agent="cy", presence="paused")
    answer(cache, "c1", -3_000, "ana")
    dial(cache, "c2", -2_900, agent="ana", outcome={"lead": True})
    dial(cache, "c3", -2_800, agent="bo", by="machine")
    cache.say("call.wrapped", -2_700, call="c1", agent="ana", seconds=30)
    cache.say("sale.recorded", -100, sale="s1", call="c1", amount=5)
    cache.say("sale.recorded", -90, sale="s2", call="c1", amount=5, agent="bo")
    cache.say("sale.recorded", -80, sale="s3", agent="ana", amount=5)
    return cache.feed()


def test_ranked_by_calls(floor: Cache) -> None:
    """Talk, handling and time of each; a machine's talk and one who was never signed in are out."""
    ana, bo, cy = rows_of(floor, "agent-performance", now=NOON)
    assert ana == {
        "rank": 1,
        "agent": "ana",
        "calls": 2,
        "talk_seconds": 115,
        "average_handle_seconds": 72.5,
        "hold_seconds": 0,
        "wrap_seconds": 30,
        "sales": 2,
        "conversions": 2,
        "pauses": 1,
        "pause_seconds": 1_200,
        "pause_seconds: (none)": 0,
        "pause_seconds: break": 600,
        "pause_seconds: lunch": 600,
        "available_seconds": 1_200,
        "occupancy": 0.333333,
        "signed_in_seconds": 3_000,
        "name": "Ana",
        "team": "red",
    }
    assert (bo["rank"], bo["calls"], bo["sales"], bo["signed_in_seconds"]) == (2, 0, 1, None)
    assert bo["average_handle_seconds"] is None
    # Paused since the day before: the twelve hours up to now count, and no pause began in them.
    assert (cy["rank"], cy["pauses"], cy["pause_seconds"]) == (2, 0, 43_200)
    assert cy["occupancy"] is None


def test_ranked_otherwise(floor: Cache) -> None:
    """By another column the ranks are of that; unknown comes last."""
    rows = rows_of(floor, "agent-performance", now=NOON, sort="pause_seconds")
    assert [(row["rank"], row["agent"]) for row in rows] == [(1, "cy"), (2, "ana"), (3, "bo")]


def test_filters_of_agents_and_of_calls(floor: Cache) -> None:
    """Of a team all is known; of a campaign no one's time is."""
    red = rows_of(floor, "agent-performance", now=NOON, team="red")
    assert [row["agent"] for row in red] == ["ana"]
    dial(floor, "c4", -100, campaign="vote", agent="bo")
    floor.feed()
    (vote,) = rows_of(floor, "agent-performance", now=NOON, campaign="vote")
    assert (vote["agent"], vote["calls"], vote["pauses"]) == ("bo", 1, None)


def test_who_was_only_heard_of_on_a_call_is_listed(cache: Cache) -> None:
    """Readings 70: agents with an answered leg, whether or not the feed ever defined them."""
    dial(cache, "c1", -2_900, agent="dee")
    cache.feed()
    (dee,) = rows_of(cache, "agent-performance", now=NOON)
    assert (dee["agent"], dee["calls"], dee["talk_seconds"]) == ("dee", 1, 60)
    assert (dee["name"], dee["team"], dee["pauses"]) == (None, None, None)
    assert len(rows_of(cache, "agent-performance", now=NOON, agent="dee")) == 1
    assert rows_of(cache, "agent-performance", now=NOON, agent="ana") == []
    assert rows_of(cache, "agent-performance", now=NOON, team="red") == []
