"""What a PBX says is true now: to begin with, and to find out what died while nobody looked."""

from collections.abc import Iterable
from typing import Final

from wallboard.feeds.asterisk.channels import RING, UP, Channel
from wallboard.feeds.asterisk.fields import Fields, known, seconds_of, text, whole
from wallboard.feeds.asterisk.translator import Translator

CALLED: Final = frozenset({"AppDial", "AppDial2", "AppQueue"})
"""Applications of channels that were called, by a dialplan, by a dialler, by a queue."""
CALLING_ON: Final = frozenset({"Dial", "Queue", "ConfBridge", "FollowMe", "Page"})
"""Applications by which the far half of a Local channel leads to somebody else."""


class Snapshot:
    """Collects the lists that AMI answers with; each list is put into force when it is complete."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._members: list[Fields] = []
        self._entries: list[Fields] = []
        self._waiting: list[Fields] = []
        self._channels: list[Fields] = []
        self._doubted: tuple[int, frozenset[str]] | None = None
        self._unknown_members = False

    def doubt(self, broken: int) -> None:
        """The connection broke at `broken` (UTC ms): what was known may have died since.

        PBXs tell nothing again. What the next snapshot does not hold ended at the break, lost.
        """
        if self._doubted is None:
            self._doubted = (broken, frozenset(self._translator.book.channels))
        self._unknown_members = True
        self.forget()

    def forget(self) -> None:
        """Drop lists that were cut off in the middle."""
        self._members.clear()
        self._entries.clear()
        self._waiting.clear()
        self._channels.clear()

    def lose_all(self) -> None:
        """No list can be had: all that was doubted died, as far as anybody knows."""
        if self._doubted is not None:
            broken, doubted = self._doubted
            for channel in self._known(doubted):
                self._translator.lose(channel, broken)
            self._doubted = None
        self.forget()

    def _known(self, uids: Iterable[str]) -> list[Channel]:
        channels = self._translator.book.channels
        return [channels[uid] for uid in uids if uid in channels]

    def take(self, fields: Fields, now: int) -> bool:
        """Take in one message of a list; True when the list of channels became complete."""
        match text(fields, "Event"):
            case "QueueMember":
                self._members.append(fields)
            case "QueueEntry":
                self._entries.append(fields)
            case "QueueCallerLeave":
                # Listed as waiting a moment ago, and waiting no longer.
                uid = text(fields, "Uniqueid")
                self._waiting = [one for one in self._waiting if text(one, "Uniqueid") != uid]
            case "QueueStatusComplete":
                self._complete_members(now)
            case "CoreShowChannel":
                self._channels.append(fields)
            case "CoreShowChannelsComplete":
                self._complete_channels(now)
                return True
        return False

    def _complete_members(self, now: int) -> None:
        if self._unknown_members:
            self._translator.agents.are_all(self._members, now)
            self._unknown_members = False
        self._waiting, self._entries = self._entries, []
        self._members.clear()

    def _complete_channels(self, now: int) -> None:
        listed = {text(fields, "Uniqueid") for fields in self._channels}
        new = [channel for fields in self._channels if (channel := self._adopt(fields, now))]
        if self._doubted is not None:
            broken, doubted = self._doubted
            for channel in self._known(doubted - listed):
                self._translator.lose(channel, broken)
            self._find_connected(doubted & listed, now)
            self._doubted = None
        for channel in new:
            self._relate(channel, new)
        for channel in new:
            self._translator.adopted(channel, now)
        for fields in self._waiting:
            self._wait(fields, now)
        self.forget()

    def _adopt(self, fields: Fields, now: int) -> Channel | None:
        """A channel of the list that was not known."""
        uid, name = text(fields, "Uniqueid"), text(fields, "Channel")
        book = self._translator.book
        if not uid or not name or uid in book.channels or uid in book.departed:
            return None
        created = now - seconds_of(text(fields, "Duration")) * 1_000
        channel = Channel(uid, name, text(fields, "Linkedid") or uid, created)
        channel.place = (
            text(fields, "Context"),
            text(fields, "Exten"),
            text(fields, "Priority"),
        )
        channel.number, channel.who = known(fields, "CallerIDNum"), known(fields, "CallerIDName")
        channel.application = (text(fields, "Application"), text(fields, "ApplicationData"))
        channel.bridge = text(fields, "BridgeId")
        channel.state = whole(fields, "ChannelState") or 0
        channel.incoming = channel.state in {RING, UP} and channel.application[0] not in CALLED
        # Nobody says when it was answered. The cache knows, if it was before the connection broke.
        channel.answered = now if channel.state == UP else None
        channel.trunk = not channel.half and self._translator.devices.is_trunk(channel)
        channel.calls_on = channel.half == 2 and channel.application[0] in CALLING_ON
        book.add(channel)
        return channel

    def _relate(self, channel: Channel, new: list[Channel]) -> None:
        """Who called whom is in no snapshot; who is in one bridge with a far half is behind it."""
        if channel.half or channel.application[0] not in CALLED or not channel.bridge:
            return
        for far in new:
            if far.half == 2 and far.bridge == channel.bridge:
                channel.caller = far.uid

    def _find_connected(self, uids: frozenset[str] | set[str], now: int) -> None:
        """Who waited before, and waits no longer: with an agent now, or nobody knows."""
        translator = self._translator
        waiting = {text(fields, "Uniqueid") for fields in self._waiting}
        for uid in uids & translator.queues.stays.keys() - waiting:
            channel = translator.book.channels[uid]
            listed = next(one for one in self._channels if text(one, "Uniqueid") == uid)
            translator.queues.lose(channel, now, self._agent_in(text(listed, "BridgeId"), uid))

    def _agent_in(self, bridge: str, uid: str) -> str | None:
        """The agent who is in a bridge with somebody."""
        book = self._translator.book
        for fields in self._channels:
            other = text(fields, "Uniqueid")
            if bridge and other != uid and text(fields, "BridgeId") == bridge:
                channel = book.channels.get(other)
                if channel is not None and not channel.trunk:
                    phone = book.behind(channel)
                    return channel.member or self._translator.devices.agent(phone.device)
        return None

    def _wait(self, fields: Fields, now: int) -> None:
        channel = self._translator.book.channels.get(text(fields, "Uniqueid"))
        if channel is not None and channel.uid not in self._translator.queues.stays:
            entered = now - (whole(fields, "Wait") or 0) * 1_000
            position = whole(fields, "Position")
            self._translator.queues.join(channel, text(fields, "Queue"), entered, position)
