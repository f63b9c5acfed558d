"""What is said of a moment in the past beside what is shown of it. Pure."""

from wallboard.board.snapshot import Interest, Snapshot
from wallboard.questions.past_known import PastKnown
from wallboard.reporting_time import Calendar
from wallboard.reporting_time.typed import in_full


def past_notices(snapshot: Snapshot, calendar: Calendar) -> str:
    """What was not known then, and what is counted otherwise than it was; empty for nothing."""
    words = [] if snapshot.past is None else unknown_then(snapshot.past, calendar)
    is_said = snapshot.past is not None and snapshot.past.gaps
    if snapshot.floor is not None and not snapshot.floor.complete and not is_said:
        words.append(f"* {snapshot.floor.note or 'a gap touches that day'}")
    if snapshot.interest.page is not None and _is_counted(snapshot.interest):
        words.append("calls begun by then, with what became known of them since")
    return " · ".join(words)


def unknown_then(known: PastKnown, calendar: Calendar) -> list[str]:
    """What of the moment was never known."""
    words = [
        f"feed {gap.feed} was not heard then: what happened from "
        f"{calendar.format_clock(gap.started)} to {calendar.format_clock(gap.ended)} is lost"
        for gap in known.gaps
    ]
    if known.known_since is not None:
        words.append(f"nothing is known from before {in_full(calendar, known.known_since)}")
    if known.is_judged_later:
        words.append("rates are by targets that were first told later")
    return words


def of_now_words(elsewhere: int, calendar: Calendar) -> str:
    """On a screen that has no past: that it is of now, while others are not."""
    return (
        f"this screen is of now; the others are of {in_full(calendar, elsewhere)}: "
        "l makes them live"
    )


def _is_counted(interest: Interest) -> bool:
    """Whether a page counts calls of a period, rather than tells what was so at the moment."""
    return not getattr(interest.page, "is_of_moment", False)
