"""From the floor's headline rates to the large figures of a wall. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from wallboard.masking import mask_free
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import Floor, QueueNow
from wallboard.screens import floor_values
from widgets import figures
from widgets.big import BigValue
from widgets.headline import Rate
from widgets.status import Level
from widgets.tiles import AgentState, word

GAP: Final = "*"
"""Stands at a figure over a period with a gap, as on every screen."""

USUAL_STATES: Final = (
    AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.PAUSED,
)  # fmt: skip
"""The states that are always counted; any other where somebody is in it."""
RARE: Final = (AgentState.RINGING, AgentState.DIALLING, AgentState.ON_HOLD, AgentState.FAULT)


def headline(floor: Floor, now: int, weekday: str) -> list[BigValue]:
    """What a wall is there for: today's rates against their targets, and who waits now.

    `now` UTC ms, `weekday` the short name of the day of last week.
    """
    rates = {rate.key: rate for rate in floor_values.rates(floor, now, weekday)}
    head = floor.headline
    target = _percent(head.service_level_target)
    limit = _percent(head.drop_limit)
    seconds = f"in {head.service_level_seconds:g} s"
    answers, service = rates["answer_rate"], rates["service_level"]
    return [
        replace(
            _big(answers, "ANSWERED", "", [f"{answers.sample} calls", answers.sample]),
            is_plain=True,
        ),
        _big(
            service, "SERVICE",
            f"below {target}" if service.level is Level.WARNING else f"target {target}",
            [f"of {figures.count(head.service_level.denominator)} {seconds}",
             f"of {figures.count(head.service_level.denominator)}"],
        ),
        replace(
            _big(rates["abandonment"], "ABANDONED", "", [rates["abandonment"].sample]),
            is_plain=True,
        ),
        _drops(floor, rates["drop_rate"], limit),
        *_waiting(floor, now),
    ]  # fmt: skip


def times(floor: Floor, now: int, weekday: str) -> list[BigValue]:
    """How long calls take and how busy agents are: means of today, but for what is of now."""
    rates = {rate.key: rate for rate in floor_values.rates(floor, now, weekday)}
    head = floor.headline
    of = f"of {figures.count(head.handled)}"
    lengths = (
        ("HANDLE TIME", "HANDLE", head.handle_seconds),
        ("TALK TIME", "TALK", head.talk_seconds),
        ("WRAP-UP TIME", "WRAP-UP", head.wrap_seconds),
    )
    expected = figures.duration(floor.waiting.estimated_seconds)
    return [
        *(
            _plain(title, _marked(figures.duration(length), floor), (f"{of} calls", of), short)
            for title, short, length in lengths
        ),
        _big(rates["occupancy"], "BUSY", "", [rates["occupancy"].sample]),
        _plain("WAIT TO EXPECT", expected, ("for a caller who comes now", "estimated"), "EXPECTED"),
        _calls_now(floor),
    ]


def calls(floor: Floor) -> list[BigValue]:
    """The inbound calls of today in numbers, and those in progress."""
    answered = sum(hour.answered for hour in floor.hours)
    missed = sum(hour.missed for hour in floor.hours)
    known = answered + missed > 0 or any(hour.over for hour in floor.hours)
    of = f"of {figures.count(answered + missed)} calls in"

    def counted(title: str, number: int, sample: str) -> BigValue:
        return _plain(title, _marked(figures.count(number if known else None), floor), (sample,))

    return [
        counted("CALLS IN", answered + missed, "ended today"),
        counted("ANSWERED", answered, of),
        counted("MISSED", missed, of),
        _calls_now(floor),
    ]


def agents(counts: Mapping[AgentState, int]) -> list[BigValue]:
    """How many agents are in each state: always the usual ones, and those that somebody is in."""
    signed_in = sum(number for state, number in counts.items() if state is not AgentState.OFFLINE)
    rare = [state for state in RARE if counts.get(state)]
    return [
        _plain(
            word(state).upper(),
            figures.count(counts.get(state, 0)),
            (f"of {signed_in} signed in",) if state is not AgentState.OFFLINE else ("signed off",),
        )
        for state in (*USUAL_STATES, *rare)
    ]


def feeds(known: Sequence[FeedHealth]) -> list[BigValue]:
    """What came in, and what was odd about it, of all feeds together."""
    gaps = sum(feed.gaps for feed in known)
    bad = sum(feed.quarantined for feed in known)
    return [
        _plain("EVENTS", figures.count(sum(feed.events for feed in known)), ("taken in",)),
        BigValue("GAPS", figures.count(gaps), Level.WARNING if gaps else Level.GOOD,
                 "events were lost" if gaps else "", ("in what was collected",)),
        BigValue("QUARANTINED", figures.count(bad), Level.NOTICE if bad else Level.GOOD,
                 "not usable" if bad else "", ("events",), "SET ASIDE"),
        _plain("UNKNOWN", figures.count(sum(feed.unknown for feed in known)), ("of unknown type",)),
    ]  # fmt: skip


def _plain(title: str, value: str, samples: tuple[str, ...], short: str = "") -> BigValue:
    return BigValue(title, value, samples=samples, short=short, is_plain=True)


def _calls_now(floor: Floor) -> BigValue:
    number = figures.count(floor.calls_in_progress)
    return _plain("CALLS NOW", number, ("in progress, in and out", "in and out"), "NOW")


def _big(rate: Rate, short: str, status: str, samples: list[str]) -> BigValue:
    known = rate.value != figures.UNKNOWN
    if rate.trend:
        samples = [f"{samples[0]}, {rate.trend}", *samples]
    return BigValue(
        rate.title, _with_mark(rate.value, rate.gap), rate.level,
        status if known else "", tuple(samples), short,
    )  # fmt: skip


def _with_mark(value: str, gap: bool) -> str:
    """The figure without the space before its unit, and with the mark of a gap; `–` has none."""
    return value.replace(" %", "%") + (GAP if gap and value != figures.UNKNOWN else "")


def _marked(value: str, floor: Floor) -> str:
    return _with_mark(value, not floor.complete)


def _drops(floor: Floor, rate: Rate, limit: str) -> BigValue:
    head = floor.headline
    words = {
        Level.CRITICAL: f"over {limit}",
        Level.WARNING: f"near {limit}",
        Level.NOTICE: f"limit {limit}, few calls",
    }
    status = words.get(rate.level, f"limit {limit}")
    of = f"of {figures.count(head.drop_rate.denominator)}"
    if not head.drop_rate.denominator:
        return BigValue("DROP RATE", rate.value, samples=("nobody reached yet",), short="DROPS")
    samples = [rate.sample, of] if rate.sample != of else [of]
    return replace(_big(rate, "DROPS", status, samples), title="DROP RATE")


def _waiting(floor: Floor, now: int) -> tuple[BigValue, BigValue]:
    """How many wait, and how long the one who waits longest."""
    calls = floor.waiting.calls
    expected = f"est. {figures.duration(floor.waiting.estimated_seconds)}"
    queues = sum(bool(queue.entered) for queue in floor.queues)
    where = f"in {queues} queue{'' if queues == 1 else 's'}" if queues else "nobody waits"
    waiting = _plain("WAITING", figures.count(calls), (f"{where}, {expected}", where))
    waits = [(at, queue) for queue in floor.queues for at in queue.entered]
    if not waits:
        longest = floor.waiting.longest_seconds if calls else None
        return waiting, BigValue("LONGEST WAIT", figures.duration(longest), short="LONGEST",
                                 samples=("" if calls else "nobody waits",))  # fmt: skip
    at, queue = min(waits, key=lambda wait: wait[0])
    over = [other for since, other in waits if (now - since) / 1000 > other.target_seconds]
    level = Level.WARNING if over else Level.GOOD
    status = f"over {_seconds(over[0])}" if over else f"target {_seconds(queue)}"
    return waiting, BigValue(
        "LONGEST WAIT",
        figures.duration((now - at) / 1000),
        level,
        status,
        (mask_free(queue.name),),
        "LONGEST",
    )


def _seconds(queue: QueueNow) -> str:
    return f"{queue.target_seconds:g} s"


def _percent(share: float) -> str:
    return figures.share(share, 0 if round(share * 100, 6).is_integer() else 1)
