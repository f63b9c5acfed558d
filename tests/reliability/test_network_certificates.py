"""Certificates that are none for us: refused in words, and no token is sent before that."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.collector.books import Tables
from tests.reliability.conftest import Follow
from tests.reliability.followed import assert_nothing_lost, serving
from tests.reliability.proxy import Proxy
from wallboard.board.trust import State


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that is right, and three that are not."""
    folder = tmp_path_factory.mktemp("certificates")
    authority, stranger = trustme.CA(), trustme.CA()
    now = datetime.now(UTC)
    long_ago, yesterday = now - timedelta(days=9), now - timedelta(days=1)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    for name, issued in (
        ("right", authority.issue_cert("localhost")),
        ("of a stranger", stranger.issue_cert("localhost")),
        ("expired", authority.issue_cert("localhost", not_before=long_ago, not_after=yesterday)),
        ("of another host", authority.issue_cert("elsewhere.example")),
    ):
        issued.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{name}.pem"))
    return folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("of a stranger", "have it issued by an authority this machine trusts"),
        ("expired", "renew it on the server, or check this machine's clock"),
        ("of another host", "connect by the name that the certificate is for"),
    ],
)
async def test_a_certificate_that_is_mended(
    follow_port: Follow,
    expected: Tables,
    certificates: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    words: str,
) -> None:
    """Nothing passes to the server before; with the right certificate everything comes."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "authority.pem"))
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificates / f"{name}.pem")
    async with serving() as (port, _), Proxy(port, secure).listen() as proxy:
        followed = follow_port(proxy.port, scheme="wss")
        async with followed.running():
            verdict = await followed.until_state(State.DISCONNECTED, words)
            assert "is not accepted" in verdict.detail
            assert proxy.passed_up == 0
            secure.load_cert_chain(certificates / "right.pem")
            await followed.until_whole()
    assert_nothing_lost(followed, expected)
