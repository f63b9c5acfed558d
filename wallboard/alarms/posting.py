"""Posts alarms to webhooks, in a thread of its own: signed, tried again, never in anybody's way."""

import asyncio
import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Final

import httpx

from wallboard.alarms.connecting import connect
from wallboard.alarms.deliveries import (
    Delivery,
    delivered,
    due_deliveries,
    failed,
    next_due,
    wait_ms,
)
from wallboard.alarms.signature import HEADER, signature
from wallboard.config import ConfigurationError, Webhook

log = logging.getLogger(__name__)

POST_SECONDS: Final = 10.0
"""An answer takes no longer, or counts as none."""
LOOK_SECONDS: Final = 60.0
FIRST_DELAY: Final = 2.0


class Posting:
    """Posts what the cache says is due. `wake` when there may be something new."""

    def __init__(
        self, cache: Path, clock: Callable[[], int], first_delay: float = FIRST_DELAY
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._first_delay = first_delay
        self._woken = threading.Event()
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        self._failing: set[str] = set()

    def start(self) -> None:
        """Begin to post."""
        self._thread.start()

    def wake(self) -> None:
        """There may be something to post."""
        self._woken.set()

    def stop(self, seconds: float = 1.0) -> None:
        """Stop posting; what is under way and not answered in time is posted again later."""
        self._is_stopped = True
        self._woken.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._is_stopped:
            self._woken.clear()
            wait = LOOK_SECONDS
            try:
                connection = connect(self._cache)
                try:
                    asyncio.run(self._post_all(connection))
                    at = next_due(connection)
                finally:
                    connection.close()
                if at is not None:
                    wait = min(wait, max(0.0, (at - self._clock()) / 1_000))
            except sqlite3.Error as error:
                log.warning("Webhooks are posted later: the cache cannot be used (%s).", error)
            self._woken.wait(max(wait, 0.05))

    async def _post_all(self, connection: sqlite3.Connection) -> None:
        """Post what is due: the addresses at once, what is for the same one in turn."""
        due = sorted(due_deliveries(connection, self._clock()), key=lambda each: each.hook)
        if not due:
            return
        async with httpx.AsyncClient(timeout=POST_SECONDS) as client:
            await asyncio.gather(
                *(
                    self._post_in_turn(connection, client, list(those))
                    for _, those in groupby(due, key=lambda each: each.hook)
                )
            )

    async def _post_in_turn(
        self, connection: sqlite3.Connection, client: httpx.AsyncClient, due: list[Delivery]
    ) -> None:
        for delivery in due:
            if self._is_stopped:
                return
            trouble = await _attempt(client, delivery)
            now = self._clock()
            if not trouble:
                delivered(connection, delivery, now)
                if delivery.hook in self._failing:
                    self._failing.discard(delivery.hook)
                    log.info("Alarms arrive at the webhook of %s again.", delivery.hook)
                continue
            wait = wait_ms(delivery.attempts, self._first_delay, random.random)
            given_up = failed(connection, delivery, trouble, now, wait)
            if delivery.hook not in self._failing or given_up:
                self._failing.add(delivery.hook)
                then = "it is given up" if given_up else "it is tried again"
                log.warning("An alarm did not arrive (%s): %s; %s.", delivery.hook, trouble, then)
            # Those after it would hardly fare better now; the other addresses have their turn.
            return


async def _attempt(client: httpx.AsyncClient, delivery: Delivery) -> str:
    """Post once; why it has not arrived, in words without the address; empty when it has."""
    seconds = int(time.time())
    headers = {"Content-Type": "application/json", "Wallboard-Delivery": str(delivery.number)}
    try:
        hook = Webhook(url_env=delivery.hook, secret_env=delivery.secret)
        url = hook.url()
        if secret := hook.secret():
            headers[HEADER] = signature(secret, seconds, delivery.body)
        async with (
            asyncio.timeout(POST_SECONDS),
            # Of the answer only the status is read: what comes after it may be of any size.
            client.stream("POST", url, content=delivery.body, headers=headers) as answer,
        ):
            status, is_success = answer.status_code, answer.is_success
    except ConfigurationError as error:
        return str(error).rstrip(".")
    except (httpx.TimeoutException, TimeoutError):
        return f"no answer within {POST_SECONDS:g} s"
    except httpx.ConnectError as error:
        is_refused = "certificate" in str(error).lower()
        return "its certificate is not trusted" if is_refused else "no connection could be made"
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
        # Whatever an address or an answer holds, the others are posted; it is never told itself.
        return f"the connection failed ({type(error).__name__})"
    return "" if is_success else f"the server answered {status}"
