"""What a call is made of: its legs, queue stays, transfers and wrap-ups, as plain facts.

All times are UTC milliseconds, all durations milliseconds, so that sums are exact.
"""

from typing import NamedTuple

from msgspec import Struct

from wallboard.events.calls import CallAnalysed, CallOutcome, CallReviewed, CallStarted
from wallboard.facts.entry import Entry


class Leg(Struct, gc=False):
    """One connection of the call. `kind` is None when its leg.started is not known (yet)."""

    leg: str
    kind: str | None = None
    started: int | None = None
    agent: str | None = None
    number: str | None = None
    caller_id: str | None = None
    name: str | None = None
    trunk: str | None = None
    answered: int | None = None
    by: str | None = None
    greeting_ended: int | None = None
    ended: int | None = None
    cause: str | None = None
    code: str | None = None
    ended_by: str | None = None
    billable_seconds: float | None = None
    cost: float | None = None
    recording_url: str | None = None
    closed_with_call: bool = False
    holds: tuple[tuple[int, int | None], ...] = ()

    @property
    def ring_ms(self) -> int | None:
        """From start to answer, or to the end where nobody answered; None while it rings."""
        until = self.answered if self.answered is not None else self.ended
        if self.started is None or until is None:
            return None
        return max(0, until - self.started)

    @property
    def hold_ms(self) -> int:
        """The time on hold between answer and end; an open hold counts once the leg ended."""
        if self.answered is None or not self.holds:
            return 0
        total, floor = 0, self.answered
        for held, resumed in self.holds:
            until = resumed if resumed is not None else self.ended
            if until is None:
                continue
            until = until if self.ended is None else min(until, self.ended)
            since = max(held, floor)
            if until > since:
                total += until - since
                floor = until
        return total

    @property
    def talk_ms(self) -> int:
        """From answer to end less hold; 0 while the leg goes on."""
        if self.answered is None or self.ended is None:
            return 0
        held = self.hold_ms if self.holds else 0
        return max(0, self.ended - self.answered - held)


class Stay(Struct, gc=False):
    """One stay in a queue; `reason` is None while it lasts."""

    queue: str
    entered: int
    position: int | None = None
    left: int | None = None
    reason: str | None = None
    agent: str | None = None
    destination: str | None = None
    closed_with_call: bool = False


class Transfer(NamedTuple):
    """The call was handed on."""

    time: int
    method: str
    from_agent: str | None
    to_agent: str | None
    to_queue: str | None
    to_number: str | None


class WrapUp(NamedTuple):
    """After-call work of one agent; `ended` is the event's time."""

    agent: str
    ended: int
    length_ms: int


class Rejected(NamedTuple):
    """An event of the call that contradicts it and is set aside, with the reason in words."""

    entry: Entry
    reason: str


class Call(Struct, gc=False):
    """A call as its events tell it. `started` is None until a call.started is known.

    `first_event` places a call without one. `decided_until` is the time of its newest event:
    what should have happened by then and did not, did not happen in time.
    """

    call: str
    first_event: int
    decided_until: int
    started: int | None
    said: CallStarted | None
    legs: list[Leg]
    stays: list[Stay]
    transfers: list[Transfer]
    wrap_ups: list[WrapUp]
    ended: int | None
    end_reason: str | None
    ended_by: str | None
    outcome: CallOutcome | None
    analysed: CallAnalysed | None
    reviewed: CallReviewed | None
    rejected: list[Rejected]
    call_type: str | None
