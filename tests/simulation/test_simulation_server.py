"""The feed server over real sockets: hello, resume, snapshot, older events, refusals."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from wallboard.events import decode_message
from wallboard.simulation.backfill import packed
from wallboard.simulation.blocks import block_of
from wallboard.simulation.center import Center, simulate
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History
from wallboard.simulation.plan import Plan
from wallboard.simulation.server import serve_center

BATCH, SINGLE = Subprotocol("wallboard.batch.json"), Subprotocol("cloudevents.json")
PLAN = Plan(agents=6)
BLOCK = block_of(date(2024, 6, 11), "UTC")
TOKEN = "let me in"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
NOON = BLOCK.begins + 8 * 3_600_000

Json = dict[str, Any]


@asynccontextmanager
async def served(history: History, **settings: Any) -> AsyncIterator[str]:
    """The host and port of a server of this history."""
    async with FeedServer(history, TOKEN, **settings).listen("127.0.0.1") as port:
        yield f"127.0.0.1:{port}"


def held(count: int = 2_500) -> History:
    """A history of so many plain events from 101 on."""
    history = History(first=101, epoch="one")
    history.append([b'{"type":"x","data":{"n":%d}}' % n for n in range(101, 101 + count)])
    return history


def channel(place: str, query: str = "", protocol: Subprotocol = BATCH, **settings: Any) -> connect:
    """A client connection to the feed."""
    return connect(
        f"ws://{place}/events{query}",
        additional_headers=AUTHORIZED,
        subprotocols=[protocol],
        **settings,
    )


async def receive(client: ClientConnection, count: int) -> list[Json]:
    """The next events with a sequence, at least so many."""
    events: list[Json] = []
    while len(events) < count:
        message = json.loads(await asyncio.wait_for(client.recv(), 10))
        batch = message if isinstance(message, list) else [message]
        events += [event for event in batch if "sequence" in event]
    return events


def numbers(events: list[Json]) -> list[int]:
    """Their sequences."""
    return [int(event["sequence"]) for event in events]


@pytest.mark.parametrize("protocol", [BATCH, SINGLE])
async def test_everything_held_and_then_live(protocol: Subprotocol) -> None:
    history = held()
    async with served(history) as place, channel(place, protocol=protocol) as client:
        assert client.subprotocol == protocol
        hello = json.loads(await client.recv())
        if protocol == BATCH:
            (hello,) = hello
        assert hello["type"] == "feed.hello"
        assert "sequence" not in hello
        assert {**hello["data"], "time": ""} == {
            "epoch": "one",
            "oldest": "101",
            "newest": "2600",
            "time": "",
        }
        assert numbers(await receive(client, 2_500)) == list(range(101, 2_601))
        history.append([b'{"type":"x","data":{}}'])
        assert numbers(await receive(client, 1)) == [2_601]


async def test_batches_are_preferred_where_both_are_offered() -> None:
    async with served(held(1)) as place:
        url = f"ws://{place}/events"
        both = [SINGLE, BATCH]
        async with connect(url, additional_headers=AUTHORIZED, subprotocols=both) as client:
            assert client.subprotocol == BATCH
        async with connect(url, additional_headers=AUTHORIZED) as client:
            assert client.subprotocol is None
            assert json.loads(await client.recv())["type"] == "feed.hello"


@pytest.mark.parametrize("after", [101, 1_099, 1_100, 2_599])
async def test_resuming_begins_with_the_very_next(after: int) -> None:
    async with (
        served(held()) as place,
        channel(place, f"?after={after}&epoch=one") as client,
    ):
        assert numbers(await receive(client, 1))[0] == after + 1


@pytest.mark.parametrize("query", ["?after=7", "?after=1200&epoch=another", ""])
async def test_what_cannot_be_resumed_begins_with_what_is_held(query: str) -> None:
    async with served(held()) as place, channel(place, query) as client:
        assert numbers(await receive(client, 1))[0] == 101


async def test_one_who_has_everything_hears_heartbeats() -> None:
    async with (
        served(held(), heartbeat=0.05) as place,
        channel(place, "?after=2600&epoch=one") as client,
    ):
        message = b""
        for _ in range(3):
            message = await asyncio.wait_for(client.recv(decode=False), 5)
            (control,) = decode_message(message).control
        (beat,) = json.loads(message)
        assert beat["type"] == "feed.heartbeat"
        assert beat["data"]["newest"] == "2600"
        assert abs(control.time / 1000 - datetime.now(UTC).timestamp()) < 60


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
@pytest.mark.parametrize("path", ["/events", "/snapshot"])
async def test_without_the_token_nothing_is_told(headers: dict[str, str], path: str) -> None:
    async with served(held()) as place, httpx.AsyncClient(headers=headers) as http:
        answer = await http.get(f"http://{place}{path}")
        assert answer.status_code == 401
        assert "token" in answer.text
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        with pytest.raises(InvalidStatus, match="401"):
            async with connect(f"ws://{place}/events", additional_headers=headers):
                pytest.fail("The handshake was accepted.")


async def test_wrong_requests_are_refused_in_words() -> None:
    async with served(held()) as place, httpx.AsyncClient(headers=AUTHORIZED) as http:
        missing = await http.get(f"http://{place}/other")
        assert (missing.status_code, "/other" in missing.text) == (404, True)
        wrong = await http.get(f"http://{place}/events?after=-1")
        assert (wrong.status_code, "whole number" in wrong.text) == (400, True)


async def test_older_events_are_had_by_http() -> None:
    async with served(held()) as place, httpx.AsyncClient(headers=AUTHORIZED) as http:

        async def ask(query: str) -> list[int]:
            return numbers((await http.get(f"http://{place}/events?{query}")).json())

        assert await ask("after=0&limit=1") == [101]
        assert await ask("after=1100&limit=3") == [1_101, 1_102, 1_103]
        assert await ask("after=2598&limit=99999") == [2_599, 2_600]
        assert await ask("after=2600") == []
        assert len(await ask("after=0")) == 1_000


async def test_history_grows_backwards_without_a_gap() -> None:
    history = History(first=5_000, epoch="one")
    today, yesterday = list(simulate(PLAN, BLOCK)), [b'{"n":%d}' % n for n in range(2_345)]
    history.append(today)
    history.prepend(list(packed(yesterday)))
    assert history.oldest == 5_000 - 2_345
    assert history.newest == 5_000 + len(today) - 1
    first, events = history.read(0, 10**9)
    assert first == history.oldest
    assert numbers([json.loads(event) for event in events]) == list(
        range(history.oldest, history.newest + 1)
    )
    assert json.loads(events[2_345])["id"] == json.loads(today[0])["id"]


async def test_a_bounded_history_forgets_its_oldest() -> None:
    history = History(keep=3_000)
    for _ in range(10):
        history.append([b'{"n":1}'] * 1_000)
    assert 3_000 <= history.newest - history.oldest + 1 <= 4_000
    assert history.read(0, 1)[0] == history.oldest


async def test_two_clients_each_at_their_own_place() -> None:
    history = held()
    async with (
        served(history) as place,
        channel(place, "?after=2600&epoch=one") as ahead,
        channel(place) as behind,
    ):
        history.append([b'{"type":"x"}'])
        assert numbers(await receive(ahead, 1)) == [2_601]
        assert numbers(await receive(behind, 2_501)) == list(range(101, 2_602))


async def test_a_slow_reader_holds_nobody_up_and_misses_nothing() -> None:
    history = held(0)
    async with (
        served(history) as place,
        channel(place, max_queue=1, compression=None) as slow,
        channel(place) as quick,
    ):
        for _ in range(40):
            history.append([b'{"type":"x","data":{"filling":"%b"}}' % (b"-" * 500)] * 1_000)
        # The quick one has all of the 20 MB while the slow one has read none of them.
        assert len(await receive(quick, 40_000)) == 40_000
        assert numbers(await receive(slow, 40_000)) == list(range(101, 40_101))


class Fold:
    """What is true, told by events: definitions, agents with their clocks, open calls."""

    def __init__(self) -> None:
        self.definitions: dict[tuple[str, str], Json] = {}
        self.agents: dict[str, Json] = {}
        self.since: dict[str, str] = {}
        self.calls: dict[str, list[str]] = {}

    def apply(self, event: Json) -> None:
        kind, data = event["type"], event["data"]
        if kind.endswith(".defined"):
            known = self.definitions.setdefault((kind, event["subject"]), {})
            known |= data
        elif kind == "agent.changed":
            agent = self.agents.setdefault(data["agent"], {"activity": "idle"})
            before = self._shown(agent)
            agent |= data
            if self._shown(agent) != before:
                self.since[data["agent"]] = event["time"]
        elif kind == "call.started":
            self.calls[data["call"]] = [event["id"]]
        elif kind == "call.ended":
            del self.calls[data["call"]]
        elif data.get("call") in self.calls and kind.split(".")[0] in {"call", "leg", "queue"}:
            self.calls[data["call"]].append(event["id"])

    @staticmethod
    def _shown(agent: Json) -> str:
        state = agent["activity"] if agent["activity"] != "idle" else agent.get("presence", "")
        return str(state)

    def state(self) -> tuple[Json, ...]:
        online = {a for a, known in self.agents.items() if known.get("presence") != "offline"}
        return (
            {str(key): value for key, value in self.definitions.items()},
            self.agents,
            {agent: since for agent, since in self.since.items() if agent in online},
            self.calls,
        )


async def test_a_snapshot_and_what_follows_rebuild_everything() -> None:
    """At many instants of a day: the same agents, clocks and open calls as from all events."""
    center = Center(Plan(agents=12), BLOCK)
    history = History(epoch="one")
    whole = Fold()
    newcomers: list[Fold] = []
    async with served(history) as place, httpx.AsyncClient(headers=AUTHORIZED) as http:
        for minute in range(240, 700, 23):
            events = center.advance(BLOCK.begins + minute * 60_000)
            history.append(events)
            for fold in (whole, *newcomers):
                for event in events:
                    fold.apply(json.loads(event))
            newcomers.append(Fold())
            snapshot = (await http.get(f"http://{place}/snapshot")).json()
            assert snapshot["epoch"] == "one"
            assert int(snapshot["sequence"]) == history.newest
            sequences = numbers(snapshot["events"])
            assert sequences == sorted(set(sequences))
            for event in snapshot["events"]:
                newcomers[-1].apply(event)
            for newcomer in newcomers:
                assert newcomer.state() == whole.state()
    assert any(whole.calls.values())


async def test_the_whole_center_is_served_and_its_past_comes_in_behind() -> None:
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    stop = asyncio.Event()
    serving = asyncio.create_task(
        serve_center(
            PLAN,
            host="127.0.0.1",
            port=0,
            token=TOKEN,
            days=2,
            speed=100,
            ready=ready.set_result,
            stop=stop,
        )
    )
    place = f"127.0.0.1:{await asyncio.wait_for(ready, 20)}"
    async with httpx.AsyncClient(headers=AUTHORIZED) as http, channel(place) as client:
        ((hello,),) = [json.loads(await client.recv())]
        first = int(hello["data"]["oldest"])
        oldest = first
        async with asyncio.timeout(60):
            while first - oldest < 10_000:
                await asyncio.wait_for(client.recv(), 10)
                ((event,),) = [(await http.get(f"http://{place}/events?limit=1")).json()]
                oldest = int(event["sequence"])
        bridge = (await http.get(f"http://{place}/events?after={first - 6}&limit=10")).json()
        assert numbers(bridge) == list(range(first - 5, first + 5))
        assert [e["time"] for e in bridge] == sorted(e["time"] for e in bridge)
        now = datetime.now(UTC)
        (newest,) = (await receive(client, 1))[-1:]
        assert datetime.fromisoformat(newest["time"]) <= datetime.now(UTC)
        assert (now - datetime.fromisoformat(newest["time"])).total_seconds() < 60
    stop.set()
    await asyncio.wait_for(serving, 5)
