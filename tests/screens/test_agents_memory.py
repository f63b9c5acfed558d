"""Days that are over are added up once, and again as soon as something new is known of them."""

from contextlib import closing
from pathlib import Path

from tests.screens.agents_center import HOUR, NINE, small_center
from tests.screens.center import CALENDAR, CONFIGURATION, NOW, event, fill
from wallboard.board.agents_page import AgentsContent, AgentsWanted
from wallboard.board.pages import Question
from wallboard.board.periods import period_named
from wallboard.cache.opening import open_for_reading
from wallboard.questions.scope import Scope

YESTERDAY = NINE - 24 * HOUR
MANY = 10_000_000


def read(wanted: AgentsWanted, cache: Path) -> AgentsContent:
    """The whole page of a week."""
    period = period_named(CALENDAR, "7 days", NOW)
    with closing(open_for_reading(cache)) as connection:
        asked = Question(connection, CALENDAR, CONFIGURATION, Scope(), period, NOW)
        *_, last = wanted.read(asked)
    return last


def work_of(content: AgentsContent) -> dict[str, object]:
    """The work of each agent."""
    return {agent.agent: agent.work for agent in content.agents}


def test_what_is_kept_is_what_is_read_anew(tmp_path: Path) -> None:
    """The same figures and reasons, by one that remembers and one that does not."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, small_center())
    remembering = AgentsWanted()
    first, again, anew = (
        read(wanted, cache) for wanted in (remembering, remembering, AgentsWanted())
    )
    assert work_of(first) == work_of(again) == work_of(anew)
    assert first.reasons == again.reasons == anew.reasons
    assert again.days_read == again.days


def test_late_events_of_a_day_that_is_over_are_seen_at_once(tmp_path: Path) -> None:
    """A call of yesterday, and a state, that come today."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, small_center())
    wanted = AgentsWanted()
    before = work_of(read(wanted, cache))
    at = YESTERDAY + 4 * HOUR
    said = {"call": "late", "direction": "inbound", "from_number": "+14155550171"}
    leg = {"leg": "late-a", "call": "late"}
    fill(cache, [
        event("call.started", at, said, MANY),
        event("leg.started", at, leg | {"kind": "A", "agent": "ann"}, MANY + 1),
        event("leg.answered", at + 1_000, leg, MANY + 2),
        event("call.ended", at + 61_000, {"call": "late", "reason": "completed"}, MANY + 3),
    ])  # fmt: skip
    called = work_of(read(wanted, cache))
    assert called["ann"] != before["ann"]
    assert called == work_of(read(AgentsWanted(), cache))
    state = {"agent": "cy", "presence": "available", "activity": "idle"}
    fill(cache, [event("agent.changed", at, state, MANY + 4)])
    changed = work_of(read(wanted, cache))
    assert changed != called
    assert changed == work_of(read(AgentsWanted(), cache))
