"""From what AMI says to events of ours: a state machine without input or output.

Messages go in one by one with the time of their arrival; told events come out. One fact has one
source: calls, legs, queues and agents are AMI's, the SIP side of a leg's end is ARI's.
"""

from collections.abc import Callable
from typing import Final

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.agents import Agents
from wallboard.feeds.asterisk.calls import Calls
from wallboard.feeds.asterisk.channels import RING, UP, Book, Channel
from wallboard.feeds.asterisk.devices import Devices
from wallboard.feeds.asterisk.fields import Fields, known, moment, text, whole
from wallboard.feeds.asterisk.legs import Legs, party_of
from wallboard.feeds.asterisk.queues import Queues
from wallboard.feeds.asterisk.telling import Telling, Told
from wallboard.feeds.asterisk.transfers import Transfers

SETTLE_MS: Final = 100
"""A Local channel that was answered, and whose far half has called nobody by then, is a party."""

OVERTAKING_MS: Final = 100
"""Messages about one thing overtake one another by some 30 ms."""

HEARD: Final = frozenset(
    {
        "Newchannel",
        "Newstate",
        "Newexten",
        "Rename",
        "LocalBridge",
        "DialBegin",
        "DialEnd",
        "BridgeEnter",
        "HangupRequest",
        "Hangup",
        "QueueCallerJoin",
        "QueueCallerAbandon",
        "QueueCallerLeave",
        "AgentCalled",
        "AgentConnect",
        "QueueMemberStatus",
        "QueueMemberPause",
        "QueueMemberAdded",
        "QueueMemberPenalty",
        "QueueMemberRingInUse",
        "QueueMemberRemoved",
        "Hold",
        "Unhold",
        "ParkedCall",
        "UnParkedCall",
        "ParkedCallTimeOut",
        "ParkedCallGiveUp",
        "BlindTransfer",
        "AttendedTransfer",
        "ChanSpyStart",
        "ChanSpyStop",
        "MixMonitorStart",
        "MixMonitorStop",
        "VarSet",
    }
)
"""The events of AMI that tell anything here."""

VOICEMAIL: Final = frozenset({"VoiceMail", "Voicemail", "VoiceMailMain", "MiniVM"})


class Translator:
    """Remembers what is going on, and tells what is new of it."""

    def __init__(self, settings: Asterisk, *, remembered: int = 20_000) -> None:
        """`remembered`: channels that stay known after their end, for what comes late."""
        self._settings = settings
        self.telling = Telling()
        self.book = Book(remembered)
        self.devices = Devices(settings)
        self.calls = Calls(settings, self.book, self.devices, self.telling)
        self.legs = Legs(settings, self.book, self.devices, self.calls, self.telling)
        self.queues = Queues(settings, self.book, self.calls, self.telling)
        self.transfers = Transfers(self.book, self.devices, self.telling)
        self.agents = Agents(settings, self.devices, self.telling)
        self.has_times = True
        """Whether events carry the time at which they happened."""
        self.has_variables = False
        """Whether variables of channels are seen, among them the state of a queue's refusals."""
        self._settling: dict[str, int] = {}
        self._told_early: dict[str, tuple[int | None, str | None]] = {}
        self._remembered = remembered
        self._watched = {"QUEUESTATUS", "AMDSTATUS"} | {
            name for name in (settings.campaign_variable, settings.contact_variable) if name
        }
        self._told_by = self._handlers()

    def ami(self, fields: Fields, received: int) -> list[Told]:
        """Take in one message of AMI; `received` is when it arrived, in UTC milliseconds."""
        handler = self._told_by.get(text(fields, "Event"))
        if handler is not None:
            time = moment(fields, received)
            self._settle(time)
            self.agents.advance(time)
            handler(fields, time)
        return self.telling.taken()

    def lose(self, channel: Channel, broken: int) -> None:
        """A channel died while the connection was broken: it ended at the break, nobody knows how.

        Its call ended with it, unless another channel of it lives.
        """
        self.queues.lose(channel, broken, None)
        self.transfers.is_over(channel)
        if self.legs.end(channel, broken, None, lost=True) is not None:
            self.agents.leg_ended(channel, broken)
        self.book.remove(channel)
        self.calls.left(channel, broken, lost=True)

    def adopted(self, channel: Channel, now: int) -> None:
        """A channel was found in a snapshot: tell what it is, as far as that shows."""
        if channel.half == 1 and channel.answered is not None:
            self._show_party(channel)
        if channel.half:
            return
        if channel.application[0] == "ChanSpy":
            heard = channel.application[1].partition(",")[0]
            others = (one for one in self.book.channels.values() if one is not channel)
            found = next((one for one in others if heard and one.name.startswith(heard)), None)
            if found is not None:
                self.legs.show_listener(channel, found, now)
            return
        call = self.book.call_of(channel)
        if channel.trunk and call.direction is None:
            self.calls.begins(channel, "inbound" if channel.incoming else "outbound")
        if channel.trunk or channel.bridge or not channel.incoming:
            self._show(channel, now)

    def advance(self, now: int) -> list[Told]:
        """Time has come to `now` (UTC ms) without a message: tell what is due by then."""
        self._settle(now)
        self.agents.advance(now)
        return self.telling.taken()

    def _handlers(self) -> dict[str, Callable[[Fields, int], None]]:
        return {
            "Newchannel": self._new_channel,
            "Newstate": self._new_state,
            "Newexten": self._new_place,
            "Rename": self._renamed,
            "LocalBridge": self._local_bridge,
            "DialBegin": self._dial_begin,
            "DialEnd": self._dial_end,
            "BridgeEnter": self._bridge_enter,
            "HangupRequest": self._hangup_request,
            "Hangup": self._hangup,
            "QueueCallerJoin": self._join,
            "QueueCallerAbandon": self._abandon,
            "QueueCallerLeave": self._leave,
            "AgentCalled": self._agent_called,
            "AgentConnect": self._agent_connect,
            "QueueMemberStatus": self.agents.is_member,
            "QueueMemberPause": self.agents.is_member,
            "QueueMemberAdded": self.agents.is_member,
            "QueueMemberPenalty": self.agents.is_member,
            "QueueMemberRingInUse": self.agents.is_member,
            "QueueMember": self.agents.is_member,
            "QueueMemberRemoved": self.agents.is_no_member,
            "QueueParams": self._queue,
            "Hold": self._hold,
            "Unhold": self._unhold,
            "ParkedCall": self._parked,
            "UnParkedCall": self._unparked,
            "ParkedCallTimeOut": self._unparked,
            "ParkedCallGiveUp": self._unparked,
            "BlindTransfer": self._blind_transfer,
            "AttendedTransfer": self._attended_transfer,
            "ChanSpyStart": self._spy_start,
            "ChanSpyStop": self._spy_stop,
            "MixMonitorStart": self._recording_start,
            "MixMonitorStop": self._recording_stop,
            "VarSet": self._variable,
        }

    def _settle(self, now: int) -> None:
        """Local channels that were answered a moment ago, and called nobody, are parties."""
        while self._settling:
            uid, answered = next(iter(self._settling.items()))
            if now < answered + SETTLE_MS:
                return
            del self._settling[uid]
            channel = self.book.channels.get(uid)
            if channel is not None:
                self._show_party(channel)

    def _show_party(self, channel: Channel) -> None:
        """Tell the leg of a Local channel if its far half is a party, and not plumbing."""
        far = self.book.other_half(channel)
        if channel.half == 1 and not channel.calls_on and not (far is not None and far.calls_on):
            self._show(channel, channel.answered or channel.created)

    def _channel(self, fields: Fields, time: int, prefix: str = "") -> Channel | None:
        """The channel that a message is about, made known by it where it is not yet."""
        uid, name = text(fields, f"{prefix}Uniqueid"), text(fields, f"{prefix}Channel")
        if not uid or not name or uid in self.book.departed:
            return None
        channel = self.book.channels.get(uid)
        place = (
            text(fields, f"{prefix}Context"),
            text(fields, f"{prefix}Exten"),
            text(fields, f"{prefix}Priority"),
        )
        if channel is None:
            channel = Channel(uid, name, text(fields, f"{prefix}Linkedid") or uid, time)
            channel.place = place
            channel.state = whole(fields, f"{prefix}ChannelState") or 0
            channel.incoming = channel.state == RING and not channel.half
            if channel.state == UP:
                channel.answered = time
            channel.trunk = not channel.half and self.devices.is_trunk(channel)
            channel.sip, channel.dialog = self._told_early.pop(uid, (None, None))
            self.book.add(channel)
        else:
            if not prefix:
                channel.place = place
            call = text(fields, f"{prefix}Linkedid")
            if call and call != channel.call:
                self._move(channel, call, time)
        number, who = known(fields, f"{prefix}CallerIDNum"), known(fields, f"{prefix}CallerIDName")
        if channel.leg is None:
            channel.number, channel.who = number or channel.number, who or channel.who
        return channel

    def tells_of(self, uid: str, sip: int | None, dialog: str | None) -> None:
        """ARI told the end of a channel of which AMI has not said anything yet."""
        self._told_early[uid] = (sip, dialog)
        if len(self._told_early) > self._remembered:
            del self._told_early[next(iter(self._told_early))]

    def _move(self, channel: Channel, call: str, time: int) -> None:
        """Two calls became one, and a channel is of the other now: as when a phone transfers.

        A leg stays where it was told; what it is from now on is a leg of the call that it came to.
        """
        leg, answered = channel.leg, channel.answered
        if leg is not None and not channel.end_told:
            self._end(channel, time, None)
            self.book.moved(channel)
        before, channel.call = channel.call, call
        self.book.add(channel)
        self.calls.left_for(channel, before, time)
        if leg is not None:
            channel.created, channel.answered = time, None if answered is None else time
            self._show(channel, time)

    def _show(self, channel: Channel, time: int) -> None:
        """Tell the leg that a channel is, if it has not been told."""
        if self.legs.show(channel):
            self.agents.leg_changed(channel, time)

    def _queue(self, fields: Fields, time: int) -> None:
        if queue := text(fields, "Queue"):
            self.queues.define(queue, time)

    def _new_channel(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is not None and channel.trunk and channel.incoming:
            self.calls.begins(channel, "inbound")
            self._show(channel, time)

    def _new_state(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        channel.state = whole(fields, "ChannelState") or channel.state
        if channel.state != UP or channel.answered not in (None, time):
            return
        channel.answered = time
        if channel.half == 1 and channel.leg is None:
            self._settling[channel.uid] = time
        elif (channel.trunk or channel.caller is not None) and not channel.half:
            self._show(channel, time)
        self.legs.answer(channel)
        self.agents.leg_changed(channel, time)

    def _new_place(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        channel.application = (text(fields, "Application"), text(fields, "AppData"))
        if channel.application[0] in VOICEMAIL:
            self.book.call_of(channel).voicemail = True

    def _renamed(self, fields: Fields, _: int) -> None:
        self.book.rename(text(fields, "Uniqueid"), text(fields, "Newname"))

    def _local_bridge(self, fields: Fields, time: int) -> None:
        self._channel(fields, time, "LocalOne")
        self._channel(fields, time, "LocalTwo")

    def _dial_begin(self, fields: Fields, time: int) -> None:
        called = self._channel(fields, time, "Dest")
        caller = self._channel(fields, time) if text(fields, "Uniqueid") else None
        if called is None:
            return
        called.dialled = text(fields, "DialString")
        if caller is None:
            self._originated(called, time)
            return
        called.caller = caller.uid
        caller.calls_on = True
        self._is_plumbing(caller, time)
        self.transfers.arrives_at(caller, called)
        if not caller.half:
            self._show_caller(caller, called, time)
        elif called.trunk:
            self.calls.begins(called, "outbound")
        if not called.half:
            self._show(called, time)

    def _show_caller(self, caller: Channel, called: Channel, time: int) -> None:
        if called.trunk and not caller.trunk:
            self.calls.begins(called, "outbound", agent=self.devices.agent(caller.device))
        self._show(caller, time)

    def _originated(self, called: Channel, time: int) -> None:
        """A channel is called by nobody: by a dialler, by a click, or for a manager to listen."""
        if called.half:
            number = called.place[1]
            if called.first and not self.devices.is_agent(number) and self._is_outside(number):
                called.trunk = True
                self.calls.begins(called, "outbound")
        elif called.trunk:
            self.calls.begins(called, "outbound")
            self._show(called, time)

    @staticmethod
    def _is_outside(number: str) -> bool:
        digits = number.lstrip("+")
        return digits.isdigit() and len(digits) > 6

    def _is_plumbing(self, channel: Channel, time: int) -> None:
        """The far half of a Local channel goes on to somebody: neither half is a party."""
        near = self.book.near_half(channel) if channel.half == 2 else None
        if near is not None and near.leg is not None and near.uid != channel.uid:
            self.legs.end(near, time, None, lost=False)
            self.agents.leg_ended(near, time)

    def _dial_end(self, fields: Fields, time: int) -> None:
        called = self._channel(fields, time, "Dest")
        status = text(fields, "DialStatus")
        if called is not None and not called.status and status != "ANSWER":
            called.status = status

    def _bridge_enter(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        channel.bridge = text(fields, "BridgeUniqueid")
        if channel.half == 2:
            channel.calls_on = True
        elif not channel.half:
            self._show(channel, time)

    def _hangup_request(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        channel.hung_up = time
        if channel.half == 2 or (channel.half and channel.leg is None):
            return
        if channel.kind != "M":
            self.book.call_of(channel).hung_up = (time, party_of(channel))
        if channel.answered is not None and channel.leg is not None:
            # The party is gone, though the channel may stay until a transfer of theirs is through.
            self._end(channel, time, whole(fields, "Cause"))

    def _end(self, channel: Channel, time: int, q850: int | None) -> None:
        self.legs.end(channel, time, q850, lost=False)
        self.agents.leg_ended(channel, time)

    def _hangup(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        far = self.book.other_half(channel)
        is_party = channel.half == 1 and not channel.calls_on and (far is None or not far.calls_on)
        if not channel.half or is_party:
            self._show(channel, time)
        self.queues.hang_up(channel, time)
        self.transfers.is_over(channel)
        self.legs.record(channel, time, is_over=True)
        q850 = whole(fields, "Cause")
        self._end(channel, time, q850)
        self._settling.pop(channel.uid, None)
        if far is not None and channel.half == 2 and not channel.calls_on:
            far.status = far.status or channel.status
        elif far is not None and channel.calls_on:
            far.calls_on = True
        self.book.remove(channel)
        self.calls.left(channel, time)

    def _join(self, fields: Fields, time: int) -> None:
        channel = self._channel(fields, time)
        if channel is None:
            return
        queue = text(fields, "Queue")
        if not queue:
            return
        if channel.half == 2:
            channel.calls_on = True
        elif not channel.half:
            self._show(channel, time)
        self.transfers.arrives_in_queue(channel, queue)
        self.queues.join(channel, queue, time, whole(fields, "Position"))

    def _abandon(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.queues.give_up(channel, time)

    def _leave(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.queues.leave(channel, time)

    def _agent_called(self, fields: Fields, time: int) -> None:
        called = self._channel(fields, time, "Dest")
        interface = text(fields, "Interface")
        if not interface:
            return
        self.devices.is_of_queue(interface)
        if called is not None:
            self.legs.is_of_member(called, self.devices.agent(interface))

    def _agent_connect(self, fields: Fields, time: int) -> None:
        caller, called = self._channel(fields, time), self._channel(fields, time, "Dest")
        queue = text(fields, "Queue")
        if not queue or not text(fields, "Interface"):
            return
        agent = self.agents.of_member(fields)
        if called is not None:
            called.member = agent
            leg = called if called.leg is not None else self.book.behind(called)
            leg.queue = queue
        if caller is not None:
            self.queues.connect(caller, queue, agent, time)

    def _hold(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.legs.hold(channel, time)
            self.agents.leg_changed(channel, time)

    def _unhold(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.legs.resume(channel, time)
            self.agents.leg_changed(channel, time)

    def _parked(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time, "Parkee")) is not None:
            self.legs.hold(channel, time)

    def _unparked(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time, "Parkee")) is not None:
            self.legs.resume(channel, time)

    def _blind_transfer(self, fields: Fields, time: int) -> None:
        transferee = self._channel(fields, time, "Transferee")
        if transferee is None or text(fields, "Result") != "Success":
            return
        transferer = self._channel(fields, time, "Transferer")
        self.transfers.blind(transferer, transferee, time, text(fields, "Extension"))
        stay = self.queues.stays.get(transferee.uid)
        if stay is not None and stay.entered >= time - OVERTAKING_MS:
            self.transfers.arrives_in_queue(transferee, stay.queue)

    def _attended_transfer(self, fields: Fields, time: int) -> None:
        transferer = self._channel(fields, time, "OrigTransferer")
        if transferer is None or text(fields, "Result") != "Success":
            return
        self.transfers.attended(
            transferer,
            self._channel(fields, time, "Transferee"),
            self._channel(fields, time, "TransferTarget"),
            text(fields, "DestBridgeUniqueid") or text(fields, "OrigBridgeUniqueid"),
            time,
        )

    def _spy_start(self, fields: Fields, time: int) -> None:
        spy, heard = self._channel(fields, time, "Spyer"), self._channel(fields, time, "Spyee")
        if spy is not None and heard is not None:
            self.legs.show_listener(spy, heard, time)

    def _spy_stop(self, fields: Fields, time: int) -> None:
        spy = self._channel(fields, time, "Spyer")
        if spy is not None and spy.kind == "M":
            self.legs.end(spy, time, None, lost=False)

    def _recording_start(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.legs.record(channel, time, is_over=False)

    def _recording_stop(self, fields: Fields, time: int) -> None:
        if (channel := self._channel(fields, time)) is not None:
            self.legs.record(channel, time, is_over=True)

    def _variable(self, fields: Fields, time: int) -> None:
        self.has_variables = True
        name, value = text(fields, "Variable"), text(fields, "Value")
        if not value or name not in self._watched:
            return
        channel = self._channel(fields, time)
        if channel is None:
            return
        call = self.book.call_of(channel)
        if name == "QUEUESTATUS":
            self.queues.status(channel, value, time)
        elif name == "AMDSTATUS":
            self.legs.is_machine(channel, time, value)
        elif name == self._settings.campaign_variable:
            self.calls.is_of_campaign(call, time, value)
        else:
            self.calls.is_of_person(call, time, value)
