"""drop-compliance: dropped calls against the limit, by the day and over its running 30 days."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from wallboard.config.metrics import DropFormula
from wallboard.reports.report import Asked, Column, Generated, Report

RUNNING_DAYS: Final = 30
MILLION: Final = 1_000_000
_DAY: Final = timedelta(days=1)

_HOURS: Final = """
SELECT campaign, bucket, sum(live_answers), sum(dropped), sum(dial_answered),
    sum(machine_with_agent), sum(drop_allowance_millionths)
FROM hour_rollup WHERE bucket >= :from AND bucket < :until AND direction = 'outbound' {campaign}
GROUP BY campaign, bucket
"""


class Drops(NamedTuple):
    """What dropped calls are judged by, of some time."""

    live: int = 0
    dropped: int = 0
    answered: int = 0
    machines: int = 0
    allowance: int = 0
    """Millionths of calls that might have been dropped."""

    def plus(self, other: "Drops") -> "Drops":
        """The sum of both."""
        return Drops._make(map(sum, zip(self, other, strict=True)))

    def rate(self, formula: DropFormula) -> float | None:
        """The drop rate [K5], None over nothing."""
        match formula:
            case "answered":
                return self.dropped / self.answered if self.answered else None
            case "ofcom":
                handled = self.live - self.dropped
                judged = handled + self.machines
                drops = self.dropped - (self.dropped * self.machines / judged if judged else 0)
                return drops / (handled + drops) if handled + drops else None
            case _:
                return self.dropped / self.live if self.live else None

    @property
    def limit(self) -> float | None:
        """The limit that was in force for the live answers."""
        return self.allowance / MILLION / self.live if self.live else None

    @property
    def headroom(self) -> int:
        """How many more may be dropped; negative when over [K6]."""
        return self.allowance // MILLION - self.dropped

    def is_over(self, formula: DropFormula) -> bool:
        """Whether the rate is above the limit."""
        if formula == "ftc":
            return self.dropped * MILLION > self.allowance
        rate, limit = self.rate(formula), self.limit
        return rate is not None and limit is not None and rate > limit


def _days(connection: sqlite3.Connection, asked: Asked) -> dict[str, dict[date, Drops]]:
    """By campaign and day, from 29 days before the period to its end."""
    calendar, days = asked.calendar, asked.period.days
    values = {
        "from": calendar.day_bounds(days[0] - _DAY * (RUNNING_DAYS - 1))[0],
        "until": calendar.day_bounds(days[-1])[1],
        **asked.filters,
    }
    chosen = "AND campaign = :campaign" if "campaign" in asked.filters else ""
    found: dict[str, dict[date, Drops]] = defaultdict(lambda: defaultdict(Drops))
    for campaign, bucket, *figures in connection.execute(_HOURS.format(campaign=chosen), values):
        day = calendar.day_of(bucket)
        found[campaign][day] = found[campaign][day].plus(Drops(*figures))
    return found


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    if not asked.period.days:
        return
    formula = asked.settings.drop_formula
    names: dict[str, str | None] = dict(
        connection.execute("SELECT campaign, max(name) FROM campaigns GROUP BY campaign").fetchall()
    )
    for campaign, by_day in sorted(_days(connection, asked).items()):
        for day in asked.period.days:
            today = by_day.get(day)
            if today is None or not (today.live or today.dropped):
                continue
            window = _sum(by_day.get(day - _DAY * back) for back in range(RUNNING_DAYS))
            yield (
                campaign or None,
                day.isoformat(),
                today.live,
                today.dropped,
                today.rate(formula),
                window.rate(formula),
                window.limit,
                window.headroom,
                window.is_over(formula),
                names.get(campaign),
            )


def _sum(days: Iterable[Drops | None]) -> Drops:
    total = Drops()
    for day in days:
        total = total if day is None else total.plus(day)
    return total


DROP_COMPLIANCE: Final = Report(
    name="drop-compliance",
    question="Does each campaign keep to its limit of dropped calls?",
    per="campaign and local day with live answers; days are whole",
    columns=(
        Column("campaign", "text", "the id of the campaign"),
        Column("day", "day", "the local day"),
        Column("live_answers", "count", "dials that a person answered on the day"),
        Column("dropped", "count", "those of them that were dropped"),
        Column("drop_rate", "share", "of the day, by the formula of [metrics] drop_formula"),
        Column("rolling_drop_rate", "share", "of the 30 days that end with the day"),
        Column("limit", "share", "the limit in force over those 30 days"),
        Column("headroom", "count", "drops left in them before the limit; negative when over"),
        Column("over", "flag", "whether the rate of those 30 days is above the limit"),
        Column("campaign_name", "text", "the name of the campaign"),
    ),
    filters=("campaign",),
    rows=_rows,
)
