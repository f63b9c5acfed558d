"""The parts of the board that need no terminal: the plan of the floor, masking, words."""

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, judge
from wallboard.masking import mask_free
from wallboard.questions.feed_answers import FeedHealth
from wallboard.screens.floor_lines import Filled
from wallboard.screens.floor_plan import plan
from wallboard.screens.masked_text import mask_event


@given(
    st.integers(80, 400), st.integers(20, 200), st.integers(0, 400), st.integers(0, 3_000),
    st.integers(0, 3_000),
)  # fmt: skip
def test_panels_never_overlap_and_stay_on_the_screen(
    width: int, height: int, queues: int, agents: int, signed_in: int
) -> None:
    """At every size and for every number of queues and agents; only the hours may have none."""
    regions = plan(width, height, Filled(queues, agents, min(agents, signed_in)))
    assert {"headline", "queues", "agents"} <= set(regions)
    assert "hours" in regions or queues > 6
    placed = list(regions.values())
    for at, region in enumerate(placed):
        assert region.width > 0
        assert region.height > 0
        assert region.x >= 0
        assert region.y >= 0
        assert region.right <= width
        assert region.bottom <= height
        assert not any(region.overlaps(other) for other in placed[at + 1 :])


def test_a_large_floor_shows_all_agents_and_a_small_one_keeps_its_hours() -> None:
    """At 160x43 all of 64 agents have a tile; at 80x22 the hours still have five lines."""
    assert plan(160, 43, Filled(6, 64, 64))["agents"].height >= 1 + 64 // 4
    assert plan(80, 22, Filled(6, 64, 64))["hours"].height == 5
    assert plan(80, 22, Filled(6, 64, 64))["queues"].height == 7


def test_who_is_offline_takes_no_room_from_the_hours() -> None:
    """Two of 64 are signed in: a line of counts, one of tiles, one that counts the others."""
    assert plan(80, 22, Filled(6, 64, 2))["agents"].height == 3
    assert plan(80, 22, Filled(6, 4, 2))["agents"].height == 3  # all have a tile
    assert (
        plan(80, 22, Filled(6, 64, 2))["hours"].height
        > plan(80, 22, Filled(6, 64, 64))["hours"].height
    )


def test_numbers_and_names_in_events_are_masked_and_ids_are_not() -> None:
    """Fields that hold people are masked, whatever people wrote is searched, ids stay whole."""
    data = {
        "call": "c2606090800-10314", "from_number": "+14155550171", "name": "Jane Doe",
        "notes": "call +1 (415) 555-0172 or 4155550173", "url": "x://r/+14155550174",
        "survey": [{"question": "phone?", "answer": "415 555 0175"}], "seconds": 14155550176,
    }  # fmt: skip
    text = json.dumps({"id": "e1", "time": "2026-06-09T18:04:36.000Z", "data": data})
    masked = mask_event(text)
    for digits in ("5550171", "0172", "0173", "0174", "0175", "Jane", "Doe"):
        assert digits not in masked
    assert "c2606090800-10314" in masked
    assert "2026-06-09T18:04:36.000Z" in masked
    assert "J. D." in masked


@given(st.text())
def test_masking_takes_any_text(text: str) -> None:
    """No text fails, and what is not JSON is masked as free text."""
    assert isinstance(mask_event(text), str)
    assert mask_event("no json +14155550171").endswith("*** **71")


@given(st.from_regex(r"\+?[1-9]\d{7,14}", fullmatch=True))
def test_no_number_survives_in_free_text(number: str) -> None:
    """Only its last two digits may be read."""
    assert number not in mask_free(f"ask {number} please")


def health(**changed: object) -> FeedHealth:
    """A live feed, but for what is changed."""
    values: dict[str, object] = {
        "feed": "main", "stage": "live", "since": 0, "reason": "", "heard": 100_000,
        "last_event": 100_000, "updated": 100_000, "skew_seconds": 0.0, "behind": 0, "backlog": 0,
        "retry_at": None, "events": 5, "applied": 5, "repeated": 0, "unknown": 0, "quarantined": 0,
        "gaps": 0,
    }  # fmt: skip
    return FeedHealth(**cast("Any", values | changed))


@pytest.mark.parametrize(
    ("feeds", "now", "state"),
    [
        ((health(),), 100_300, State.LIVE),
        ((health(), health(feed="b", stage="disconnected")), 100_300, State.DISCONNECTED),
        ((health(), health(feed="b", stage="catching_up")), 100_300, State.CATCHING_UP),
        ((health(updated=80_000),), 100_300, State.NOT_COLLECTING),
        ((health(heard=70_000),), 100_300, State.STALE),
        ((health(stage="finished", updated=1),), 100_300, State.FINISHED),
        ((health(stage="never heard of"),), 100_300, State.WAITING),
        ((), 100_300, State.WAITING),
    ],
)
def test_the_worst_feed_decides(feeds: tuple[FeedHealth, ...], now: int, state: State) -> None:
    """What is said of all is true of the feed that is worst off, and names it."""
    snapshot = Snapshot(now, Interest(), feeds=feeds)
    verdict = judge(snapshot, now, configured=[("main", "ws://x")], clock=str)
    assert verdict.state is state
    assert verdict.is_current is (state is State.LIVE)
    if len(feeds) > 1:
        assert verdict.detail.startswith("b: ")
