"""The scene that all handlers of messages share: channels as messages name them, and their legs."""

from typing import Final

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.agents import Agents
from wallboard.feeds.asterisk.calls import Calls
from wallboard.feeds.asterisk.channels import RING, UP, Book, Channel
from wallboard.feeds.asterisk.devices import Devices
from wallboard.feeds.asterisk.fields import Fields, known, text, whole
from wallboard.feeds.asterisk.legs import Legs
from wallboard.feeds.asterisk.queues import Queues
from wallboard.feeds.asterisk.telling import Telling
from wallboard.feeds.asterisk.transfers import Transfers

SETTLE_MS: Final = 100
"""A Local channel that was answered, and whose far half has called nobody by then, is a party."""


class Scene:
    """What is known of one PBX, and the ways to tell it."""

    def __init__(self, settings: Asterisk, remembered: int) -> None:
        """`remembered`: channels that stay known after their end, for what comes late."""
        self.settings = settings
        self.telling = Telling()
        self.book = Book(remembered)
        self.devices = Devices(settings)
        self.calls = Calls(settings, self.book, self.devices, self.telling)
        self.legs = Legs(settings, self.book, self.devices, self.calls, self.telling)
        self.queues = Queues(settings, self.book, self.calls, self.telling)
        self.transfers = Transfers(self.book, self.devices, self.telling)
        self.agents = Agents(settings, self.devices, self.telling)
        self.settling: dict[str, int] = {}
        """Local channels that were answered (UTC ms) and may be parties."""
        self._told_early: dict[str, tuple[int | None, str | None]] = {}
        self._remembered = remembered

    def channel(self, fields: Fields, time: int, prefix: str = "") -> Channel | None:
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

    def show(self, channel: Channel, time: int) -> None:
        """Tell the leg that a channel is, if it has not been told."""
        if self.legs.show(channel):
            self.agents.leg_changed(channel, time)

    def end(self, channel: Channel, time: int, q850: int | None) -> None:
        """A channel is gone, for a reason by Q.850; None where none is known."""
        self.legs.end(channel, time, q850, lost=False)
        self.agents.leg_ended(channel, time)

    def settle(self, now: int) -> None:
        """Local channels that were answered a moment ago, and called nobody, are parties."""
        while self.settling:
            uid, answered = next(iter(self.settling.items()))
            if now < answered + SETTLE_MS:
                return
            del self.settling[uid]
            channel = self.book.channels.get(uid)
            if channel is not None:
                self.show_party(channel)

    def show_party(self, channel: Channel) -> None:
        """Tell the leg of a Local channel if its far half is a party, and not plumbing."""
        far = self.book.other_half(channel)
        if channel.half == 1 and not channel.calls_on and not (far is not None and far.calls_on):
            self.show(channel, channel.answered or channel.created)

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
            self.end(channel, time, None)
            self.book.moved(channel)
        before, channel.call = channel.call, call
        self.book.add(channel)
        self.calls.left_for(channel, before, time)
        if leg is not None:
            channel.created, channel.answered = time, None if answered is None else time
            self.show(channel, time)
