"""Every type: with what it must say, with all it may say, with more than it knows, with less."""

import json
from typing import Any, cast

import pytest

from wallboard.events import decode_message
from wallboard.events.asyncapi import document
from wallboard.events.examples import example
from wallboard.events.kinds import UNSET
from wallboard.events.vocabulary import TYPES

COMPONENTS: dict[str, Any] = cast(dict[str, Any], document())["components"]
MANY = {"string": "x", "integer": 1, "number": 1, "boolean": True, "null": None, "object": {}}


def schema_of(name: str) -> dict[str, Any]:
    reference = COMPONENTS["messages"][name]["payload"]["properties"]["data"]["$ref"]
    return pointed_to(reference)


def pointed_to(reference: str) -> dict[str, Any]:
    return cast(dict[str, Any], COMPONENTS["schemas"][reference.rpartition("/")[2]])


def any_value(schema: dict[str, Any]) -> Any:
    """Some value that the schema allows, and not null."""
    if "$ref" in schema:
        inner = pointed_to(schema["$ref"])
        return {name: any_value(each) for name, each in inner["properties"].items()}
    if "anyOf" in schema:
        return any_value(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "array":
        return [any_value(schema["items"])]
    if "format" in schema:
        return "2026-07-09" if schema["format"] == "date" else "2026-07-09T12:00:00Z"
    return MANY[schema["type"]]


def event(name: str, data: dict[str, Any], **attributes: Any) -> str:
    return json.dumps(example(name) | {"data": data} | attributes)


def closed_fields() -> list[tuple[str, str]]:
    return [
        (name, field)
        for name in TYPES
        for field, schema in schema_of(name)["properties"].items()
        if any("enum" in branch for branch in schema.get("anyOf", [schema]))
    ]


def required_fields() -> list[tuple[str, str]]:
    return [(name, field) for name in TYPES for field in schema_of(name)["required"]]


@pytest.mark.parametrize("name", TYPES)
def test_required_fields_suffice(name: str) -> None:
    schema = schema_of(name)
    data = {field: any_value(schema["properties"][field]) for field in schema["required"]}
    decoded = decode_message(event(name, data))
    assert not decoded.invalid
    found = decoded.events[0].data
    for field in set(schema["properties"]) - set(schema["required"]):
        assert getattr(found, field) is UNSET


@pytest.mark.parametrize("name", TYPES)
def test_all_fields_are_kept(name: str) -> None:
    properties = schema_of(name)["properties"]
    data = {field: any_value(schema) for field, schema in properties.items()}
    decoded = decode_message(event(name, data))
    assert not decoded.invalid
    assert type(decoded.events[0].data) is TYPES[name]
    for field in properties:
        assert getattr(decoded.events[0].data, field) not in (UNSET, None)


@pytest.mark.parametrize("name", TYPES)
def test_null_clears_what_is_optional(name: str) -> None:
    schema = schema_of(name)
    data = {field: any_value(schema["properties"][field]) for field in schema["required"]}
    optional = set(schema["properties"]) - set(schema["required"])
    decoded = decode_message(event(name, data | dict.fromkeys(optional)))
    assert not decoded.invalid
    assert all(getattr(decoded.events[0].data, field) is None for field in optional)


@pytest.mark.parametrize("name", TYPES)
def test_what_is_not_known_is_passed_over(name: str) -> None:
    usual = example(name)
    data = cast(dict[str, Any], usual["data"])
    more = {"specversion": "7", "Type": [], "deeper": {"type": "call.ended", "list": [1, {}]}}
    told = {"traceparent": "00-ab", "dataschema": None, "other": {"type": "leg.held"}}
    if "type" not in schema_of(name)["properties"]:
        more["type"] = "call.ended"
    plain = decode_message(json.dumps(usual)).events
    assert decode_message(event(name, data | more, **told)).events == plain


@pytest.mark.parametrize(("name", "field"), required_fields())
def test_a_missing_field_is_named(name: str, field: str) -> None:
    data = cast(dict[str, Any], example(name)["data"])
    text = event(name, {key: value for key, value in data.items() if key != field})
    decoded = decode_message(text)
    assert not decoded.events
    (invalid,) = decoded.invalid
    assert f"`{field}`" in invalid.reason
    assert f"in its data: every {name} needs one" in invalid.reason
    assert invalid.text == text.encode()


@pytest.mark.parametrize("attribute", ["specversion", "id", "source", "type", "time", "data"])
def test_a_missing_attribute_is_named(attribute: str) -> None:
    cut = {key: value for key, value in example("leg.held").items() if key != attribute}
    (invalid,) = decode_message(json.dumps(cut)).invalid
    assert f"`{attribute}`" in invalid.reason
    assert invalid.sequence == int(str(cut["sequence"]))


@pytest.mark.parametrize(("name", "field"), closed_fields())
@pytest.mark.parametrize("value", ["elsewhere", "", 0, True, [], {}])
def test_a_closed_list_is_closed(name: str, field: str, value: object) -> None:
    data = cast(dict[str, Any], example(name)["data"])
    decoded = decode_message(event(name, data | {field: value}))
    assert not decoded.events
    assert f"data.{field}" in decoded.invalid[0].reason


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("call.started", "attempt", 0),
        ("message.sent", "attempt", -1),
        ("message.sent", "attempt", 1.5),
        ("call.analysed", "sentiment", 1.001),
        ("call.analysed", "sentiment", -2),
        ("account.defined", "setup", 1.1),
        ("queue.defined", "short_abandon_seconds", -0.001),
        ("queue.defined", "service_level", {"seconds": 20, "share": 80}),
        ("queue.defined", "service_level", {"seconds": 20}),
        ("list.loaded", "rejects", {"duplicate": -1}),
        ("list.loaded", "rejects", {"duplicate": "3"}),
        ("call.started", "call", ""),
        ("call.started", "call", 7),
        ("call.started", "call", None),
        ("call.started", "attribution", "google"),
        ("call.outcome", "survey", [{"question": "?"}]),
        ("call.outcome", "tags", ["a", 1]),
        ("call.outcome", "spam", "no"),
        ("call.outcome", "spam", 0),
        ("leg.ended", "billable_seconds", "12"),
        ("leg.ended", "code", -1),
        ("visit.started", "campaigns", None),
        ("spend.recorded", "amount", None),
    ],
)
def test_a_wrong_value_is_put_aside_with_its_place(name: str, field: str, value: object) -> None:
    data = cast(dict[str, Any], example(name)["data"])
    decoded = decode_message(event(name, data | {field: value}))
    assert not decoded.events
    assert f"data.{field}" in decoded.invalid[0].reason


@pytest.mark.parametrize("value", [486, "486", "SIP 486", 0, None])
def test_a_code_is_a_number_or_a_text(value: object) -> None:
    data = cast(dict[str, Any], example("leg.ended")["data"])
    assert decode_message(event("leg.ended", data | {"code": value})).events


@pytest.mark.parametrize("data", [None, [], "x", 5, True])
def test_data_is_an_object(data: Any) -> None:
    assert decode_message(event("leg.held", data)).invalid


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"data": {"call": "c1"}}, "has no `reason` in its data: every call.ended needs one."),
        ({"time": "yesterday"}, "has “yesterday” as time where a time with its offset, such as"),
        ({"data": {"call": 7, "reason": "lost"}}, "has a number as data.call where text that"),
        (
            {"data": {"call": "c1", "reason": "lost", "by": "me"}},
            "“me” as data.by where agent, caller or system is expected.",
        ),
        ({"data": []}, "has a list as data where an object is expected."),
        (
            {"type": "queue.entered", "data": {"call": "c", "queue": "q", "position": 1.0}},
            "has 1.0 as data.position where a whole number",
        ),
        ({"type": "weather.changed", "source": 5}, "has a number as source where text that"),
    ],
)
def test_a_reason_is_a_sentence_for_a_person(told: dict[str, Any], reason: str) -> None:
    """Which event, where in it, what is there and what was expected; nothing of the decoder."""
    text = json.dumps(example("call.ended") | {"id": "e17"} | told)
    (invalid,) = decode_message(text).invalid
    kind = told.get("type", "call.ended")
    assert invalid.reason.startswith(f"The event e17 ({kind}) ")
    assert reason in invalid.reason
    assert not any(word in invalid.reason for word in ("$", "str`", "Object", "enum"))


def test_a_reason_quotes_nothing_that_is_somebodys_own() -> None:
    """A number or a name in the wrong form is not shown to everybody who sees the reason."""
    for field in ("from_number", "contact"):
        value = [4155550171, "Jane Doe"]
        data = {"call": "c1", "direction": "inbound", field: value}
        (invalid,) = decode_message(event("call.started", data)).invalid
        assert "4155550171" not in invalid.reason
        assert "Jane" not in invalid.reason
    for kind, field in (("call.outcome", "tags"), ("call.started", "attribution")):
        data = {"call": "c1", "direction": "inbound", field: "Jane Doe"}
        (invalid,) = decode_message(event(kind, data)).invalid
        assert "has text as data." in invalid.reason


def test_a_name_that_stands_twice_is_told() -> None:
    text = event("call.ended", {"call": "c1", "reason": "lost"})
    twice = text.removesuffix("}") + ', "type": "call.wrapped"}'
    (invalid,) = decode_message(twice).invalid
    assert invalid.reason.endswith("has more than one `type`, where one is expected.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{", "The text is not JSON: it breaks off before its end."),
        (b"nothing", "The text is not JSON: invalid character, at byte 5 of it."),
        (b"4", "The text is a number where an event, an object in JSON, is expected."),
        (b'{"id":"\xff"}', "The text is not valid UTF-8."),
    ],
)
def test_text_that_is_no_event_is_said_to_be_none(text: bytes, reason: str) -> None:
    (invalid,) = decode_message(text).invalid
    assert invalid.reason == reason
