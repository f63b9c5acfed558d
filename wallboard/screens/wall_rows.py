"""From queues, agents, campaigns and feeds to the large rows of a wall, the worst first. Pure.

Numbers are masked in whatever text they stand, for some platforms name agents and queues by theirs.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from wallboard.board.campaigns_page import CampaignLine
from wallboard.masking import mask_free
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import AgentNow, QueueNow
from wallboard.screens import campaigns_values, feed_values, floor_queues, floor_values
from widgets import figures
from widgets.large_rows import LargeRow
from widgets.queues import QueueRow
from widgets.status import Level, mark
from widgets.tiles import AgentState, AgentTile, level_of, word

STANDS_OUT: Final = 4
"""Agents of a lower `attention` than this stand out."""
URGENCY: Final = (Level.CRITICAL, Level.WARNING, Level.NOTICE, Level.GOOD, Level.UNKNOWN)

QUEUE_HEADINGS: Final = ("waiting", "longest")
AGENT_HEADINGS: Final = ("", "for")
CAMPAIGN_HEADINGS: Final = ("drop rate", "calls")
FEED_HEADINGS: Final = ("state", "lag")


def queue_rows(queues: Sequence[QueueNow], now: int, gap: bool) -> list[LargeRow]:
    """The queues, those that need attention first; `now` UTC ms."""
    return [_queue(row) for row in floor_queues.queue_rows(queues, now, gap)]


def _queue(row: QueueRow) -> LargeRow:
    share = row.share
    gap = "*" if row.gap and share != figures.UNKNOWN else ""
    of = f" of {figures.count(row.sample)}" if row.sample else ""
    return LargeRow(
        mask_free(row.name),
        (figures.count(row.waiting), figures.duration(row.longest)),
        row.level,
        (Level.GOOD, row.longest_level),
        (
            f"level {share}{gap} {mark(row.service_level_level)}".rstrip() + of,
            f"{figures.count(row.ready)} ready",
            f"{figures.count(row.busy)} busy, {figures.count(row.paused)} paused",
        ),
    )


def agent_rows(agents: Sequence[AgentNow], now: int) -> list[LargeRow]:
    """The agents who stand out, the most urgent first; `now` UTC ms."""
    standing = [agent for agent in agents if floor_values.attention(agent, now) < STANDS_OUT]
    return [_agent(tile, now) for tile in floor_values.tiles(standing, now, "attention")]


def _agent(tile: AgentTile, now: int) -> LargeRow:
    level = level_of(tile, now / 1000)
    state = "stuck" if tile.stuck else tile.reason or word(tile.state)
    since = figures.UNKNOWN if tile.since is None else figures.clock(now / 1000 - tile.since)
    limit = "" if tile.limit is None else f"limit {figures.duration(tile.limit)}"
    return LargeRow(
        mask_free(tile.name),
        (mask_free(state), since),
        Level.NOTICE if level is Level.GOOD else level,
        (),
        (word(tile.state), *([limit] if limit else [])),
    )


def agent_counts(agents: Sequence[AgentNow]) -> Counter[AgentState]:
    """How many agents are in each state."""
    known = {str(state): state for state in AgentState}
    return Counter(known.get(agent.state, AgentState.OFFLINE) for agent in agents)


def campaign_rows(lines: Sequence[CampaignLine]) -> list[LargeRow]:
    """The campaigns with calls today, what needs acting on first; the idle ones are left out."""
    shown = [line for line in lines if line.volume and campaigns_values.is_campaign(_key(line))]
    shown.sort(key=lambda line: (
        URGENCY.index(campaigns_values.attention(line).level), -(line.volume or 0), line.facts.name
    ))  # fmt: skip
    return [_campaign(line) for line in shown]


def _key(line: CampaignLine) -> str:
    return line.facts.campaign


def _campaign(line: CampaignLine) -> LargeRow:
    found, drop = campaigns_values.attention(line), line.figure("drop_rate")
    answered = campaigns_values.rate(campaigns_values.answered(line))
    pace = ""
    if line.last_hour is not None:
        pace = f"{figures.count(line.last_hour)} an hour, mean {figures.count(line.mean_hour)}"
    return LargeRow(
        mask_free(line.facts.name),
        (figures.share(drop.value).replace(" %", "%"), figures.count(line.volume)),
        found.level,
        (found.level if "limit" in found.words or "left" in found.words else Level.GOOD,),
        tuple(words for words in (found.words, pace, f"answered {answered}") if words),
    )


def feed_rows(feeds: Sequence[FeedHealth], now: int) -> list[LargeRow]:
    """Each feed with its state and its lag, the worst first; `now` UTC ms."""
    rows = [_feed(feed, now) for feed in feeds]
    return sorted(rows, key=lambda row: (URGENCY.index(row.level), row.name.casefold()))


def _feed(feed: FeedHealth, now: int) -> LargeRow:
    row = feed_values.feed_row(feed, "", None, now)
    details = (f"last event {feed_values.ago(feed.last_event, now)}", feed.reason)
    state = row.cells[1].lstrip("●■ ")
    return LargeRow(
        feed.feed, (state, feed_values.lag(feed, now)), row.level, (row.levels[1],),
        tuple(words for words in details if words),
    )  # fmt: skip
