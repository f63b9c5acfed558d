"""Whatever is sent: nothing raises, everything is accounted for, and neighbours are unharmed."""

import json
from typing import Any

from hypothesis import example as with_example
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.events import Decoded, decode_batch, decode_lines, decode_message
from wallboard.events.examples import example
from wallboard.events.split import items_of
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

texts = st.text(max_size=20) | st.sampled_from(['"', "\\", "},{", "],[", "\0", "é", "\u2028"])
plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
anything = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)


@st.composite
def valid_events(draw: st.DrawFn) -> dict[str, Any]:
    """An event of any type, with some optional fields left out and unknown ones added."""
    made: dict[str, Any] = example(draw(st.sampled_from(list(TYPES))))
    extra = draw(st.dictionaries(texts.map("x-{}".format), anything, max_size=2))
    told = draw(st.dictionaries(texts.map("y-{}".format), anything, max_size=2))
    made |= {"id": "e" + draw(texts), "source": "s" + draw(texts)} | extra
    made["sequence"] = str(draw(st.integers(0, 10**18 - 1)))
    made["data"] = made["data"] | told
    return made


def written(event: dict[str, Any], ascii_only: bool = True) -> bytes:
    return json.dumps(event, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


pieces = st.sampled_from(
    [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b" ", b"\n", b"\0", b"\xff", b"1", b"-", b"e",
     b"null", b"},{", b'"}', b'":{', b"NaN", b"\xef\xbb\xbf", b"},", b'{"a":[{']
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, event: bytes) -> bytes:
    """The text with a part cut out, overwritten, doubled, or something put in."""
    start = draw(st.integers(0, len(event)))
    end = draw(st.integers(start, min(len(event), start + draw(st.sampled_from([0, 1, 3, 1000])))))
    put = draw(pieces | st.binary(max_size=5) | st.just(b"") | st.just(event[start:end] * 2))
    return event[:start] + put + event[end:]


@st.composite
def batches_with_one_bad(draw: st.DrawFn) -> tuple[list[bytes], int]:
    events = draw(st.lists(valid_events(), min_size=1, max_size=6))
    items = [written(event) for event in events]
    chosen = draw(st.integers(0, len(items) - 1))
    items[chosen] = draw(mutated(items[chosen]))
    return items, chosen


def places(decoded: Decoded) -> list[int]:
    """Where everything that has a place came from."""
    groups = (decoded.events, decoded.unknown, decoded.invalid)
    return sorted(item.position for group in groups for item in group)


def identities(decoded: Decoded) -> list[tuple[str, str]]:
    return [(event.source, event.id) for event in decoded.events]


@settings(max_examples=100, deadline=None)
@given(st.lists(valid_events(), max_size=8), st.booleans())
def test_valid_events_are_all_decoded(events: list[dict[str, Any]], ascii_only: bool) -> None:
    lines = [written(event, ascii_only) for event in events]
    expected = [(event["source"], event["id"]) for event in events]
    for decoded in (decode_batch(b"[" + b",".join(lines) + b"]"), decode_lines(lines)):
        assert identities(decoded) == expected
        assert places(decoded) == list(range(len(events)))
        assert decoded.sequences == [int(event["sequence"]) for event in events]
        assert not decoded.invalid


@settings(max_examples=300, deadline=None)
@given(batches_with_one_bad())
def test_one_bad_event_costs_only_itself(given_items: tuple[list[bytes], int]) -> None:
    items, chosen = given_items
    text = b"[" + b",".join(items) + b"]"
    decoded = decode_batch(text)
    found = identities(decoded)
    for place, item in enumerate(items):
        if place != chosen:
            event = json.loads(item)
            assert (event["source"], event["id"]) in found
            found.remove((event["source"], event["id"]))
    count = len(places(decoded)) + len(decoded.control)
    assert places(decoded) == list(range(count))
    assert count >= len(items) - 1
    kept = list(items_of(text))
    assert len(kept) == count
    for invalid in decoded.invalid:
        assert kept[invalid.position] == invalid.text


@settings(max_examples=100, deadline=None)
@given(batches_with_one_bad())
def test_a_bad_line_costs_only_itself(given_items: tuple[list[bytes], int]) -> None:
    items, chosen = given_items
    decoded = decode_lines(items)
    assert len(places(decoded)) + len(decoded.control) == len(items)
    assert set(range(len(items))) - {chosen} <= {event.position for event in decoded.events}
    for invalid in decoded.invalid:
        assert invalid.text == items[invalid.position]


@settings(max_examples=100, deadline=None)
@given(batches_with_one_bad())
def test_the_ways_in_agree_on_a_single_event(given_items: tuple[list[bytes], int]) -> None:
    items, chosen = given_items
    item = items[chosen]
    if item.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"[":
        assert decode_message(item) == decode_lines([item])
    assert decode_message(b"[" + item + b"]") == decode_batch(b"[" + item + b"]")


words = st.sampled_from(
    b'[ ] { } , : "specversion" "1.0" "type" "id" "source" "time" "data" "sequence" "leg.held" "x" '
    b'"2026-01-01T00:00:00Z" 1 null \xff \\ " \t \xef\xbb\xbf'.split(b" ")
)
soup = st.lists(words, max_size=40).map(b"".join)


@settings(max_examples=1_000, deadline=None)
@given(st.binary(max_size=200) | soup | soup.map(lambda text: b"[" + text + b"]"))
@with_example(b"\xef\xbb\xbf")
@with_example(b"[\xef\xbb\xbf]")
@with_example(b"[[]")
def test_no_bytes_whatever_raise(text: bytes) -> None:
    for decoded in (decode_message(text), decode_batch(text), decode_lines(text.split(b"\n"))):
        for invalid in decoded.invalid:
            assert invalid.reason.endswith(".")
            assert invalid.text in text
        assert decoded.control == [] or b"feed." in text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100))
def test_no_text_whatever_raises(text: str) -> None:
    assert not decode_message(text).events


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(TYPES | CONTROL_TYPES)), st.dictionaries(texts, anything), anything)
def test_anything_as_data_is_accounted_for(name: str, data: dict[str, Any], odd: object) -> None:
    usual: dict[str, Any] = example(name)
    for given_data in (data, usual["data"] | data, odd):
        decoded = decode_message(written(usual | {"data": given_data}))
        assert len(places(decoded)) + len(decoded.control) == 1


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["specversion", "id", "source", "type", "time", "sequence", "subject"]),
    anything,
)
def test_anything_as_an_attribute_is_accounted_for(attribute: str, odd: object) -> None:
    decoded = decode_message(written(example("leg.held") | {attribute: odd}))
    assert len(places(decoded)) == 1
