"""How the feed is carried, in words: what an AsyncAPI document has no field for."""

from typing import Final

DESCRIPTION: Final = """\
Everything that a call center's platform tells a wallboard: one CloudEvents 1.0 event in JSON for \
each thing that happened, in the order of a sequence without holes.

- `time` is when the thing happened, with an offset from UTC. Years before 2000 and after 2100 are \
refused, and so is second 60.
- `subject` is the id of the entity that the event is about. Ids are unique per `source`.
- `sequence` is a decimal string that grows by exactly 1 per event of the feed; leading zeros are \
allowed. `feed.hello` and `feed.heartbeat` have none. A feed without sequences is accepted, but \
its gaps cannot be noticed.
- Delivery is at least once: an event whose source and id were seen before changes nothing. Events \
may be late and out of order.
- An optional field that is absent says nothing; null clears what was known. Unknown fields and \
unknown types are tolerated and counted. An event that is not valid is put aside whole, with the \
reason, and costs no other event.
- Durations are in seconds, shares go from 0 to 1, money is a decimal number in the account's \
currency, and phone numbers are E.164 where the platform has them. Whole numbers are written \
without a decimal point: `1.0` is not valid where an integer stands.
"""

SERVER: Final[dict[str, object]] = {
    "host": "calls.example.com",
    "protocol": "wss",
    "description": "An example: every platform has its own host.",
}

CHANNEL: Final = """\
After the handshake the server sends `feed.hello`, then every event after the asked sequence that \
it still holds, then each new one as it happens. `feed.heartbeat` comes at least every 10 seconds. \
The client sends nothing.

A jump in the sequence, an `after` older than the oldest event held, or an epoch other than the \
known one is a gap: the client asks `/events` over HTTP for what is still held, then `/snapshot`.
"""

EVENTS_OPERATION: Final = {
    "title": "Receive events",
    "summary": "What happened in the call center: calls, agents, campaigns, web, money.",
}

FEED_OPERATION: Final = {
    "title": "Receive the state of the feed",
    "summary": "Which numbering this is, what is held, and how far it has got.",
}

SUBPROTOCOLS: Final[list[dict[str, object]]] = [
    {
        "name": "wallboard.batch.json",
        "description": "Each text message is a JSON array of events. Clients offer this first, "
        "because catching up is several times faster with it.",
        "message": {"$ref": "#/components/schemas/Batch"},
    },
    {
        "name": "cloudevents.json",
        "description": "Each text message is one event, as the WebSockets binding of CloudEvents "
        "has it. That binding knows no batches.",
        "message": {"$ref": "#/components/schemas/Event"},
    },
]

HTTP_SIDE: Final[list[dict[str, object]]] = [
    {
        "method": "GET",
        "path": "/snapshot",
        "description": "What is true now: definitions, the states of agents, and open calls with "
        "their legs and queue stays, as the events that said so, with their own ids, times and "
        "sequences. An open call that is not in it is closed as lost.",
        "response": {"$ref": "#/components/schemas/Snapshot"},
    },
    {
        "method": "GET",
        "path": "/events",
        "query": {
            "after": "The sequence after which to begin.",
            "limit": "How many events at most.",
        },
        "description": "Older events in the order of their sequence, for as long as the server "
        "holds them.",
        "response": {"$ref": "#/components/schemas/Batch"},
    },
]
