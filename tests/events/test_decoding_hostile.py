"""Text that means harm, or was written by a broken program: nothing raises, nothing is lost."""

import json
from collections.abc import Callable
from typing import Any, cast

import pytest

from wallboard.events import Decoded, decode_batch, decode_lines, decode_message
from wallboard.events.agents import AgentChanged
from wallboard.events.calls import CallAnalysed, CallOutcome, LegEnded, SurveyAnswer
from wallboard.events.definitions import AgentDefined
from wallboard.events.examples import example

WAYS: list[Callable[[bytes], Decoded]] = [
    decode_message,
    lambda text: decode_batch(b"[" + text + b"]"),
    lambda text: decode_lines([text]),
]
ways = pytest.mark.parametrize("decode", WAYS, ids=["message", "batch", "lines"])


def written(name: str, field: str, raw: str) -> bytes:
    """The example of a type with `raw`, unquoted, as the value of a field of its data."""
    data = cast(dict[str, Any], example(name)["data"])
    text = json.dumps(example(name) | {"data": data | {field: "<here>"}})
    return text.replace('"<here>"', raw).encode("utf-8", "surrogatepass")


@ways
@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e16", "01", "1.", ".5", "+1", "0x10",
     "1_000", "1" * 400, "1" * 5000, "--1", "1e", '"1"', "true", "∞"],
)  # fmt: skip
def test_what_is_no_number_of_ours_is_put_aside(
    decode: Callable[[bytes], Decoded], number: str
) -> None:
    text = written("sale.recorded", "amount", number)
    result = decode(text)
    assert not result.events
    assert [each.text for each in result.invalid] == [text]


@ways
@pytest.mark.parametrize("number", [str(2**53 + 1), str(2**63), str(2**64), str(10**400), "1.5"])
def test_a_count_is_a_whole_number_that_fits(
    decode: Callable[[bytes], Decoded], number: str
) -> None:
    for name, field in (("queue.entered", "position"), ("leg.ended", "code")):
        assert decode(written(name, field, number)).invalid


@ways
def test_numbers_at_their_bounds(decode: Callable[[bytes], Decoded]) -> None:
    for name, field, number in (
        ("queue.entered", "position", str(2**53)),
        ("sale.recorded", "amount", "-1e15"),
        ("sale.recorded", "amount", "1e-400"),
        ("sale.recorded", "amount", "-0"),
        ("leg.ended", "billable_seconds", "1e9"),
    ):
        assert len(decode(written(name, field, number)).events) == 1, number


@ways
@pytest.mark.parametrize("raw", [r'"\ud800"', r'"\udc00"', r'"\ud800x"', r'"\ud800A"'])
def test_half_a_surrogate_pair_is_put_aside(decode: Callable[[bytes], Decoded], raw: str) -> None:
    assert decode(written("agent.defined", "name", raw)).invalid


@ways
def test_bytes_that_are_no_utf_8_are_put_aside_as_they_came(
    decode: Callable[[bytes], Decoded],
) -> None:
    for bad in (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\xaf"):
        text = written("agent.defined", "name", '"Zo?"').replace(b"?", bad)
        result = decode(text)
        assert not result.events
        assert [each.text for each in result.invalid] == [text]


def test_text_with_half_a_surrogate_pair_does_not_raise() -> None:
    text = json.dumps(example("agent.defined")).replace("Ada", "\ud800")
    assert decode_message(text).invalid


@ways
@pytest.mark.parametrize(
    "name",
    ["\0", "a\0b", "\x1b[2J", "\r\n", "\x7f", "\u202e", "\ufeff", "", " ", "[vip] Dupont", "[/]",
     "x" * 10_000, "𝄞" * 10_000, "\U0010ffff", '"},{"', "\\", "null"],
)  # fmt: skip
def test_a_name_may_be_any_text(decode: Callable[[bytes], Decoded], name: str) -> None:
    for text in (json.dumps(name), json.dumps(name, ensure_ascii=False)):
        (event,) = decode(written("agent.defined", "name", text)).events
        assert isinstance(event.data, AgentDefined)
        assert event.data.name == name


@ways
def test_a_bare_control_character_is_no_json(decode: Callable[[bytes], Decoded]) -> None:
    for bare in ("\0", "\n", "\t", "\x1f"):
        assert decode(written("agent.defined", "name", f'"a{bare}b"')).invalid


@ways
@pytest.mark.parametrize("depth", [10, 900, 5_000, 100_000])
@pytest.mark.parametrize("shape", [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_nesting_however_deep_does_not_raise(
    decode: Callable[[bytes], Decoded], depth: int, shape: tuple[str, str]
) -> None:
    deep = shape[0] * depth + "1" + shape[1] * depth
    for text in (
        written("agent.defined", "unheard_of", deep),
        written("agent.defined", "skills", deep),
        written("agent.defined", "skills", shape[0] * depth),
        deep.encode(),
    ):
        result = decode(text)
        assert len(result.events) + len(result.unknown) + len(result.invalid) >= 1


@ways
def test_too_deep_nesting_is_said_in_words(decode: Callable[[bytes], Decoded]) -> None:
    deep = written("agent.defined", "unheard_of", "[" * 100_000 + "]" * 100_000)
    (invalid,) = decode(deep).invalid
    assert invalid.reason == "The JSON is nested too deeply to be read."
    assert invalid.text == deep


@ways
def test_long_lists_are_read(decode: Callable[[bytes], Decoded]) -> None:
    many = json.dumps([str(number) for number in range(100_000)])
    (event,) = decode(written("agent.changed", "queues", many)).events
    assert isinstance(event.data, AgentChanged)
    assert isinstance(event.data.queues, list)
    assert len(event.data.queues) == 100_000


@ways
def test_of_a_key_that_comes_twice_the_last_counts(decode: Callable[[bytes], Decoded]) -> None:
    text = written("call.analysed", "intent", '"old", "intent": "new"')
    (event,) = decode(text).events
    assert isinstance(event.data, CallAnalysed)
    assert event.data.intent == "new"
    twice = text.replace(b'"id"', b'"id": "first", "id"')
    assert decode(twice).events[0].id == example("call.analysed")["id"]
    assert decode(text.replace(b'"type"', b'"type": "leg.held", "type"')).sequences


@ways
@pytest.mark.parametrize("answer", ["yes", 5, 4.5, True, None])
def test_a_survey_takes_any_plain_answer(decode: Callable[[bytes], Decoded], answer: Any) -> None:
    survey = json.dumps([{"question": "?", "answer": answer, "asked_by": "ivr"}])
    (event,) = decode(written("call.outcome", "survey", survey)).events
    assert isinstance(event.data, CallOutcome)
    assert event.data.survey == [SurveyAnswer("?", answer)]


@ways
def test_a_reason_stays_short_whatever_was_sent(decode: Callable[[bytes], Decoded]) -> None:
    long = json.dumps("x" * 1_000_000)
    for field in ("cause", "leg"):
        text = written("leg.ended", field, long if field == "cause" else "[" + long + "]")
        (invalid,) = decode(text).invalid
        assert len(invalid.reason) < 400
        assert f"data.{field}" in invalid.reason
        assert invalid.text == text


@ways
def test_a_byte_order_mark_is_passed_over(decode: Callable[[bytes], Decoded]) -> None:
    text = json.dumps(example("leg.ended")).encode()
    (event,) = decode(b"\xef\xbb\xbf" + text).events
    assert isinstance(event.data, LegEnded)


def test_a_byte_order_mark_before_a_batch_is_passed_over() -> None:
    good = json.dumps(example("leg.ended")).encode()
    for decode in (decode_message, decode_batch):
        whole = decode(b"\xef\xbb\xbf[" + good + b"," + good + b"]")
        broken = decode(b"\xef\xbb\xbf[" + good + b",{oops," + good + b"]")
        assert [event.position for event in whole.events] == [0, 1]
        assert [event.position for event in broken.events] == [0, 2]
        assert [each.text for each in broken.invalid] == [b"{oops"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "5", "null", "true", '"x"', "{", "}", "]", "{}", "[", "[,", "[}", "{]", "\0"],
)
def test_what_is_neither_event_nor_batch_is_one_invalid_item(text: str) -> None:
    for decode in (decode_message, lambda given: decode_batch(given.encode())):
        result = decode(text)
        assert not result.events
        assert len(result.invalid) == 1, decode


@pytest.mark.parametrize("text", ["[]", " [ ] ", "[\n\t]"])
def test_an_empty_batch_is_nothing(text: str) -> None:
    for result in (decode_message(text), decode_batch(text.encode())):
        assert result == Decoded([], [], [], [])


def test_the_items_of_a_batch_that_are_no_objects_are_put_aside_one_by_one() -> None:
    good = json.dumps(example("leg.held"))
    result = decode_batch(f'[1,{good},null,"x",[{good}],{good},{{}}]'.encode())
    assert [event.position for event in result.events] == [1, 5]
    assert [each.position for each in result.invalid] == [0, 2, 3, 4, 6]
    assert result.invalid[3].text == f"[{good}]".encode()


def test_two_events_in_one_message_that_is_no_batch_are_not_guessed_at() -> None:
    good = json.dumps(example("leg.held"))
    for text in (f"{good},{good}", f"{good}\n{good}", f"{good} {good}"):
        result = decode_message(text)
        assert not result.events
        assert [each.text.decode() for each in result.invalid] == [text]


def test_an_event_written_over_several_lines_is_one_message() -> None:
    text = json.dumps(example("leg.held"), indent=2)
    assert len(decode_message(f"\n{text}\n").events) == 1
