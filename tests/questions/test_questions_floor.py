"""The floor of simulated days against the plain words of the metric catalogue."""

import math
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import pytest
from msgspec.structs import replace

from tests.questions.brute_force import BUSY, Told, told
from tests.questions.conftest import Cache, Json, fed, make_cache, time_of
from wallboard.config import Configuration
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import Floor, Headline, Ratio
from wallboard.questions.hours import typical_day
from wallboard.questions.scope import Scope

DAY = 86_400_000
START = int(datetime(2024, 6, 12, tzinfo=UTC).timestamp() * 1_000)
SETTINGS = Configuration()
NOWS = [START + int(hours * 3_600_000) for hours in (0.01, 10.2, 14.0921, 19.5, 23.99)]


def asked(cache: Cache, now: int, scope: Scope | None = None) -> Floor:
    """The floor of a cache."""
    return floor(cache.read(), cache.calendar, SETTINGS, scope or Scope(), now)


@pytest.fixture(scope="module", params=NOWS)
def cut(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    simulated_events: list[Json],
) -> Cache:
    """A cache that holds what had happened by some instant, with that instant as `now`."""
    now = request.param
    cache = make_cache(tmp_path_factory.mktemp("cut") / "cut")
    fed(cache, [event for event in simulated_events if time_of(event) <= now])
    cache.now = now
    return cache


@pytest.fixture(scope="module")
def calls(cut: Cache, simulated_events: list[Json]) -> dict[str, Told]:
    """The calls by brute force, of the same events."""
    return told([event for event in simulated_events if time_of(event) <= cut.now], time_of)


def test_headline_is_that_of_the_catalogue(cut: Cache, calls: dict[str, Told]) -> None:
    """Every rate of today so far, from the events alone."""
    head = asked(cut, cut.now).headline
    today = [call for call in calls.values() if START <= call.started <= cut.now]
    inbound = [call for call in today if call.direction == "inbound"]
    answered = [call for call in inbound if call.answered is not None]
    missed = [call for call in inbound if call.answered is None and call.ended is not None]
    assert head.answer_rate == Ratio(len(answered), len(answered) + len(missed))
    live = [call for call in today if call.direction == "outbound" and call.live]
    assert head.drop_rate.denominator == len(live)
    connected = [call for call in today if call.connected]
    assert head.handled == len(connected)
    handled = sum(call.handled() for call in connected)
    if connected:
        assert head.handle_seconds == pytest.approx(handled / len(connected), rel=1e-6)
    else:
        assert head.handle_seconds is None


def test_waiting_is_who_waits(cut: Cache, calls: dict[str, Told]) -> None:
    """Calls in queues, the longest first, in every queue and in all."""
    known = asked(cut, cut.now)
    waiting = [
        (stay[1], stay[0]) for call in calls.values() for stay in call.stays if stay[2] is None
    ]
    assert known.waiting.calls == len(waiting)
    if waiting:
        assert known.waiting.longest_seconds == (cut.now - min(waiting)[0]) / 1_000
    for queue in known.queues:
        assert list(queue.entered) == sorted(at for at, name in waiting if name == queue.queue)
    assert known.calls_in_progress == sum(call.ended is None for call in calls.values())


def test_hours_add_up_to_the_calls_of_the_day(cut: Cache, calls: dict[str, Told]) -> None:
    """Each hour has its answered, missed and unfinished inbound calls."""
    hours = asked(cut, cut.now).hours
    assert [hour.label for hour in hours] == [f"{n:02}" for n in range(24)]
    for hour in hours:
        within = [
            call
            for call in calls.values()
            if hour.start <= call.started < hour.end and call.direction == "inbound"
        ]
        answered = [call for call in within if call.answered is not None]
        in_progress = [call for call in within if call.answered is None and call.ended is None]
        assert hour.answered == len(answered)
        assert hour.in_progress == len(in_progress)
        assert hour.missed == len(within) - len(answered) - len(in_progress)
        assert hour.over == (hour.end <= cut.now)


def test_occupancy_is_busy_of_busy_and_available(cut: Cache, simulated_events: list[Json]) -> None:
    """Agent seconds over the last half hour, from each agent's changes."""
    begins = cut.now - 30 * 60_000
    axes: dict[str, tuple[str, str]] = {}
    since: dict[str, int] = {}
    busy = available = 0

    def count(agent: str, until: int) -> None:
        nonlocal busy, available
        presence, activity = axes[agent]
        state = presence if activity == "idle" else activity
        length = max(0, until - max(begins, since[agent]))
        busy += length if state in BUSY else 0
        available += length if state == "available" else 0

    for event in simulated_events:
        if event["type"] != "agent.changed" or time_of(event) > cut.now:
            continue
        data, at = event["data"], time_of(event)
        agent = data["agent"]
        if agent in axes:
            count(agent, at)
        presence, activity = axes.get(agent, ("offline", "idle"))
        axes[agent] = (data.get("presence", presence), data.get("activity", activity))
        since[agent] = at
    for agent in axes:
        count(agent, cut.now)
    share = asked(cut, cut.now).occupancy
    assert share == (busy / (busy + available) if busy + available else None)


def test_estimated_wait_is_that_of_who_joins_now(cut: Cache, calls: dict[str, Told]) -> None:
    """(waiting + 1) x handle time of the last 30 min / agents serving, or unknown."""
    known = asked(cut, cut.now)
    begins = cut.now - cut.now % 60_000 - 30 * 60_000
    recent = [
        call
        for call in calls.values()
        if call.direction == "inbound" and call.connected and call.started >= begins
    ]
    serving = sum(agent.state in BUSY | {"available"} for agent in known.agents)
    if not recent or not serving:
        assert known.waiting.estimated_seconds is None
    else:
        mean = sum(call.handled() for call in recent) / len(recent)
        expected = (known.waiting.calls + 1) * mean / serving
        assert known.waiting.estimated_seconds == pytest.approx(expected, rel=1e-6)


def test_a_past_floor_is_what_it_was_then(cut: Cache, simulated: Cache) -> None:
    """The cache that knows all that followed answers as the one that knew nothing of it."""
    then, now = asked(cut, cut.now), asked(simulated, cut.now)
    assert now.headline == then.headline
    assert now == then


def test_scopes_narrow_and_add_up(simulated: Cache) -> None:
    """The queues' floors have their own queue alone, and the campaigns add up to all calls."""
    now = START + 14 * 3_600_000
    whole = asked(simulated, now)
    for queue in whole.queues:
        narrow = asked(simulated, now, Scope(queue=queue.queue))
        assert [row.queue for row in narrow.queues] == [queue.queue]
        assert narrow.queues[0].entered == queue.entered
        assert narrow.queues[0].service_level == queue.service_level
        assert narrow.headline.service_level == queue.service_level
    teams = {agent.team for agent in whole.agents}
    by_team = [asked(simulated, now, Scope(team=team)).agents for team in teams if team]
    assert sum(map(len, by_team)) == sum(agent.team is not None for agent in whole.agents)
    unknown = asked(simulated, now, Scope(campaign="no such campaign"))
    assert unknown.headline.answer_rate == Ratio(0, 0)
    assert unknown.calls_in_progress == 0


def test_last_week_is_up_to_the_same_time_of_day(simulated: Cache) -> None:
    """The headline before is the headline of seven days earlier."""
    now = START + 14 * 3_600_000 + 5 * 60_000
    before = asked(simulated, now).before
    assert isinstance(before, Headline)
    earlier = asked(simulated, now - 7 * DAY + 59_999).headline
    assert before.answer_rate.denominator > 0
    assert abs(before.answer_rate.denominator - earlier.answer_rate.denominator) <= 3
    assert asked(simulated, now - 7 * DAY).before is None


def test_typical_day_is_the_median_of_same_weekdays(simulated: Cache) -> None:
    """Of the one Wednesday before; the day itself plays no part."""
    day = date(2024, 6, 12)
    typical = typical_day(simulated.read(), simulated.calendar, Scope(), day)
    past = asked(simulated, START - 6 * DAY - 1).hours
    counts = [hour.answered + hour.missed + hour.in_progress for hour in past]
    assert [typical[f"{n:02}"] for n in range(24)] == [median([count]) for count in counts]
    assert typical_day(simulated.read(), simulated.calendar, Scope(), date(2024, 6, 5)) == {}
    assert math.isclose(sum(typical.values()), sum(counts))


def test_an_empty_cache_knows_nothing(tmp_path: Path) -> None:
    """Every rate is unknown, every count is 0, and nothing fails."""
    cache = make_cache(tmp_path / "empty")
    known = asked(cache, START)
    assert known.headline.answer_rate.value is None
    assert known.before is None
    assert known.waiting.calls == 0
    assert known.waiting.longest_seconds is None
    assert known.waiting.estimated_seconds is None
    assert known.occupancy is None
    assert known.queues == ()
    assert known.agents == ()
    assert all(hour.answered == 0 and hour.typical is None for hour in known.hours)
    assert replace(known, note="").complete
