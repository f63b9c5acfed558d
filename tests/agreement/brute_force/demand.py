"""Metrics 1 to 14: how many called, and when."""

from collections import Counter
from collections.abc import Callable

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import counted, divided, table, total
from tests.agreement.brute_force.asked import Answer, Asked, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.judged import answered, missed
from tests.agreement.brute_force.numbers import known
from tests.agreement.brute_force.world import World

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(call: Call) -> str | None:
    return known(call.fields.get("from_number"))


def first_ever(world: World, call: Call) -> bool:
    """Whether an inbound call is its number's first of the whole history."""
    of_number = [each for each in world.calls if each.inbound and number(each) == number(call)]
    return number(call) is not None and of_number[0] is call


def distinct(calls: list[Call]) -> int:
    return len({number(call) for call in calls if number(call) is not None})


def by(chosen: Chosen, key: Callable[[Call], str]) -> Answer:
    """Calls by a key, in the order of the keys."""
    return table(counted(sorted(key(call) for call in chosen.inbound)))


def date_range(chosen: Chosen) -> Answer:
    """The calls beside those of the equally long range before (reading 12)."""
    asked, now = chosen.asked, len(chosen.inbound)
    earlier = clock.before(asked.from_ms, asked.until_ms, chosen.settings)
    filters = {name: getattr(asked, name) for name in asked.filters()}
    then = len(Chosen(chosen.world, Asked(earlier, asked.from_ms, **filters)).inbound)
    rows: list[Row] = [
        {"key": "now", "value": now},
        {"key": "before", "value": then},
        {"key": "change", "value": divided(now - then, then)},
    ]
    return Answer(now, now, None, rows)


def busiest(chosen: Chosen, most: int = 3) -> Answer:
    """The busiest dated clock hours, the earlier first among equals."""
    hours = Counter(
        f"{clock.local(call.start, chosen.settings):%Y-%m-%dT%H:00}" for call in chosen.inbound
    )
    ranked = sorted(hours.items(), key=lambda pair: (-pair[1], pair[0]))
    everything = len(chosen.inbound)
    return table(
        [{"key": key, "value": n, "share": divided(n, everything)} for key, n in ranked[:most]]
    )


def demand(chosen: Chosen) -> dict[str, Answer]:
    world, settings, calls = chosen.world, chosen.settings, chosen.inbound
    firsts = [call for call in calls if first_ever(world, call)]
    weekdays = counted(
        sorted((f"{clock.day_of(call.start, settings):%A}" for call in calls), key=WEEKDAYS.index)
    )
    return {
        "total_calls": total(len(calls)),
        "unique_callers": total(distinct(calls)),
        "first_time_callers": total(distinct(firsts)),
        "repeat_callers": total(distinct([each for each in calls if each not in firsts])),
        "answered_calls": total(sum(answered(call) for call in calls)),
        "missed_calls": total(sum(missed(call) for call in calls)),
        "connected_calls": total(sum(answered(call) for call in calls)),
        "voicemail_calls": total(sum(call.reason == "voicemail" for call in calls)),
        "after_hours_calls": total(sum(not clock.is_open(call.start, settings) for call in calls)),
        "calls_by_day": by(chosen, lambda call: f"{clock.day_of(call.start, settings)}"),
        "calls_by_hour": by(chosen, lambda call: f"{clock.local(call.start, settings):%H}"),
        "calls_by_weekday": table(weekdays),
        "calls_by_date_range": date_range(chosen),
        "peak_call_periods": busiest(chosen),
    }
