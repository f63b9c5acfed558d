"""Whatever the events of a call, its facts are possible and its counts fit together."""

from hypothesis import given
from hypothesis import strategies as st

from tests.facts.stories import TERMS, Json, entries
from tests.facts.strange import facts, told
from wallboard.facts.derive import derive
from wallboard.facts.judgement import judge
from wallboard.facts.measures import MEASURES, measures


@given(told())
def test_facts_are_possible(events: list[Json]) -> None:
    """No time runs backwards, no duration is negative, what ended has no open part."""
    call = derive("c", entries(events))
    for leg in call.legs:
        if leg.ended is not None and leg.answered is not None:
            assert leg.ended >= leg.answered
        if leg.answered is not None and leg.started is not None:
            assert leg.answered >= leg.started
        assert leg.hold_ms >= 0
        assert leg.talk_ms >= 0
        if leg.answered is not None and leg.ended is not None:
            assert leg.hold_ms + leg.talk_ms == leg.ended - leg.answered
        assert (leg.ring_ms or 0) >= 0
    for stay in call.stays:
        assert stay.left is None or stay.left >= stay.entered
    assert all(wrap.length_ms >= 0 for wrap in call.wrap_ups)
    if call.ended is not None:
        assert all(leg.ended is not None for leg in call.legs)
        assert all(stay.left is not None for stay in call.stays)
        assert call.started is None or call.ended >= call.started


@given(told())
def test_counts_fit_together(events: list[Json]) -> None:
    call = derive("c", entries(events))
    verdict = judge(call, TERMS)
    sums = dict(zip(MEASURES, measures(call, verdict), strict=True))
    assert all(value >= 0 for value in sums.values())
    if call.said is None:
        assert not any(sums.values())
        return
    assert sums["calls"] == 1
    assert sums["answered"] + sums["missed"] <= 1
    assert sums["abandoned"] + sums["short_abandoned"] <= sums["missed"]
    assert sums["within_target"] <= sums["answered"]
    assert sums["abandoned_within_target"] <= sums["abandoned"]
    assert sums["dropped"] <= sums["live_answers"] <= sums["dial_answered"] <= sums["decided"]
    assert sums["live_with_agent"] + sums["machine_with_agent"] <= 1
    if not sums["connected"]:
        assert sums["talk_ms"] == sums["hold_ms"] == sums["wrap_ms"] == 0
    if call.said.direction == "outbound":
        assert not sums["answered"] + sums["missed"] + sums["abandoned"] + sums["voicemail"]


@given(told(), st.data())
def test_an_event_twice_under_one_stamp_is_the_same(
    events: list[Json], data: st.DataObject
) -> None:
    """A correction that says what was said already changes nothing but the count of transfers."""
    known = [one for one in events if one["type"] in {"call.started", "call.ended", "call.outcome"}]
    if not known:
        return
    again = data.draw(st.sampled_from(known))
    before, after = derive("c", entries(events)), derive("c", entries([*events, twin(again)]))
    assert facts(after)[:6] == facts(before)[:6]


def twin(event: Json) -> Json:
    return {**event, "id": f"{event['id']} again"}
