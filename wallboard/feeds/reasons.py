"""Why a feed is not connected, in words for the person who reads them, and whether waiting helps.

Addresses are shown without parameters, and nothing of a token is ever repeated.
"""

import os
import re
import socket
import ssl
from collections.abc import Mapping
from typing import Final, NamedTuple

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
    PayloadTooBig,
    ProxyError,
    WebSocketException,
)

from wallboard.feeds.closings import closing_sentence
from wallboard.feeds.statuses import status_sentence

UNKNOWN_HOST: Final = {
    number
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_FAIL")
    if (number := getattr(socket, name, None)) is not None
}
"""Any other failure of a look-up (EAI_AGAIN) is the network's and passes."""

NETWORK_ERRORS: Final = (OSError, EOFError, UnicodeError, WebSocketException)
"""All that opening and reading a connection can raise; TimeoutError and SSLError are OSErrors."""


class Reason(NamedTuple):
    """Why; `mends` says whether waiting may help; `retry_after` is what the server asked, in s."""

    mends: bool
    sentence: str
    retry_after: float | None = None


def reason_of(error: BaseException, where: str) -> Reason:
    """Say why an attempt or a session at `where` (the address as it may be shown) failed."""
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Reason(False, _certificate(cause, where))
        if isinstance(cause, socket.gaierror):
            return _look_up(cause, where)
    if isinstance(error, InvalidStatus):
        response = error.response
        return status_reason(response.status_code, where, response.headers)
    if isinstance(error, ConnectionClosed):
        return Reason(*closing_sentence(error, where))
    if isinstance(error, WebSocketException):
        return _handshake(error, where)
    if isinstance(error, UnicodeError):
        return Reason(False, f"The address {where} does not name a possible host: check the url.")
    return _transport(_single(error), where)


def status_reason(status: int, where: str, headers: Mapping[str, str]) -> Reason:
    """Say what an HTTP status in place of the expected answer means."""
    return Reason(
        *status_sentence(
            status,
            where,
            retry_after=headers.get("Retry-After", ""),
            location=headers.get("Location", ""),
        )
    )


def _chain(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def _certificate(error: ssl.SSLCertVerificationError, where: str) -> str:
    words = (error.verify_message or "it could not be verified").rstrip(".")
    advice = "check it on the server."
    if "expired" in words:
        advice = "renew it on the server, or check this machine's clock."
    elif "not yet valid" in words:
        advice = "check this machine's clock, and the certificate on the server."
    elif "self-signed" in words or "self signed" in words or "local issuer" in words:
        advice = "have it issued by an authority this machine trusts, or add that to its trust."
    elif "match" in words or "not valid for" in words:
        advice = "connect by the name that the certificate is for."
    return f"The certificate of {where} is not accepted ({words}): {advice}"


def _look_up(error: socket.gaierror, where: str) -> Reason:
    if error.errno in UNKNOWN_HOST:
        return Reason(False, f"The host of {where} is unknown: check the name in the feed's url.")
    return Reason(
        True, f"The host of {where} could not be looked up just now: the network may be down."
    )


def _single(error: BaseException) -> BaseException:
    """Of a host with several addresses asyncio gives the failures as one text: read the last."""
    if isinstance(error, OSError) and error.errno is None:
        numbers = re.findall(r"\[Errno (\d+)\]", str(error))
        if numbers:
            return OSError(int(numbers[-1]), os.strerror(int(numbers[-1])))
    return error


def _transport(error: BaseException, where: str) -> Reason:
    if isinstance(error, ConnectionRefusedError):
        what = "refused the connection: the server may not be running, or the port is wrong."
        return Reason(True, f"{where} {what}")
    if isinstance(error, TimeoutError):
        return Reason(
            True, f"{where} did not answer in time: it is overloaded, or a firewall drops it."
        )
    if isinstance(error, ssl.SSLError):
        plain = "WRONG_VERSION" in (error.reason or "") or "HTTP_REQUEST" in (error.reason or "")
        advice = "a plain server is reached by ws://" if plain else "check its TLS settings"
        reason = (error.reason or "no reason given").replace("_", " ").lower()
        return Reason(False, f"{where} does not speak TLS as expected ({reason}): {advice}.")
    if isinstance(error, ConnectionResetError | BrokenPipeError | EOFError):
        return Reason(True, f"The connection to {where} broke.")
    words = getattr(error, "strerror", None) or type(error).__name__
    return Reason(True, f"{where} could not be reached: {words}.")


def _handshake(error: WebSocketException, where: str) -> Reason:
    if isinstance(error, PayloadTooBig):
        return Reason(False, f"{where} sent a message larger than is accepted: {error}.")
    if isinstance(error, InvalidURI):
        return Reason(False, f"The address {where} cannot be used: ws://HOST:PORT/events is meant.")
    if isinstance(error, InvalidProxy | ProxyError):
        return Reason(True, f"The proxy set for this machine did not lead to {where}: {error}.")
    if isinstance(error, NegotiationError):
        return Reason(
            False,
            f"{where} chose a subprotocol or compression that was not offered: the board reads "
            "wallboard.batch.json and cloudevents.json.",
        )
    if isinstance(error, InvalidMessage):
        if isinstance(error.__cause__, EOFError | OSError):
            return Reason(True, f"{where} accepted the connection and dropped it unanswered.")
        return Reason(False, f"{where} does not answer in HTTP: the port may be another service's.")
    if isinstance(error, InvalidHandshake):
        return Reason(
            False,
            f"{where} answers, but is no websocket: the url must lead to the stream of events.",
        )
    return Reason(True, f"The connection to {where} failed: {error}.")
