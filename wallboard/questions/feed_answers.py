"""What the question how the feeds are is answered with: plain frozen values.

Times are UTC milliseconds, durations seconds. None is unknown and is shown as `–`, never as 0.
"""

from msgspec import Struct


class FeedHealth(Struct, frozen=True):
    """A feed as its collector last saw it. `stage` is that of wallboard.feeds.intake.Stage.

    `heard` is when anything last came from it, `last_event` the time of its newest event,
    `updated` when the collector last wrote this; `behind` how many events it is behind. Since
    `whole_since` all of its events are there, None where that is not known.
    """

    feed: str
    stage: str
    since: int | None
    reason: str
    heard: int | None
    last_event: int | None
    updated: int | None
    skew_seconds: float | None
    behind: int | None
    backlog: int | None
    retry_at: int | None
    events: int
    applied: int
    repeated: int
    unknown: int
    quarantined: int
    gaps: int
    whole_since: int | None = None
