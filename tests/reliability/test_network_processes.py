"""The times of every day: whatever befalls a feed, within 15 s the right state can be read."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any, Final

from tests.endtoend.stage import Stage
from tests.reliability.followed import serving, stream
from tests.reliability.proxy import Proxy, Way, Welcome
from tests.reliability.proxy_messages import Events, MessageProxy

SECONDS: Final = 15.0
LOOK_SECONDS: Final = 0.1
LOOKS: Final = int(SECONDS / LOOK_SECONDS)
SLACK: Final = 600
"""Looks that are waited for before and after; the machine may be slow then."""
HELD: Final = 400
STAGES: Final = "SELECT feed, stage, reason FROM feeds"

EXPECTED: Final = {
    "reset": ("disconnected", "dropped it unanswered"),
    "half-open": ("disconnected", "no longer answers"),
    "one-way": ("disconnected", "no longer answers"),
    "mute": ("stale", "has sent nothing for more than"),
    "refused": ("refused", "does not accept the token"),
    "moved": ("refused", "sends elsewhere"),
    "busy": ("disconnected", "too many requests"),
    "down": ("disconnected", "refused the connection"),
    "untouched": ("live", ""),
}
"""What is told of each feed once it is in trouble, by its name."""


def nothing(_: Events) -> Iterator[bytes]:
    """A server that is there and says nothing."""
    yield from ()


async def test_each_fault_within_15_s_and_back(stage: Stage) -> None:
    """All at once, each on a feed of its own of one collector; then all are over."""
    async with AsyncExitStack() as stack:
        port, _ = await stack.enter_async_context(serving(stream()[:HELD]))
        wires = {
            name: await stack.enter_async_context(Proxy(port).listen())
            for name in ("reset", "half-open", "one-way", "down", "untouched")
        }
        gates = {
            name: await stack.enter_async_context(MessageProxy(port).listen())
            for name in ("mute", "refused", "moved", "busy")
        }
        stage.configure("".join(_configured(n, p.port) for n, p in (wires | gates).items()))
        collector = stage.start("collect")
        live = dict.fromkeys(EXPECTED, ("live", ""))
        await _until(stage, live, SLACK)

        wires["reset"].welcome = Welcome.CLOSED
        wires["reset"].cut()
        wires["half-open"].dead = frozenset(Way)
        wires["one-way"].dead = frozenset({Way.DOWN})
        wires["down"].close()
        gates["mute"].mischief = nothing
        gates["refused"].answer = lambda _: (403, {})
        gates["moved"].answer = lambda _: (302, {"Location": "http://127.0.0.2/events"})
        gates["busy"].answer = lambda _: (429, {"Retry-After": "3"})
        for name in ("refused", "moved", "busy"):
            await gates[name].close_all(1012, "restart")
        await _until(stage, EXPECTED, LOOKS)
        said = await _status(stage)
        assert said["data"]["state"] == "disconnected"
        assert {feed["feed"]: feed["stage"] for feed in said["feeds"]} == {
            name: state for name, (state, _) in EXPECTED.items()
        }

        for proxy in wires.values():
            proxy.revive()
        await wires["down"].open()
        for gate in gates.values():
            gate.restore()
        # What only a person can mend is tried again when the configuration is touched, else each
        # minute: here by a space at its end.
        stage.configure(stage.config.read_text(encoding="utf-8") + "\n")
        await _until(stage, live, SLACK)
        said = await _status(stage)
        assert said["data"]["state"] == "live"
        assert {feed["gaps"] for feed in said["feeds"]} == {0}
        assert sum(feed["applied"] for feed in said["feeds"]) == HELD
        await asyncio.to_thread(collector.end)
        assert collector.process.returncode == 0


def _configured(name: str, port: int) -> str:
    address = f"ws://127.0.0.1:{port}/events"
    return f'[[feed]]\nname = "{name}"\nurl = "{address}"\ntoken_env = "WALLBOARD_TOKEN"\n'


async def _status(stage: Stage) -> Any:
    done = await asyncio.to_thread(stage.run, "status", "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def _until(stage: Stage, expected: dict[str, tuple[str, str]], looks: int) -> None:
    """Look for these stages and words; each must be found at one of so many looks."""
    missing = dict(expected)
    rows: list[tuple[Any, ...]] = []
    for _ in range(looks):
        rows = await asyncio.to_thread(stage.ask, STAGES)
        for feed, stage_now, reason in rows:
            if feed in missing and stage_now == missing[feed][0] and missing[feed][1] in reason:
                del missing[feed]
        if not missing:
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError(f"Not told in time: {missing}; found {rows}.")
