"""The ARI side of a PBX: a websocket beside AMI, for what only ARI has."""

import asyncio
import base64
import random
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect

from wallboard.config import Asterisk, ConfigurationError, Feed
from wallboard.events.faults import FAILURES
from wallboard.feeds.address import is_local, shown
from wallboard.feeds.asterisk.filters import ARI_FILTER
from wallboard.feeds.asterisk.memory import Memory
from wallboard.feeds.asterisk.missing import Missing
from wallboard.feeds.asterisk.outlet import Tap
from wallboard.feeds.backoff import Backoff
from wallboard.feeds.reasons import NETWORK_ERRORS, Reason, reason_of
from wallboard.feeds.tuning import Tuning

COSTS: Final = "SIP statuses and Call-IDs of legs are not seen"
NOT_CONFIGURED: Final = f"{COSTS}: [asterisk] ari_url names no ARI."
_ANY: Final = msgspec.json.Decoder(dict[str, Any])


class AriListener:
    """Listens for as long as AMI does; whatever goes wrong here costs only what ARI adds."""

    def __init__(
        self,
        feed: Feed,
        settings: Asterisk,
        memory: Memory,
        missing: Missing,
        tuning: Tuning,
        clock: Callable[[], int],
        tap: Tap | None = None,
    ) -> None:
        self._feed, self._settings, self._memory = feed, settings, memory
        self._missing, self._tuning, self._clock = missing, tuning, clock
        self._tap = tap

    async def run(self) -> None:
        """Listen, with a wait after each end, until another takes the application's name."""
        if not self._settings.ari_url:
            self._missing.ari = NOT_CONFIGURED
            return
        backoff = Backoff(self._tuning, random.random)
        now = asyncio.get_running_loop().time
        while not self._memory.replaced:
            started = now()
            reason = await self._attempt()
            self._missing.ari = f"{COSTS}: {reason.sentence}"
            await asyncio.sleep(backoff.delay(now() - started, reason))

    async def _attempt(self) -> Reason:
        url = self._settings.ari_url.rstrip("/")
        where = shown(url)
        try:
            secret = self._settings.ari_secret(self._feed.name) or self._feed.token() or ""
        except ConfigurationError as error:
            return Reason(False, str(error))
        pair = base64.b64encode(f"{self._settings.ari_user}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}"}
        try:
            stream = await connect(
                _stream(url, self._settings.application),
                additional_headers=headers,
                proxy=None if is_local(url) else True,
                open_timeout=self._tuning.open_seconds,
                close_timeout=self._tuning.stop_seconds,
                max_size=self._tuning.largest_message,
            )
            try:
                self._missing.ari = await self._filter(url, headers)
                return await self._listen(stream, where)
            finally:
                try:
                    await stream.close()
                finally:
                    stream.transport.abort()
        except NETWORK_ERRORS as error:
            return _in_words(reason_of(error, where), error, where)

    async def _listen(self, stream: ClientConnection, where: str) -> Reason:
        async for message in stream:
            received = self._clock()
            try:
                event = _ANY.decode(message)
            except FAILURES:
                continue
            if self._tap is not None:
                self._tap(received, {"event": event})
            if event.get("type") == "ApplicationReplaced":
                name = self._settings.application
                self._memory.replaced = (
                    f"Another client of {where} has taken the ARI application “{name}”, and this "
                    f"one hears nothing any more ({COSTS}): give each collector an [asterisk] "
                    "application of its own, and start this one anew."
                )
                return Reason(False, self._memory.replaced)
            events = self._memory.hearing.ari(event, received + self._memory.ahead_ms)
            await self._memory.outlet.deliver(events, received)
        return Reason(True, f"The connection to {where} ended.")

    async def _filter(self, url: str, headers: dict[str, str]) -> str:
        """Ask for the few events that are of use; returns what that failed for, as a sentence."""
        address = f"{url}/applications/{self._settings.application}/eventFilter"
        try:
            async with httpx.AsyncClient(
                timeout=self._tuning.http_seconds, trust_env=not is_local(url)
            ) as client:
                answer = await client.put(address, json=ARI_FILTER, headers=headers)
        except httpx.HTTPError as error:
            return f"ARI sends every event, for its filter could not be set: {error}."
        if answer.is_success:
            return ""
        return (
            f"ARI sends every event, for its filter was refused (HTTP status {answer.status_code}):"
            " the ARI user may be read_only."
        )


def _stream(url: str, application: str) -> str:
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    asked = urlencode({"app": application, "subscribeAll": "true"})
    return urlunsplit((scheme, parts.netloc, f"{parts.path}/events", asked, ""))


def _in_words(reason: Reason, error: BaseException, where: str) -> Reason:
    """What a status of the handshake means at a PBX."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in {401, 403}:
        return Reason(
            False,
            f"{where} does not accept the ARI user (HTTP status {status}): check [asterisk] "
            "ari_user and its secret, and ari.conf of the PBX.",
        )
    if status == 404:
        return Reason(
            True,
            f"{where} is not there (HTTP status 404): the PBX is starting, or its http.conf or "
            "ari.conf does not enable ARI.",
        )
    if status == 503:
        return Reason(True, f"{where} is not ready: the PBX is starting.")
    return reason
