"""Events of the feed itself: they carry no sequence and are never stored."""

from typing import Annotated

from msgspec import Meta

from wallboard.events.kinds import Count, Data, Moment

SequenceText = Annotated[str, Meta(pattern=r"^[0-9]{1,18}$")]
"""A sequence as events carry it: decimal, optionally zero-padded."""


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
