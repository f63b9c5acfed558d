"""The pages of a wall: from what was read to what is drawn, each page on its own. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from wallboard.board.campaigns_page import Campaigns
from wallboard.questions.floor_answers import Floor
from wallboard.screens import floor_values, wall_figures, wall_rows
from wallboard.screens.sight import Sight
from wallboard.screens.wall_agents import CALM, NOBODY, TITLE, draw_agents_of
from wallboard.screens.wall_layout import BESIDE, HOURS_LEAST, WIDE, floor_room
from widgets.big import draw_bigs
from widgets.histogram import draw_histogram
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.lettering import lines_of
from widgets.paint import Line, Picture, cell, fit, page
from widgets.sheet import beside

Page = Callable[[Sight, int, int, int], Picture]
"""Draws what was read in so many columns and lines, titles in letters of so large a scale."""


def _floor_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
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
    drawn += draw_agents_of(floor, now, width, room.agents, unit)
    if room.hours and room.left == width:
        drawn += _hours(floor, width, room.hours)
    return Picture(page(drawn, width, height))


def _calls_page(sight: Sight, width: int, height: int, unit: int) -> Picture:
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
    calm = CALM if floor.agents else NOBODY
    below = _rows(rows, width, height - top, unit, TITLE,
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
    "floor": _floor_page,
    "calls": _calls_page,
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
