"""Which channels are legs, of which kind, and what becomes of them."""

from typing import Literal

from wallboard.config.asterisk import Asterisk
from wallboard.events.calls import (
    CallRecording,
    LegAnswered,
    LegCause,
    LegEnded,
    LegHeld,
    LegKind,
    LegResumed,
    LegStarted,
    Party,
)
from wallboard.events.kinds import UNSET
from wallboard.feeds.asterisk.calls import RECENTLY_MS, Calls, dialled_number
from wallboard.feeds.asterisk.causes import cause_of
from wallboard.feeds.asterisk.channels import Book, Call, Channel, said
from wallboard.feeds.asterisk.devices import Devices, short_name
from wallboard.feeds.asterisk.telling import Telling


class Legs:
    """Tells the legs. A channel is one as soon as it is sure that it is no plumbing."""

    def __init__(
        self, settings: Asterisk, book: Book, devices: Devices, calls: Calls, telling: Telling
    ) -> None:
        self._settings, self._book, self._devices = settings, book, devices
        self._calls, self._telling = calls, telling

    def show(self, channel: Channel) -> bool:
        """Tell the leg that a channel is, if it has not been told; True when it was told now."""
        if channel.leg is not None:
            return False
        call = self._book.call_of(channel)
        if channel.trunk and call.direction is None and channel.uid == channel.call:
            # Met in the middle of its call, which began with it: nobody was seen to call it.
            self._calls.begins(channel, "inbound")
        channel.kind = kind = self._kind(channel, call)
        self._tell(channel, kind, channel.call, again=channel.was_leg)
        if kind == "A":
            call.rung = True
        return True

    def show_listener(self, channel: Channel, heard: Channel, time: int) -> None:
        """Tell a manager who listens: a leg of the call that is listened to, not of one's own."""
        if channel.leg is not None and channel.leg_call == heard.call:
            return
        if channel.leg is not None:
            self.end(channel, time, None, lost=False)
        again = channel.leg is not None
        channel.kind = "M"
        channel.end_told = channel.answer_told = False
        self._tell(channel, "M", heard.call, again=again)
        channel.answered = time if channel.answered is None or again else channel.answered
        self.answer(channel)

    def _tell(self, channel: Channel, kind: LegKind, call: str, *, again: bool = False) -> None:
        channel.leg = f"{channel.uid}@{call}" if again else channel.uid
        channel.leg_call = call
        channel.agent = self._agent(channel) if kind == "A" else None
        outgoing = not channel.incoming
        number = dialled_number(channel) if outgoing and kind in {"B", "S"} else channel.number
        self._book.call_of(channel).told |= call == channel.call
        self._telling.tell(
            channel.created,
            channel.leg,
            channel.leg,
            LegStarted(
                channel.leg,
                call,
                kind,
                agent=said(channel.agent),
                number=said(number if kind != "A" else None),
                name=said(channel.who if kind != "A" else None),
                trunk=said(short_name(channel.device) if channel.trunk and kind != "A" else None),
            ),
        )
        if channel.answered is not None:
            self.answer(channel)

    def _kind(self, channel: Channel, call: Call) -> LegKind:
        if call.contact == channel.uid:
            return "B"
        if channel.trunk:
            contact = self._book.channels.get(call.contact or "")
            is_next_try = call.direction == "outbound" and not call.contact_answered
            # A Local channel that was called first led here; a trunk that failed is tried again.
            if is_next_try and (contact is None or contact.half):
                call.contact = channel.uid
                return "B"
            return "S"
        if channel.half and channel.member is None:
            return "A" if self._devices.is_agent(short_name(channel.device)) else "S"
        return "A"

    def _agent(self, channel: Channel) -> str:
        """The agent whose leg it is: whom the queue called by it, else whose device it is."""
        if channel.member is not None:
            return channel.member
        caller = self._book.channels.get(channel.caller or "")
        if caller is not None and caller.half == 2:
            near = self._book.other_half(caller)
            if near is not None and near.member is not None:
                return near.member
        return self._devices.agent(channel.device)

    def is_of_member(self, channel: Channel, member: str) -> None:
        """A queue calls an agent by this channel; a leg behind it may have been told already."""
        channel.member = member
        leg = channel if channel.leg is not None else self._book.behind(channel)
        if leg.leg is None or leg.kind != "A" or leg.agent == member:
            return
        leg.agent = member
        self._telling.tell(
            leg.created,
            f"{leg.leg}:{member}",
            leg.leg,
            LegStarted(leg.leg, leg.leg_call, "A", agent=member),
        )

    def answer(self, channel: Channel) -> None:
        """Tell that a leg was answered, once."""
        if channel.leg is None or channel.answer_told or channel.answered is None:
            return
        channel.answer_told = True
        call = self._book.call_of(channel)
        if channel.kind in {"A", "S"}:
            call.served = True
        elif channel.uid == call.contact:
            call.contact_answered = True
        data = LegAnswered(channel.leg, channel.leg_call)
        self._telling.tell(channel.answered, channel.leg, channel.leg, data)

    def is_machine(self, channel: Channel, time: int, status: str) -> None:
        """Answering machine detection came to its result."""
        call = self._book.call_of(channel)
        if channel.leg is None or channel.uid != call.contact:
            return
        by: Literal["machine", "human", "unknown"] = "unknown"
        if status == "MACHINE":
            by = "machine"
        elif status == "HUMAN":
            by = "human"
        call.machine = by == "machine"
        data = LegAnswered(channel.leg, channel.leg_call, by=by)
        self._telling.tell(time, f"{channel.leg}:{status}", channel.leg, data)

    def hold(self, channel: Channel, time: int) -> None:
        """A party put the other on hold; told of the leg that did so, for its talk stops."""
        if channel.leg is not None and not channel.held and not channel.end_told:
            channel.held = True
            data = LegHeld(channel.leg, channel.leg_call)
            self._telling.tell(time, f"{channel.leg}:{time}", channel.leg, data)

    def resume(self, channel: Channel, time: int) -> None:
        """A hold is over. Asterisk tells this also where nobody was on hold."""
        if channel.leg is not None and channel.held and not channel.end_told:
            channel.held = False
            data = LegResumed(channel.leg, channel.leg_call)
            self._telling.tell(time, f"{channel.leg}:{time}", channel.leg, data)

    def record(self, channel: Channel, time: int, *, is_over: bool) -> None:
        """A recording began or is complete."""
        if channel.recording is not is_over:
            return
        channel.recording = not is_over
        call = self._book.call_of(channel)
        call.told = True
        status: Literal["started", "completed"] = "completed" if is_over else "started"
        data = CallRecording(channel.call, status, leg=said(channel.leg))
        self._telling.tell(time, f"{channel.uid}:{time}:{status}", channel.call, data)

    def end(self, channel: Channel, time: int, q850: int | None, *, lost: bool) -> LegCause | None:
        """Tell the end of a leg, once; returns the cause that was told."""
        if channel.leg is None or channel.end_told:
            return None
        channel.end_told = True
        cause: LegCause = "lost" if lost else cause_of(channel, q850)
        call = self._book.call_of(channel)
        if channel.uid == call.contact and not call.contact_answered:
            call.contact_cause = cause
        data = LegEnded(
            channel.leg,
            channel.leg_call,
            cause,
            code=UNSET if lost else (channel.sip or q850 or UNSET),
            by=UNSET if lost else self._by(channel, call, time),
        )
        key = f"{channel.leg}:lost" if lost else channel.leg
        extra = None if channel.dialog is None else {"sip_call_id": channel.dialog}
        self._telling.tell(time, key, channel.leg, data, extra)
        channel.ended, channel.cause = time, cause
        return cause

    def _by(self, channel: Channel, call: Call, time: int) -> Party:
        if channel.hung_up is not None:
            return party_of(channel)
        if call.hung_up is not None and time - call.hung_up[0] <= RECENTLY_MS:
            return call.hung_up[1]
        return "system"


def party_of(channel: Channel) -> Party:
    """Who hangs up when this channel's own party does."""
    return "agent" if channel.kind == "A" else "caller"
