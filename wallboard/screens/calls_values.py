"""From lines of calls to rows of a table. Pure."""

from collections.abc import Callable
from typing import Final

from wallboard.board.snapshot import name_of
from wallboard.masking import show_number
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_progress import IN_PROGRESS
from wallboard.questions.names import Names
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row

COLUMNS: Final = (
    Column("started", 14, priority=9, fitted=True),
    Column("", 3, priority=4),
    Column("number", 18, priority=8, fitted=True),
    Column("campaign", 10, grow=2, priority=1, fitted=True),
    Column("queue", 9, grow=2, priority=5, fitted=True),
    Column("agent", 10, grow=3, priority=6, fitted=True),
    Column("state", 15, priority=10, fitted=True),
    Column("wait", 7, "right", priority=3, fitted=True),
    Column("talk", 7, "right", priority=2, fitted=True),
    Column("time", 8, "right", priority=7, fitted=True),
    Column("disposition", 11, grow=1, priority=0, fitted=True),
)
STATE: Final = 6

WARNED: Final = frozenset({"abandoned", "missed", "dropped", "timed_out", "failed", "lost"})
DIRECTIONS: Final = {"inbound": "in", "outbound": "out"}
STATES: Final = (
    None, "open", "waiting", "answered", "missed", "abandoned", "short_abandoned", "voicemail",
    "dropped", "machine", "busy", "no_answer", "failed",
)  # fmt: skip
"""What the state filter goes through, None for all."""


def words(name: str | None) -> str:
    """A word of the feed's vocabulary as it is read: `short_abandoned` is `short abandoned`."""
    return (name or "").replace("_", " ")


def other_number(line: CallLine) -> str | None:
    """The number of the other party, None when it is withheld."""
    return line.to_number if line.direction == "outbound" else line.from_number


def call_row(
    line: CallLine, names: Names, clock: Callable[[int], str], masked: bool, now: int
) -> Row:
    """One call as a row; `clock` names a moment. Calls that go on have lasted until `now`."""
    begun = line.first_event if line.started is None else line.started
    duration = line.duration_seconds
    is_live = line.state in IN_PROGRESS
    if is_live:
        duration = max(0.0, (now - begun) / 1000)
    level = Level.WARNING if line.state in WARNED else Level.GOOD
    if line.state == "waiting":
        level = Level.NOTICE
    cells = (
        clock(begun),
        DIRECTIONS.get(line.direction or "", "–"),
        show_number(other_number(line), masked),
        name_of(names.campaigns, line.campaign) or "–",
        name_of(names.queues, line.queue) or "–",
        name_of(names.agents, line.agent) or "–",
        f"● {words(line.state)}" if is_live else words(line.state),
        figures.duration(line.wait_seconds),
        figures.duration(line.talk_seconds),
        figures.duration(duration),
        line.disposition or "",
    )
    levels = tuple(level if at == STATE else Level.GOOD for at in range(len(cells)))
    return Row(str(line.number), cells, Level.GOOD, levels)
