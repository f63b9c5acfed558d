"""The attributes of a CloudEvent: times, sequences, versions, types; the feed on itself."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wallboard.events import Control, Decoded, decode_batch, decode_message
from wallboard.events.control import FeedHeartbeat, FeedHello
from wallboard.events.examples import example


def decoded(name: str = "call.ended", **attributes: Any) -> Decoded:
    return decode_message(json.dumps(example(name) | attributes))


def with_data(name: str, **fields: Any) -> Decoded:
    event: dict[str, Any] = example(name)
    return decoded(name, data=event["data"] | fields)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-09T14:05:00Z", "2026-07-09T14:05:00+00:00"),
        ("2026-07-09T14:05:00+02:00", "2026-07-09T12:05:00+00:00"),
        ("2026-07-09t14:05:00z", "2026-07-09T14:05:00+00:00"),
        ("2026-07-09T14:05:00.123456789-11:30", "2026-07-10T01:35:00.123+00:00"),
        ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00+00:00"),
        ("1999-12-31T23:00:00-01:00", "2000-01-01T00:00:00+00:00"),
        ("2100-12-31T23:59:59.9Z", "2100-12-31T23:59:59.9+00:00"),
        ("2100-07-09T14:05:00Z", "2100-07-09T14:05:00+00:00"),
    ],
)
def test_a_time_of_any_offset_is_an_instant(text: str, instant: str) -> None:
    (event,) = decoded(time=text).events
    expected = datetime.fromisoformat(instant).astimezone(UTC)
    assert event.time == round(expected.timestamp() * 1_000)


IMPOSSIBLE = [
    "1999-12-31T23:59:59Z",
    "2000-01-01T00:30:00+01:00",
    "2101-01-01T00:00:00Z",
    "2100-12-31T23:30:00-01:00",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
]
NO_TIME = [
    "2026-07-09T14:05:00",
    "2026-07-09",
    "2016-12-31T23:59:60Z",
    "2026-02-30T00:00:00Z",
    "2026-07-09T24:00:00Z",
    "2026-07-09T14:05:00+25:00",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "",
    "now",
    1783598700,
    None,
]


@pytest.mark.parametrize("time", IMPOSSIBLE)
def test_an_impossible_time_is_put_aside(time: str) -> None:
    (invalid,) = decoded(time=time).invalid
    assert "impossible" in invalid.reason
    assert "from the year 2000 to 2100" in invalid.reason
    assert invalid.sequence == int(str(example("call.ended")["sequence"]))


@pytest.mark.parametrize("time", IMPOSSIBLE)
@pytest.mark.parametrize("name", ["leg.answered/greeting_ended", "list.loaded/finished"])
def test_an_impossible_time_in_the_data_is_put_aside(name: str, time: str) -> None:
    kind, _, field = name.partition("/")
    (invalid,) = with_data(kind, **{field: time}).invalid
    assert f"data.{field}" in invalid.reason


@pytest.mark.parametrize("time", NO_TIME)
def test_what_is_no_time_is_put_aside(time: object) -> None:
    result = decoded(time=time)
    assert not result.events
    assert "as time where" in result.invalid[0].reason


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_an_impossible_day_is_put_aside(day: str) -> None:
    (invalid,) = with_data("spend.recorded", day=day).invalid
    assert "data.day" in invalid.reason


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_a_possible_day_is_taken(day: str) -> None:
    assert with_data("spend.recorded", day=day).events


@pytest.mark.parametrize("day", ["2026-02-29", "2026-07-09T00:00:00Z", "9.7.2026", 20260709])
def test_what_is_no_day_is_put_aside(day: object) -> None:
    assert with_data("spend.recorded", day=day).invalid


def test_what_is_put_aside_of_a_good_batch_keeps_its_own_text() -> None:
    """The text goes whole into quarantine: as it was sent, with what we do not know of it."""
    good = json.dumps(example("leg.held"))
    late = json.dumps(example("call.ended") | {"time": "1969-07-20T20:17:40Z", "flag": [1, 2]})
    late = late.replace(": ", "  :\t")
    result = decode_batch(f"[{good},\n {late} ,{good}]".encode())
    assert [event.position for event in result.events] == [0, 2]
    assert [(each.text.decode(), each.position) for each in result.invalid] == [(late, 1)]


@pytest.mark.parametrize(
    ("sequence", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("000000000000007", 7),
        ("9" * 18, 10**18 - 1),
        ("0" * 20 + "42", 42),
        ("0" * 46 + "9" * 18, 10**18 - 1),
        (None, None),
    ],
)
def test_a_sequence_is_a_decimal_text(sequence: str | None, number: int | None) -> None:
    (event,) = decoded(sequence=sequence).events
    assert event.sequence == number


@pytest.mark.parametrize(
    "sequence",
    ["", "-1", "+1", "1.0", "1e3", "0x1f", " 1", "1 ", "1\n", "1_000", "٣", "²", "9" * 19,
     "1" + "0" * 18, "0" * 5000, "1" * 5000, 1.5, -1, 10**18, 10**400, True, [], {}],
)  # fmt: skip
def test_what_is_no_sequence_is_put_aside_and_numbers_nothing(sequence: object) -> None:
    result = decoded(sequence=sequence)
    assert not result.events
    assert "as sequence where" in result.invalid[0].reason
    assert result.sequences == []


def test_a_sequence_sent_as_a_number_is_wrong_but_used_up() -> None:
    result = decoded(sequence=77)
    assert not result.events
    assert result.sequences == [77]


def test_an_event_without_sequence_is_taken() -> None:
    event = {key: value for key, value in example("leg.held").items() if key != "sequence"}
    assert decode_message(json.dumps(event)).events[0].sequence is None


@pytest.mark.parametrize("specversion", ["0.3", "1", "1.0.2", "2.0", "", 1.0, None])
@pytest.mark.parametrize("name", ["call.ended", "call.vanished"])
def test_another_version_of_cloud_events_is_put_aside(name: str, specversion: object) -> None:
    result = decode_message(
        json.dumps(example("call.ended") | {"type": name, "specversion": specversion})
    )
    assert len(result.invalid) == 1
    assert not result.unknown


@pytest.mark.parametrize("attribute", ["id", "source"])
@pytest.mark.parametrize("value", ["", None, 5])
def test_an_identity_is_a_text(attribute: str, value: object) -> None:
    assert decode_message(json.dumps(example("leg.held") | {attribute: value})).invalid


@pytest.mark.parametrize("kind", ["call.vanished", "Call.Ended", "call.ended ", "feed.goodbye"])
def test_an_unknown_type_is_counted_whatever_it_says(kind: str) -> None:
    event = json.dumps(example("call.ended") | {"type": kind, "time": 5, "data": "?"})
    for text in (event, event.replace('"?"', "1e400"), event.replace('"?"', "[" * 90 + "]" * 90)):
        (unknown,) = decode_message(text).unknown
        assert (unknown.type, unknown.position) == (kind, 0)
        assert unknown.sequence == int(str(example("call.ended")["sequence"]))


@pytest.mark.parametrize("kind", [None, 5, [], ["call.ended"], ""])
def test_a_type_is_a_text(kind: object) -> None:
    """One that is not empty, as CloudEvents 1.0 has it."""
    assert decoded(type=kind).invalid


def test_what_the_feed_says_of_itself_is_no_event() -> None:
    hello = json.dumps(example("feed.hello"))
    beat = json.dumps(example("feed.heartbeat"))
    good = json.dumps(example("leg.held"))
    result = decode_batch(f"[{hello},{good},{beat}]".encode())
    assert [type(each.data) for each in result.control] == [FeedHello, FeedHeartbeat]
    assert [event.position for event in result.events] == [1]
    assert len(result.sequences) == 1


@pytest.mark.parametrize("newest", ["41", "0041", 41, None])
def test_the_feed_numbers_itself_in_text_or_numbers(newest: object) -> None:
    (control,) = with_data("feed.heartbeat", newest=newest).control
    assert isinstance(control, Control)
    assert isinstance(control.data, FeedHeartbeat)
    assert control.data.newest == newest


@pytest.mark.parametrize("time", IMPOSSIBLE)
def test_an_impossible_clock_of_the_feed_is_put_aside(time: str) -> None:
    for result in (decoded("feed.hello", time=time), with_data("feed.heartbeat", time=time)):
        assert not result.control
        assert "impossible" in result.invalid[0].reason
