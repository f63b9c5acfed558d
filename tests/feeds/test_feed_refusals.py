"""Servers that refuse, mislead or are not there: each a state in words, none an exception."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection

from tests.feeds.conftest import Following
from tests.feeds.stand import QUICK, Memory, Stand, event, events, hello, hold, send
from wallboard.config import Feed
from wallboard.feeds.intake import Stage


async def greet(connection: ServerConnection) -> None:
    """A good server."""
    await send(connection, [hello("a", 1, 3)], events(1, 3))
    await hold(connection)


@pytest.mark.parametrize(
    ("status", "stage", "words"),
    [
        (200, Stage.REFUSED, "must lead to the stream"),
        (301, Stage.REFUSED, "sends elsewhere to https://other.example/x"),
        (302, Stage.REFUSED, "is not followed"),
        (400, Stage.REFUSED, "check the feed's url"),
        (401, Stage.REFUSED, "does not accept the token"),
        (403, Stage.REFUSED, "does not accept the token"),
        (404, Stage.REFUSED, "check the path"),
        (426, Stage.REFUSED, "in place of a websocket"),
        (429, Stage.DISCONNECTED, "too many requests"),
        (500, Stage.DISCONNECTED, "is in trouble"),
        (502, Stage.DISCONNECTED, "is in trouble"),
        (503, Stage.DISCONNECTED, "is in trouble"),
    ],
)
async def test_every_status_has_its_state(
    memory: Memory, following: Following, status: int, stage: Stage, words: str
) -> None:
    """What waiting does not mend is refused, with what to do; the rest is retried."""
    stand = Stand(greet, status=status)
    if status < 400:
        stand.headers["Location"] = "https://user:pw@other.example/x?token=hidden"
    async with stand.listen():
        following(stand.feed("/events?tenant=hidden"))
        condition = await memory.until_stage(stage)
        assert words in condition.reason
        assert str(status) in condition.reason
        assert "hidden" not in condition.reason
        assert "pw" not in condition.reason
        assert condition.retry_at is not None
        if stage is Stage.REFUSED:
            assert 29_000 < condition.retry_at - condition.since < 31_000
            assert len(stand.handshakes) == 1
        else:
            await memory.until(lambda: len(stand.handshakes) > 2)


async def test_retry_after_is_obeyed(memory: Memory, following: Following) -> None:
    """A server that asks for time gets it."""
    stand = Stand(greet, status=429, headers={"Retry-After": "17"})
    async with stand.listen():
        following(stand)
        condition = await memory.until_stage(Stage.DISCONNECTED)
        assert condition.retry_at is not None
        assert 16_000 <= condition.retry_at - condition.since <= 19_500


async def test_a_refusal_is_retried_when_the_token_changes(
    memory: Memory, following: Following, tmp_path: Path
) -> None:
    """A new token in the file is noticed without anybody saying so."""
    path = tmp_path / "token"
    path.write_text("old")
    path.chmod(0o600)
    stand = Stand(greet, token="new")
    async with stand.listen():
        following(stand.feed(token_file=path))
        condition = await memory.until_stage(Stage.REFUSED)
        assert "old" not in condition.reason
        path.write_text("new")
        await memory.until(lambda: str(memory.held) == "1-3")
        live = await memory.until_stage(Stage.LIVE)
    assert live.reason == ""
    assert len(stand.handshakes) == 2


async def test_a_refusal_is_retried_when_told_that_something_changed(
    memory: Memory, following: Following
) -> None:
    """`changed` ends the wait."""
    changed = asyncio.Event()
    stand = Stand(greet, status=404)
    async with stand.listen():
        following(stand, replace(QUICK, token_seconds=30.0), changed)
        await memory.until_stage(Stage.REFUSED)
        stand.status = None
        changed.set()
        await memory.until_stage(Stage.LIVE)


async def test_a_token_that_cannot_be_had_is_told(
    memory: Memory, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No connection is tried without the token; once it is there the feed begins."""
    monkeypatch.delenv("STAND_TOKEN", raising=False)
    stand = Stand(greet, token="new")
    async with stand.listen():
        following(stand.feed(token_env="STAND_TOKEN"))
        condition = await memory.until_stage(Stage.REFUSED)
        assert "STAND_TOKEN" in condition.reason
        assert stand.handshakes == []
        monkeypatch.setenv("STAND_TOKEN", "new")
        await memory.until_stage(Stage.LIVE)


async def test_nobody_listens(memory: Memory, following: Following) -> None:
    """A refused connection may be mended by waiting, whatever addresses the host has."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    following(Feed(name="main", url=f"ws://localhost:{port}/events"))
    condition = await memory.until_stage(Stage.DISCONNECTED)
    assert "refused the connection" in condition.reason


async def test_an_unknown_host_is_refused(
    memory: Memory, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped host is told as such; a look-up that fails for now is not."""
    failure = socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def unknown(*_: object, **__: object) -> object:
        raise failure

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    changed = asyncio.Event()
    following(Feed(name="main", url="ws://nowhere.invalid/events"), QUICK, changed)
    condition = await memory.until_stage(Stage.REFUSED)
    assert "The host of ws://nowhere.invalid/events is unknown" in condition.reason
    failure = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    changed.set()
    condition = await memory.until_stage(Stage.DISCONNECTED)
    assert "could not be looked up" in condition.reason


async def test_a_host_that_is_no_name(memory: Memory, following: Following) -> None:
    """A host that no resolver takes is refused, not raised."""
    following(Feed(name="main", url=f"ws://{'x' * 70}.invalid/events"))
    condition = await memory.until_stage(Stage.REFUSED)
    assert "possible host" in condition.reason


@asynccontextmanager
async def saying(text: bytes, *, hangs_up: bool = True) -> AsyncIterator[int]:
    """A server that says one thing to everyone, and hangs up or waits."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        if hangs_up:
            writer.close()
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for writer in writers:
            writer.close()


@pytest.mark.parametrize(
    ("said", "stage", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", Stage.REFUSED, "does not answer in HTTP"),
        (b"", Stage.DISCONNECTED, "dropped it unanswered"),
        (
            b"HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            Stage.REFUSED,
            "no websocket",
        ),
    ],
)
async def test_what_is_no_websocket(
    memory: Memory, following: Following, said: bytes, stage: Stage, words: str
) -> None:
    """Another service's port, or one that hangs up at once."""
    async with saying(said) as port:
        following(Feed(name="main", url=f"ws://127.0.0.1:{port}/events"))
        condition = await memory.until_stage(stage)
        assert words in condition.reason


async def test_a_server_that_never_answers(memory: Memory, following: Following) -> None:
    """The opening handshake has its time."""
    async with saying(b"", hangs_up=False) as port:
        feed = Feed(name="main", url=f"ws://127.0.0.1:{port}/events")
        following(feed, replace(QUICK, open_seconds=0.1))
        condition = await memory.until_stage(Stage.DISCONNECTED)
    assert "did not answer in time" in condition.reason


@pytest.mark.parametrize(
    ("code", "stage", "words"),
    [
        (1008, Stage.REFUSED, "refuses by its policy"),
        (1011, Stage.DISCONNECTED, "failed inside"),
        (1013, Stage.DISCONNECTED, "come later"),
        (3000, Stage.REFUSED, "does not accept the token"),
        (4321, Stage.DISCONNECTED, "code 4321"),
    ],
)
async def test_every_close_code_has_its_state(
    memory: Memory, following: Following, code: int, stage: Stage, words: str
) -> None:
    """What the server says on closing is passed on, without what a terminal would obey."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 1)])
        await connection.close(code, "so it\x1b[31m is")

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        condition = await memory.until_stage(stage)
        assert words in condition.reason
        assert "“so it" in condition.reason
        assert "\x1b" not in condition.reason


async def test_a_message_that_is_too_large(memory: Memory, following: Following) -> None:
    """It would come again at the next connection: said in words, not tried twice a second."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 1)], event(1, subject="x" * 5_000))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand, replace(QUICK, largest_message=3_000))
        condition = await memory.until_stage(Stage.REFUSED)
        assert "larger than is accepted" in condition.reason


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificates of an authority of our own: for localhost, and for another host."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    for name, host in (("good", "localhost"), ("other", "elsewhere.example")):
        issued = authority.issue_cert(host)
        issued.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{name}.pem"))
    return folder


def _secure(certificates: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem")
    return context


@pytest.mark.parametrize(
    ("name", "trusted", "words"),
    [
        ("good", "", "is not accepted (unable to get local issuer"),
        ("other", "authority", "connect by the name that the certificate is for"),
    ],
)
async def test_a_bad_certificate_is_refused(
    memory: Memory,
    following: Following,
    certificates: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    trusted: str,
    words: str,
) -> None:
    """Of an authority nobody trusts, or for another host: said in words and not accepted."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates / f"{trusted}.pem"))
    stand = Stand(greet, secure=_secure(certificates, name))
    async with stand.listen():
        following(stand)
        condition = await memory.until_stage(Stage.REFUSED)
        assert words in condition.reason
        assert "The certificate of wss://localhost" in condition.reason


async def test_a_trusted_certificate_is_accepted(
    memory: Memory, following: Following, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's trust decides; history comes over the same TLS."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "authority.pem"))
    stand = Stand(greet, secure=_secure(certificates, "good"))
    stand.answers["/events"] = lambda _: (200, b"[]")
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-3")
        await memory.until(lambda: len(stand.requests) > 0)


async def test_tls_to_a_plain_server(memory: Memory, following: Following) -> None:
    """wss where ws is meant is told."""
    stand = Stand(greet)
    async with stand.listen():
        following(Feed(name="main", url=stand.url().replace("ws://", "wss://")))
        await memory.until(lambda: "wss://localhost" in memory.condition.reason)


async def test_stopping_is_quick_whatever_the_server_does(
    memory: Memory, following: Following
) -> None:
    """A peer that does not answer the close is dropped; the fixture asserts the second."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 1)])
        connection.transport.pause_reading()
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        work = following(stand, replace(QUICK, ping_after_seconds=60.0))
        await memory.until_stage(Stage.LIVE)
        started = time.monotonic()
        following.stop()
        await work
        assert time.monotonic() - started < 0.9
    assert memory.condition.stage is Stage.DISCONNECTED
    assert memory.condition.reason == "The collector was stopped."


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9"])
async def test_a_proxy_that_leads_nowhere(
    memory: Memory, following: Following, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """The proxy of the machine is used for other hosts, and its faults are told."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "socks_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    kind = proxy.partition(":")[0].rstrip("5")
    for name in (f"{kind}_proxy", "https_proxy"):
        monkeypatch.setenv(name, proxy)
    following(Feed(name="main", url="wss://feed.invalid/events"))
    condition = await memory.until_stage(Stage.DISCONNECTED)
    assert "wss://feed.invalid/events" in condition.reason
