"""Channels and calls as far as they are known; the memory of the translation."""

import re
from collections import OrderedDict
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from wallboard.events.calls import LegCause, LegKind, Party
from wallboard.events.kinds import UNSET, Optional

UP: Final = 6
RING: Final = 4
"""The state of a channel that came in; one that was made to call somebody begins as 0, Down."""

_INSTANCE: Final = re.compile(r"-[0-9a-f]+(?:;[12])?$")
DEPARTED: Final = 20_000
"""Channels remembered after their end, so that nothing late makes them live again."""


class Channel(Struct):
    """One channel of the PBX: a leg, half of the plumbing between two, or not yet known which."""

    uid: str
    name: str
    call: str
    """The Linkedid: what ties the channels of one call together."""
    created: int
    state: int = 0
    incoming: bool = False
    trunk: bool = False
    number: str | None = None
    who: str | None = None
    place: tuple[str, str, str] = ("", "", "")
    """Context, extension and priority in the dialplan."""
    application: tuple[str, str] = ("", "")
    caller: str | None = None
    """Which channel called it."""
    dialled: str = ""
    """What was dialled to reach it."""
    calls_on: bool = False
    """Whether it has itself called somebody, or been bridged where it is the far half."""
    member: str | None = None
    """The agent whom a queue called by it."""
    answered: int | None = None
    hung_up: int | None = None
    """When its own party hung up."""
    status: str = ""
    """How the attempt to reach it ended, as DialEnd told it first."""
    sip: int | None = None
    """The SIP status by which it ended, as ARI told it."""
    dialog: str | None = None
    """The Call-ID of its SIP dialog."""
    was_leg: bool = False
    """Whether it was a leg of another call before."""
    leg: str | None = None
    leg_call: str = ""
    kind: LegKind | None = None
    agent: str | None = None
    answer_told: bool = False
    end_told: bool = False
    ended: int = 0
    cause: LegCause | None = None
    held: bool = False
    queue: str | None = None
    """The queue that connected it with a caller."""
    recording: bool = False
    bridge: str = ""
    """The bridge that it entered last."""

    @property
    def half(self) -> int:
        """1 or 2 for the halves of a Local channel, else 0."""
        return int(self.name[-1]) if self.name.endswith((";1", ";2")) else 0

    @property
    def device(self) -> str:
        """What the channel is an instance of: `PJSIP/1001`, `Local/1009@from-queue`."""
        return device_of(self.name)


class Call(Struct):
    """One call of the PBX: everything with one Linkedid."""

    call: str
    began: int
    live: set[str] = set()
    direction: Literal["inbound", "outbound"] | None = None
    """None for one between one's own phones, which is no call of a contact center."""
    contact: str | None = None
    """The channel of the contact: the caller, or the one who is called."""
    contact_answered: bool = False
    contact_cause: LegCause | None = None
    machine: bool = False
    campaign: str | None = None
    campaign_told: str | None = None
    person: str | None = None
    """The contact's id in whatever list they are of."""
    served: bool = False
    """Whether an agent or another party answered."""
    rung: bool = False
    last_stay: str | None = None
    voicemail: bool = False
    told: bool = False
    hung_up: tuple[int, Party] | None = None
    """Who hung up last, and when."""


class Departed(NamedTuple):
    """What stays known of a leg that is over."""

    leg: str | None
    call: str
    ended: int
    cause: LegCause | None


class Book:
    """The channels and calls that are known, by their ids."""

    def __init__(self, remembered: int = DEPARTED) -> None:
        self.channels: dict[str, Channel] = {}
        self.calls: dict[str, Call] = {}
        self.departed: OrderedDict[str, Departed] = OrderedDict()
        self._names: dict[str, str] = {}
        self._remembered = remembered

    def add(self, channel: Channel) -> Call:
        """Put a channel into its call, which begins with it where it is not known."""
        self.channels[channel.uid] = channel
        self._names[channel.name] = channel.uid
        call = self.calls.get(channel.call)
        if call is None:
            call = self.calls[channel.call] = Call(channel.call, channel.created)
        call.began = min(call.began, channel.created)
        call.live.add(channel.uid)
        return call

    def moved(self, channel: Channel) -> None:
        """The leg that a channel was is over; it may be one of another call."""
        self.departed[channel.leg or channel.uid] = Departed(
            channel.leg, channel.leg_call, channel.ended, channel.cause
        )
        self.departed.pop(channel.uid, None)
        channel.leg, channel.kind, channel.was_leg = None, None, True
        channel.end_told = channel.answer_told = channel.held = False

    def call_of(self, channel: Channel) -> Call:
        """The call that a channel is in."""
        call = self.calls.get(channel.call)
        if call is None:
            call = self.calls[channel.call] = Call(channel.call, channel.created)
        return call

    def rename(self, uid: str, name: str) -> None:
        """A channel took the place of another, with its name."""
        channel = self.channels.get(uid)
        if channel is not None:
            self._names.pop(channel.name, None)
            channel.name = name
            self._names[name] = uid

    def other_half(self, channel: Channel) -> Channel | None:
        """The other half of a Local channel."""
        half = channel.half
        if not half:
            return None
        uid = self._names.get(f"{channel.name[:-1]}{3 - half}")
        return self.channels.get(uid) if uid is not None else None

    def near_half(self, channel: Channel) -> Channel:
        """The half of a Local channel that its caller sees, which stands for both."""
        return (self.other_half(channel) or channel) if channel.half == 2 else channel

    def remove(self, channel: Channel) -> None:
        """A channel is over; what its leg came to stays known for a while."""
        self.channels.pop(channel.uid, None)
        if self._names.get(channel.name) == channel.uid:
            del self._names[channel.name]
        self.departed[channel.uid] = Departed(
            channel.leg, channel.leg_call, channel.ended, channel.cause
        )
        while len(self.departed) > self._remembered:
            self.departed.popitem(last=False)

    def behind(self, channel: Channel) -> Channel:
        """The phone behind a Local channel: what its far half has called, else itself."""
        seen = {channel.uid}
        while channel.half:
            near = self.near_half(channel)
            far = self.other_half(near)
            reached = [
                one
                for one in self.channels.values()
                if far is not None and one.caller == far.uid and one.uid not in seen
            ]
            if not reached:
                return near
            channel = next((one for one in reached if one.answered), reached[-1])
            seen.add(channel.uid)
        return channel


def device_of(name: str) -> str:
    """The device of a channel's name, or of a queue's interface: without instance and options."""
    device = _INSTANCE.sub("", name)
    return device.removesuffix("/n").removesuffix("/nj").removesuffix("/j")


def said(value: str | None) -> Optional[str]:
    """A value for a field of an event: what is not known is not said."""
    return UNSET if value is None else value
