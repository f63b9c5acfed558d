"""From a whole call to lanes, rows and sentences. Pure."""

from collections.abc import Callable
from typing import Final

from wallboard.board.snapshot import name_of
from wallboard.masking import mask_name, mask_url, show_caller, show_number
from wallboard.questions.call_answers import LegLine, StayLine, WholeCall
from wallboard.questions.call_facts import PRIVATE
from wallboard.questions.call_people import mask_written, people_of
from wallboard.questions.names import Names
from wallboard.screens.calls_values import other_number, words
from widgets import figures
from widgets.lanes import Lane, LaneMark, Phase, Stretch
from widgets.status import Level
from widgets.table import Column, Row

Clock = Callable[[int], str]

KINDS: Final = {"A": "agent", "B": "contact", "S": "patched to", "M": "manager"}
LEGS: Final = (
    Column("leg", 16, grow=1, priority=10),
    Column("number", 18, priority=5),
    Column("ring", 7, "right", priority=7),
    Column("talk", 8, "right", priority=9),
    Column("hold", 7, "right", priority=6),
    Column("ended", 22, grow=1, priority=8),
    Column("billable", 9, "right", priority=4),
    Column("cost", 10, "right", priority=3),
    Column("trunk", 10, grow=1, priority=1),
    Column("recording", 12, grow=2, priority=2),
)
EVENTS: Final = (
    Column("time", 12, priority=10),
    Column("since", 9, "right", priority=8),
    Column("event", 18, grow=2, priority=9),
    Column("sequence", 10, "right", priority=1),
    Column("", 12, grow=1, priority=5),
)


def facts(
    call: WholeCall, names: Names, clock: Clock, currency: str, masked: bool, now: int
) -> tuple[list[str], list[str]]:
    """What stands at the top, in parts: what the call is, and how it stands at `now`."""
    line = call.line
    first = [f"Call {line.call}", line.direction or "direction unknown"]
    if call.campaign_name:
        first.append(call.campaign_name)
    if call.attempts_in_all > 1 or (call.attempt or 1) > 1:
        attempt = figures.count(call.attempt)
        first.append(f"attempt {attempt} of {max(call.attempts_in_all, call.attempt or 1)}")
    first.append(show_number(other_number(line), masked))
    contact = next((leg for leg in call.legs if leg.kind == "B" and leg.party), None)
    if contact is not None or line.contact is not None:
        first.append(f"contact {party(contact, masked) if contact else line.contact}")
    second = [words(line.state)]
    if line.agent is not None:
        second.append(name_of(names.agents, line.agent))
    if line.queue is not None:
        second.append(name_of(names.queues, line.queue))
    if line.disposition:
        second.append(line.disposition)
    begun = line.first_event if line.started is None else line.started
    until = max(begun, now) if call.ended is None else call.ended
    second.append(figures.duration((until - begun) / 1000))
    if call.cost is not None:
        second.append(figures.money(call.cost, currency, 3))
    second.append(f"from {clock(begun)}" + (f" to {clock(call.ended)}" if call.ended else ""))
    if call.end_reason == "lost":
        second.append("lost sight of: the feed named it no more")
    elif call.end_reason:
        second.append(ended(call.end_reason, call.ended_by))
    return first, second


def ended(reason: str, by: str | None) -> str:
    """How something ended, in words: `completed by caller`."""
    return f"{words(reason)} by {by}" if by else words(reason)


def party(leg: LegLine, masked: bool) -> str:
    """Who is on a leg: agents by name, others as their initials where names are masked."""
    if not leg.party:
        return KINDS.get(leg.kind or "", "")
    return mask_name(leg.party) if masked and leg.kind not in {"A", "M"} else leg.party


def lanes(call: WholeCall, masked: bool) -> list[Lane]:
    """Queue stays and legs on one axis, in the order in which they began."""
    drawn = [(stay.entered, _stay(stay)) for stay in call.stays]
    drawn += [
        (leg.started or 0, _leg(leg, call, masked)) for leg in call.legs if leg.started is not None
    ]
    return [lane for _, lane in sorted(drawn, key=lambda item: item[0])]


def _stay(stay: StayLine) -> Lane:
    end = None if stay.left is None else stay.left / 1000
    reason = words(stay.reason) if stay.reason and stay.reason != "answered" else ""
    waiting = Stretch(Phase.QUEUED, stay.entered / 1000, end)
    return Lane(f"q{stay.entered}{stay.queue}", f"Q {stay.name}", (waiting,), end, reason)


def _leg(leg: LegLine, call: WholeCall, masked: bool) -> Lane:
    start = (leg.started or 0) / 1000
    end = None if leg.ended is None else leg.ended / 1000
    stretches = []
    if leg.answered is None:
        stretches.append(Stretch(Phase.RINGING, start, end))
    else:
        at: float | None = leg.answered / 1000
        talking = Phase.LISTENING if leg.kind == "M" else Phase.TALKING
        stretches.append(Stretch(Phase.RINGING, start, at))
        for held, resumed in leg.holds:
            stretches.append(Stretch(talking, at or start, held / 1000))
            at = end if resumed is None else resumed / 1000
            stretches.append(Stretch(Phase.HOLD, held / 1000, at))
            if at is None:
                break
        if at is not None:
            stretches.append(Stretch(talking, at, end))
    marks = tuple(
        LaneMark(transfer.time / 1000, word=f"{transfer.method} to {transfer.receiver}")
        for transfer in call.transfers
        if leg.kind == "A" and transfer.sender == leg.party
    )
    return Lane(
        leg.leg, f"{leg.kind or '?'} {party(leg, masked)}", tuple(stretches), end,
        ended(leg.cause or "", leg.ended_by) if leg.ended is not None else "", marks,
    )  # fmt: skip


def leg_rows(call: WholeCall, masked: bool) -> list[Row]:
    """The legs as a table."""
    return [
        Row(
            leg.leg,
            (
                f"{leg.kind or '?'} {party(leg, masked)}",
                show_number(leg.number, masked) if leg.number else "",
                figures.duration(leg.ring_seconds),
                figures.duration(leg.talk_seconds) if leg.answered is not None else "–",
                figures.duration(leg.hold_seconds) if leg.hold_seconds else "",
                _how(leg, call.line.state),
                "" if leg.billable_seconds is None else figures.duration(leg.billable_seconds),
                "" if leg.cost is None else f"{leg.cost:.4f}",
                leg.trunk or "",
                _recording(leg, call, masked),
            ),
        )
        for leg in call.legs
    ]


def _recording(leg: LegLine, call: WholeCall, masked: bool) -> str:
    url = leg.recording_url or ""
    return mask_url(url, (call.line.call, leg.leg)) if masked else url


def _how(leg: LegLine, state: str) -> str:
    if leg.ended is None and leg.answered is not None:
        # Whoever waits, or has no agent yet, talks to nobody.
        is_alone = leg.kind == "B" and state != "talking"
        return "● connected" if is_alone else "● talking"
    if leg.ended is None:
        return "● ringing"
    if leg.ended_with_call:
        return "closed with the call"
    code = f" ({leg.code})" if leg.code else ""
    answered_by = f" {leg.by}" if leg.by and leg.by != "human" else ""
    return f"{ended(leg.cause or '–', leg.ended_by)}{code}{answered_by}"


def event_rows(call: WholeCall, clock: Clock) -> list[Row]:
    """The events as a table, in order."""
    return [
        Row(
            str(number),
            (
                f"{clock(event.time)}.{event.time % 1000:03}",
                "" if event.since_previous_seconds is None
                else f"+{event.since_previous_seconds:.1f} s",
                event.type,
                "" if event.sequence is None else str(event.sequence),
                event.set_aside,
            ),
            Level.WARNING if event.set_aside else Level.GOOD,
        )
        for number, event in enumerate(call.events)
    ]  # fmt: skip


def said(call: WholeCall, masked: bool) -> list[tuple[str, str]]:
    """Survey, notes, tags and facts as headings and texts; a heading alone stands over a group."""
    people = people_of(call)

    def text(value: str) -> str:
        return mask_written(value, people) if masked else value

    pairs: list[tuple[str, str]] = [("SURVEY", "")]
    pairs += [(question, text(answer)) for question, answer in call.survey]
    if not call.survey:
        pairs.append(("", "No survey was answered."))
    pairs += [("NOTES", ""), ("", text(call.notes) if call.notes else "No notes were taken.")]
    if call.tags:
        pairs += [("TAGS", ""), ("", " · ".join(map(text, call.tags)))]
    if call.facts:
        pairs.append(("FACTS", ""))
    pairs += [
        (label, show_caller(value, masked) if label in PRIVATE else text(value))
        for label, value in call.facts
    ]
    return pairs
