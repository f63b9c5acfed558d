"""A feed server that sends what becomes huge once it is unpacked; run as a process of its own.

`python -m tests.reliability.bombs KIND [MIB]`. `frame` sends a compressed message of so many MiB of
blanks; `answer` answers /events and /snapshot with as much as gzip, `twice` with that packed once
more; `odd` sends ids of a megabyte, numbers and times beyond all bounds. Each serves 300 good
events too. `many` serves half a million agents and as many campaigns. The port is written to
standard output.
"""

import asyncio
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

HUGE: Final = int(sys.argv[2]) if sys.argv[2:3] and sys.argv[2].isdigit() else 2_048
GOOD: Final = 300
MANY: Final = 1_000_000
BATCH: Final = 1_000
LONG: Final = 1 << 20


def event(number: int, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """A valid event."""
    moment = datetime.now(UTC) - timedelta(seconds=60)
    return {
        "specversion": "1.0", "id": f"e{number}", "source": "bombs", "sequence": str(number),
        "type": kind, "time": moment.isoformat(), "data": data,
    }  # fmt: skip


def good() -> Iterator[dict[str, Any]]:
    """The rest of the stream."""
    for number in range(1, GOOD + 1):
        yield event(number, "call.started", {"call": f"c{number}", "direction": "inbound"})


def odd() -> Iterator[dict[str, Any]]:
    """Ids of a megabyte, numbers and times beyond what can be."""
    long = "x" * LONG
    for number, data in enumerate(({"call": long}, {"call": "a", "campaign": long}), 1_001):
        yield event(number, "call.started", data | {"direction": "inbound"})
    yield event(1_003, "call.started", {"call": "b", "direction": "inbound"}) | {"id": long}
    for number, at in enumerate(("0001-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59"), 1_004):
        yield event(number, "call.started", {"call": "t", "direction": "inbound"}) | {"time": at}
    for number, amount in enumerate((2**63, 2**64, 10**400, float("nan"), float("inf")), 1_006):
        yield event(number, "sale.recorded", {"sale": f"s{number}", "amount": amount})


def many() -> Iterator[dict[str, Any]]:
    """Half a million agents and as many campaigns, each heard of once."""
    for number in range(1, MANY + 1, 2):
        yield event(number, "agent.changed", {"agent": f"a{number}", "presence": "available"})
        data = {"call": f"c{number}", "direction": "outbound", "campaign": f"p{number}"}
        yield event(number + 1, "call.started", data)


@cache
def _packed(kind: int) -> bytes:
    """Blanks, packed as gzip (31) or as a message of a websocket (-15); made once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, kind)
    parts = [packer.compress(b" " * (1 << 20)) for _ in range(HUGE)]
    end = packer.flush(zlib.Z_SYNC_FLUSH)[:-4] if kind < 0 else packer.flush()
    return b"".join((*parts, end))


def _packed_twice() -> bytes:
    """Gibibytes in some kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(_packed(31)) + packer.flush()


PACKINGS: Final = {"answer": "gzip", "twice": "gzip, gzip"}


def _hello(newest: int) -> str:
    now = datetime.now(UTC).isoformat()
    data = {"epoch": "one", "oldest": "1", "newest": str(newest), "time": now}
    return json.dumps(event(0, "feed.hello", data) | {"time": now} | {"sequence": None})


async def _send(stream: ServerConnection, events: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for one in events:
        batch.append(one)
        if len(batch) == BATCH:
            await stream.send(json.dumps(batch))
            batch.clear()
    for one in batch:
        await stream.send(json.dumps([one]))


async def run(kind: str) -> None:
    """Serve until killed."""
    bombs = 0

    async def handle(stream: ServerConnection) -> None:
        nonlocal bombs
        await stream.send(_hello(MANY if kind == "many" else GOOD))
        if kind == "frame" and not bombs:
            bombs += 1
            packed = _packed(-15)
            # A whole text, compressed, with a length of eight bytes: no library sends such.
            stream.transport.write(b"\xc1\x7f" + len(packed).to_bytes(8) + packed)
        elif kind == "many":
            await _send(stream, many())
        else:
            await _send(stream, (*good(), *(odd() if kind == "odd" else ())))
        while True:
            await asyncio.sleep(1)
            beat = {"time": datetime.now(UTC).isoformat()}
            try:
                await stream.send(json.dumps(event(0, "feed.heartbeat", beat) | {"sequence": None}))
            except ConnectionClosed:
                return

    def answer(stream: ServerConnection, request: Request) -> Response | None:
        if "Upgrade" in request.headers:
            return None
        packing = PACKINGS.get(kind)
        if packing is None:
            return Response(404, "Not Found", Headers({"Content-Length": "0"}))
        body = _packed(31) if kind == "answer" else _packed_twice()
        headers = Headers({"Content-Length": str(len(body)), "Content-Encoding": packing})
        return Response(200, "OK", headers, body)

    async with serve(handle, "127.0.0.1", 0, process_request=answer, max_size=None) as server:
        if kind == "frame" or kind in PACKINGS:
            _packed(-15 if kind == "frame" else 31)
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
