"""The beginning of a session with a PBX: login, filters, FullyBooted, the lists of what is so."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from wallboard.config import Asterisk
from wallboard.feeds.asterisk.connection import AmiConnection
from wallboard.feeds.asterisk.fields import Fields, text
from wallboard.feeds.asterisk.filters import ami_filters
from wallboard.feeds.asterisk.missing import Missing
from wallboard.feeds.reasons import Reason, reason_of
from wallboard.feeds.tuning import Tuning

BOOT_SECONDS: Final = 5.0
"""A PBX that is up says FullyBooted at once; one that says nothing for so long may not be asked
to, for the user lacks read=system."""
STARTING_SECONDS: Final = 120.0
"""How long a PBX may take to start."""


class Refused(Exception):
    """The PBX answered an action with an error; the text is its message."""


class Opening:
    """Asks one thing after another; the answers are brought by whoever receives messages."""

    def __init__(
        self,
        connection: AmiConnection,
        settings: Asterisk,
        user: str,
        secret: str,
        where: str,
        missing: Missing,
        tuning: Tuning,
    ) -> None:
        self._connection, self._settings = connection, settings
        self._user, self._secret = user, secret
        self._where, self._missing, self._tuning = where, missing, tuning
        self._answers: dict[str, asyncio.Future[Fields]] = {}
        self._booted = asyncio.Event()
        self._lists = asyncio.Event()
        self._logged_in = False
        self.refusal: Reason | None = None
        """Why the login was refused; with that the connection ends at once."""

    def answers(self, fields: Fields) -> bool:
        """Take in a message; True when it was the answer to something that was asked."""
        if text(fields, "Event") == "FullyBooted":
            self._booted.set()
        answer = self._answers.pop(text(fields, "ActionID"), None) if "Response" in fields else None
        if answer is None or answer.done():
            return False
        answer.set_result(fields)
        if not self._logged_in and text(fields, "Response") == "Error":
            self.refusal = self._not_accepted(text(fields, "Message").rstrip("."))
        self._logged_in = True
        return True

    def lists_are_complete(self) -> None:
        """The list of channels came to its end."""
        self._lists.set()

    async def log_in(self) -> Reason | None:
        """Log in, set the filters, wait for the PBX to be ready; returns why that failed."""
        try:
            async with asyncio.timeout(self._tuning.open_seconds):
                await self._ask("Login", Username=self._user, Secret=self._secret, Events="on")
            async with asyncio.timeout(self._tuning.http_seconds):
                # Its answer tells the clock of the PBX.
                with suppress(Refused):
                    await self._ask("Ping")
                await self._filter()
        except Refused as refused:
            return self._not_accepted(str(refused))
        except TimeoutError as error:
            return reason_of(error, self._where)
        if not await self._is_booted():
            words = "has been starting for too long: it is not ready."
            return Reason(True, f"{self._where} {words}")
        return None

    async def system(self) -> str:
        """The name of the PBX; empty where it may not be asked. Raises TimeoutError."""
        async with asyncio.timeout(self._tuning.http_seconds):
            try:
                return text(await self._ask("CoreSettings"), "SystemName")
            except Refused:
                return ""

    async def ask_lists(self, nothing_known: Callable[[], None]) -> None:
        """Ask for what is true now, and wait until it was told. Raises TimeoutError.

        `nothing_known` is called where that may not be asked.
        """
        self._lists.clear()
        async with asyncio.timeout(self._tuning.http_seconds):
            try:
                await self._ask("QueueStatus")
                await self._ask("CoreShowChannels")
                await self._lists.wait()
            except Refused:
                self._missing.channels = False
                nothing_known()

    async def _ask(self, name: str, **fields: str) -> Fields:
        """Send an action and return its answer. Raises Refused."""
        number = self._connection.send(name, **fields)
        future: asyncio.Future[Fields] = asyncio.get_running_loop().create_future()
        self._answers[number] = future
        answer = await future
        if text(answer, "Response") == "Error":
            raise Refused(text(answer, "Message").rstrip("."))
        return answer

    async def _filter(self) -> None:
        try:
            for one in ami_filters(self._settings):
                await self._ask("Filter", Operation="Add", Filter=one)
        except Refused:
            self._missing.filtered = False

    async def _is_booted(self) -> bool:
        """Wait for FullyBooted; AMI lets one log in before, when there is nothing to be asked."""
        status = "unknown"
        try:
            async with asyncio.timeout(BOOT_SECONDS):
                await self._booted.wait()
        except TimeoutError:
            # Not allowed to see it, or a PBX that starts: only the latter may yet say it.
            status = await self._status()
        if self._booted.is_set() or status == "up":
            return True
        try:
            async with asyncio.timeout(STARTING_SECONDS):
                await self._booted.wait()
        except TimeoutError:
            return False
        return True

    async def _status(self) -> str:
        """Whether the PBX answers what it can answer only when it is up."""
        try:
            await self._ask("QueueSummary", Queue="-")
        except Refused as refused:
            return "starting" if "boot" in str(refused).lower() else "up"
        return "up"

    def _not_accepted(self, why: str) -> Reason:
        return Reason(
            False,
            f"{self._where} does not accept the AMI user “{self._user}” ({why}): check "
            "[asterisk] user, the feed's token, and manager.conf of the PBX.",
        )
