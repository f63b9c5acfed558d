"""Messages about channels: how they begin, call one another, are answered and end."""

from typing import Final

from wallboard.feeds.asterisk.channels import RING, UP, Channel
from wallboard.feeds.asterisk.fields import Fields, text, whole
from wallboard.feeds.asterisk.handling import Handler
from wallboard.feeds.asterisk.legs import party_of
from wallboard.feeds.asterisk.scene import Scene

VOICEMAIL: Final = frozenset({"VoiceMail", "Voicemail", "VoiceMailMain", "MiniVM"})
"""Applications that take a message."""


class ChannelMessages:
    """Follows channels from their beginning to their end."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def handlers(self) -> dict[str, Handler]:
        """What to do at each event, by its name."""
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
        }

    def _new_channel(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        # Another message about it may have come first.
        channel.incoming |= whole(fields, "ChannelState") == RING and not channel.half
        channel.created = min(channel.created, time)
        if channel.trunk and channel.incoming:
            self._scene.calls.begins(channel, "inbound")
            self._scene.show(channel, time)

    def _new_state(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        channel.state = whole(fields, "ChannelState") or channel.state
        if channel.state != UP or channel.answered not in (None, time):
            return
        channel.answered = time
        if channel.half == 1 and channel.leg is None:
            self._scene.settling[channel.uid] = time
        elif (channel.trunk or channel.caller is not None) and not channel.half:
            self._scene.show(channel, time)
        self._scene.legs.answer(channel)
        self._scene.agents.leg_changed(channel, time)

    def _new_place(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        self._scene.queues.goes_on(channel)
        channel.application = (text(fields, "Application"), text(fields, "AppData"))
        if channel.application[0] in VOICEMAIL:
            self._scene.book.call_of(channel).voicemail = True

    def _renamed(self, fields: Fields, _: int) -> None:
        self._scene.book.rename(text(fields, "Uniqueid"), text(fields, "Newname"))

    def _local_bridge(self, fields: Fields, time: int) -> None:
        self._scene.channel(fields, time, "LocalOne")
        self._scene.channel(fields, time, "LocalTwo")

    def _dial_begin(self, fields: Fields, time: int) -> None:
        called = self._scene.channel(fields, time, "Dest")
        caller = self._scene.channel(fields, time) if text(fields, "Uniqueid") else None
        if called is None:
            return
        called.dialled = text(fields, "DialString")
        if caller is None:
            self._originated(called, time)
            return
        called.caller = caller.uid
        caller.calls_on = True
        self._scene.queues.goes_on(caller)
        self._is_plumbing(caller, time)
        self._scene.transfers.arrives_at(caller, called)
        if not caller.half:
            self._show_caller(caller, called, time)
        elif called.trunk:
            self._scene.calls.begins(called, "outbound")
        if not called.half:
            self._scene.show(called, time)

    def _show_caller(self, caller: Channel, called: Channel, time: int) -> None:
        if called.trunk and not caller.trunk:
            self._scene.calls.begins(
                called, "outbound", agent=self._scene.devices.agent(caller.device)
            )
        self._scene.show(caller, time)

    def _originated(self, called: Channel, time: int) -> None:
        """A channel is called by nobody: by a dialler, by a click, or for a manager to listen."""
        if called.half:
            number = called.place[1]
            if (
                called.uid == called.call
                and not self._scene.devices.is_agent(number)
                and self._is_outside(number)
            ):
                called.trunk = True
                self._scene.calls.begins(called, "outbound")
        elif called.trunk:
            self._scene.calls.begins(called, "outbound")
            self._scene.show(called, time)

    @staticmethod
    def _is_outside(number: str) -> bool:
        digits = number.lstrip("+")
        return digits.isdigit() and len(digits) > 6

    def _is_plumbing(self, channel: Channel, time: int) -> None:
        """The far half of a Local channel goes on to somebody: neither half is a party."""
        near = self._scene.book.near_half(channel) if channel.half == 2 else None
        if near is not None and near.leg is not None and near.uid != channel.uid:
            self._scene.legs.end(near, time, None, lost=False)
            self._scene.agents.leg_ended(near, time)

    def _dial_end(self, fields: Fields, time: int) -> None:
        called = self._scene.channel(fields, time, "Dest")
        status = text(fields, "DialStatus")
        if called is not None and not called.status and status != "ANSWER":
            called.status = status

    def _bridge_enter(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        self._scene.queues.goes_on(channel)
        channel.bridge = text(fields, "BridgeUniqueid")
        if channel.half == 2:
            channel.calls_on = True
        elif not channel.half:
            self._scene.show(channel, time)

    def _hangup_request(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        self._scene.queues.goes_on(channel)
        channel.hung_up = time
        if channel.half == 2 or (channel.half and channel.leg is None):
            return
        if channel.kind != "M":
            self._scene.book.call_of(channel).hung_up = (time, party_of(channel))
        if channel.answered is not None and channel.leg is not None:
            # The party is gone, though the channel may stay until a transfer of theirs is through.
            self._scene.end(channel, time, whole(fields, "Cause"))

    def _hangup(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        far = self._scene.book.other_half(channel)
        is_party = channel.half == 1 and not channel.calls_on and (far is None or not far.calls_on)
        if not channel.half or is_party:
            self._scene.show(channel, time)
        self._scene.queues.hang_up(channel, time)
        self._scene.transfers.is_over(channel)
        self._scene.legs.record(channel, time, is_over=True)
        q850 = whole(fields, "Cause")
        self._scene.end(channel, time, q850)
        self._scene.settling.pop(channel.uid, None)
        if far is not None and channel.half == 2 and not channel.calls_on:
            far.status = far.status or channel.status
        elif far is not None and channel.calls_on:
            far.calls_on = True
        self._scene.book.remove(channel)
        self._scene.calls.left(channel, time)
