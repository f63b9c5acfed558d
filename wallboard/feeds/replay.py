"""Older events and snapshots over HTTP, from beside the stream."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

import httpx
import msgspec
from msgspec import Struct

from wallboard.config import ConfigurationError
from wallboard.feeds.address import beside, is_local, shown
from wallboard.feeds.reasons import Reason, status_reason
from wallboard.feeds.request_reasons import reason_of_request
from wallboard.feeds.tuning import Tuning

NOT_OFFERED: Final = frozenset((404, 405, 410, 501))
"""Statuses of a server that has no such thing, which is its right."""


PACKINGS: Final = frozenset(("identity", "gzip", "deflate"))
"""How an answer may be packed: these unpack to a thousand times their size at most."""


class NotOffered(Exception):
    """The server answered that it has no such thing."""


class Unanswered(Exception):
    """There was no answer, or none that can be used; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence)
        self.reason = reason


class Snapshot(Struct, frozen=True):
    """What is true as of `sequence`; `time` in UTC milliseconds; `events` is a JSON array."""

    epoch: str
    sequence: int | None
    time: int
    events: bytes


class _Snapshot(msgspec.Struct):
    epoch: str | int
    time: Annotated[datetime, msgspec.Meta(tz=True)]
    events: msgspec.Raw
    sequence: str | int | None = None


class _Numbered(msgspec.Struct):
    sequence: str | int | None = None


_SNAPSHOT: Final = msgspec.json.Decoder(_Snapshot)
_NUMBERED: Final = msgspec.json.Decoder(list[_Numbered])


class Replay:
    """The HTTP side of a feed. Use as an asynchronous context manager."""

    def __init__(self, url: str, token: Callable[[], str | None], tuning: Tuning) -> None:
        """`token` gives the token of now, None for none; it may raise ConfigurationError.

        It is asked at every request, since one that expired may be renewed while the stream, which
        was let in by the old one, goes on.
        """
        self._url = url
        self._tuning = tuning
        self._token = token
        self._used: str | None = None
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.aclose()

    @property
    def token_is_another(self) -> bool:
        """Whether there is another token now than the last request had."""
        try:
            return self._token() != self._used
        except ConfigurationError:
            return False

    async def events(self, after: int, limit: int) -> bytes:
        """Return up to `limit` events after a sequence number: a JSON array as it came.

        Raises NotOffered, or Unanswered.
        """
        body = await self._get("events", {"after": str(after), "limit": str(limit)})
        if not body.lstrip()[:1] == b"[":
            raise self._unusable("events", "it is not a JSON array")
        return body

    async def first_after(self, after: int) -> int | None:
        """Return the lowest sequence number above `after` that the server holds, None for none.

        Raises NotOffered, or Unanswered.
        """
        body = await self.events(after, 1)
        try:
            numbers = [_number(event.sequence) for event in _NUMBERED.decode(body)]
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
            raise self._unusable("events", str(error)) from error
        return min((number for number in numbers if number is not None), default=None)

    async def snapshot(self) -> Snapshot:
        """Return what is true now. Raises NotOffered, or Unanswered."""
        body = await self._get("snapshot", {})
        try:
            found = _SNAPSHOT.decode(body)
            sequence = _number(found.sequence)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
            raise self._unusable("snapshot", str(error)) from error
        events = bytes(found.events)
        if not events.startswith(b"["):
            raise self._unusable("snapshot", "its events are not a JSON array")
        return Snapshot(str(found.epoch), sequence, round(found.time.timestamp() * 1_000), events)

    async def _get(self, name: str, parameters: Mapping[str, str]) -> bytes:
        address = beside(self._url, name, dict(parameters))
        where = shown(address)
        try:
            self._used = self._token()
        except ConfigurationError as error:
            self._used = None
            raise Unanswered(Reason(False, str(error))) from error
        headers = {} if self._used is None else {"Authorization": f"Bearer {self._used}"}
        client = self._opened()
        try:
            async with (
                asyncio.timeout(self._tuning.http_seconds) as patience,
                client.stream("GET", address, headers=headers) as response,
            ):
                if response.status_code in NOT_OFFERED:
                    raise NotOffered(where)
                if response.status_code != 200:
                    raise Unanswered(status_reason(response.status_code, where, response.headers))
                if response.headers.get("Content-Encoding", "identity").lower() not in PACKINGS:
                    # Packed twice, or as zstd, a few bytes may become gigabytes in one step.
                    raise self._unusable(name, "it is packed in another way than plain gzip")
                return await self._body(response, name, patience)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            raise Unanswered(reason_of_request(error, where)) from error

    async def _body(self, response: httpx.Response, name: str, patience: asyncio.Timeout) -> bytes:
        """Read an answer for as long as enough of it comes: a server that drips holds up no one."""
        body = bytearray()
        awaited = self._tuning.least_bytes
        async for part in response.aiter_bytes():
            body += part
            if len(body) >= awaited:
                awaited = len(body) + self._tuning.least_bytes
                now = asyncio.get_running_loop().time()
                patience.reschedule(now + self._tuning.http_seconds)
            if len(body) > self._tuning.largest_answer:
                raise self._unusable(name, f"it is larger than {self._tuning.largest_answer} bytes")
        return bytes(body)

    def _opened(self) -> httpx.AsyncClient:
        # Made at the first use: reading the trusted certificates takes tens of milliseconds. They
        # are this machine's, as for the stream; httpx alone would trust a list of its own.
        if self._client is None:
            secure = urlsplit(self._url).scheme == "wss"
            trusting_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            try:
                self._client = httpx.AsyncClient(
                    timeout=httpx.Timeout(
                        self._tuning.http_seconds, connect=self._tuning.open_seconds
                    ),
                    follow_redirects=False,
                    verify=ssl.create_default_context() if secure else trusting_nobody,
                    trust_env=not is_local(self._url),
                    headers={"Accept-Encoding": "gzip"},
                )
            except (ImportError, ValueError) as error:
                words = f"The proxy set for this machine cannot be used: {error}."
                raise Unanswered(Reason(True, words)) from error
        return self._client

    def _unusable(self, name: str, why: str) -> Unanswered:
        where = shown(beside(self._url, name))
        return Unanswered(Reason(True, f"The answer of {where} cannot be used: {why.rstrip('.')}."))


def _number(sequence: str | int | None) -> int | None:
    if sequence is None:
        return None
    number = int(sequence)
    if number < 0:
        raise ValueError("a sequence is negative")
    return number
