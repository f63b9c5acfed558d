"""From a web campaign's page to what its panels draw: the data bar, bars of rates, trends. Pure."""

from collections.abc import Sequence
from typing import Final

from wallboard.board.campaign_page import OVER_TIME, OWN_RATE, Campaign
from wallboard.board.sample import Sample
from wallboard.screens.campaigns_values import FEW_VISITS, rate
from widgets import figures
from widgets.funnel import Stage
from widgets.rate_bars import BarGroup, RateBar
from widgets.status import Level
from widgets.trends import Trend

_COURSE: Final = ("exposures", "engagements", "conversions", "revenue after")


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
        _rate_bar(title, page.figure(slug), control, is_control=True)
        for title, slug in (
            ("after a chat", "chat_conversion_rate"),
            ("view-through", "view_through_rate"),
            ("click-through", "click_through_rate"),
        )
    ]
    held = RateBar(
        "control group", control.value, rate(control),
        "few visits" if (control.denominator or 0) < FEW_VISITS else "", is_reference=True,
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


def _rate_bar(title: str, sample: Sample, against: Sample, *, is_control: bool = False) -> RateBar:
    note, level = "", Level.GOOD
    if sample.value is not None and against.value is not None:
        difference = (sample.value - against.value) * 100
        change = figures.change(difference)
        note = change if change == "=" else f"{change} points"
        is_known = not is_control or (against.denominator or 0) >= FEW_VISITS
        level = Level.NOTICE if difference < 0 and is_known else Level.GOOD
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
