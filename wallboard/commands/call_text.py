"""One call in plain aligned text, from its head down to its events."""

from collections.abc import Iterator, Mapping

from wallboard.commands.plain_table import indented, table
from wallboard.masking import show_number
from wallboard.questions.call_answers import CallLine, LegLine, WholeCall
from wallboard.reporting_time import Calendar
from widgets.figures import UNKNOWN, duration, money
from widgets.text import visible


def call_text(call: WholeCall, calendar: Calendar, currency: str, *, is_masked: bool) -> str:
    """The call as lines of text; one that is masked already is shown as it is."""
    return "\n".join(_lines(call, calendar, currency, is_masked))


def candidates_text(
    lines: list[CallLine], calendar: Calendar, sources: Mapping[int, str] | None = None
) -> str:
    """Calls to choose from, one a line; behind the names of their `sources`, if these are given."""
    names = sources or {}
    return table(
        ("", "", "", ""),
        [
            (
                f"{names.get(line.source, '')} {line.call}".lstrip(),
                _moment(line.started, calendar),
                line.direction or "",
                line.state,
            )
            for line in lines
        ],
    )


def _lines(call: WholeCall, calendar: Calendar, currency: str, is_masked: bool) -> Iterator[str]:
    yield _heading(call)
    yield ""
    yield indented(table(("", ""), _head(call, calendar, currency, is_masked)))
    if call.facts:
        yield ""
        yield indented(table(("", ""), call.facts))
    if call.legs:
        yield ""
        yield "LEGS"
        yield indented(_legs(call, calendar, is_masked))
    if call.stays:
        yield ""
        yield "QUEUES"
        yield indented(_stays(call, calendar))
    if call.transfers:
        yield ""
        yield "TRANSFERS"
        rows = [
            (_clock(t.time, calendar), t.method, t.sender or UNKNOWN, f"to {t.receiver or UNKNOWN}")
            for t in call.transfers
        ]
        yield indented(table(("", "", "", ""), rows))
    if call.survey:
        yield ""
        yield "SURVEY"
        yield indented(table(("", ""), call.survey))
    if call.attempts:
        yield ""
        yield "OTHER CALLS"
        rows = [
            (a.call, _moment(a.started, calendar), a.direction or "", a.disposition or a.state)
            for a in call.attempts
        ]
        yield indented(table(("", "", "", ""), rows))
    yield ""
    yield "EVENTS"
    yield indented(_events(call, calendar))


def _heading(call: WholeCall) -> str:
    line = call.line
    attempt = (
        f"attempt {call.attempt} of {max(call.attempt, call.attempts_in_all)}"
        if (call.attempt is not None and line.direction == "outbound")
        else ""
    )
    said = (
        f"Call {line.call}",
        line.direction or "direction unknown",
        call.campaign_name or "",
        attempt,
        line.disposition or line.state.replace("_", " "),
        duration(line.duration_seconds),
    )
    return " · ".join(visible(word) for word in said if word)


def _head(
    call: WholeCall, calendar: Calendar, currency: str, is_masked: bool
) -> Iterator[tuple[str, str]]:
    line = call.line
    yield "Started", _moment(line.started, calendar)
    if call.ended is None:
        yield "Ended", f"not yet: {line.state} at {calendar.format_time(call.at)}"
    else:
        by = f" by {call.ended_by}" if call.ended_by else ""
        yield "Ended", f"{_moment(call.ended, calendar)}  {call.end_reason or ''}{by}"
    yield "From", _number(line.from_number, is_masked)
    yield "To", _number(line.to_number, is_masked)
    if line.contact:
        yield "Contact", line.contact
    yield "Waited", duration(line.wait_seconds)
    yield "Talked", duration(line.talk_seconds)
    if call.cost is not None:
        yield "Cost", money(call.cost, currency, 4)
    if call.tags:
        yield "Tags", ", ".join(call.tags)
    if call.notes:
        yield "Notes", call.notes


def _legs(call: WholeCall, calendar: Calendar, is_masked: bool) -> str:
    head = "kind party number started ring talk hold billable cost end"
    rows = [
        (
            leg.kind or "?",
            leg.party or UNKNOWN,
            _number(leg.number, is_masked) if leg.number else "",
            _clock(leg.started, calendar),
            duration(leg.ring_seconds),
            duration(leg.talk_seconds) if leg.answered is not None else UNKNOWN,
            duration(leg.hold_seconds) if leg.holds else "",
            duration(leg.billable_seconds) if leg.billable_seconds is not None else "",
            f"{leg.cost:.4f}" if leg.cost is not None else "",
            _end(leg),
        )
        for leg in sorted(call.legs, key=lambda leg: leg.started or 0)
    ]
    return table(head.split(), rows, "ring talk hold billable cost")


def _end(leg: LegLine) -> str:
    if leg.ended is None:
        return "goes on"
    if leg.ended_with_call:
        return "ended with the call"
    code = f" ({leg.code})" if leg.code else ""
    by = f" by {leg.ended_by}" if leg.ended_by else ""
    return f"{(leg.cause or '').replace('_', ' ')}{code}{by}"


def _stays(call: WholeCall, calendar: Calendar) -> str:
    rows = []
    for stay in call.stays:
        until = call.at if stay.left is None else stay.left
        reason = stay.reason or ("waiting" if stay.left is None else "ended with the call")
        length = duration((until - stay.entered) / 1_000)
        rows.append((stay.name, _clock(stay.entered, calendar), length, reason))
    return table(("", "", "", ""), rows)


def _events(call: WholeCall, calendar: Calendar) -> str:
    rows = []
    for event in call.events:
        since = event.since_previous_seconds
        passed = "" if since is None else f"+{since:.3f}"
        rest = f"set aside: {event.set_aside}" if event.set_aside else (event.text or "")
        rows.append((_clock(event.time, calendar), passed, event.type, rest))
    return table(("time", "since", "type", "text"), rows, "since")


def _number(number: str | None, is_masked: bool) -> str:
    return number or "withheld" if is_masked else show_number(number, masked=False)


def _moment(ms: int | None, calendar: Calendar) -> str:
    return UNKNOWN if ms is None else calendar.format_time(ms)


def _clock(ms: int | None, calendar: Calendar) -> str:
    return UNKNOWN if ms is None else f"{calendar.format_clock(ms)}.{ms % 1_000:03}"
