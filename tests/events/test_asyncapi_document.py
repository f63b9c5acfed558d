"""The published document: valid AsyncAPI 3, complete, and true to events.md."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from wallboard.events import decode_message
from wallboard.events.asyncapi import document
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

HERE = Path(__file__).parent
DOCUMENT: dict[str, Any] = cast(dict[str, Any], document())
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]


def resolved(reference: str) -> Any:
    """What a reference within the document points to; KeyError when nothing is there."""
    assert reference.startswith("#/")
    found: Any = DOCUMENT
    for part in reference[2:].split("/"):
        found = found[part]
    return found


def nodes(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from nodes(each)


def payload(name: str) -> Draft7Validator:
    """A validator of one type's payload, with the schemas that it refers to."""
    return Draft7Validator(
        {"$ref": f"#/components/messages/{name}/payload", "components": DOCUMENT["components"]}
    )


def test_it_is_valid_asyncapi_3() -> None:
    packed = (HERE / "asyncapi-schema" / "3.0.0.json.gz").read_bytes()
    schema = json.loads(gzip.decompress(packed))
    fault = best_match(Draft7Validator(schema).iter_errors(DOCUMENT))
    assert fault is None, fault
    broken = DOCUMENT | {"operations": {"receiveEvents": {"action": "listen"}}}
    assert not Draft7Validator(schema).is_valid(broken)


def test_it_is_plain_json_and_made_anew() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
    other = cast(dict[str, Any], document())
    other["components"]["messages"].clear()
    assert document() == DOCUMENT


def test_every_reference_leads_somewhere() -> None:
    references = [
        node["$ref"] for node in nodes(DOCUMENT) if isinstance(node, dict) and "$ref" in node
    ]
    assert len(references) > 200
    for reference in references:
        assert resolved(reference), reference


def test_every_schema_is_a_schema() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        Draft7Validator.check_schema(schema)
        assert schema["description"], name


def test_every_type_is_a_message_of_the_channel_and_of_one_operation() -> None:
    channel = DOCUMENT["channels"]["events"]
    received = [
        message["$ref"].rpartition("/")[2]
        for operation in DOCUMENT["operations"].values()
        for message in operation["messages"]
    ]
    assert sorted(received) == sorted(TYPES | CONTROL_TYPES)
    assert list(channel["messages"]) == list(MESSAGES) == list(TYPES | CONTROL_TYPES)
    assert {operation["action"] for operation in DOCUMENT["operations"].values()} == {"receive"}


def test_it_says_how_the_feed_is_carried() -> None:
    channel = DOCUMENT["channels"]["events"]
    websocket = channel["bindings"]["ws"]
    assert channel["address"] == "/events"
    assert set(websocket["query"]["properties"]) == {"after", "epoch"}
    assert re.match(websocket["headers"]["properties"]["Authorization"]["pattern"], "Bearer x")
    names = [each["name"] for each in channel["x-websocket-subprotocols"]]
    assert names == ["wallboard.batch.json", "cloudevents.json"]
    assert [each["path"] for each in channel["x-http"]] == ["/snapshot", "/events"]
    (scheme,) = DOCUMENT["servers"]["example"]["security"]
    assert resolved(scheme["$ref"])["scheme"] == "bearer"


@pytest.mark.parametrize("name", TYPES | CONTROL_TYPES)
def test_the_payload_is_a_cloud_event(name: str) -> None:
    message = MESSAGES[name]
    properties = message["payload"]["properties"]
    required = set(message["payload"]["required"])
    assert required == {"specversion", "id", "source", "type", "time", "data"}
    assert set(properties) - required == {"subject", "sequence", "datacontenttype"}
    assert properties["type"] == {"const": name}
    assert properties["specversion"] == {"const": "1.0"}
    assert resolved(properties["data"]["$ref"])["type"] == "object"
    assert message["contentType"] == "application/cloudevents+json"
    summary = message["summary"]
    assert summary.endswith(".")
    assert "readings" not in summary


@pytest.mark.parametrize("name", TYPES | CONTROL_TYPES)
def test_the_example_is_valid_and_is_decoded(name: str) -> None:
    (given,) = MESSAGES[name]["examples"]
    example = given["payload"]
    assert best_match(payload(name).iter_errors(example)) is None
    decoded = decode_message(json.dumps(example))
    assert not decoded.invalid
    assert not decoded.unknown
    data = (decoded.control if name in CONTROL_TYPES else decoded.events)[0].data
    assert type(data) is (TYPES | CONTROL_TYPES)[name]


@pytest.mark.parametrize("name", TYPES | CONTROL_TYPES)
def test_the_example_says_nothing_that_the_type_does_not_know(name: str) -> None:
    (given,) = MESSAGES[name]["examples"]
    schema = resolved(MESSAGES[name]["payload"]["properties"]["data"]["$ref"])
    assert set(given["payload"]["data"]) <= set(schema["properties"])


def test_the_examples_are_one_feed() -> None:
    events = [MESSAGES[name]["examples"][0]["payload"] for name in TYPES]
    numbers = [int(event["sequence"]) for event in events]
    assert numbers == list(range(numbers[0], numbers[0] + len(TYPES)))
    assert len({event["id"] for event in events}) == len(TYPES)
    batch = Draft7Validator(
        {"$ref": "#/components/schemas/Batch", "components": DOCUMENT["components"]}
    )
    assert batch.is_valid(events)
    assert not batch.is_valid([*events, events[0] | {"type": "call.vanished"}])


@pytest.mark.parametrize("name", TYPES)
def test_schema_and_decoder_agree_on_what_is_missing(name: str) -> None:
    (given,) = MESSAGES[name]["examples"]
    example = given["payload"]
    validator = payload(name)
    for field in [*example["data"], "specversion", "id", "source", "time", "data"]:
        cut = {key: value for key, value in example.items() if key != field}
        if field in example["data"] and field in cut.get("data", {}):
            cut = example | {"data": {k: v for k, v in example["data"].items() if k != field}}
        decoded = decode_message(json.dumps(cut))
        assert bool(decoded.events) == validator.is_valid(cut), field
