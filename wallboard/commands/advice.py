"""What to do next about what `wallboard status` and `wallboard check` find. Pure, but for a look.

One sentence for each trouble, the one that hides the most first. A reason that says what to do
itself (a feed's, the collector's) is not said again.
"""

import grp
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wallboard.board.trust import State, Verdict
from wallboard.commands.freshness import RECENT_SECONDS, newest_event
from wallboard.counted import counted
from wallboard.questions.feed_answers import FeedHealth

START: Final = (
    "Start `wallboard collect` (as a service: `systemctl start wallboard`), or open a board."
)
NAME_ONE: Final = "Name a feed under [[feed]] in config.toml, or try `wallboard demo`."
CLOCK_SECONDS: Final = 2.0
"""Two clocks may differ so much before it is worth saying (readings 2)."""
LITTLE_ROOM: Final = 500_000_000
"""In bytes: with less on the cache's disk there is no time left to see to it."""


def status_advice(
    verdict: Verdict,
    feeds: Sequence[FeedHealth],
    now: int,
    *,
    is_configured: bool,
    holder: int | None,
    trouble: str,
) -> tuple[str, ...]:
    """What to do about the data that is shown; empty when all is well.

    `is_configured` tells whether any feed is; `holder` is the process that holds the cache (0 if it
    is not known, None if nobody does), `trouble` what that says is wrong with the cache.
    """
    if trouble:
        state: Iterable[str] = (trouble,)
    elif verdict.state is State.NO_FEED or (
        verdict.state is State.NOT_COLLECTING and not is_configured
    ):
        state = (NAME_ONE,)
    else:
        state = _about_state(verdict, feeds, now, holder)
    return (*state, *_about_feeds(feeds))


def _about_state(
    verdict: Verdict, feeds: Sequence[FeedHealth], now: int, holder: int | None
) -> Iterator[str]:
    state = verdict.state
    if state is State.NOT_COLLECTING and holder is None:
        yield START
    elif state is State.NOT_COLLECTING:
        who = f"Process {holder}" if holder else "A process"
        yield (
            f"{who} holds the cache and writes nothing: look at its log (`journalctl -u "
            "wallboard`, or the file beside the cache whose name ends in .log), and start it anew."
        )
    elif state is State.STALE:
        yield (
            "The connection stands and nothing comes over it: look whether the call platform "
            "sends, and whether a firewall drops quiet connections. `wallboard check` asks anew."
        )
    elif state is State.DISCONNECTED:
        refused = [feed.feed for feed in feeds if feed.stage == "refused"]
        yield (
            f"Waiting will not mend {' and '.join(refused)}: put right what the reason names; "
            "`wallboard check` says when it is."
            if refused
            else "It is tried again by itself, and what was missed is fetched then; `wallboard "
            "check` tries now."
        )
    elif state is State.WAITING:
        yield "If that lasts more than a minute, `wallboard check` says why."
    elif state is State.CATCHING_UP:
        yield "Nothing is to be done: what was missed is being fetched."
    elif state is State.UNREADABLE:
        yield "Run `wallboard check`: it says what is wrong with the cache."
    elif state is State.FINISHED:
        newest = newest_event(tuple(feeds))
        if newest is None or (now - newest) / 1_000 > RECENT_SECONDS:
            yield "For what is true now, name a feed in config.toml, or import newer files."


def _about_feeds(feeds: Sequence[FeedHealth]) -> Iterator[str]:
    for feed in feeds:
        skew = feed.skew_seconds or 0.0
        if abs(skew) > CLOCK_SECONDS:
            side = "ahead of" if skew > 0 else "behind"
            yield (
                f"The clock of feed {feed.feed} is {abs(skew):,.0f} s {side} this machine's: have "
                "both set by NTP."
            )
        if feed.gaps:
            yield (
                f"Feed {feed.feed} could not give again what {counted(feed.gaps, 'gap')} lost: "
                "figures of those times are too low; the board's Feed screen has when."
            )
        yield from quarantine_advice(feed)


def quarantine_advice(feed: FeedHealth) -> Iterator[str]:
    """What to do about events of a feed that could not be used."""
    if feed.quarantined:
        yield (
            f"{counted(feed.quarantined, 'event')} of feed {feed.feed} could not be used, and "
            f"{'is' if feed.quarantined == 1 else 'are'} in no figure: show those who send them "
            "the reasons that `wallboard status` gives."
        )
    if feed.unknown:
        yield (
            f"{counted(feed.unknown, 'event')} of feed {feed.feed} "
            f"{'is' if feed.unknown == 1 else 'are'} of a type that this version does not know: "
            "no harm; a newer one may."
        )


def room_advice(cache: Path, enough: int = LITTLE_ROOM) -> str:
    """What to do about the disk of the cache, empty while `enough` bytes are free."""
    folder = next((each for each in cache.resolve().parents if each.is_dir()), Path("/"))
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    if free >= enough:
        return ""
    return (
        f"Only {free / 1_000_000:,.0f} MB are free on the disk of {folder}: make room, or keep "
        "less ([cache] keep_event_days, keep_days)."
    )


def group_advice(group: str) -> str:
    """What is wrong with the group that may read the cache, empty when nothing is."""
    try:
        if group:
            grp.getgrnam(group)
    except KeyError:
        return (
            f"There is no group “{group}” on this machine, which [cache] group names, so nothing "
            f"can be collected: make it (`groupadd {group}`), or name another."
        )
    return ""


def place_advice(cache: Path) -> str:
    """Why this user cannot make a cache that is not there yet, empty when nothing is known."""
    folder = next((each for each in cache.resolve().parents if each.exists()), Path("/"))
    if os.access(folder, os.W_OK | os.X_OK):
        return ""
    return (
        f"{cache} does not exist yet, and you may not make it in {folder}: run this as the user "
        "who collects, give that user the folder, or name another place in [cache] path."
    )


def unread_advice(cache: Path, holder: int | None) -> str:
    """Why this user cannot read a cache that is there, empty when it is for no reason known here.

    SQLite reads a cache whose log is gone, for nobody writes it, only where it may make one.
    """
    folder = cache.resolve().parent
    if holder is not None or not os.access(cache, os.R_OK) or os.access(folder, os.W_OK):
        return ""
    return (
        "While nobody collects, only the user whose cache it is can read it: have that user "
        "collect (as a service: `systemctl start wallboard`)."
    )
