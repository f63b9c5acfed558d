"""A batch that does not parse: one bad event costs only itself, and is kept whole."""

import json
import time
from typing import Any

import pytest

from wallboard.events import Decoded, decode_batch, decode_lines
from wallboard.events.examples import example
from wallboard.events.split import items_of
from wallboard.events.vocabulary import TYPES

EVENTS = [json.dumps(example(name)).encode() for name in TYPES]


def batch(*items: bytes) -> bytes:
    return b"[" + b",".join(items) + b"]"


def ids(decoded: Decoded) -> list[str]:
    return [event.id for event in decoded.events]


IDS = [str(json.loads(event)["id"]) for event in EVENTS]

BROKEN = {
    "cut off": EVENTS[8][:-1],
    "cut off in the data": EVENTS[8][:-2],
    "cut off in a text": EVENTS[8].partition(b" near me")[0],
    "cut off in a list": json.dumps(example("agent.changed")).partition(', "fitters"')[0].encode(),
    "cut off in a list of objects": json.dumps(example("call.outcome"))
    .partition(', "answer"')[0]
    .encode(),
    "a quote too many": EVENTS[8].replace(b'"voice', b'""voice').replace(b'"call"', b'"ca"ll"'),
    "a quote too few": EVENTS[8].replace(b'"call"', b'"call'),
    "a bracket too many": EVENTS[8] + b"}",
    "a bracket too many before": b"{" + EVENTS[8],
    "an end of the list too many": EVENTS[8] + b"]",
    "a list too many": b"[" + EVENTS[8],
    "a comma for a colon": EVENTS[8].replace(b'"data":', b'"data",'),
    "a bare word": b"undefined",
    "a bare word in it": EVENTS[8].replace(b"true", b"True"),
    "NaN": EVENTS[8].replace(b"true", b"NaN"),
    "not UTF-8": EVENTS[8].replace(b"paid", b"pa\xffd"),
    "a backslash": EVENTS[8].replace(b"paid", b"pa\\id"),
    "a line feed in a text": EVENTS[8].replace(b"paid", b"pa\nid"),
    "python": str(example("call.started")).encode(),
    "a page": b"<html><body>502, {Bad} Gateway</body></html>",
    "objects in a broken list": b'{"extra": [{"a": 1}, {"b": 2}, {"type": "x"}, {"c": "d],'[:-1],
}


@pytest.mark.parametrize("bad", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("place", [0, 1, 23, len(EVENTS)])
def test_the_rest_survives_and_the_bad_one_is_kept_whole(bad: bytes, place: int) -> None:
    decoded = decode_batch(batch(*EVENTS[:place], bad, *EVENTS[place:]))
    assert ids(decoded) == IDS
    assert not decoded.unknown
    assert [(each.text, each.position) for each in decoded.invalid] == [(bad, place)]


def test_several_bad_ones_are_kept_apart_by_the_good_ones() -> None:
    items = [
        item for event, bad in zip(EVENTS, BROKEN.values(), strict=False) for item in (event, bad)
    ]
    decoded = decode_batch(batch(*items, EVENTS[-1]))
    assert ids(decoded) == [*IDS[: len(BROKEN)], IDS[-1]]
    assert [each.text for each in decoded.invalid] == list(BROKEN.values())


@pytest.mark.parametrize("white", [b"", b" ", b"\n", b"\r\n\t "])
def test_white_space_between_items_does_not_matter(white: bytes) -> None:
    text = b"[" + (white + b"," + white).join([EVENTS[0], b"{oops", EVENTS[1]]) + white + b"]"
    decoded = decode_batch(white + text + white)
    assert ids(decoded) == IDS[:2]
    assert [each.text for each in decoded.invalid] == [b"{oops"]


@pytest.mark.parametrize("commas", [b",,", b", ,", b",,,,"])
def test_a_comma_too_many_costs_nothing(commas: bytes) -> None:
    decoded = decode_batch(b"[" + commas.join(EVENTS) + b",]")
    assert ids(decoded) == IDS
    assert not decoded.invalid


def test_a_batch_that_was_cut_off_gives_what_had_come() -> None:
    whole = batch(*EVENTS[:3])
    for end in range(1, len(whole)):
        decoded = decode_batch(whole[:end])
        held = sum(len(batch(*EVENTS[:count])) <= end + 1 for count in (1, 2, 3))
        assert ids(decoded) == IDS[:held]
        assert len(decoded.invalid) <= 1


def test_hundreds_of_events_without_their_ends_cost_only_themselves() -> None:
    cut = json.dumps(example("agent.changed")).partition(', "fitters"')[0].encode()
    items = [item for _ in range(500) for item in (cut, EVENTS[0])]
    started = time.process_time()
    decoded = decode_batch(batch(*items))
    assert len(decoded.events) == 500
    assert [each.text for each in decoded.invalid] == [cut] * 500
    assert time.process_time() - started < 10


def test_a_bad_event_with_thousands_of_objects_in_it_costs_only_itself() -> None:
    bad = b'{"specversion": "1.0", "survey": [' + b",".join([b'{"a": 1}'] * 20_000)
    decoded = decode_batch(batch(EVENTS[0], bad, *EVENTS))
    assert ids(decoded) == [IDS[0], *IDS]
    assert [each.text for each in decoded.invalid] == [bad]


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" + b',{"k":[' * 800 + b"1," * 200_000,
        b"[" + b",{" * 300_000,
        b"[" + b',{"' * 300_000,
        b"[" + b', {"a":1}' * 100_000,
        b"[" + b",          " * 100_000,
        b"[" + b',{"specversion":' * 50_000,
        b"[" + b',{"a":"\\' * 100_000,
    ],
    ids=["nested", "braces", "quotes", "objects", "blanks", "keys", "escapes"],
)
def test_hostile_text_stays_cheap(hostile: bytes) -> None:
    started = time.process_time()
    decoded = decode_batch(hostile)
    assert not decoded.events
    assert len(decoded.invalid) == 1
    assert time.process_time() - started < 10


def test_an_item_has_the_same_text_whenever_it_is_looked_for() -> None:
    """Raw text is found again by position, so taking apart must not depend on anything else."""
    text = batch(EVENTS[0], *BROKEN.values(), EVENTS[1])
    assert list(items_of(text)) == list(items_of(text))
    positions = [event.position for event in decode_batch(text).events]
    items = list(items_of(text))
    assert [items[position] for position in positions] == EVENTS[:2]


HALVES = (b'{"specversion": "1.0"', EVENTS[8][1:].replace(b'"specversion": "1.0", ', b""))


def test_lines_that_are_an_event_only_together_are_none() -> None:
    for lines in (
        list(HALVES),
        [batch(*EVENTS[:2])[1:-1], *HALVES],
        [EVENTS[0] + b" " + EVENTS[1], *HALVES],
        [EVENTS[0] + b"\n" + EVENTS[1], *HALVES],
        [HALVES[0], HALVES[1], b""],
    ):
        decoded = decode_lines(lines)
        assert not decoded.events
        assert [each.text for each in decoded.invalid] == lines


def test_each_line_counts_from_the_first() -> None:
    lines = [EVENTS[0], b"", b"{oops", EVENTS[1], b" " + EVENTS[2] + b"\r"]
    decoded = decode_lines(lines, first=100, message=7)
    assert ids(decoded) == IDS[:3]
    assert [(event.position, event.message) for event in decoded.events] == [
        (100, 7),
        (103, 7),
        (104, 7),
    ]
    assert [(each.position, each.text) for each in decoded.invalid] == [(101, b""), (102, b"{oops")]


def test_no_lines_are_nothing() -> None:
    assert decode_lines([]) == Decoded([], [], [], [])


def test_an_invalid_event_keeps_its_sequence_used() -> None:
    events: list[dict[str, Any]] = [example(name) for name in ("leg.held", "leg.ended")]
    numbers = [int(event["sequence"]) for event in events]
    events[0]["data"] = {"amount": 5}
    text = json.dumps([*events, {"sequence": "77"}, {"sequence": 78, "data": [1e30]}])
    decoded = decode_batch(text.replace("1e+30", "1e999").encode())
    assert sorted(decoded.sequences) == sorted([*numbers, 77, 78])
    assert len(decoded.invalid) == 3
