"""What outlives the connections to one PBX: its calls, and since when it is lost."""

from typing import Final
from urllib.parse import urlsplit

from wallboard.config import Asterisk, Feed
from wallboard.feeds.address import shown
from wallboard.feeds.asterisk.hearing import Hearing, source_of
from wallboard.feeds.asterisk.outlet import Outlet, PbxIntake

NOTHING_AGAIN: Final = "a PBX tells nothing again"
DAY_MS: Final = 86_400_000


class Memory:
    """Remembers one PBX over the sessions with it."""

    def __init__(self, feed: Feed, settings: Asterisk, intake: PbxIntake) -> None:
        self._feed, self._settings, self._intake = feed, settings, intake
        self.outlet = Outlet(feed.name, intake)
        self.hearing = Hearing(settings, self._source(""))
        self.ahead_ms = 0
        """By how much the clock of the PBX is ahead of this machine's: its times are by its own."""
        self.replaced = ""
        """Why ARI is lost until a person does something, as a sentence; empty while it is not."""
        self._last_heard = intake.last_heard(feed.name)
        self._broken: int | None = None
        where = shown(feed.url)
        self._why = f"The connection to {where} was broken, and {NOTHING_AGAIN}."

    def is_of(self, system: str) -> None:
        """The PBX is called so; with another name it is another, of which nothing is known."""
        source = self._source(system)
        if self.hearing.source != source:
            self.hearing = Hearing(self._settings, source)

    def _source(self, system: str) -> str:
        return source_of(system or urlsplit(self._feed.url).hostname or "")

    def broke(self, at: int) -> None:
        """The connection, whole until `at` (UTC ms), is no more."""
        theirs = at + self.ahead_ms
        self.hearing.snapshot.doubt(theirs)
        if self.outlet.is_open and self._broken is None:
            self._broken = theirs

    async def is_known(self, now: int) -> None:
        """What is true at `now` (UTC ms) is known: what was missed before is a gap."""
        theirs = now + self.ahead_ms
        since, why, self._broken = self._broken, self._why, None
        if not self.outlet.is_open:
            since, why = self._before_the_first(theirs)
        if since is not None and since < theirs:
            await self._intake.gap(self._feed.name, since, theirs, why)
        if not self.outlet.is_open:
            await self.outlet.open(theirs if self._last_heard is None else since or theirs)

    def _before_the_first(self, theirs: int) -> tuple[int, str]:
        """Since when nothing is known before this process listened, and why."""
        if self._last_heard is not None:
            return self._last_heard + self.ahead_ms, f"Nobody collected, and {NOTHING_AGAIN}."
        # Of the day on which a board is first connected the figures lack what was before.
        return theirs - DAY_MS, f"The first connection was at the end of this: {NOTHING_AGAIN}."
