"""From one campaign's page to what its panels draw: facts, funnel, bars, trends, tables. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from wallboard.board.campaign_page import OVER_TIME, OWN_RATE, Campaign
from wallboard.board.drop_budget import DropBudget
from wallboard.board.sample import Sample
from wallboard.screens.campaigns_values import rate
from wallboard.screens.drop_budget_words import drops, out_words, percent
from widgets import figures
from widgets.funnel import Stage
from widgets.histogram import Hour
from widgets.rate_bars import BarGroup, RateBar
from widgets.status import Level
from widgets.table import Column, Row
from widgets.trends import Trend

HOURS: Final = (
    Column("hour", 6, priority=9),
    Column("calls", 7, "right", priority=8),
    Column("answered", 17, "right", grow=1, priority=7),
    Column("contact rate", 17, "right", grow=1, priority=5),
    Column("drop rate", 17, "right", grow=1, priority=6),
)
DISPOSITIONS: Final = (
    Column("disposition", 14, grow=3, priority=5),
    Column("calls", 7, "right", priority=4),
    Column("share", 7, "right", priority=3),
    Column("talk", 8, "right", priority=1),
    Column("sales", 6, "right", priority=2),
)
GOALS: Final = (
    Column("goal", 12, grow=3, priority=5),
    Column("by exposed visits", 17, "right", priority=4),
    Column("of all", 7, "right", priority=3),
    Column("share", 7, "right", priority=2),
)
_COURSE: Final = ("exposures", "engagements", "conversions", "revenue after")
FEW: Final = 30
"""Under so many visits a rate says next to nothing."""


def facts(page: Campaign, currency: str) -> tuple[str, str]:
    """The campaign in two lines: what it is, then its figures that count most."""
    about = page.facts
    said = [about.name]
    if about.is_web or about.channel not in {None, "voice"}:
        said.append(about.channel or "")
    else:
        said.append(about.direction or "direction not known")
    if about.goal_name:
        said.append(
            f"goal {about.goal_name}" + (f" ({about.goal_type})" if about.goal_type else "")
        )
    if about.account:
        said.append(f"account {about.account}")
    if about.control_share is not None:
        said.append(f"control group {percent(about.control_share)}")
    if about.drop_limit is not None and about.direction != "inbound":
        within = "" if about.drop_seconds is None else f" within {about.drop_seconds:g} s"
        said.append(f"drops at most {percent(about.drop_limit)}{within}")
    if page.parts:
        said.append(f"parts: {', '.join(page.parts)}")
    return " · ".join(said), " · ".join(_headlines(page, currency))


def _headlines(page: Campaign, currency: str) -> list[str]:
    if page.facts.is_web:
        after = page.figure("goals_after_engagement").value
        revenue = page.figure("revenue_after_engagement").value
        gained = page.figure("incremental_revenue").value
        return [
            f"{figures.count(after)} goals after chats and clicks",
            f"{figures.money(revenue, currency)} revenue after them",
            f"{figures.money(gained, currency)} incremental revenue",
            f"{figures.count(page.figure('goals_reached').value)} smaller goals",
        ]
    said: list[str] = []
    if page.figure("total_calls").value:
        said.append(f"{figures.count(page.figure('total_calls').value)} calls in")
        said.append(f"answered {rate(page.figure('answer_rate'))}")
    if page.figure("dials").value:
        said.append(f"{figures.count(page.figure('dials').value)} dials")
        said.append(f"answered {figures.share(page.figure('dial_answer_rate').value)}")
        said.append(f"contacts {rate(page.figure('contact_rate'))}")
        said.append(f"drop rate {rate(page.figure('drop_rate'))}")
    return said or ["no call in the period"]


def budget_lines(
    budget: DropBudget | None, today: bool, clock: Callable[[int], str]
) -> tuple[tuple[str, Level], ...]:
    """Drop compliance in two lines: the day, then the 30 days that end with it."""
    if budget is None:
        return (("Nobody who was called has answered in these 30 days.", Level.GOOD),)
    day = "today" if today else f"{budget.day:%d %b}"
    said = f"{day}  {figures.share(budget.rate)} of {figures.count(budget.live)} live answers"
    said += f" · {drops(budget.dropped)}"
    level = Level.GOOD
    if budget.left_today is not None:
        level = Level.WARNING if budget.is_day_over else Level.GOOD
        said += f" · {_left(budget.left_today)} by this day alone"
        said += out_words(budget.runs_out_today, clock)
    rolling = f"30 days  {figures.share(budget.rolling)} against {percent(budget.limit)}"
    if not budget.is_telling:
        return ((said, level), (f"{rolling} · too few answers to tell", Level.GOOD))
    rolling += f" · {_left(budget.left)}{' before the limit' if budget.left >= 0 else ''}"
    rolling += out_words(budget.runs_out, clock)
    rolling += " · OVER THE LIMIT" if budget.is_over else " · within the limit"
    return ((said, level), (rolling, Level.CRITICAL if budget.is_over else Level.GOOD))


def _left(left: int) -> str:
    return f"{drops(-left)} over" if left < 0 else f"{drops(left)} left"


def funnel(page: Campaign) -> list[Stage]:
    """The data bar from those it was meant for to what was gained."""
    prospects, exposures = page.figure("prospects").value, page.figure("exposures").value
    engagements, conversions = page.figure("engagements").value, page.figure("conversions").value
    gained = page.figure("incremental_conversions").value
    return [
        Stage("prospects", "prospects", _whole(prospects)),
        Stage("exposures", "exposures", _whole(exposures), _over(exposures, prospects),
              "of prospects"),
        Stage("engagements", "engagements", _whole(engagements), _over(engagements, exposures),
              "of exposures"),
        Stage("conversions", "conversions", _whole(conversions), _over(conversions, exposures),
              "of exposures"),
        Stage("incremental_conversions", "incremental conv.", _whole(gained),
              _over(gained, conversions), "of conversions" if (gained or 0) > 0 else ""),
    ]  # fmt: skip


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _over(part: float | None, whole: float | None) -> float | None:
    return None if part is None or part < 0 or not whole else part / whole


def bars(page: Campaign, currency: str) -> list[BarGroup]:
    """Rates by channel against control, the campaign against its type, order values."""
    control = page.figure("control_rate")
    channels = [
        _rate_bar(title, page.figure(slug), control)
        for title, slug in (
            ("after a chat", "chat_conversion_rate"),
            ("view-through", "view_through_rate"),
            ("click-through", "click_through_rate"),
        )
    ]
    held = RateBar(
        "control group", control.value, rate(control),
        "few visits" if (control.denominator or 0) < FEW else "", is_reference=True,
    )  # fmt: skip
    average = page.figure("goal_type_average")
    own = page.figure(OWN_RATE)
    kind = page.facts.goal_type or "goal"
    groups = [
        BarGroup("CONVERSION RATE BY CHANNEL", (*channels, held)),
        BarGroup(
            "AGAINST ITS GOAL TYPE",
            (
                _rate_bar("this campaign", own, average),
                RateBar(
                    f"{kind} campaigns", average.value,
                    f"mean {figures.share(average.value)}",
                    _campaigns(average.denominator), is_reference=True,
                ),
            ),
        ),
    ]  # fmt: skip
    exposed, without = page.figure("aov_exposed"), page.figure("aov_control")
    if exposed.value is not None or without.value is not None:
        groups.append(
            BarGroup(
                "ORDER VALUE",
                (
                    _money_bar("exposed", exposed, currency),
                    _money_bar("control group", without, currency, is_reference=True),
                ),
            )
        )
    return groups


def _campaigns(number: float | None) -> str:
    return f"of {figures.count(number)} campaign{'' if number == 1 else 's'}"


def _rate_bar(title: str, sample: Sample, against: Sample) -> RateBar:
    note, level = "", Level.GOOD
    if sample.value is not None and against.value is not None:
        difference = (sample.value - against.value) * 100
        change = figures.change(difference)
        note = change if change == "=" else f"{change} points"
        level = Level.NOTICE if difference < 0 else Level.GOOD
    return RateBar(title, sample.value, rate(sample), note, level)


def _money_bar(title: str, sample: Sample, currency: str, *, is_reference: bool = False) -> RateBar:
    orders = figures.count(sample.denominator)
    note = f"{orders} order{'' if sample.denominator == 1 else 's'}"
    money = figures.money(sample.value, currency)
    return RateBar(title, sample.value, money, note, is_reference=is_reference)


def trends(page: Campaign, currency: str) -> list[Trend]:
    """The data bar over time."""
    found: list[Trend] = []
    for slug, title in zip(OVER_TIME, _COURSE, strict=True):
        values = page.course.get(slug)
        if values is None:
            continue
        total = sum(value or 0 for value in values)
        is_money = slug == "revenue_after_engagement"
        if is_money and not total:
            continue
        text = figures.money(total, currency, 0) if is_money else figures.count(total)
        found.append(Trend(title, values, text))
    return found


def time_labels(times: Sequence[str]) -> list[str]:
    """Hours as they are, days without the year."""
    return [time[5:] if len(time) > 2 else time for time in times]


def hours(page: Campaign, current: str | None) -> list[Hour]:
    """Calls by hour of the day; `current` is the label of the hour that is not over."""
    return [
        Hour(
            hour.label,
            hour.answered,
            hour.decided - hour.answered,
            current=hour.label == current,
        )
        for hour in page.hours
    ]


def hour_rows(page: Campaign) -> list[Row]:
    """The rates hour by hour."""
    return [
        Row(
            hour.label,
            (
                f"{hour.label}:00",
                figures.count(hour.decided),
                rate(_sample(hour.answered, hour.decided)),
                rate(hour.contacts),
                rate(hour.drops),
            ),
            faint=not hour.decided,
        )
        for hour in page.hours
    ]


def _sample(part: int, whole: int) -> Sample:
    return Sample(part / whole if whole else None, part, whole)


def disposition_rows(page: Campaign) -> list[Row]:
    """What the calls came to."""
    return [
        Row(
            line.disposition,
            (
                line.disposition,
                figures.count(line.calls),
                figures.share(line.share),
                figures.duration(line.talk_seconds),
                figures.count(line.sales) if line.sales else "",
            ),
            faint=line.disposition == "(none)",
        )
        for line in page.dispositions or ()
    ]


def goal_rows(page: Campaign) -> list[Row]:
    """What the campaign did for all goals."""
    return [
        Row(
            goal.goal,
            (
                goal.goal,
                figures.count(goal.reached),
                figures.count(goal.of),
                figures.share(goal.reached / goal.of if goal.of else None),
            ),
        )
        for goal in page.goals or ()
    ]
