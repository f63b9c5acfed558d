"""What the questions about calls are answered with: plain frozen values.

Times are UTC milliseconds, durations seconds, shares 0 to 1. None is unknown and is shown as `–`,
never as 0. Texts come from the feed and may hold anything: they are never markup.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class CallLine(Struct, frozen=True):
    """A call as one row of a list. `state` is one of `IN_PROGRESS` or how it ended."""

    number: int
    source: int
    call: str
    started: int | None
    first_event: int
    direction: str | None
    campaign: str | None
    queue: str | None
    agent: str | None
    from_number: str | None
    to_number: str | None
    contact: str | None
    state: str
    duration_seconds: float | None
    wait_seconds: float | None
    talk_seconds: float | None
    disposition: str | None
    legs: int


class LegLine(Struct, frozen=True):
    """A leg of a call; times UTC ms, durations seconds; `holds` as (start, end or None)."""

    leg: str
    kind: str | None
    party: str
    number: str | None
    started: int | None
    answered: int | None
    ended: int | None
    holds: tuple[tuple[int, int | None], ...]
    ring_seconds: float | None
    talk_seconds: float
    hold_seconds: float
    by: str | None
    cause: str | None
    code: str | None
    ended_by: str | None
    billable_seconds: float | None
    cost: float | None
    recording_url: str | None
    trunk: str | None
    ended_with_call: bool


class StayLine(Struct, frozen=True):
    """A stay in a queue."""

    queue: str
    name: str
    entered: int
    left: int | None
    reason: str | None
    position: int | None


class TransferLine(Struct, frozen=True):
    """A transfer: who handed the call to whom."""

    time: int
    method: str
    sender: str
    receiver: str


class EventLine(Struct, frozen=True):
    """An event of the call. `text` is its raw text, None once its retention is over."""

    time: int
    sequence: int | None
    id: str
    type: str
    text: str | None
    since_previous_seconds: float | None
    set_aside: str


class WholeCall(Struct, frozen=True):
    """One call down to its legs, queue stays, transfers and events, as known at `at`.

    `facts` are label and value pairs in reading order for what was said of the call, `details` the
    same for programs, see `details_of`; `attempts` are the other calls to the same contact (or
    number), oldest first. `contact_name` is for finding it in what was written of the call.
    """

    at: int
    line: CallLine
    campaign_name: str | None
    attempt: int | None
    attempts_in_all: int
    ended: int | None
    end_reason: str | None
    ended_by: str | None
    cost: float | None
    legs: tuple[LegLine, ...]
    stays: tuple[StayLine, ...]
    transfers: tuple[TransferLine, ...]
    events: tuple[EventLine, ...]
    attempts: tuple[CallLine, ...]
    survey: tuple[tuple[str, str], ...]
    notes: str | None
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    details: Mapping[str, Any]
    contact_name: str | None = None
