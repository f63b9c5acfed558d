"""Real processes: a collector on a replaying PBX, killed and started again, against an import."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.asterisk.pbx import SECRET, Pbx
from tests.asterisk.recordings import AMI, named, run
from tests.endtoend.stage import Stage, until

FACTS = (
    "SELECT id, direction, result, started, ended, answer_ms, wait_ms, talk_ms, hold_ms, "
    "transfers, calls.legs FROM calls ORDER BY id"
)
SPEED = 100.0


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def imported() -> Iterator[Stage]:
    """What an import makes of the run."""
    stage = Stage()
    done = stage.run("import", "--as", "asterisk", AMI)
    assert done.returncode == 0, done.stderr
    yield stage
    stage.close()


async def look(found: Callable[[], Any], what: str) -> Any:
    """Wait for something in another thread: the PBX lives in this one."""
    return await asyncio.to_thread(until, found, what)


def follow(stage: Stage, pbx: Pbx) -> None:
    """Configure the feed of a PBX."""
    url = f"asterisk://127.0.0.1:{pbx.port}"
    stage.configure(f'[[feed]]\nname = "pbx"\nurl = "{url}"\ntoken_env = "PBX_SECRET"\n')


async def test_a_changed_mapping_is_followed_at_once(stage: Stage) -> None:
    """[asterisk] of a running collector: the PBX is asked again, and called by the new names."""
    async with Pbx().listen() as pbx:
        pbx.play(run()[:200])
        follow(stage, pbx)
        collector = stage.start("collect", environment={"PBX_SECRET": SECRET})
        await look(lambda: ("support", "support") in queues(stage), "queues")
        text = stage.config.read_text(encoding="utf-8")
        stage.configure(f'{text}[asterisk.queue_names]\nsupport = "Customer support"\n')
        await look(lambda: ("support", "Customer support") in queues(stage), "new name")
        await asyncio.to_thread(collector.end)
    assert collector.process.returncode == 0


def queues(stage: Stage) -> list[tuple[str, str]]:
    """The queues that the cache knows, with their names."""
    if not stage.cache.exists():
        return []
    try:
        return stage.ask("SELECT queue, name FROM queues")
    except sqlite3.OperationalError:
        return []


def is_live(stage: Stage) -> bool:
    """Whether the cache says that the feed is."""
    return stage.cache.exists() and stage.ask("SELECT stage FROM feeds") == [("live",)]


async def test_the_whole_run_live_is_the_same_as_imported(stage: Stage, imported: Stage) -> None:
    """Heard live, at many times its speed, each call is what an import of it makes."""
    async with Pbx().listen() as pbx:
        follow(stage, pbx)
        collector = stage.start("collect", environment={"PBX_SECRET": SECRET})
        await look(lambda: is_live(stage), "live feed")
        await pbx.replay(run(), SPEED)
        calls = len(imported.ask(FACTS))
        ended = "SELECT count(*) FROM calls WHERE ended IS NOT NULL"
        await look(lambda: stage.number(ended) == calls, "end of every call")
        await asyncio.to_thread(collector.end)
    assert stage.ask(FACTS) == imported.ask(FACTS)
    assert stage.ask("SELECT count(*) FROM gaps") == [(1,)], "that before the first connection"
    again = stage.run("import", "--as", "asterisk", AMI).stdout.split()
    assert int(again[3]) < 40, "only what a snapshot tells otherwise is new"
    assert stage.ask(FACTS) == imported.ask(FACTS)


async def test_the_collector_killed_in_the_middle(stage: Stage, imported: Stage) -> None:
    """What was open goes on, what ended meanwhile is lost at the break, and no call is doubled."""
    messages = run()
    first, missed = len(messages) // 3, len(messages) // 2
    async with Pbx().listen() as pbx:
        follow(stage, pbx)
        collector = stage.start("collect", environment={"PBX_SECRET": SECRET})
        await look(lambda: is_live(stage), "live feed")
        await pbx.replay(messages[:first], SPEED)
        await look(lambda: stage.number("SELECT count(*) FROM calls") > 60, "many calls")
        await asyncio.to_thread(collector.end, signal.SIGKILL)
        await pbx.replay(messages[first:missed], 1_000_000.0)
        collector = stage.start("collect", environment={"PBX_SECRET": SECRET})
        await look(lambda: stage.number("SELECT count(*) FROM gaps") == 2, "gap")
        await look(lambda: is_live(stage), "live feed")
        await pbx.replay(messages[missed:], SPEED)
        await look(
            lambda: stage.number("SELECT count(*) FROM calls WHERE ended IS NULL") == 0,
            "end of every call",
        )
        await asyncio.to_thread(collector.end)
    theirs = {row[0]: row for row in imported.ask(FACTS)}
    ours = {row[0]: row for row in stage.ask(FACTS)}
    # Of a manager's channel that was found in the middle nobody says that it listens to another.
    listeners = {str(one["SpyerLinkedid"]) for one in named("ChanSpyStart", messages)}
    assert ours.keys() - theirs.keys() <= listeners
    results = [row[2] for row in ours.values()]
    assert 0 < results.count("lost") < 30
    whole = [call for call in ours if ours[call] == theirs.get(call)]
    assert len(whole) > 200
    assert stage.ask("SELECT count(*) FROM gaps") == [(2,)]
