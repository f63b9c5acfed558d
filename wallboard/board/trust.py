"""How far what is seen can be trusted, from what the collector wrote about its feeds."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Final

from msgspec import Struct

from wallboard.board.snapshot import Snapshot
from wallboard.questions.feed_answers import FeedHealth
from wallboard.reporting_time import Calendar

SILENT_MS: Final = 15_000
"""A collector that has written nothing for so long does not run: it writes at least at each
heartbeat, which comes every 10 s at the most."""
UNREAD_MS: Final = 10_000
"""A board that has read nothing for so long says so, before it blames the collector."""
QUIET_MS: Final = 25_000
"""A live feed that was not heard for so long is called stale even if nobody has said so yet."""


class State(IntEnum):
    """What the board can say of its data, the better first."""

    LIVE = 0
    FINISHED = 1
    CATCHING_UP = 2
    WAITING = 3
    STALE = 4
    DISCONNECTED = 5
    NOT_COLLECTING = 6
    NO_FEED = 7
    UNREADABLE = 8
    NOT_READING = 9
    """The board itself has read nothing for a while: what it shows says nothing of the feeds."""
    PAST = 10
    """No judgement of the data: somebody looks at a moment in the past."""


class Verdict(Struct, frozen=True):
    """The state, how old the data is in seconds, and the reason in words.

    `as_of` is the instant (UTC ms) for which the data held, None while it still does.
    """

    state: State
    age: float | None = None
    detail: str = ""
    as_of: int | None = None

    @property
    def is_current(self) -> bool:
        """Whether what is seen is what is true now."""
        return self.state is State.LIVE


_STAGES: Final = {
    "connecting": State.WAITING,
    "catching_up": State.CATCHING_UP,
    "live": State.LIVE,
    "stale": State.STALE,
    "disconnected": State.DISCONNECTED,
    "refused": State.DISCONNECTED,
    "finished": State.FINISHED,
}


def judge(
    snapshot: Snapshot | None,
    now: int,
    *,
    configured: Sequence[tuple[str, str]],
    clock: Callable[[int], str],
    collector: str = "",
    read: int | None = None,
) -> Verdict:
    """Return what to say of `snapshot` at `now` (UTC ms).

    `read` is the last moment (UTC ms) at which it held all that there was to read, None for now.
    `configured` are the name and address of each feed in the configuration, `clock` names a moment,
    `collector` says what is wrong with the collector that this board started, empty when nothing.
    """
    if snapshot is None:
        return Verdict(State.WAITING, None, "opening the cache")
    past = snapshot.interest.at
    if past is not None:
        if snapshot.problem:
            return Verdict(State.UNREADABLE, None, snapshot.problem, past)
        return Verdict(State.PAST, None, "", past)
    if not snapshot.feeds:
        return _nothing_yet(snapshot, configured, collector)
    if snapshot.problem:
        # The moment first: of a long reason the end may have no room.
        words = f"read nothing since {clock(snapshot.at)}: {snapshot.problem}"
        return Verdict(State.UNREADABLE, None, words, snapshot.at)
    if read is not None and now - read > UNREAD_MS:
        words = f"this board has read nothing since {clock(read)}"
        return Verdict(State.NOT_READING, (now - read) / 1000, words, read)
    # An import that is through says nothing about the feeds that go on.
    going = [feed for feed in snapshot.feeds if feed.stage != "finished"] or snapshot.feeds
    looked = now if read is None else min(now, read)
    judged = [_feed(feed, now, looked, clock, collector) for feed in going]
    worst = max(judged, key=lambda verdict: (verdict.state, verdict.age or 0.0))
    if len(judged) > 1 and worst.state is not State.LIVE:
        name = going[judged.index(worst)].feed
        return Verdict(worst.state, worst.age, f"{name}: {worst.detail}", worst.as_of)
    return worst


def moment_shown(feeds: Sequence[FeedHealth], calendar: Calendar, now: int) -> int:
    """Return the instant (UTC ms) that is shown: `now`, but for a recording of another day.

    When every feed is through and the last event is of an earlier day, that event's time: a board
    on a file of yesterday shows yesterday as it ended, not an empty today.
    """
    if not feeds or any(feed.stage != "finished" for feed in feeds):
        return now
    last = max((feed.last_event or 0 for feed in feeds), default=0)
    return last if last and calendar.day_of(last) < calendar.day_of(now) else now


def _nothing_yet(
    snapshot: Snapshot, configured: Sequence[tuple[str, str]], collector: str
) -> Verdict:
    if not configured and not snapshot.feeds:
        return Verdict(State.NO_FEED, None, "no feed is configured")
    if collector:
        return Verdict(State.NOT_COLLECTING, None, collector)
    if snapshot.problem and "yet" not in snapshot.problem:
        return Verdict(State.UNREADABLE, None, snapshot.problem)
    return Verdict(State.WAITING, None, "no event has come yet")


def _feed(
    feed: FeedHealth, now: int, looked: int, clock: Callable[[int], str], collector: str
) -> Verdict:
    # Of what came after `looked`, the last look at the cache, nobody can say that it did not come.
    updated = feed.updated or 0
    heard = max(feed.heard or 0, 0) or None
    age = None if heard is None else max(0.0, (now - heard) / 1000)
    if feed.stage == "finished":
        at = feed.last_event or updated
        return Verdict(State.FINISHED, None, clock(at), at)
    if looked - updated > SILENT_MS:
        since = f"nothing was collected since {clock(updated)}"
        return Verdict(
            State.NOT_COLLECTING, (now - updated) / 1000, collector or since, updated or None
        )
    if updated - now > SILENT_MS:
        since = (
            f"nothing was collected since this machine's clock was set back from {clock(updated)}"
        )
        return Verdict(State.NOT_COLLECTING, None, collector or since, now)
    state = _STAGES.get(feed.stage, State.WAITING)
    if state is State.LIVE and heard is not None and looked - heard > QUIET_MS:
        return Verdict(State.STALE, age, "the feed has gone silent", heard)
    if state is State.LIVE:
        return Verdict(state, age)
    if state is State.CATCHING_UP:
        behind = "" if not feed.behind else f"{feed.behind:,} events behind"
        return Verdict(state, age, behind or feed.reason, heard)
    detail = feed.reason
    if state is State.DISCONNECTED and feed.retry_at is not None and feed.retry_at > now:
        again = max(1, round((feed.retry_at - now) / 1000))
        detail = f"{detail} Next attempt in {again} s." if detail else f"next attempt in {again} s"
    if state is State.WAITING and not detail:
        detail = f"connecting to feed {feed.feed}"
    return Verdict(state, age, detail, heard)
