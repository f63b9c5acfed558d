"""What is said twice, taken back, or missing (readings 5, 6 and 7)."""

from msgspec import UNSET

from tests.facts.stories import at, call_of, counted, ended, judged, leg, of_call, started
from wallboard.events.calls import Attribution
from wallboard.facts.measures import bucket_of


def test_a_second_start_corrects_field_by_field() -> None:
    call = call_of(
        started(0, campaign="spring", from_number="+14155550100"),
        started(5, campaign="summer", attempt=2),
    )
    assert call.said is not None
    assert call.said.campaign == "summer"
    assert call.said.from_number == "+14155550100"
    assert call.said.attempt == 2


def test_the_first_start_places_the_call() -> None:
    call = call_of(started(5, campaign="summer"), started(0), ended(20))
    assert call.started == at(0)
    assert counted(started(5), started(0), ended(20))["duration_ms"] == 20_000


def test_null_clears_and_absence_says_nothing() -> None:
    call = call_of(started(0, campaign="spring", account="acme"), started(1, campaign=None))
    assert call.said is not None
    assert call.said.campaign is None
    assert call.said.account == "acme"


def test_a_value_after_null_is_known_again() -> None:
    call = call_of(started(0, campaign="a"), started(1, campaign=None), started(2, campaign="b"))
    assert call.said is not None
    assert call.said.campaign == "b"


def test_lists_are_replaced_whole() -> None:
    call = call_of(
        started(),
        of_call("call.outcome", 10, tags=["hot", "new"], survey=[{"question": "q", "answer": 1}]),
        of_call("call.outcome", 20, tags=["cold"]),
    )
    assert call.outcome is not None
    assert call.outcome.tags == ["cold"]
    assert call.outcome.survey not in (None, UNSET)


def test_nested_fields_merge_as_fields_do() -> None:
    call = call_of(
        started(0, attribution={"source": "search", "keyword": "coats"}),
        started(1, attribution={"keyword": "boots", "source": None}),
    )
    assert call.said is not None
    attribution = call.said.attribution
    assert isinstance(attribution, Attribution)
    assert attribution.keyword == "boots"
    assert attribution.source is None


def test_the_later_outcome_wins_whatever_came_with_it() -> None:
    call = call_of(
        started(),
        of_call("call.outcome", 30, disposition="sold", quote_value=10.5),
        of_call("call.outcome", 20, disposition="unsure", lead=True),
    )
    assert call.outcome is not None
    assert call.outcome.disposition == "sold"
    assert call.outcome.lead is True


def test_a_corrected_end_keeps_the_time_of_the_first() -> None:
    call = call_of(started(), ended(30, "completed"), ended(31, "voicemail"))
    assert (call.ended, call.end_reason) == (at(30), "voicemail")


def test_a_corrected_leg_keeps_its_place_and_takes_the_later_fields() -> None:
    call = call_of(
        started(),
        of_call("leg.started", 5, leg="a", kind="A", agent="ann"),
        of_call("leg.started", 6, leg="a", kind="A", agent="bob", trunk="t1"),
        of_call("leg.ended", 9, leg="a", cause="completed", cost=1.5),
        of_call("leg.ended", 12, leg="a", cause="failed"),
    )
    (found,) = call.legs
    assert (found.started, found.agent, found.trunk) == (at(5), "bob", "t1")
    assert (found.ended, found.cause, found.cost) == (at(9), "failed", 1.5)


def test_a_call_without_a_start_is_kept_and_counts_nowhere() -> None:
    events = [*leg("a", "A", 1, 2, 30, agent="ann"), ended(31)]
    call = call_of(*events)
    assert call.started is None
    assert call.first_event == at(1)
    assert call.ended == at(31)
    assert not any(counted(*events).values())


def test_a_call_counts_once_its_start_is_known() -> None:
    events = [*leg("a", "A", 1, 2, 30, agent="ann"), ended(31)]
    assert counted(*events, started())["calls"] == 1


def test_only_a_call_with_a_start_has_a_bucket() -> None:
    without = [ended(31)]
    assert bucket_of(call_of(*without), judged(*without), 1) is None
    bucket = bucket_of(call_of(started(campaign="x"), *without), judged(started(), *without), 1)
    assert bucket is not None
    assert (bucket.started, bucket.campaign, bucket.direction) == (at(0), "x", "inbound")


def test_what_is_open_when_the_call_ends_closes_with_it() -> None:
    call = call_of(
        started(),
        of_call("queue.entered", 1, queue="sales"),
        of_call("leg.started", 2, leg="a", kind="A", agent="ann"),
        of_call("leg.answered", 5, leg="a"),
        of_call("leg.held", 10, leg="a"),
        ended(40),
    )
    (found,) = call.legs
    assert found.ended == at(40)
    assert found.closed_with_call
    assert found.hold_ms == 30_000
    assert found.talk_ms == 5_000
    assert call.stays[0].left == at(40)
    assert call.stays[0].closed_with_call


def test_the_end_of_a_leg_that_becomes_known_later_replaces_the_closing() -> None:
    call = call_of(started(), leg("a", "A", 2, 5, 20), ended(40))
    assert call.legs[0].ended == at(20)
    assert not call.legs[0].closed_with_call
