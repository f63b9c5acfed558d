"""An agent as the member of queues: what is known, and what was told of it."""

from typing import Final

from msgspec import Struct

from wallboard.events.agents import Activity, Presence
from wallboard.feeds.asterisk.channels import Channel

INVALID, UNAVAILABLE, RINGING = 4, 5, 6
BUSY: Final = frozenset({2, 3, 7, 8})
"""In use, busy, in use and ringing, on hold. The last is never sent for SIP phones."""


BUSY_ACTIVITIES: Final = frozenset({"ringing", "dialling", "on_call", "on_hold"})


class Member(Struct):
    """An agent as the member of one queue."""

    status: int
    paused: bool
    reason: str | None
    wrap_up: int
    """In seconds, as the member's own setting; the queue's is in no message."""
    paused_at: int
    """When the pause with this reason was first heard of (UTC ms)."""


class Shown(Struct, frozen=True):
    """What was last told of an agent."""

    presence: Presence | None
    reason: str | None
    activity: Activity
    queues: tuple[str, ...]
    call: str | None


class WrapUp(Struct):
    """After-call work: of which call, from when, and until when at the latest (UTC ms)."""

    call: str
    since: int
    until: int
    is_free: bool = False
    """Whether the phone was seen to be free since the call."""


class Agent(Struct):
    """An agent: the memberships by queue, and the legs that go on."""

    agent: str
    name: str | None = None
    members: dict[str, Member] = {}
    legs: dict[str, Channel] = {}
    wrapping: WrapUp | None = None
    shown: Shown | None = None
    was_member: bool = False


def busy_with(leg: Channel | None) -> Activity:
    """What a busy agent is doing: a channel that came in from a phone is that of one who dials."""
    if leg is None:
        return "on_call"
    if leg.answered is None and leg.incoming:
        return "dialling"
    return "on_hold" if leg.held else "on_call"
