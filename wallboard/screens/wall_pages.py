"""The pages of a wall: from what was read to what is drawn, each page on its own. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from wallboard.board.campaigns_page import Campaigns
from wallboard.questions.answers import Floor
from wallboard.screens import floor_values, wall_figures, wall_rows
from wallboard.screens.frame import Sight
from wallboard.screens.wall_layout import HOURS_LEAST, WIDE, floor_room
from widgets.big import draw_bigs
from widgets.counts import draw_counts
from widgets.histogram import draw_histogram
from widgets.large_counts import LargeCount, draw_large_counts
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.lettering import lines_of
from widgets.paint import Line, Picture, Span, cell, fit, page
from widgets.sheet import beside
from widgets.status import glyph, role
from widgets.tiles import AgentState, state_role, word

Page = Callable[[Sight, int, int, int], Picture]
"""Draws what was read in so many columns and lines, titles in letters of so large a scale."""

BESIDE: Final = 4
"""The columns between panels that stand side by side."""
TWO_COLUMNS: Final = 200
"""From so many columns on, those who stand out are in two columns."""
SHORT: Final[Mapping[AgentState, str]] = {
    AgentState.ON_CALL: "call",
    AgentState.WRAP_UP: "wrap",
    AgentState.PAUSED: "pause",
    AgentState.RINGING: "ring",
    AgentState.DIALLING: "dial",
    AgentState.ON_HOLD: "hold",
}
"""Words for states where the usual ones have no room."""


def floor_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """Today's rates, the queues, the agents, and the hours."""
    floor = sight.snapshot.floor
    if floor is None:
        return _nothing("Today's figures are being read.", width, height)
    room, now = floor_room(width, height, unit), _moment(sight)
    drawn = list(draw_bigs(wall_figures.headline(floor, now, _weekday(sight)),
                           width, room.figures, unit, 3).lines)  # fmt: skip
    queues = list(_queues(floor, now, room.left, room.queues, unit).lines)
    if room.hours and room.left < width:
        hours = _hours(floor, width - room.left - BESIDE, room.hours)
        drawn += [fit(line, width) for line in beside([queues, hours], BESIDE)]
    else:
        drawn += queues
    drawn += _agents(floor, now, width, room.agents, unit)
    if room.hours and room.left == width:
        drawn += _hours(floor, width, room.hours)
    return Picture(page(drawn, width, height))


def calls_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """Today's calls in numbers and by the hour."""
    floor = sight.snapshot.floor
    if floor is None:
        return _nothing("Today's calls are being read.", width, height)
    wide = width >= WIDE
    top = min(height - HOURS_LEAST, height * 2 // 5 if wide else height * 5 // 8)
    figures = draw_bigs(wall_figures.calls(floor), width, top, unit, 4 if wide else 2)
    return Picture(page([*figures.lines, *_hours(floor, width, height - top)], width, height))


def agents_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """How many are in each state, and who stands out."""
    floor = sight.snapshot.floor
    if floor is None:
        return _nothing("The agents are being read.", width, height)
    values = wall_figures.agents(wall_rows.agent_counts(floor.agents))
    columns = 4 if width >= WIDE or len(values) > 4 else 2
    top = height * 2 // 5 if len(values) <= columns else height // 2
    rows = wall_rows.agent_rows(floor.agents, _moment(sight))
    calm = "✓ nobody stands out" if floor.agents else "no agent yet"
    below = _rows(rows, width, height - top, unit, "AGENTS WHO STAND OUT",
                  wall_rows.AGENT_HEADINGS, "agent", calm)  # fmt: skip
    return Picture(
        page([*draw_bigs(values, width, top, unit, columns).lines, *below.lines], width, height)
    )


def campaigns_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """The campaigns at work today, what needs acting on first."""
    read = sight.snapshot.page
    if read is None or not isinstance(read.content, Campaigns):
        return _nothing("The campaigns are being read.", width, height)
    content = read.content
    title = "CAMPAIGNS TODAY" if content.complete else f"CAMPAIGNS TODAY  * {content.note}"
    rows = wall_rows.campaign_rows(content.lines)
    return _rows(rows, width, height, unit, title, wall_rows.CAMPAIGN_HEADINGS, "campaign",
                 "no campaign has a call today")  # fmt: skip


def metrics_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """How long calls take, how busy agents are, and what to expect."""
    floor = sight.snapshot.floor
    if floor is None:
        return _nothing("Today's figures are being read.", width, height)
    values = wall_figures.times(floor, _moment(sight), _weekday(sight))
    return draw_bigs(values, width, height, unit, 3 if width >= WIDE else 2)


def feed_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
    """Each feed, the worst first, and what was odd about what came."""
    feeds = sight.snapshot.feeds
    wide = width >= WIDE
    top = height * 2 // 5 if wide else height * 5 // 8
    figures = draw_bigs(wall_figures.feeds(feeds), width, top, unit, 4 if wide else 2)
    rows = wall_rows.feed_rows(feeds, sight.now // 1000 * 1000)
    below = _rows(rows, width, height - top, unit, "FEEDS", wall_rows.FEED_HEADINGS, "feed",
                  "no feed yet")  # fmt: skip
    return Picture(page([*below.lines, *figures.lines], width, height))


PAGES: Final[Mapping[str, Page]] = {
    "floor": floor_page,
    "calls": calls_page,
    "agents": agents_page,
    "campaigns": campaigns_page,
    "metrics": metrics_page,
    "feed": feed_page,
}


def _moment(sight: Sight) -> int:
    """What is not current stands still at the moment for which it held; whole seconds."""
    return sight.moment // 1000 * 1000


def _weekday(sight: Sight) -> str:
    return sight.calendar.local(_moment(sight)).strftime("%a")


def _nothing(words: str, width: int, height: int) -> Picture:
    return Picture(page([[], [cell(words, width, "label", "center")]], width, height))


def _rows(
    rows: Sequence[LargeRow], width: int, height: int, unit: int, title: str,
    headings: Sequence[str], noun: str, calm: str,
) -> Picture:  # fmt: skip
    """Rows that have the page to themselves: larger letters where all of them still fit."""
    scale = max(1, unit)
    if width >= WIDE and 1 + len(rows) * lines_of(scale + 1) <= height:
        scale += 1
    return draw_large_rows(rows, width, height, scale=scale, title=title, headings=headings,
                           noun=noun, calm=calm)  # fmt: skip


def _queues(floor: Floor, now: int, width: int, height: int, unit: int) -> Picture:
    rows = wall_rows.queue_rows(floor.queues, now, not floor.complete)
    return draw_large_rows(
        rows, width, height, scale=max(1, unit), title="QUEUES",
        headings=wall_rows.QUEUE_HEADINGS, noun="queue", calm="no queue yet",
    )  # fmt: skip


def _hours(floor: Floor, width: int, height: int) -> list[Line]:
    drawn = draw_histogram(
        floor_values.hours(floor.hours), width, height, "CALLS BY HOUR",
        "No call has been counted today.", "missed",
    )  # fmt: skip
    return list(drawn.lines)


def _counts(floor: Floor, width: int, unit: int) -> list[Line]:
    """How many agents are in each state, as large as there is room for."""
    counted = wall_rows.agent_counts(floor.agents)
    rare = [state for state in wall_figures.RARE if counted[state]]
    for shown in ([*wall_figures.USUAL_STATES, *rare], wall_figures.USUAL_STATES):
        counts = [
            LargeCount(
                counted[state], word(state), SHORT.get(state, word(state)), state_role(state)
            )
            for state in shown
        ]
        for scale in range(unit, 0, -1):
            drawn = draw_large_counts(counts, width, scale)
            if drawn is not None:
                return drawn
    return [draw_counts(floor_values.tiles(floor.agents, floor.at, "name"), width)]


def _agents(floor: Floor, now: int, width: int, height: int, unit: int) -> list[Line]:
    """The counts, and below them who stands out."""
    rows = wall_rows.agent_rows(floor.agents, now)
    if unit == 0:
        counts = draw_counts(floor_values.tiles(floor.agents, now, "name"), width)
        return [counts, _standing_line(floor, rows, width)][:height]
    top = _counts(floor, width, unit)
    scale = max(1, unit)
    per_row = 2 if width >= TWO_COLUMNS else 1
    rest = height - len(top)
    fitting = max(0, (rest - 1) // lines_of(scale)) * per_row
    seen = rows[:fitting]
    left = len(rows) - len(seen)
    title = "AGENTS WHO STAND OUT" + (f"  + {left}" if left else "")
    if not rows or per_row == 1:
        below = draw_large_rows(rows, width, rest, scale=scale, title=title,
                                calm="✓ nobody stands out")  # fmt: skip
        return [*top, *below.lines]
    wide = (width - BESIDE) // 2
    halves = [seen[index::2] for index in range(2)]
    blocks = [
        draw_large_rows(half, wide, rest, scale=scale, title=title if not index else "").lines
        for index, half in enumerate(halves)
    ]
    return [*top, *(fit(line, width) for line in beside(blocks, BESIDE))]


def _standing_line(floor: Floor, rows: list[LargeRow], width: int) -> Line:
    """Who stands out on one line: as many as fit, the others counted."""
    if not rows:
        words = "✓ nobody stands out" if floor.agents else "No agent has been seen yet."
        return (cell(f" {words}", width, "good" if floor.agents else "label"),)
    names = [" ".join((glyph(row.level), row.name, *row.figures)) for row in rows]
    spans: list[Span] = [Span(" ")]
    used, shown = 1, 0
    for name, row in zip(names, rows, strict=True):
        spare = 0 if shown == len(rows) - 1 else len(f"+ {len(rows)}") + 1
        if used + len(name) + 3 + spare > width and shown:
            break
        room = min(len(name), width - used - spare)
        spans += [cell(name, room, role(row.level, "strong")), Span("   ")]
        used += room + 3
        shown += 1
    if shown < len(rows):
        spans.append(Span(f"+ {len(rows) - shown}", "label"))
    return fit(spans, width)
