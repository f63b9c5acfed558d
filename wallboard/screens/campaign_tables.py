"""From one campaign's page to its tables: hours, dispositions, goals. Pure."""

from typing import Final

from wallboard.board.campaign_page import Campaign
from wallboard.board.sample import Sample
from wallboard.screens.campaigns_values import rate
from widgets import figures
from widgets.histogram import Hour
from widgets.table import Column, Row

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
