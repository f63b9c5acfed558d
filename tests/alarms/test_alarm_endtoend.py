"""A feed server, a collector's process and a webhook server: a threshold crossed, and healed."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from websockets.asyncio.server import ServerConnection

from tests.alarms.receiver import receiving
from tests.endtoend.stage import TOKEN, Stage, until
from tests.feeds.stand import Json, Stand, event, heartbeat, hello, send

SECRET = "between-us"
ALARM = """
[[alarm]]
metric = "calls_in_progress"
critical = 1
for_seconds = 1
actions = ["bell", {url_env = "HOOK", secret_env = "HOOK_SECRET"}]
"""


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


def said(sequence: int, kind: str, **data: str) -> Json:
    """An event of now."""
    return event(sequence, type=kind, time=datetime.now(UTC).isoformat(), data=data)


def started(sequence: int) -> Json:
    """A call begins."""
    return said(sequence, "call.started", call=f"c{sequence}", direction="inbound")


async def found(question: Callable[[], bool], what: str) -> None:
    """Wait in a thread, so that the servers go on."""
    await asyncio.to_thread(until, question, what)


async def test_threshold_crossed_and_healed(stage: Stage) -> None:
    """Two calls are one too many: raised and posted, signed; when they end, over by itself."""
    is_healed = asyncio.Event()

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 2)], [started(1), started(2)], [heartbeat(2)])
        await is_healed.wait()
        ends = [said(n + 2, "call.ended", call=f"c{n}", reason="completed") for n in (1, 2)]
        await send(connection, ends, [heartbeat(4)])
        while True:
            await asyncio.sleep(1)
            await send(connection, [heartbeat(4)])

    stand = Stand(script, token=TOKEN)
    with receiving() as receiver:
        receiver.statuses = [503]
        async with stand.listen():
            stage.follow(stand.url(), ALARM)
            environment = {"HOOK": receiver.url, "HOOK_SECRET": SECRET}
            collector = stage.start("collect", environment=environment)
            posted = await asyncio.to_thread(receiver.wait_for, 2)
            status = await asyncio.to_thread(
                stage.run, "status", "--fail-on", "critical", "--format", "json"
            )
            is_healed.set()
            ended = "SELECT 1 FROM alarms WHERE ended IS NOT NULL"
            await found(lambda: bool(stage.number(ended)), "end of the alarm")
            healed = await asyncio.to_thread(stage.run, "status", "--fail-on", "critical")
            await asyncio.to_thread(collector.end)
    # The first attempt was answered by 503, and the second is the same message.
    assert [one.said["event"] for one in posted] == ["raised", "raised"]
    assert posted[0].body == posted[1].body
    assert all(one.is_signed_by(SECRET) for one in posted)
    assert status.returncode == 1, status.stderr
    (alarm,) = json.loads(status.stdout)["alarms"]
    assert (alarm["rule"], alarm["level"], alarm["value"]) == (
        "calls_in_progress/now",
        "critical",
        2,
    )
    assert healed.returncode == 0
    assert "ALARMS  none" in healed.stdout
    assert collector.process.returncode == 0
    assert SECRET not in collector.err
    assert "a-secret-of-the-address" not in collector.err
    assert "An alarm did not arrive (HOOK): the server answered 503" in collector.err
    rows = stage.ask("SELECT event, attempts, delivered IS NOT NULL FROM alarm_deliveries")
    assert rows == [("raised", 2, 1), ("ended", 0, 0)]
