"""What is said where there is nothing to show yet. Pure."""

from wallboard.board.trust import State
from wallboard.screens.sight import Sight

EXAMPLE = (
    "   [[feed]]",
    '   name = "main"',
    '   url = "ws://127.0.0.1:8765/events"',
)


def lack(sight: Sight) -> tuple[str, ...]:
    """Sentences for a board that has no event yet; none once it has."""
    snapshot, verdict = sight.snapshot, sight.verdict
    if any(feed.events for feed in snapshot.feeds):
        return ()
    if verdict.state is State.NO_FEED:
        path = sight.configuration.path
        where = f"{path}" if path is not None else "config.toml"
        return (
            "No feed is configured.",
            "",
            f"Name the address of your call platform's feed in {where}:",
            "",
            *EXAMPLE,
            "",
            "To see a simulated contact center instead, run",
            "   wallboard demo",
        )
    waiting = [
        f"Waiting for the first events of feed {feed.name} at {feed.url}"
        for feed in sight.configuration.feeds
    ] or ["Waiting for the first events."]
    reasons = [feed.reason for feed in snapshot.feeds if feed.reason]
    if verdict.state in {State.NOT_COLLECTING, State.UNREADABLE, State.NOT_READING}:
        return (
            verdict.detail,
            "",
            "It is tried again all the time; nothing needs to be done here.",
        )
    return (*waiting, "", *(reasons or [verdict.detail]))
