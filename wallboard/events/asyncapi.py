"""The AsyncAPI 3 document of the feed, made from the event types, so that it cannot drift."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

import msgspec

from wallboard.events.envelope import envelope_types
from wallboard.events.examples import example
from wallboard.events.kinds import Data
from wallboard.events.transport_words import (
    CHANNEL,
    DESCRIPTION,
    EVENTS_OPERATION,
    FEED_OPERATION,
    HTTP_SIDE,
    SERVER,
    SUBPROTOCOLS,
)
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

ASYNCAPI_VERSION: Final = "3.0.0"
FEED_VERSION: Final = "1.0.0"
"""The version of the feed's contract; it grows when the vocabulary does."""

CONTENT_TYPE: Final = "application/cloudevents+json"
BATCH_CONTENT_TYPE: Final = "application/cloudevents-batch+json"

_SCHEMAS: Final = "#/components/schemas/"
_NOTE: Final = re.compile(r"\s*\(readings [^)]*\)")
"""Docstrings point to the notes of the project, which a reader of the document does not have."""


def document() -> dict[str, object]:
    """The document as plain JSON values; every call makes a new one."""
    types = TYPES | CONTROL_TYPES
    return {
        "asyncapi": ASYNCAPI_VERSION,
        "info": {
            "title": "Call center event feed",
            "version": FEED_VERSION,
            "description": DESCRIPTION,
            "license": {"name": "MIT"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {"example": SERVER | {"security": [_reference("securitySchemes", "bearer")]}},
        "channels": {"events": _channel(types)},
        "operations": {
            "receiveEvents": _operation(TYPES, EVENTS_OPERATION),
            "receiveFeedState": _operation(CONTROL_TYPES, FEED_OPERATION),
        },
        "components": {
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token goes with the handshake and every HTTP request.",
                }
            },
            "messages": {name: _message(name, data) for name, data in types.items()},
            "schemas": _schemas(types) | _collections(),
        },
    }


def _channel(types: Iterable[str]) -> dict[str, object]:
    text = {"type": "string"}
    return {
        "address": "/events",
        "title": "Events",
        "description": CHANNEL,
        "messages": {name: _reference("messages", name) for name in types},
        "bindings": {
            "ws": {
                "method": "GET",
                "query": {
                    "type": "object",
                    "properties": {
                        "after": text
                        | {
                            "pattern": "^[0-9]+$",
                            "description": "The last sequence already held; what follows is sent. "
                            "Without it, everything held is sent.",
                        },
                        "epoch": text
                        | {"description": "The epoch in which that sequence was counted."},
                    },
                },
                "headers": {
                    "type": "object",
                    "properties": {
                        "Authorization": text
                        | {"pattern": "^Bearer .+$", "description": "Bearer, a space, the token."}
                    },
                },
                "bindingVersion": "0.1.0",
            }
        },
        "x-websocket-subprotocols": SUBPROTOCOLS,
        "x-http": HTTP_SIDE,
    }


def _operation(types: Iterable[str], words: Mapping[str, str]) -> dict[str, object]:
    messages = [{"$ref": f"#/channels/events/messages/{name}"} for name in types]
    return {
        "action": "receive",
        "channel": {"$ref": "#/channels/events"},
        **words,
        "messages": messages,
    }


def _message(name: str, data: type[Data]) -> dict[str, object]:
    return {
        "name": name,
        "title": name,
        "summary": _summary(data),
        "contentType": CONTENT_TYPE,
        "payload": _envelope(name, data),
        "examples": [{"name": name, "payload": example(name)}],
    }


def _envelope(name: str, data: type[Data]) -> dict[str, object]:
    """The schema of the CloudEvent that carries this type, from the struct that decodes it."""
    envelope = envelope_types({name: data})[name]
    _, schemas = msgspec.json.schema_components([envelope], ref_template=_SCHEMAS + "{name}")
    schema = schemas[envelope.__name__]
    properties: dict[str, Any] = schema["properties"]
    properties["type"] = {"const": name}
    properties["specversion"] = {"const": "1.0"}
    properties["datacontenttype"] = {
        "const": "application/json",
        "description": "Optional: the data of this feed is JSON in any case.",
    }
    order = (*(key for key in properties if key != "data"), "data")
    return {
        "title": schema["title"],
        "type": "object",
        "required": schema["required"],
        "properties": {key: properties[key] for key in order},
    }


def _schemas(types: Mapping[str, type[Data]]) -> dict[str, object]:
    """The data of every type and what they are made of, by the name of its struct."""
    _, schemas = msgspec.json.schema_components(types.values(), ref_template=_SCHEMAS + "{name}")
    return {
        name: schema | {"description": _without_note(schema["description"])}
        for name, schema in schemas.items()
    }


def _collections() -> dict[str, object]:
    """What holds several events: a batch, and the answer of `/snapshot`."""
    payloads = [{"$ref": f"#/components/messages/{name}/payload"} for name in TYPES]
    batch = {"type": "array", "items": {"$ref": _SCHEMAS + "Event"}}
    return {
        "Event": {"description": "Any event but the feed's own.", "oneOf": payloads},
        "Batch": batch | {"description": f"Several events at once: {BATCH_CONTENT_TYPE}."},
        "Snapshot": {
            "description": "The events that rebuild what is true now, as of `sequence`.",
            "type": "object",
            "required": ["epoch", "sequence", "time", "events"],
            "properties": {
                "epoch": {"type": "string"},
                "sequence": {"type": ["string", "integer"]},
                "time": {"type": "string", "format": "date-time"},
                "events": batch,
            },
        },
    }


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _summary(data: type[Data]) -> str:
    return _without_note(cast(str, data.__doc__))


def _without_note(text: str) -> str:
    return _NOTE.sub("", text)
