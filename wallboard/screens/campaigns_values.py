"""From lines of campaigns to rows of a table: figures in words, and what needs attention. Pure."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from wallboard.board.campaigns_page import CampaignLine
from wallboard.board.drop_budget import DropBudget
from wallboard.board.sample import Sample
from wallboard.metrics.asked import NONE
from wallboard.screens.drop_budget_words import drops, percent
from widgets import figures
from widgets.rate_bars import BarGroup, RateBar
from widgets.status import Level
from widgets.table import Column, Row

Order = Literal["attention", "name", "calls", "drop rate"]
ORDERS: Final[tuple[Order, ...]] = ("attention", "name", "calls", "drop rate")

COLUMNS: Final = (
    Column("campaign", 17, grow=6, priority=12),
    Column("", 5, priority=3),
    Column("60 min", 6, "right", priority=7),
    Column("mean", 5, "right", priority=6),
    Column("calls", 7, "right", priority=9),
    Column("answer rate", 17, "right", priority=4),
    Column("contact rate", 17, "right", priority=2),
    Column("drop rate", 15, "right", priority=10),
    Column("drops left", 10, "right", priority=8),
    Column("today", 5, "right", priority=5),
    Column("conv.", 6, "right", priority=1),
    Column("needs attention", 19, grow=1, priority=11),
)
SORTED: Final[dict[Order, int]] = {"attention": 11, "name": 0, "calls": 4, "drop rate": 7}
_DROP: Final = 7
_RUNNING: Final = 8
_TODAY: Final = 9
_HOUR: Final = 2
_WORDS: Final = 11

FEW: Final = 0.1
"""So small a part of the limit left is a warning."""
SLOW: Final = 0.4
"""Under so much of its mean hour a campaign is slow."""
MEAN_LEAST: Final = 10.0
"""Of fewer calls an hour nothing is said of the pace: chance alone moves it."""
FEW_VISITS: Final = 30
"""Of fewer visits of a control group a rate says next to nothing."""
KINDS: Final = {"inbound": "in", "outbound": "out", "blended": "both"}
_URGENCY: Final = {Level.CRITICAL: 0, Level.WARNING: 1, Level.NOTICE: 2, Level.GOOD: 3}
_BY_DROPS: Final = {Level.CRITICAL, Level.WARNING}
"""Of these the one with the fewest drops left is first."""


class Attention(NamedTuple):
    """How much a campaign needs attention, and why in a few words; empty when nothing does."""

    level: Level = Level.GOOD
    words: str = ""


def attention(line: CampaignLine) -> Attention:
    """What needs attention first of a campaign."""
    budget, drop = line.budget, line.figure("drop_rate")
    if budget is not None and budget.limit is not None:
        if not budget.is_telling:
            return _pace_or_control(line)
        if budget.is_over or budget.left < 0:
            over = figures.count(max(0, -budget.left))
            return Attention(Level.CRITICAL, f"{over} over drop limit")
        if budget.is_day_over:
            over = figures.count(-(budget.left_today or 0))
            return Attention(Level.WARNING, f"{over} over limit today")
        # The allowance is what was dropped and what is left of it.
        share = (budget.rolling or 0) / budget.limit
        if drop.numerator and share >= 1 - FEW:
            left = "no drop" if budget.left == 0 else drops(budget.left)
            return Attention(Level.WARNING, f"{left} left")
    return _pace_or_control(line)


def _pace_or_control(line: CampaignLine) -> Attention:
    if _is_slow(line):
        share = (line.last_hour or 0) / (line.mean_hour or 1)
        return Attention(Level.NOTICE, f"slow: {figures.share(share, 0)} of mean")
    is_known = (line.figure("control_rate").denominator or 0) >= FEW_VISITS
    if is_known and (line.figure("incremental_conversions").value or 0) < 0:
        return Attention(Level.NOTICE, "below control group")
    return Attention()


def _is_slow(line: CampaignLine) -> bool:
    hour, mean = line.last_hour, line.mean_hour
    return hour is not None and mean is not None and mean >= MEAN_LEAST and hour < SLOW * mean


def rate(sample: Sample) -> str:
    """A rate with its sample: `92.1 % of 1,204`."""
    if sample.denominator is None or sample.value is None:
        return figures.share(sample.value)
    return f"{figures.share(sample.value)} of {figures.count(sample.denominator)}"


def answered(line: CampaignLine) -> Sample:
    """The answer rate that counts: of callers where any call in, else of dials."""
    inbound = line.figure("answer_rate")
    is_dialled = line.facts.direction == "outbound"
    return inbound if inbound.denominator and not is_dialled else line.figure("dial_answer_rate")


def converted(line: CampaignLine) -> int | None:
    """Calls in and out that converted, or the conversions of a web campaign."""
    web = line.figure("conversions").value
    if line.facts.is_web:
        return None if web is None else int(web)
    counted = [line.figure(slug).numerator for slug in ("call_conversion_rate", "conversion_rate")]
    known = [int(value) for value in counted if value is not None]
    return sum(known) if known else None


def kind(line: CampaignLine) -> str:
    """Which way its calls go, or by what channel it works."""
    channel = line.facts.channel
    if channel not in {None, "voice"}:
        return channel or ""
    return KINDS.get(line.facts.direction or "", figures.UNKNOWN)


def campaign_rows(lines: Sequence[CampaignLine], order: Order) -> list[Row]:
    """The rows in an order; parts of other campaigns without calls of their own are left out."""
    seen = [line for line in lines if line.volume is not None or line.facts.parent is None]
    return [_row(line) for line in sorted(seen, key=lambda line: _place(line, order))]


def summary(lines: Sequence[CampaignLine], *, is_part: bool = False) -> str:
    """How many campaigns there are, and how many of them need attention.

    `is_part`: calls of a queue or a team alone are shown, but drops of all of them count.
    """
    rows = campaign_rows(lines, "name")
    marked = sum(row.level is not Level.GOOD for row in rows)
    parts = parts_left_out(lines)
    said = f"{marked} of {_named(len(rows), 'campaign')} need{'s' * (marked == 1)} attention"
    if is_part:
        said += " · drops left are of whole campaigns"
    return f"{said} · + {_named(parts, 'sub-campaign')} in them" if parts else said


def _named(number: int, what: str) -> str:
    return f"{figures.count(number)} {what}{'' if number == 1 else 's'}"


def parts_left_out(lines: Sequence[CampaignLine]) -> int:
    """How many campaigns have no row, for they are parts of others."""
    return sum(line.volume is None and line.facts.parent is not None for line in lines)


def _place(line: CampaignLine, order: Order) -> tuple[float, float, float, str]:
    name, calls = line.facts.name.casefold(), line.volume or 0
    match order:
        case "name":
            return (0, 0, 0, name)
        case "calls":
            return (0, 0, -calls, name)
        case "drop rate":
            return (0, 0, -(line.figure("drop_rate").value or 0), name)
        case _:
            level = attention(line).level
            left = line.budget.left if line.budget is not None and level in _BY_DROPS else 0
            return (_URGENCY.get(level, 3), left, -calls, name)


def _row(line: CampaignLine) -> Row:
    found, budget = attention(line), line.budget
    drop = line.figure("drop_rate")
    is_dialled = bool(drop.denominator)
    contact = line.figure("contact_rate")
    is_told = budget is not None and budget.limit is not None and budget.is_telling
    today = budget.left_today if budget is not None and is_dialled and is_told else None
    left = budget.left if budget is not None and is_told else None
    cells = (
        line.facts.name,
        kind(line),
        figures.count(line.last_hour),
        figures.count(line.mean_hour),
        figures.count(line.volume),
        rate(answered(line)),
        rate(contact),
        rate(drop),
        figures.count(left),
        figures.count(today),
        figures.count(converted(line)),
        found.words,
    )
    levels = [Level.GOOD] * len(cells)
    levels[_WORDS] = found.level
    if budget is not None and budget.is_over and budget.is_telling:
        levels[_RUNNING] = Level.CRITICAL
    if budget is not None and budget.is_day_over:
        levels[_TODAY] = levels[_DROP] = Level.WARNING
    if _is_slow(line):
        levels[_HOUR] = Level.NOTICE
    is_idle = not line.volume
    return Row(line.facts.campaign, cells, found.level, tuple(levels), faint=is_idle)


def budget_bars(lines: Sequence[CampaignLine]) -> list[BarGroup]:
    """The drop rates over 30 days against the limit, highest first; none where nobody is dialled.

    With the stroke of the limit only where all campaigns have the same.
    """
    found = [(line, line.budget) for line in lines if line.budget is not None and line.budget.limit]
    limits = {round(budget.limit or 0, 9) for _, budget in found}
    bars = [
        RateBar(
            line.facts.name,
            budget.rolling,
            f"{figures.share(budget.rolling)} ≤ {percent(budget.limit)}",
            _left(budget),
            Level.CRITICAL if budget.is_over and budget.is_telling else Level.GOOD,
        )
        for line, budget in sorted(found, key=lambda one: -(one[1].rolling or 0))
    ]
    if not bars:
        return []
    if len(limits) == 1:
        limit = limits.pop()
        bars.append(RateBar("limit", limit, percent(limit), is_reference=True))
    return [BarGroup("DROP RATE OVER 30 DAYS, AGAINST THE LIMIT", tuple(bars))]


def _left(budget: DropBudget) -> str:
    if not budget.is_telling:
        return "too few to tell"
    return f"{drops(-budget.left)} over" if budget.left < 0 else f"{drops(budget.left)} left"


def is_campaign(key: str) -> bool:
    """Whether the row can be opened: calls without a campaign have none."""
    return key != NONE
