"""The latest calls of a queue, without those who wait in it: they stand above. Pure."""

from collections.abc import Sequence
from typing import Final

from wallboard.board.snapshot import CallsPage, CallsWanted
from wallboard.counted import counted
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.queue_callers import Caller
from wallboard.questions.scope import Scope
from wallboard.screens.calls_of_one import CallsOfOne
from wallboard.screens.calls_order import columns_of
from wallboard.screens.sight import Sight
from widgets import figures
from widgets.table import Column

LATEST: Final = CallsOfOne("queue")
NO_CALL: Final = "No call like this has been through the queue."
PIECE: Final = 64
"""Twice so many calls are read, and as many more for each so many who wait."""
MOST: Final = 1_024


def room_for(waiting: int) -> int:
    """So many calls have to be read where so many wait, who are among them."""
    return min(MOST, PIECE * (2 + waiting // PIECE))


def latest_wanted(queue: str, source: int, scope: Scope, count: int) -> CallsWanted:
    """The newest calls of the queue of a source, under the filters by campaign and team."""
    filtered = CallFilter(queue=queue, source=source, campaign=scope.campaign, team=scope.team)
    return CallsWanted(filtered, count=count)


def latest_columns(*, masked: bool) -> tuple[Column, ...]:
    """The columns: how long somebody waited is what a queue is about, as where it is the order."""
    return LATEST.columns(columns_of("longest wait", masked=masked))


def latest_lines(page: CallsPage, callers: Sequence[Caller]) -> list[CallLine]:
    """The calls that were read, but for those who wait."""
    waiting = {caller.line.number for caller in callers}
    return [line for line in page.lines if line.number not in waiting]


def latest_words(page: CallsPage | None, listed: int, sight: Sight) -> str:
    """What stands beside the title: how many of them are listed, and where all are."""
    if page is None:
        return "reading …"
    others = page.total - (len(page.lines) - listed)
    if page.is_searching:
        said = ["searching …"]
    elif listed == others and page.is_all:
        said = [counted(listed, "call")]
    else:
        at_least = "" if page.is_all else "at least "
        said = [f"{figures.count(listed)} of {at_least}{figures.count(others)} calls"]
    said.append("newest first, v for all")
    if sight.verdict.as_of is not None:
        said.append(f"as of {sight.clock(sight.moment)}")
    return " · ".join(said)
