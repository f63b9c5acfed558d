"""One session with a PBX: from the login to the end of the connection."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

from msgspec.structs import replace

from wallboard.config import Asterisk, Feed
from wallboard.feeds.address import shown
from wallboard.feeds.asterisk.connection import AmiConnection, user_of
from wallboard.feeds.asterisk.fields import Fields, text
from wallboard.feeds.asterisk.memory import Memory
from wallboard.feeds.asterisk.missing import Missing
from wallboard.feeds.asterisk.opening import Opening
from wallboard.feeds.asterisk.outlet import Tap
from wallboard.feeds.asterisk.wire import NotAmi
from wallboard.feeds.intake import Condition, Heartbeat, Stage
from wallboard.feeds.link import Link, Silence
from wallboard.feeds.reasons import NETWORK_ERRORS, Reason, reason_of
from wallboard.feeds.reporting import Reporter
from wallboard.feeds.tuning import Tuning


class AmiSession:
    """Logs in, asks for filters and snapshots, hears events, and watches the silence."""

    def __init__(
        self,
        feed: Feed,
        settings: Asterisk,
        secret: str,
        connection: AmiConnection,
        memory: Memory,
        link: Link,
        reporter: Reporter,
        tuning: Tuning,
        clock: Callable[[], int],
        tap: Tap | None = None,
    ) -> None:
        self._feed = feed
        self._connection, self._memory = connection, memory
        self._link, self._reporter, self._tuning, self._clock = link, reporter, tuning, clock
        self._tap = tap
        self._now = asyncio.get_running_loop().time
        self._message_at = self._now()
        self._early: list[tuple[Fields, int]] | None = []
        self._shut_down = False
        self._live = asyncio.Event()
        self._taking = False
        self.missing = Missing()
        user = user_of(feed, settings)
        self._opening = Opening(
            connection, settings, user, secret, shown(feed.url), self.missing, tuning
        )
        self.heard_at = clock()
        """When the last message came (UTC ms): the connection was whole until then."""

    async def run(self, beside: Callable[[], Awaitable[None]]) -> Reason:
        """Return why the session ended. Raises only what the intake raises.

        `beside` is done at the same time, from when it is known what is true now.
        """

        async def later() -> None:
            await self._live.wait()
            await beside()

        works: tuple[Callable[[], Coroutine[None, None, Reason | None]], ...]
        works = (self._receive, self._begin, self._watch, later)
        tasks = [asyncio.create_task(work()) for work in works]
        try:
            waiting: set[asyncio.Task[Reason | None]] = set(tasks)
            while True:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    if task in done and (reason := task.result()) is not None:
                        return reason
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _receive(self) -> Reason:
        while True:
            self._taking = False
            self._message_at = self._now()
            try:
                messages = await self._connection.read()
            except NotAmi:
                return Reason(False, f"{self._where} does not speak AMI: check the url's port.")
            except NETWORK_ERRORS as error:
                return self._ended(error)
            self._taking = True
            received = self.heard_at = self._clock()
            events: list[bytes] = []
            for fields in messages:
                events += self._hear(fields, received)
            self._link.heard(received)
            await self._memory.outlet.deliver(events, received)

    def _hear(self, fields: Fields, received: int) -> list[bytes]:
        if self._tap is not None:
            kind = "response" if "Response" in fields else "event"
            self._tap(received, {"kind": kind, "fields": fields})
        if "Ping" in fields:
            self._hear_clock(fields, received)
        if self._opening.answers(fields):
            return []
        event = text(fields, "Event")
        self.missing.see(event, has_time="Timestamp" in fields)
        if event == "Shutdown":
            self._shut_down = True
        if self._early is not None:
            self._early.append((fields, received))
            return []
        return self._told(fields, received)

    def _told(self, fields: Fields, received: int) -> list[bytes]:
        hearing = self._memory.hearing
        before = hearing.channels_complete
        told = hearing.ami(fields, received + self._memory.ahead_ms)
        if hearing.channels_complete != before:
            self._opening.lists_are_complete()
        return told

    def _hear_clock(self, pong: Fields, received: int) -> None:
        """The answer to a ping tells the clock of the PBX, by which all its times are."""
        try:
            theirs = round(float(text(pong, "Timestamp")) * 1_000)
        except (ValueError, OverflowError):
            return
        self._memory.ahead_ms = theirs - received
        self._link.heartbeat(Heartbeat(None, theirs), received)

    def _time(self) -> int:
        """The time by the clock of the PBX (UTC ms)."""
        return self._clock() + self._memory.ahead_ms

    async def _begin(self) -> Reason | None:
        """Log in, and hear what is true now; what comes from then on is live."""
        if (reason := await self._opening.log_in()) is not None:
            return reason
        try:
            await self._hear_from(await self._opening.system())
            lost: list[bytes] = []
            await self._opening.ask_lists(lambda: lost.extend(self._memory.hearing.nothing_known()))
        except TimeoutError as error:
            return reason_of(error, self._where)
        await self._memory.outlet.deliver(lost, self._clock())
        await self._memory.is_known(self._clock())
        self._live.set()
        self._report()
        return None

    async def _hear_from(self, system: str) -> None:
        """What came before the name of the PBX was known is heard now."""
        self._memory.is_of(system)
        early, self._early = self._early or [], None
        events = [one for fields, received in early for one in self._told(fields, received)]
        await self._memory.outlet.deliver(events, self._clock())

    async def _watch(self) -> Reason:
        """Look at the clock now and then: ping, tell what is due, notice silence."""
        while True:
            await asyncio.sleep(self._tuning.tick_seconds)
            if self._live.is_set() and not self._taking:
                events = self._memory.hearing.advance(self._time())
                await self._memory.outlet.deliver(events, self._clock())
            self._report()
            at = self._now()
            silence = self._link.silence(message=self._message_at, byte=self._message_at, at=at)
            if silence is Silence.PING:
                self._connection.send("Ping")
            elif silence is not Silence.WAIT and not self._taking:
                return Reason(
                    True,
                    f"{self._where} no longer answers: it is down, or the network is broken.",
                )

    def _ended(self, error: BaseException) -> Reason:
        self.heard_at = self._clock()
        if self._opening.refusal is not None:
            return self._opening.refusal
        if self._shut_down:
            return Reason(True, f"{self._where} was shut down.")
        return reason_of(error, self._where)

    @property
    def _where(self) -> str:
        return shown(self._feed.url)

    def _report(self) -> None:
        if not self._live.is_set():
            return
        condition = self._link.connected(
            silent=0.0 if self._taking else self._now() - self._message_at,
            held=None,
            backlog=None,
            trouble=" ".join(self.missing.sentences()),
            now=self._clock(),
        )
        self._reporter.report(self._with_error(condition), self._now())

    def _with_error(self, condition: Condition) -> Condition:
        """What a person must mend is no mere remark: it shows in the feed's state."""
        replaced = self._memory.replaced
        if not replaced or condition.stage is not Stage.LIVE:
            return condition
        return replace(condition, stage=Stage.STALE, reason=replaced)
