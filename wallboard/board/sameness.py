"""Whether a snapshot shows anything that the one before did not, but that time has passed."""

from msgspec.structs import replace

from wallboard.board.snapshot import Snapshot
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import Floor


def is_as_before(before: Snapshot | None, after: Snapshot) -> bool:
    """Whether nothing but time, and what feeds count, tells `after` from `before`.

    A heartbeat or a look of the alarms is a commit that changes no figure: what it brings, such as
    when a feed was heard, can wait for the next turn of the clocks.
    """
    return (
        before is not None
        and before.interest == after.interest
        and before.problem == after.problem
        and before.alarms == after.alarms
        and before.is_reading_on == after.is_reading_on
        and before.past == after.past
        and before.names == after.names
        and before.calls == after.calls
        and before.call == after.call
        and before.page == after.page
        and tuple(map(_standing, before.feeds)) == tuple(map(_standing, after.feeds))
        and _is_same_floor(before, after)
    )


def _is_same_floor(before: Snapshot, after: Snapshot) -> bool:
    old, new = before.floor, after.floor
    if not isinstance(old, Floor) or not isinstance(new, Floor):
        return old is new
    # The longest wait grows with time; who waits stands in the queues.
    waiting = replace(old.waiting, longest_seconds=new.waiting.longest_seconds)
    return replace(old, at=new.at, waiting=waiting) == new


def _standing(feed: FeedHealth) -> FeedHealth:
    """The feed without what each of its messages moves on."""
    return replace(
        feed,
        heard=None,
        last_event=None,
        updated=None,
        skew_seconds=None,
        events=0,
        applied=0,
        repeated=0,
    )
