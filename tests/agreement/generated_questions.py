"""What to ask of generated events: periods, filters, settings."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.agreement.brute_force.asked import Asked, Settings
from tests.agreement.generated_events import DAY, HOUR, START, ZONE
from tests.agreement.generation.places import BRANCH, CENTER
from tests.agreement.generation.teller import instant


def touching(random: Random) -> dict[str, Any]:
    """At most two filters, mostly of things that there are."""
    choices = {
        "campaign": (*CENTER.inbound, *CENTER.outbound, *CENTER.web, "nobody"),
        "queue": CENTER.queues,
        "agent": CENTER.agents + BRANCH.agents,
        "account": CENTER.accounts,
        "team": ("red", "blue"),
        "attribution_campaign": ("campaign-x", "campaign-y"),
    }
    names = random.sample(sorted(choices), random.choice((0, 1, 1, 1, 2)))
    return {name: random.choice(choices[name]) for name in names}


def askings(
    seed: int,
    *,
    count: int = 8,
    days: int = 3,
    start: str = START,
    zone: str = ZONE,
    day_starts: str = "00:00",
) -> list[Asked]:
    """Periods and filters to ask for: all days first, then whole days, hours and odd times.

    `day_starts`: when the whole days begin, as in the settings that the answers go by.
    """
    random, first_day = Random(seed), date.fromisoformat(start[:10])
    dates = [first_day + timedelta(days=number) for number in range(days + 1)]
    ends = [instant(f"{day}T{day_starts}", zone) for day in dates]
    begin = ends[0]
    result = [Asked(begin, ends[-1])]
    while len(result) < count:
        first = random.randrange(days)
        whole = ends[first], ends[random.randrange(first + 1, days + 1)]
        odd = begin + random.randrange(days * DAY)
        hours = odd - odd % HOUR, odd - odd % HOUR + random.randrange(1, 30) * HOUR
        odd_times = odd, odd + random.randrange(1, DAY)
        empty = begin - 30 * DAY, begin - 29 * DAY
        period = random.choice((whole, whole, whole, hours, odd_times, empty))
        result.append(Asked(*period, **touching(random)))
    return result


def settings_for(seed: int, zone: str = ZONE) -> Settings:
    """Settings to judge by: the defaults for seed 0, odd ones for others."""
    random = Random(seed)
    if seed == 0:
        return Settings(time_zone=zone)
    weekdays = ("monday", "saturday", "sunday")
    return Settings(
        time_zone=zone,
        day_starts=random.choice(("00:00", "06:00", "00:00", "22:30")),
        holidays=random.choice(((), ("2026-11-01",))),
        business_hours=random.choice(
            ({}, {day: [("09:00", "12:30"), ("13:00", "18:00")] for day in weekdays})
        ),
        service_level_seconds=random.choice((20, 10, 20.001)),
        service_level_formula=random.choice(("offered", "answered", "within", "late_abandons")),
        short_abandon_seconds=random.choice((5, 0, 10)),
        drop_limit=random.choice((0.03, 0.5)),
        drop_seconds=random.choice((2, 2.5)),
        drop_formula=random.choice(("ftc", "ofcom", "answered")),
        callback_hours=random.choice((24, 1)),
        customer_years=random.choice((3, 1.5)),
        margin=random.choice((1.0, 0.4)),
        required_attribution=random.choice((("source", "campaign", "channel"), ("source",))),
        target_phrases=random.choice(((), ("refund", "goodbye"))),
    )
