"""One feed's connection as a state: what is known of it, and what its silence means. No I/O."""

from collections import deque
from enum import Enum, auto

from msgspec.structs import replace

from wallboard.feeds.intake import Condition, Heartbeat, Hello, Stage
from wallboard.feeds.reasons import Reason
from wallboard.feeds.tuning import Tuning

SKEW_SAMPLES = 8


class Silence(Enum):
    """What to do about a server that says nothing."""

    WAIT = auto()
    PING = auto()
    GONE = auto()
    """It does not answer a ping."""
    MUTE = auto()
    """It is there, but sends no messages, not even heartbeats."""


class Link:
    """What is known of a connection; monotonic seconds are called `at`, UTC milliseconds `now`."""

    def __init__(self, tuning: Tuning, now: int) -> None:
        self._tuning = tuning
        self._condition = Condition(Stage.CONNECTING, now)
        self._skews: deque[float] = deque(maxlen=SKEW_SAMPLES)
        self._pinged: float | None = None
        self.heard_in_session = False
        """Whether any message came since the attempt began."""

    @property
    def condition(self) -> Condition:
        """What is known now."""
        return self._condition

    def opening(self) -> None:
        """Begin an attempt; what was wrong stays in view until it has succeeded."""
        self._condition = replace(self._condition, retry_at=None)
        self._skews.clear()
        self._pinged = None
        self.heard_in_session = False

    def heard(self, now: int) -> None:
        """Note that a message came."""
        self._condition = replace(self._condition, heard=now)
        self.heard_in_session = True

    def hello(self, hello: Hello, now: int) -> None:
        """Note the server's first message: its numbers are those of its epoch."""
        self._condition = replace(self._condition, newest=hello.newest)
        self._clock(hello.time, now)

    def heartbeat(self, heartbeat: Heartbeat, now: int) -> None:
        """Note a sign of life."""
        known = self._condition.newest
        if heartbeat.newest is not None and (known is None or heartbeat.newest > known):
            self._condition = replace(self._condition, newest=heartbeat.newest)
        self._clock(heartbeat.time, now)

    def _clock(self, time: int, now: int) -> None:
        # A message that waited in a buffer makes the server look slow, never fast: the greatest
        # of the last few is the nearest to the truth.
        self._skews.append((time - now) / 1_000)
        self._condition = replace(self._condition, skew=max(self._skews))

    def silence(self, *, message: float, byte: float, at: float, part: float = 0.0) -> Silence:
        """Judge how long ago the last message and the last byte came, while waiting for one.

        `part`: when the message that is on its way last grew by something worth the name. So a
        long one on a thin line is waited for; else it would be begun anew for ever.
        """
        tuning = self._tuning
        if at - max(message, part) > tuning.dead_seconds:
            return Silence.MUTE
        if self._pinged is not None and byte >= self._pinged:
            self._pinged = None
        if self._pinged is not None:
            return Silence.GONE if at - self._pinged > tuning.ping_seconds else Silence.WAIT
        if at - byte > tuning.ping_after_seconds:
            self._pinged = at
            return Silence.PING
        return Silence.WAIT

    def connected(
        self,
        *,
        silent: float,
        held: int | None,
        backlog: int | None,
        trouble: str,
        now: int,
        arriving: bool = False,
    ) -> Condition:
        """The condition of an open connection.

        `silent`: seconds without a message; `held`: the newest sequence held; `backlog`: older
        events still to be fetched; `trouble`: why they cannot be, as a sentence; `arriving`:
        whether a message is on its way.
        """
        tuning, newest = self._tuning, self._condition.newest
        if not self.heard_in_session and silent <= tuning.stale_seconds:
            return self._condition
        stage, reason = Stage.LIVE, trouble
        if silent > tuning.stale_seconds:
            stage = Stage.STALE
            what = "The server has sent nothing for more than"
            rest = ", not even a heartbeat"
            if arriving:
                what = "The line is slow: one message has been arriving for more than"
                rest = ""
            reason = (
                f"{what} {tuning.stale_seconds:g} s{rest}: what is shown may no longer be true."
            )
        elif newest is not None and newest - (held or 0) > tuning.behind:
            stage = Stage.CATCHING_UP
        self._become(stage, reason, now)
        top = newest if held is None or (newest is not None and newest > held) else held
        self._condition = replace(self._condition, newest=top, backlog=backlog)
        return self._condition

    def ended(self, reason: Reason, retry_at: int | None, now: int) -> Condition:
        """The session or the attempt is over, for this reason; the next is made at `retry_at`."""
        self._become(
            Stage.DISCONNECTED if reason.mends else Stage.REFUSED, reason.sentence, now, retry_at
        )
        self._condition = replace(self._condition, backlog=None)
        return self._condition

    def retried_at(self, retry_at: int) -> Condition:
        """The next attempt is at another time than was told, by a clock that was set."""
        self._condition = replace(self._condition, retry_at=retry_at)
        return self._condition

    def _become(self, stage: Stage, reason: str, now: int, retry_at: int | None = None) -> None:
        since = self._condition.since if stage is self._condition.stage else now
        self._condition = replace(
            self._condition, stage=stage, since=since, reason=reason, retry_at=retry_at
        )
