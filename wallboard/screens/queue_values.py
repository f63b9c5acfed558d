"""From a queue, its callers and agents to sentences, rows and tiles. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from wallboard.board.snapshot import name_of
from wallboard.masking import show_number
from wallboard.questions.floor_answers import AgentNow, QueueNow
from wallboard.questions.names import Names
from wallboard.questions.queue_callers import Caller
from wallboard.screens.agents_columns import SPARE
from wallboard.screens.calls_values import other_number
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row
from widgets.waits import MARK, TARGET_AT

Clock = Callable[[int], str]

BAR: Final = 24
CALLERS: Final = (
    Column("", 3, "right", priority=8),
    Column("waited", 7, "right", priority=10),
    Column("against target", 14, priority=9),
    Column("", BAR, priority=6),
    Column("number", 18, grow=1, priority=7),
    Column("campaign", 12, grow=2, priority=3),
    Column("entered", 8, priority=5),
    Column("joined as", 9, "right", priority=2),
    SPARE,
)
_SHOWS_LEVEL: Final = frozenset({1, 2, 3})


def facts(
    queue: QueueNow | None, name: str, callers: Sequence[Caller], agents: Sequence[AgentNow],
    now: int,
) -> tuple[list[str], list[str]]:  # fmt: skip
    """The state of the queue now, and its day so far."""
    first = [name, f"{figures.count(len(callers))} waiting" if callers else "nobody waits"]
    if callers:
        longest = (now - callers[0].entered) / 1000
        is_over = queue is not None and longest > queue.target_seconds
        first.append(f"longest {figures.duration(longest)}{' ! over target' if is_over else ''}")
    ready = sum(agent.state == "available" for agent in agents)
    there = sum(agent.state != "offline" for agent in agents)
    first.append(f"{figures.count(ready)} ready of {figures.count(there)} agents")
    if queue is None:
        return first, ["nothing is known of this queue today"]
    if queue.estimated_seconds is not None:
        first.append(f"who joins now may wait {figures.duration(queue.estimated_seconds)}")
    level = queue.service_level
    target = f"target {figures.share(queue.target_share, 0)} in {queue.target_seconds:g} s"
    sample = figures.count(level.denominator)
    is_below = level.value is not None and level.value < queue.target_share
    mark = " !" if is_below else ""
    share = figures.share_beside(level.value, queue.target_share, 1)
    rest = [
        f"today service level {share}{mark} of {sample}, {target}",
        f"average speed of answer {figures.duration(queue.speed)}",
        f"{figures.count(queue.abandoned)} abandoned of {figures.count(queue.offered)} offered",
    ]
    return first, rest


def caller_rows(
    callers: Sequence[Caller], target: float | None, names: Names, clock: Clock, masked: bool,
    now: int,
) -> list[Row]:  # fmt: skip
    """The callers as rows, the longest wait first; `target` in seconds, `now` UTC ms."""
    rows = []
    for caller in callers:
        waited = max(0.0, (now - caller.entered) / 1000)
        level = Level.WARNING if target is not None and waited > target else Level.GOOD
        cells = (
            str(caller.place),
            figures.duration(waited),
            against(waited, target),
            bar(waited, target),
            show_number(other_number(caller.line), masked),
            name_of(names.campaigns, caller.line.campaign) or figures.UNKNOWN,
            clock(caller.entered),
            figures.UNKNOWN if caller.position is None else f"no. {caller.position}",
        )
        levels = tuple(level if at in _SHOWS_LEVEL else Level.GOOD for at in range(len(cells)))
        rows.append(Row(str(caller.line.number), cells, level, levels))
    return rows


def against(waited: float, target: float | None) -> str:
    """A wait against the target, in words."""
    if target is None:
        return figures.UNKNOWN
    if waited > target:
        return f"{figures.duration(waited - target)} over"
    return f"{figures.duration(target - waited)} left"


def bar(waited: float, target: float | None) -> str:
    """A wait as a bar; the stroke is the target, two thirds across, `▸` that it goes on."""
    if not target or target <= 0:
        return ""
    mark_at = round(BAR * TARGET_AT)
    filled = int(waited / target * mark_at)
    text = ("▇" * min(filled, BAR)).ljust(BAR)
    if filled >= BAR:
        text = f"{text[:-1]}▸"
    # What passes the target is not hidden by it.
    return f"{text[:mark_at]}{MARK}{text[mark_at + 1 :]}"


def ready_first(agents: Sequence[AgentNow]) -> list[AgentNow]:
    """The agents, those first whom the next caller may reach, those ready for the longest first."""
    order = ("available", "wrap_up", "ringing", "dialling", "on_call", "on_hold", "paused", "fault")

    def place(agent: AgentNow) -> tuple[int, int, str, str]:
        at = order.index(agent.state) if agent.state in order else len(order)
        return at, agent.since, agent.name.casefold(), agent.agent

    return sorted(agents, key=place)
