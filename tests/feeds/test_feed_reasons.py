"""Every failure has a sentence: what was wrong, where, and what to do."""

import errno
import os
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosedError, InvalidURI, ProxyError
from websockets.frames import Close

from wallboard.feeds.reasons import Reason, reason_of

WHERE = "wss://host.example/events"


def certificate(words: str) -> ssl.SSLCertVerificationError:
    """What a failed verification raises, with the words that OpenSSL has for it."""
    error = ssl.SSLCertVerificationError(1, words)
    error.verify_message = words
    return error


@pytest.mark.parametrize(
    ("error", "mends", "words"),
    [
        (certificate("certificate has expired"), False, "renew it on the server"),
        (certificate("certificate is not yet valid"), False, "check this machine's clock"),
        (certificate("self-signed certificate in certificate chain"), False, "this machine trusts"),
        (certificate("unable to get local issuer certificate"), False, "this machine trusts"),
        (certificate("Hostname mismatch, certificate is not valid for 'x'"), False, "by the name"),
        (certificate(""), False, "could not be verified"),
        (socket.gaierror(socket.EAI_NONAME, "?"), False, "is unknown"),
        (socket.gaierror(socket.EAI_AGAIN, "?"), True, "network may be down"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "?"), True, "refused the connection"),
        (TimeoutError("timed out"), True, "did not answer in time"),
        (ConnectionResetError(), True, "broke"),
        (EOFError(), True, "broke"),
        (OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH)), True, "unreachable"),
        (OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH)), True, "No route to host"),
        (InvalidURI("wss://host?token=hidden", "?"), False, "cannot be used"),
        (ProxyError("failed"), True, "The proxy"),
        (UnicodeError("label too long"), False, "possible host"),
        (ConnectionClosedError(None, None), True, "broke"),
        (ConnectionClosedError(Close(1009, ""), None), False, "larger than is accepted"),
        (ConnectionClosedError(Close(1012, "soon"), None), True, "restarts (“soon”)"),
        (ConnectionClosedError(None, Close(1011, "ours"), None), True, "failed"),
    ],
)
def test_what_is_wrong_and_whether_waiting_helps(
    error: BaseException, words: str, *, mends: bool
) -> None:
    """The failures that measured life has."""
    reason = reason_of(error, WHERE)
    assert reason.mends is mends
    assert words in reason.sentence
    assert WHERE in reason.sentence
    assert "hidden" not in reason.sentence


def test_a_host_with_several_addresses_is_read_by_the_last_failure() -> None:
    """asyncio gives them as one text, which nobody should have to read."""
    text = f"Multiple exceptions: [Errno {errno.ECONNREFUSED}] Connect call failed ('::1', 1), "
    text += f"[Errno {errno.ECONNREFUSED}] Connect call failed ('127.0.0.1', 1)"
    reason = reason_of(OSError(text), WHERE)
    assert "refused the connection" in reason.sentence
    assert "Errno" not in reason.sentence


@given(st.sampled_from(sorted(errno.errorcode)), st.text(max_size=20))
def test_every_error_of_the_system_is_a_sentence(number: int, text: str) -> None:
    """No number and no class name of ours is left for the reader."""
    reason = reason_of(OSError(number, os.strerror(number) or text), WHERE)
    assert isinstance(reason, Reason)
    assert WHERE in reason.sentence
    assert reason.sentence.endswith(".")


@given(st.integers(1000, 4999), st.text(max_size=200))
def test_every_close_code_is_a_sentence(code: int, said: str) -> None:
    """What a server says stays short and harmless."""
    reason = reason_of(ConnectionClosedError(Close(code, said), None), WHERE)
    assert reason.sentence.isprintable()
    assert len(reason.sentence) < 300
