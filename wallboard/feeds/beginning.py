"""What to do when a server says hello: go on, begin with a snapshot, or begin anew."""

from wallboard.feeds.coverage import Coverage
from wallboard.feeds.intake import Hello, Intake
from wallboard.feeds.replay import NotOffered, Replay, Unanswered
from wallboard.feeds.tuning import Tuning


class Beginning:
    """Remembers over the sessions of one feed where its stream began."""

    def __init__(self, feed: str, intake: Intake, tuning: Tuning) -> None:
        self._feed, self._intake, self._tuning = feed, intake, tuning
        self.anchor: int | None = None
        """The sequence of the snapshot that the live stream began after, if it did."""
        self.snapshot_due = False
        """Whether what is true now is to be asked for, since not all that led to it was had."""
        self._again_after: int | None = None
        self._is_again = False

    def newest(self, coverage: Coverage) -> int | None:
        """The number that a live stream resumes after, None when it has yet to begin."""
        known = [number for number in (coverage.newest, self.anchor) if number is not None]
        return max(known, default=None)

    def resume_after(self, coverage: Coverage) -> int | None:
        """What the next connection asks to go on after, None for everything that is held."""
        newest, again_after = self.newest(coverage), self._again_after
        self._is_again, self._again_after = again_after is not None, None
        return newest if newest is None or again_after is None else min(newest, again_after) or None

    async def went_back(self, newest: int | None, epoch: str) -> bool:
        """Whether a server that was asked to go on is to be connected to anew, at once.

        It is where its newest number is one below what came from it before, in the same epoch: it
        began to number anew and does not say so, or is a standby that is behind. What it sends
        under numbers that are held it would never send else. A few are asked for again, for what
        is known changes nothing; where it is many, the numbering is taken to be another.
        """
        held = self.newest(self._intake.coverage(self._feed))
        if newest is None or held is None or newest >= held or self._is_again:
            return False
        if held - newest > self._tuning.behind:
            await self._renew(epoch, resumed=True)
        else:
            self._again_after = max(0, newest - self._tuning.behind)
        return True

    async def _renew(self, epoch: str, *, resumed: bool) -> None:
        self.anchor = None
        await self._intake.new_epoch(self._feed, epoch)
        self.snapshot_due = resumed

    async def hello(self, hello: Hello, replay: Replay, *, resumed: bool) -> bool:
        """Act on a server's first message; True when the session is to be made anew at once.

        `resumed`: whether the server was asked to go on after what is held. Raises only what the
        intake raises.
        """
        coverage = self._intake.coverage(self._feed)
        renewed = coverage.epoch != hello.epoch
        if renewed:
            await self._renew(hello.epoch, resumed=resumed)
        elif resumed:
            return await self.went_back(hello.newest, hello.epoch)
        # What led to the present may have begun before the oldest event that is still held.
        if hello.oldest is None or hello.oldest > 1:
            self.snapshot_due = True
        if _held(hello) > self._tuning.many_held and await self._snapshot(hello.epoch, replay):
            return True
        # The stream goes on after a number of the old numbering: it must begin again without.
        return resumed

    async def _snapshot(self, epoch: str, replay: Replay) -> bool:
        """Begin with a snapshot where the server has one, and the events before it to fetch."""
        try:
            await replay.first_after(0)
            snapshot = await replay.snapshot()
        except (NotOffered, Unanswered):
            return False
        if snapshot.sequence is None or snapshot.epoch != epoch:
            return False
        await self._intake.take_snapshot(
            self._feed,
            epoch=epoch,
            sequence=snapshot.sequence,
            time=snapshot.time,
            events=snapshot.events,
        )
        self.anchor = snapshot.sequence
        self.snapshot_due = False
        return True


def _held(hello: Hello) -> int:
    if hello.oldest is None or hello.newest is None:
        return 0
    return hello.newest - hello.oldest + 1
