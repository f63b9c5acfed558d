"""What a feed delivers, and what takes it in: the seam between a source of events and the cache.

A feed brings messages as the source sent them; the intake decodes, folds and commits them. So a
feed knows nothing of facts, and the collector nothing of websockets.
"""

from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from wallboard.feeds.coverage import Coverage, Span


class Origin(StrEnum):
    """How a message came: on the live stream, by asking for older events, or in a snapshot."""

    LIVE = "live"
    REPLAY = "replay"
    SNAPSHOT = "snapshot"
    FILE = "file"


class Delivery(Struct, frozen=True):
    """One message of a feed: a JSON array of events or one event, as it came.

    `received` is this machine's clock in UTC milliseconds when it arrived.
    """

    feed: str
    text: bytes
    received: int
    origin: Origin = Origin.LIVE


class Taken(NamedTuple):
    """What a delivery held; `first` and `last` are its lowest and highest sequence number."""

    events: int
    first: int | None
    last: int | None
    hello: "Hello | None" = None
    heartbeat: "Heartbeat | None" = None


class Hello(NamedTuple):
    """The server's first message; `time` is its clock in UTC milliseconds."""

    epoch: str
    oldest: int | None
    newest: int | None
    time: int


class Heartbeat(NamedTuple):
    """The newest sequence of the server and its clock in UTC milliseconds."""

    newest: int | None
    time: int


class Stage(StrEnum):
    """Where a feed's connection stands. The last three are not mended by waiting."""

    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    LIVE = "live"
    STALE = "stale"
    DISCONNECTED = "disconnected"
    REFUSED = "refused"
    FINISHED = "finished"


class Condition(Struct, frozen=True):
    """What is known of a feed's connection now, for the Feed line; times in UTC milliseconds.

    `reason` is a sentence, empty while all is well. `skew` is the server's clock less ours in
    seconds. `newest` is the newest sequence the server is known to have. `retry_at` is when the
    next attempt is made. `backlog` is how many older events are still to be fetched.
    """

    stage: Stage
    since: int
    reason: str = ""
    skew: float | None = None
    newest: int | None = None
    retry_at: int | None = None
    backlog: int | None = None
    heard: int | None = None


class Intake(Protocol):
    """Takes in what feeds deliver. Implemented by the collector."""

    def coverage(self, feed: str) -> Coverage:
        """What is held of this feed: the epoch and the spans of sequence numbers (live object)."""
        ...

    async def take(self, delivery: Delivery) -> Taken:
        """Decode and queue a message; waits while too much is uncommitted (backpressure).

        The sequence numbers in it are in the coverage when this returns. Never raises for what
        the message holds: that is counted or quarantined. Several tasks of one feed (the live
        stream and the filling of its holes) may be waiting in here at once.
        """
        ...

    async def take_snapshot(
        self, feed: str, *, epoch: str, sequence: int | None, time: int, events: bytes
    ) -> None:
        """Take in a snapshot: its events (a JSON array), and that what it omits is over.

        Open calls of the feed that began before `time` and are not in it are closed as lost. The
        sequence numbers of its events are not marked as held: they are scattered, and would make
        all history between them look like gaps.
        """
        ...

    async def new_epoch(self, feed: str, epoch: str) -> None:
        """The server's numbering is another than held, or is heard of for the first time.

        Forgets the coverage and adopts the epoch, so that `coverage(feed).epoch` is it when this
        returns; records a gap where something was held before.
        """
        ...

    async def lost(self, feed: str, span: Span) -> None:
        """The numbers of this span can no longer be had: record the gap, stop asking for them."""
        ...

    def report(self, feed: str, condition: Condition) -> None:
        """The feed's condition changed; written to the cache with the next commit or soon after."""
        ...
