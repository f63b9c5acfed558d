"""From answers to what the panels draw: samples, budgets, unknowns, and who comes first."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wallboard.board.snapshot import Interest, Snapshot
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import AgentNow, Floor, Headline, Ratio, WaitingNow
from wallboard.questions.scope import Scope
from wallboard.screens.feed_words import filling_words, no_agent_words, notices
from wallboard.screens.floor_values import attention, rates, steady_until, tiles
from widgets.headline import Rate
from widgets.status import Level


def floor_of(drops: Ratio, allowed: int | None, **changed: Any) -> Floor:
    """A floor on which people were dialled."""
    left = None if allowed is None else allowed - drops.numerator
    head = Headline(
        Ratio(9, 10), Ratio(9, 10), Ratio(1, 10), drops, allowed, left, 60.0, 40.0, 20.0, 10, 20.0,
        0.8, 0.03,
    )  # fmt: skip
    values: dict[str, Any] = {
        "at": 0, "headline": head, "before": None, "waiting": WaitingNow(0, None, None),
        "occupancy": None, "occupancy_agents": 0, "queues": (), "agents": (), "hours": (),
        "calls_in_progress": 0, "complete": True, "note": "",
    }  # fmt: skip
    return Floor(**(values | changed))


def rate(floor: Floor, key: str) -> Rate:
    """One headline."""
    return next(rate for rate in rates(floor, 0, "Mon") if rate.key == key)


@pytest.mark.parametrize(
    ("drops", "allowed", "sample", "level"),
    [
        (Ratio(8, 1204), 36, "of 1,204, 28 left", Level.GOOD),
        (Ratio(36, 1204), 36, "of 1,204, 0 left", Level.WARNING),
        (Ratio(40, 1204), 36, "of 1,204, 4 over", Level.CRITICAL),
        (Ratio(0, 20), 0, "of 20, too few to tell", Level.GOOD),
        (Ratio(1, 20), 0, "of 20, too few to tell", Level.NOTICE),
        (Ratio(0, 0), None, "nobody reached yet", Level.GOOD),
    ],
)
def test_the_drop_rate_shows_its_sample_and_no_budget_over_few(
    drops: Ratio, allowed: int | None, sample: str, level: Level
) -> None:
    """What is left is of a budget only once the live answers allow a drop at all."""
    drop = rate(floor_of(drops, allowed), "drop_rate")
    assert (drop.sample, drop.level) == (sample, level)
    assert drop.title == "DROP RATE ≤ 3 %"


def test_occupancy_of_nobody_is_unknown_and_of_one_is_one() -> None:
    """Before anybody was busy or free there is nothing to count."""
    unknown = rate(floor_of(Ratio(0, 0), None), "occupancy")
    assert unknown.value == "–"
    one = rate(floor_of(Ratio(0, 0), None, occupancy=0.5, occupancy_agents=1), "occupancy")
    assert (one.value, one.sample) == ("50 %", "1 agent")


def agent(name: str, state: str, **changed: Any) -> AgentNow:
    """An agent of that name since the beginning."""
    return AgentNow(1, name, name, name, state, None, 0, None, None, **changed)


@pytest.mark.parametrize("order", ["attention", "name", "team", "state"])
def test_who_is_offline_comes_last_in_every_order(order: str) -> None:
    """The others are sorted among themselves; one never seen says so."""
    known = [agent("a", "offline", is_seen=False), agent("b", "paused"), agent("c", "available")]
    sorted_tiles = tiles(known, 1_000, cast("Any", order))
    assert [tile.name for tile in sorted_tiles][-1] == "a"
    assert sorted_tiles[-1].reason == "never seen"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["on_call", "ringing", "on_hold", "paused", "fault", "offline"]),
            st.integers(0, 200_000),
            st.one_of(st.none(), st.floats(0, 120)),
        ),
        max_size=5,
    ),
    st.integers(100_000, 300_000),
    st.floats(0, 1),
)
def test_who_is_looked_at_first_holds_as_long_as_it_is_said_to(
    known: list[tuple[str, int, float | None]], now: int, share: float
) -> None:
    """Up to the moment that is named time alone changes nobody's turn; right after it, it may."""
    agents = [
        replace(agent(str(number), state), since=since, limit_seconds=limit)
        for number, (state, since, limit) in enumerate(known)
    ]
    until = steady_until(agents, now)
    assert until >= now
    before = [attention(each, now) for each in agents]
    for moment in (now + int((until - now) * share), until):
        assert [attention(each, moment) for each in agents] == before


def test_an_empty_floor_of_agents_says_among_whom() -> None:
    """Nobody was seen only where nothing narrows who is shown."""
    assert no_agent_words(Scope()) == "No agent has been seen yet."
    assert no_agent_words(Scope(campaign="c")) == "No agent is on this campaign now."
    assert no_agent_words(Scope(queue="q", team="t")) == (
        "No agent is in this queue and of this team now."
    )


def test_a_campaign_says_that_queues_count_all_agents() -> None:
    """Only where the floor is limited to one."""
    known = floor_of(Ratio(0, 0), None)
    said = "queues count the agents of all campaigns"
    assert said in notices(Snapshot(0, Interest(Scope(campaign="c"), floor=True), floor=known), "")
    assert said not in notices(Snapshot(0, Interest(Scope(queue="q"), floor=True), floor=known), "")


def test_a_team_says_that_calls_are_those_of_all_teams() -> None:
    """A caller who waits is of no team yet; nothing else says so."""
    known = floor_of(Ratio(0, 0), None)
    said = "calls are those of all teams, agents those of this one"
    assert notices(Snapshot(0, Interest(Scope(team="t"), floor=True), floor=known), "") == said
    assert notices(Snapshot(0, Interest(Scope(queue="q"), floor=True), floor=known), "") == ""


def test_history_that_grows_while_it_is_made_says_how_far_back_it_is_whole() -> None:
    """No number, so that nothing looks like getting worse; of several feeds the one behind."""
    feed = FeedHealth("main", "live", 0, "", 0, 0, 0, 0.0, None, 9, None, 1, 1, 0, 0, 0, 0)
    other = replace(feed, feed="other", whole_since=7)
    words = "history is being filled in"
    assert filling_words(Snapshot(0, Interest(), feeds=(feed,)), str) == words
    found = filling_words(Snapshot(0, Interest(), feeds=(feed, other)), str)
    assert found == f"{words}: whole since 7"
    assert notices(Snapshot(0, Interest()), found) == found
    assert notices(Snapshot(0, Interest()), "") == ""


@pytest.mark.parametrize(
    ("agents", "lately", "words"),
    [
        ((), "", "no agent on it now"), (("a",), "", "nobody at work lately"),
        (("a",), "awaited", "being fetched"),
    ],
)  # fmt: skip
def test_an_unknown_occupancy_says_why(agents: tuple[str, ...], lately: str, words: str) -> None:
    """Nobody is there, or nobody did anything, or it is not known yet."""
    named = tuple(agent(name, "paused") for name in agents)
    shown = rate(floor_of(Ratio(0, 0), None, agents=named, lately=lately), "occupancy")
    assert (shown.value, shown.sample) == ("–", words)
