"""Events of the feed itself: they carry no sequence and are never stored."""

from wallboard.events.kinds import Count, Data, Moment, SequenceText


class FeedHello(Data, frozen=True):
    """The first message: which numbering (`epoch`), what is held, and the server's clock."""

    epoch: str | int
    time: Moment
    oldest: Count | SequenceText | None = None
    newest: Count | SequenceText | None = None


class FeedHeartbeat(Data, frozen=True):
    """At least every 10 s: the newest sequence and the server's clock."""

    time: Moment
    newest: Count | SequenceText | None = None
