"""One session of a native feed: from an open connection to its end."""

import asyncio
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed

from wallboard.config import Feed
from wallboard.feeds.address import shown
from wallboard.feeds.beginning import Beginning
from wallboard.feeds.connection import FeedConnection
from wallboard.feeds.filling import Filling
from wallboard.feeds.holes import Holes
from wallboard.feeds.intake import Delivery, Heartbeat, Hello, Intake, Taken
from wallboard.feeds.link import Link, Silence
from wallboard.feeds.reasons import Reason, reason_of
from wallboard.feeds.replay import Replay
from wallboard.feeds.reporting import Reporter
from wallboard.feeds.tuning import Tuning


class Session:
    """Receives until the connection ends, watches its silence, and fills holes meanwhile."""

    def __init__(
        self,
        feed: Feed,
        intake: Intake,
        connection: FeedConnection,
        replay: Replay,
        link: Link,
        beginning: Beginning,
        reporter: Reporter,
        tuning: Tuning,
        clock: Callable[[], int],
        *,
        resumed: bool,
    ) -> None:
        """`resumed`: whether the server was asked to go on after what is held."""
        self._feed, self._intake, self._connection = feed, intake, connection
        self._replay, self._link, self._beginning = replay, link, beginning
        self._reporter, self._tuning, self._clock = reporter, tuning, clock
        self._holes = Holes(tuning, anchor=beginning.anchor)
        self._filling = Filling(feed.name, intake, replay, self._holes, beginning, tuning, clock)
        self._now = asyncio.get_running_loop().time
        self._started = self._message_at = self._part_at = self._now()
        self._bytes = 0
        self._promised: int | None = None
        self._resumed = resumed
        self._is_newest_unsaid = False
        self._waiting = False
        self._live = asyncio.Event()

    async def run(self) -> Reason | None:
        """Return why the session ended; None when it is to be made anew at once.

        Raises only what the intake raises.
        """
        tasks: list[asyncio.Task[Reason | None]] = [
            asyncio.create_task(work()) for work in (self._receive, self._watch, self._fill)
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        # In the order of the tasks: what was received comes before what was noticed.
        return next(task for task in tasks if task in done).result()

    async def _receive(self) -> Reason | None:
        receive, take = self._connection.recv, self._intake.take
        name, clock, now, link = self._feed.name, self._clock, self._now, self._link
        while True:
            # Only while waiting is silence the server's: a busy cache is no dead feed.
            self._message_at = now()
            self._waiting = True
            try:
                text = await receive(decode=False)
            except ConnectionClosed as error:
                return self._closed(error)
            self._waiting = False
            self._bytes = self._connection.bytes_received
            received = clock()
            link.heard(received)
            taken = await take(Delivery(name, text, received))
            if (taken.hello or taken.heartbeat) and await self._control(taken, received):
                return None
            if taken.last is not None:
                self._promised = None

    async def _control(self, taken: Taken, received: int) -> bool:
        """Act on what the feed says of itself; True when the session is to be made anew."""
        if taken.heartbeat is not None:
            self._link.heartbeat(taken.heartbeat, received)
            if self._promised is not None:
                self._holes.promise(self._promised, self._now())
            self._promised = taken.heartbeat.newest
            if self._is_newest_unsaid and await self._went_back(taken.heartbeat):
                return True
        if taken.hello is None:
            return False
        self._link.hello(taken.hello, received)
        self._is_newest_unsaid = self._resumed and taken.hello.newest is None
        if await self._beginning.hello(taken.hello, self._replay, resumed=self._resumed):
            return True
        self._holes.begin(self._intake.coverage(self._feed.name), taken.hello)
        self._live.set()
        self._report()
        return False

    async def _went_back(self, heartbeat: Heartbeat) -> bool:
        """Learn from the first number that is said of a server that had none at its hello."""
        if heartbeat.newest is None:
            return False
        self._is_newest_unsaid = False
        epoch = self._intake.coverage(self._feed.name).epoch or ""
        return await self._beginning.went_back(heartbeat.newest, epoch)

    async def _fill(self) -> Reason | None:
        await self._live.wait()
        await self._filling.run()
        return None

    async def _watch(self) -> Reason | None:
        """Look at the clock now and then; return when the server has been silent for too long."""
        while True:
            await asyncio.sleep(self._tuning.tick_seconds)
            at = self._now()
            self._look_for_parts(at)
            self._holes.look(self._intake.coverage(self._feed.name), at)
            self._report()
            if not self._waiting:
                continue
            self._do_without_hello(at)
            silence = self._link.silence(
                message=self._message_at,
                part=self._part_at,
                byte=max(self._connection.byte_at, self._message_at),
                at=at,
            )
            if silence is Silence.PING:
                try:
                    await self._connection.ping()
                except ConnectionClosed as error:
                    return self._closed(error)
            elif silence is not Silence.WAIT:
                return self._given_up(silence)

    def _look_for_parts(self, at: float) -> None:
        """Note when a part of a message came; the few bytes of an answer to a ping are none."""
        if self._connection.bytes_received - self._bytes >= self._tuning.least_bytes:
            self._bytes = self._connection.bytes_received
            self._part_at = at

    @property
    def _is_arriving(self) -> bool:
        """Whether parts of the next message come."""
        silent = self._now() - self._part_at
        return self._part_at > self._message_at and silent <= self._tuning.stale_seconds

    def _do_without_hello(self, at: float) -> None:
        """Fill holes even of a feed that says no hello."""
        late = at - self._started > self._tuning.hello_seconds
        if late and self._link.heard_in_session and not self._live.is_set():
            nothing_said = Hello("", None, None, 0)
            coverage = self._intake.coverage(self._feed.name)
            if coverage.newest is None:
                self._beginning.snapshot_due = True
            self._holes.begin(coverage, nothing_said)
            self._live.set()

    def _closed(self, error: ConnectionClosed) -> Reason:
        reason = reason_of(error, shown(self._feed.url))
        if self._link.heard_in_session:
            return reason
        before = "Nothing had come before: the server may be starting, or turn this board away."
        return reason._replace(sentence=f"{reason.sentence} {before}")

    def _given_up(self, silence: Silence) -> Reason:
        where = shown(self._feed.url)
        if silence is Silence.GONE:
            return Reason(
                True, f"{where} no longer answers: it is down, or the network to it is broken."
            )
        seconds = self._tuning.dead_seconds
        return Reason(
            True,
            f"{where} is there, but sent no message for {seconds:g} s, not even a heartbeat, which "
            "is due every 10 s: the feed behind it may have stopped.",
        )

    def _report(self) -> None:
        silent = self._now() - self._message_at if self._waiting else 0.0
        self._reporter.report(
            self._link.connected(
                silent=silent,
                arriving=self._is_arriving,
                held=self._beginning.newest(self._intake.coverage(self._feed.name)),
                backlog=self._filling.backlog,
                trouble=self._filling.trouble,
                now=self._clock(),
            ),
            self._now(),
        )
