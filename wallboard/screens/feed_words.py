"""The notices about the feed, in words. Pure."""

from collections.abc import Callable

from wallboard.board.snapshot import Snapshot
from wallboard.questions.scope import Scope


def is_filling(snapshot: Snapshot) -> bool:
    """Whether older events are being fetched."""
    return any(feed.backlog for feed in snapshot.feeds)


def filling_words(snapshot: Snapshot, moment: Callable[[int], str]) -> str:
    """Say that older events are being fetched, and since when all is there where that is known."""
    since = [feed.whole_since for feed in snapshot.feeds if feed.backlog and feed.whole_since]
    # No number: while a feed makes its history, more come to be missing than arrive.
    words = "history is being filled in"
    return f"{words}: whole since {moment(max(since))}" if since else words


def notices(snapshot: Snapshot, filling: str) -> str:
    """Say what is wrong with the data beside its age; empty when there is nothing to say.

    `filling` says that older events are being fetched, or were a moment ago; empty when not.
    """
    gaps = sum(feed.gaps for feed in snapshot.feeds)
    quarantined = sum(feed.quarantined for feed in snapshot.feeds)
    unknown = sum(feed.unknown for feed in snapshot.feeds)
    words = []
    if snapshot.floor is not None and snapshot.floor.anew:
        words.append(snapshot.floor.anew)
    if snapshot.floor is not None and not snapshot.floor.complete:
        words.append(f"* {snapshot.floor.note or 'a gap touches today'}")
    elif gaps:
        words.append(f"{gaps:,} gap{'s' if gaps > 1 else ''} in what was collected")
    if snapshot.floor is not None and snapshot.floor.agents_beyond:
        words.append(f"and {snapshot.floor.agents_beyond:,} more agents")
    if snapshot.floor is not None and snapshot.floor.queues_beyond:
        words.append(f"and {snapshot.floor.queues_beyond:,} more queues")
    if filling:
        words.append(filling)
    if quarantined:
        words.append(f"{quarantined:,} events quarantined")
    if unknown:
        words.append(f"{unknown:,} of unknown type")
    skew = max((abs(feed.skew_seconds or 0.0) for feed in snapshot.feeds), default=0.0)
    if skew > 2:
        words.append(f"the feed's clock is {skew:.0f} s off")
    if snapshot.floor is not None and snapshot.interest.scope.campaign is not None:
        # Whoever is in a queue takes its calls, whatever campaign they are of.
        words.append("queues count the agents of all campaigns")
    if snapshot.floor is not None and snapshot.interest.scope.team is not None:
        # A call is of no team before somebody answers it.
        words.append("calls are those of all teams, agents those of this one")
    return " · ".join(words)


def no_agent_words(scope: Scope) -> str:
    """Say that there is no agent to show, and among whom."""
    limits = [
        words
        for limit, words in (
            (scope.campaign, "on this campaign"),
            (scope.queue, "in this queue"),
            (scope.team, "of this team"),
        )
        if limit is not None
    ]
    if not limits:
        return "No agent has been seen yet."
    return f"No agent is {' and '.join(limits)} now."
