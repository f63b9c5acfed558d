"""From an agent's day to sentences, a timeline and rows of calls. Pure."""

from collections.abc import Callable, Iterable
from typing import Final

from wallboard.board.agent_page import AgentDay
from wallboard.facts.agent import BUSY
from wallboard.reports.agent_time import NO_REASON, InState, Spent, spent_in
from wallboard.screens.agents_columns import seconds, state_words
from wallboard.screens.calls_of_one import CallsOfOne
from widgets import figures
from widgets.text import plain
from widgets.tiles import AgentState, glyph, state_role, word
from widgets.timeline import TimelineRow, TimelineSpan

Clock = Callable[[int], str]

HOUR_MS: Final = 3_600_000
CALLS: Final = CallsOfOne("agent")
"""Whose calls they are need not be said again."""
STATES: Final = tuple(state for state in AgentState if state is not AgentState.OFFLINE)


def who(day: AgentDay, name: str, now: int, *, is_past: bool = False) -> list[str]:
    """Who it is, which day, and what the agent is doing now, or was doing then."""
    parts = [name]
    if day.work is not None and day.work.team:
        parts.append(f"team {day.work.team}")
    parts.append(f"{day.period.days[0]:%a %-d %b %Y}")
    if not day.is_over and day.now is not None:
        parts.append(
            " ".join(f"{'then' if is_past else 'now'} {state_words(day.now, now)}".split())
        )
    return parts


def facts(day: AgentDay, clock: Clock, *, reasons: bool) -> list[str]:
    """What is said of the day, in order of weight; `reasons`: those to pause, too."""
    spent = spent_in(day.stretches)
    parts = [*_work(day, spent), *_presence(day, spent, clock)]
    if spent.pauses or spent.reasons:
        count = f"{spent.pauses} pause{'' if spent.pauses == 1 else 's'}"
        each = ", ".join(
            f"{plain(reason[:40], min(16, len(reason))).rstrip()} {seconds(length)}"
            for reason, length in spent.reasons.most_common()
            if reason != NO_REASON or len(spent.reasons) > 1
        )
        parts.append(f"{count}: {each}" if reasons and each else count)
    return parts


def _work(day: AgentDay, spent: Spent) -> list[str]:
    work = day.work
    if work is None:
        return []
    parts = [f"{figures.count(work.calls)} calls", f"handle {seconds(work.average_handle_ms)}"]
    busy = sum(spent.states[state] for state in BUSY) + spent.states["available"]
    share = figures.share(spent.occupancy)
    parts.append(f"occupancy {share}" + (f" of {seconds(busy)}" if busy else ""))
    if work.sales is not None:
        parts.append(f"{figures.count(work.sales)} sales")
    if work.conversions is not None:
        parts.append(f"{figures.count(work.conversions)} conversions")
    return parts


def _presence(day: AgentDay, spent: Spent, clock: Clock) -> list[str]:
    there = [stretch for stretch in day.stretches if stretch.state != "offline"]
    if not there:
        return []
    first, last = there[0].start, there[-1].end
    since = "from before the day" if first <= day.period.start_ms else f"from {clock(first)}"
    ended = f" to {clock(last)}" if last < day.until or day.is_over else ""
    return [f"signed in {seconds(spent.signed_in_ms)} {since}{ended}"]


def span_of(day: AgentDay, now: int, mark: int | None) -> TimelineSpan | None:
    """The hours in which the agent was there; None where that was never so."""
    there = [stretch for stretch in day.stretches if stretch.state != "offline"]
    if not there:
        return None
    first, last = there[0].start, there[-1].end
    if not day.is_over and there[-1] is day.stretches[-1]:
        last = max(last, min(now, day.period.end_ms))
    # From the midnight of the day on, so that hours begin where the clock's do.
    hours_before = (first - day.period.start_ms) // HOUR_MS
    start = day.period.start_ms + hours_before * HOUR_MS
    end = start + -(-(last - start) // HOUR_MS) * HOUR_MS
    return TimelineSpan(
        start / 1000,
        end / 1000,
        now / 1000,
        tuple((begun / 1000, ended / 1000) for begun, ended in day.gaps),
        None if mark is None else mark / 1000,
    )


def timeline(day: AgentDay, *, reasons: bool) -> list[TimelineRow]:
    """A row for each state that there was, and with `reasons` for each reason to pause."""
    spent = spent_in(day.stretches)
    current = None if day.is_over or not day.stretches else day.stretches[-1]
    rows: list[TimelineRow] = []
    for state in STATES:
        drawn = [stretch for stretch in day.stretches if stretch.state == state]
        if not drawn:
            continue
        is_now = current is not None and current.state == state
        look = (glyph(state), word(state), state_role(state))
        rows.append(_row(state, look, drawn, current, spent, spent.states[state], is_now))
        if state is not AgentState.PAUSED or not reasons:
            continue
        for reason, length in spent.reasons.most_common():
            of_reason = [stretch for stretch in drawn if (stretch.reason or NO_REASON) == reason]
            title = "no reason given" if reason == NO_REASON else reason
            part = _row(reason, ("└", title, look[2]), of_reason, current, spent, length, False)
            rows.append(part)
    return rows


def _row(
    key: str,
    look: tuple[str, str, str],
    drawn: Iterable[InState],
    current: InState | None,
    spent: Spent,
    length: int,
    is_now: bool,
) -> TimelineRow:
    stretches = tuple(
        (stretch.start / 1000, None if stretch is current else stretch.end / 1000)
        for stretch in drawn
    )
    share = length / spent.signed_in_ms if spent.signed_in_ms else None
    shown = figures.share(share, 0)
    return TimelineRow(
        key, *look, stretches, seconds(length), shown, is_now, is_part=look[0] == "└"
    )
