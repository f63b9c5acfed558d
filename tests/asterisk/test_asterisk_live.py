"""A PBX followed live: logins, filters, snapshots, breaks, and what is then said of the feed."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trustme

from tests.asterisk.pbx import SECRET, Pbx, destroyed
from tests.asterisk.recordings import ARI, Message, lines_of, of, run
from tests.feeds.stand import FEED, QUICK, Memory
from wallboard.config import Asterisk, Feed
from wallboard.events.calls import CallEnded, CallStarted, LegEnded, LegStarted, QueueLeft
from wallboard.events.kinds import Data
from wallboard.feeds.asterisk.follow import follow_asterisk
from wallboard.feeds.intake import Stage
from wallboard.now import now_ms

ANSWERED = "pbx-1795316780.2"
"""A call that waits, is answered, transferred, waits again, and is answered again."""


class PbxMemory(Memory):
    """An intake that remembers the gaps as well."""

    def __init__(self, last: int | None = None) -> None:
        super().__init__()
        self.gaps: list[tuple[int, int, str]] = []
        self._last = last

    def last_heard(self, feed: str) -> int | None:
        assert feed == FEED
        return self._last

    async def gap(self, feed: str, started: int, ended: int, reason: str) -> None:
        assert feed == FEED
        self.gaps.append((started, ended, reason))
        self._move()

    async def take_snapshot(
        self, feed: str, *, epoch: str, sequence: int | None, time: int, events: bytes
    ) -> None:
        await super().take_snapshot(feed, epoch=epoch, sequence=sequence, time=time, events=events)
        self.closed_at = time

    def said(self, kind: type[Data]) -> list[Any]:
        """What was said in live events of one type."""
        return [event.data for event in self.events.values() if isinstance(event.data, kind)]


@asynccontextmanager
async def following(
    pbx: Pbx, memory: PbxMemory, monkeypatch: pytest.MonkeyPatch, **more: Any
) -> AsyncIterator[None]:
    """Follow the PBX while the context lasts."""
    monkeypatch.setenv("PBX_SECRET", more.pop("secret", SECRET))
    feed = Feed(name=FEED, url=f"asterisk://localhost:{pbx.port}", token_env="PBX_SECRET")
    stop = asyncio.Event()
    settings = Asterisk(**({"ari_url": pbx.ari.url} | more))
    task = asyncio.create_task(
        follow_asterisk(feed, settings, memory, stop=stop, tuning=QUICK, draw=lambda: 0.0)
    )
    try:
        yield
    finally:
        stop.set()
        await task


def until_event(calls: list[Message], name: str, count: int = 1) -> int:
    """Where in the messages the event of this name comes for the n-th time."""
    places = [at for at, one in enumerate(calls) if one.fields.get("Event") == name]
    return places[count - 1]


def has(memory: PbxMemory, kind: type[Data], count: int = 1) -> Callable[[], bool]:
    """Whether so many events of a type came."""
    return lambda: len(memory.said(kind)) >= count


async def test_a_whole_call_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filters are set, the lists asked for, and a call comes through whole, with its SIP side."""
    memory = PbxMemory()
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        await memory.until(lambda: pbx.ari.filters != [])
        pbx.play(of(ANSWERED))
        for event in destroyed(lines_of(ARI)):
            pbx.ari.tell(event)
        await memory.until(has(memory, CallEnded))
        names = [action["Action"] for action in pbx.actions if action["Action"] != "Ping"]
        assert names[0] == "Login"
        assert names.count("Filter") == 3
        assert names[-2:] == ["QueueStatus", "CoreShowChannels"]
        (started,) = memory.said(CallStarted)
        assert started.direction == "inbound"
        assert [one.reason for one in memory.said(QueueLeft)] == ["answered", "answered"]
        assert memory.condition.reason == ""
        assert pbx.ari.filters[0]["allowed"][0] == {"type": "ChannelDestroyed"}
        ((started, ended, reason),) = memory.gaps
        assert ended - started == 86_400_000, "of the day before, nothing is known"
        assert "first connection" in reason
        assert memory.invalid == []


async def test_filters_let_no_chatter_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the filters pass on is what tells something, and nothing of it is lost."""
    memory = PbxMemory()
    messages = of(ANSWERED)
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        (session,) = pbx.sessions
        passed = [
            one.fields["Event"]
            for one in run()
            if any(
                pattern.search("".join(f"{k}: {v}\r\n" for k, v in one.fields.items()))
                for pattern in session.filters
            )
        ]
        assert {"Newchannel", "Hangup", "QueueCallerJoin", "VarSet"} <= set(passed)
        assert not {"DTMFEnd", "AgentComplete", "BridgeLeave"} & set(passed)
        variables = [one for one in run() if one.fields.get("Event") == "VarSet"]
        assert passed.count("VarSet") < len(variables)
        pbx.play(messages)
        await memory.until(has(memory, CallEnded))


@pytest.mark.parametrize(
    ("more", "stage", "words"),
    [
        ({"forbidden": frozenset({"Filter"})}, Stage.LIVE, "lacks write=system"),
        ({"forbidden": frozenset({"CoreShowChannels"})}, Stage.LIVE, "lacks write=reporting"),
        ({"forbidden": frozenset({"CoreSettings"})}, Stage.LIVE, ""),
        ({"timestamps": False}, Stage.LIVE, "timestampevents=yes is missing"),
    ],
)
async def test_what_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], stage: Stage, words: str
) -> None:
    """Each missing permission names its cost and its cure; the feed goes on without."""
    memory = PbxMemory()
    async with Pbx(**more).listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(stage)
        await memory.until(lambda: pbx.ari.filters != [])
        pbx.play(of(ANSWERED))
        await memory.until(has(memory, CallEnded))
        await memory.until(lambda: words in memory.condition.reason)
        assert memory.condition.stage is stage


async def test_a_wrong_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting does not mend it, and the secret is not repeated."""
    memory = PbxMemory()
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch, secret="wrong-one"):
        condition = await memory.until_stage(Stage.REFUSED)
        assert "does not accept the AMI user “wallboard”" in condition.reason
        assert "wrong-one" not in condition.reason


async def test_a_pbx_that_starts_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """AMI lets one in before it is ready: nothing is asked until FullyBooted."""
    memory = PbxMemory()
    boots = asyncio.Event()
    async with Pbx(boots=boots).listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until(lambda: bool(pbx.actions))
        assert all(action["Action"] == "Login" for action in pbx.actions)
        assert Stage.LIVE not in memory.stages()
        boots.set()
        await memory.until_stage(Stage.LIVE)


async def test_killed_in_the_middle_of_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody hangs up what died: it is lost, at the moment of the break, and the gap recorded."""
    memory = PbxMemory()
    messages = of(ANSWERED)
    talking = until_event(messages, "AgentConnect")
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        pbx.play(messages[: talking + 3])
        await memory.until(has(memory, QueueLeft))
        before = len(memory.said(LegStarted))
        await pbx.kill()
        await memory.until(lambda: Stage.DISCONNECTED in memory.stages())
        assert memory.said(CallEnded) == []
        await pbx.start()
        await memory.until(has(memory, CallEnded))
        (ended,) = memory.said(CallEnded)
        assert ended.reason == "lost"
        assert [one.cause for one in memory.said(LegEnded)] == ["lost", "lost"]
        assert len(memory.said(LegStarted)) == before
        (_, (started, closed, reason)) = memory.gaps
        assert started < closed
        assert "tells nothing again" in reason
        times = {e.time for e in memory.events.values() if isinstance(e.data, CallEnded)}
        assert times == {started}


async def test_a_call_that_survives_a_break_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection broke, not the PBX: nothing is lost, and nothing is told twice."""
    memory = PbxMemory()
    messages = of(ANSWERED)
    talking = until_event(messages, "AgentConnect")
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        pbx.play(messages[: talking + 3])
        await memory.until(has(memory, QueueLeft))
        pbx.sessions[0].writer.transport.abort()
        await memory.until(lambda: len(memory.gaps) == 2)
        pbx.play(messages[talking + 3 :])
        await memory.until(has(memory, CallEnded))
        assert [one.reason for one in memory.said(CallEnded)] == ["completed"]
        assert "lost" not in [one.cause for one in memory.said(LegEnded)]
        assert len(memory.said(CallStarted)) == 1


async def test_a_collector_that_comes_later_finds_what_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A first connection begins with what is true; what the cache had open besides is lost."""
    memory = PbxMemory(last=now_ms() - 60_000)
    messages = of(ANSWERED)
    talking = until_event(messages, "AgentConnect")
    async with Pbx().listen() as pbx:
        pbx.play(messages[: talking + 3])
        async with following(pbx, memory, monkeypatch):
            await memory.until_stage(Stage.LIVE)
            ((_, sequence, events),) = memory.snapshots
            assert sequence is None
            assert ANSWERED.encode() in events
            # By the clock of the PBX, which is in the time of the recording.
            ((started, closed, reason),) = memory.gaps
            assert closed == pytest.approx(messages[talking + 2].received, abs=5_000)
            assert closed - started == pytest.approx(60_000, abs=5_000)
            assert memory.closed_at == started
            assert "Nobody collected" in reason
            pbx.play(messages[talking + 3 :])
            await memory.until(has(memory, CallEnded))
            assert [one.reason for one in memory.said(CallEnded)] == ["completed"]


async def test_a_clean_stop_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shutdown comes before the end."""
    memory = PbxMemory()
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        pbx.happens({"Event": "Shutdown", "Shutdown": "Cleanly", "Restart": "False"})
        await pbx.sessions[0].writer.drain()
        pbx.sessions[0].writer.close()
        await memory.until(lambda: "was shut down" in memory.condition.reason)


async def test_a_replaced_application_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another collector of the same name: this one's ARI is deaf for ever, its socket open."""
    memory = PbxMemory()
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch):
        await memory.until_stage(Stage.LIVE)
        await memory.until(lambda: pbx.ari.listeners == 1)
        pbx.ari.tell({"type": "ApplicationReplaced", "application": "wallboard"})
        condition = await memory.until_stage(Stage.STALE)
        assert "taken the ARI application “wallboard”" in condition.reason
        asked = len(pbx.ari.asked)
        pbx.play(of(ANSWERED))
        await memory.until(has(memory, CallEnded))
        assert len(pbx.ari.asked) == asked, "it must not take the name back"


@pytest.mark.parametrize(
    ("status", "read_only", "words"),
    [
        (404, False, "does not enable ARI"),
        (503, False, "not ready"),
        (200, True, "read_only"),
    ],
)
async def test_ami_alone_does(
    monkeypatch: pytest.MonkeyPatch, status: int, read_only: bool, words: str
) -> None:
    """Whatever is wrong with ARI is said, and costs only what ARI adds."""
    memory = PbxMemory()
    pbx = Pbx()
    pbx.ari.status, pbx.ari.read_only = status, read_only
    async with pbx.listen(), following(pbx, memory, monkeypatch):
        await memory.until(lambda: words in memory.condition.reason)
        pbx.play(of(ANSWERED))
        await memory.until(has(memory, CallEnded))
        assert memory.condition.stage is Stage.LIVE


async def test_without_ari(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address of it: what is then missing is said."""
    memory = PbxMemory()
    async with Pbx().listen() as pbx, following(pbx, memory, monkeypatch, ari_url=""):
        await memory.until(lambda: "ari_url names no ARI" in memory.condition.reason)


async def test_over_tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The certificate is checked, against an authority of one's own where one is named."""
    authority = trustme.CA()
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(secure)
    memory = PbxMemory()
    async with Pbx(secure=secure).listen() as pbx:
        async with following(pbx, memory, monkeypatch, tls=True, ca_file=trusted):
            await memory.until_stage(Stage.LIVE)
        other = PbxMemory()
        async with following(pbx, other, monkeypatch, tls=True):
            condition = await other.until_stage(Stage.REFUSED)
            assert "certificate" in condition.reason


async def test_the_user_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """asterisk://USER@HOST goes before [asterisk] user."""
    monkeypatch.setenv("PBX_SECRET", SECRET)
    memory, stop = PbxMemory(), asyncio.Event()
    async with Pbx().listen() as pbx:
        url = f"asterisk://wallboard@localhost:{pbx.port}"
        feed = Feed(name=FEED, url=url, token_env="PBX_SECRET")
        other = Asterisk(user="somebody")
        task = asyncio.create_task(follow_asterisk(feed, other, memory, stop=stop, tuning=QUICK))
        await memory.until_stage(Stage.LIVE)
        stop.set()
        await task
