"""From what AMI says to events of ours: a state machine without input or output.

Messages go in one by one with the time of their arrival; told events come out. One fact has one
source: calls, legs, queues and agents are AMI's, the SIP side of a leg's end is ARI's.
"""

from typing import Final

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.agents import Agents
from wallboard.feeds.asterisk.channels import Book, Channel
from wallboard.feeds.asterisk.devices import Devices
from wallboard.feeds.asterisk.fields import Fields, moment, text
from wallboard.feeds.asterisk.handling import Handler
from wallboard.feeds.asterisk.on_channels import ChannelMessages
from wallboard.feeds.asterisk.on_conversations import ConversationMessages
from wallboard.feeds.asterisk.on_queues import QueueMessages
from wallboard.feeds.asterisk.queues import Queues
from wallboard.feeds.asterisk.scene import Scene
from wallboard.feeds.asterisk.telling import Telling, Told

LISTED: Final = frozenset({"QueueMember", "QueueParams"})
"""Items of lists that are asked for: no events, and passed by every filter."""


def _handlers(scene: Scene) -> dict[str, Handler]:
    return (
        ChannelMessages(scene).handlers()
        | QueueMessages(scene).handlers()
        | ConversationMessages(scene).handlers()
    )


HEARD: Final = frozenset(_handlers(Scene(Asterisk(), 0))) - LISTED
"""The events of AMI that tell anything here."""


class Translator:
    """Remembers what is going on, and tells what is new of it."""

    def __init__(self, settings: Asterisk, *, remembered: int = 20_000) -> None:
        """`remembered`: channels that stay known after their end, for what comes late."""
        self._scene = scene = Scene(settings, remembered)
        self._handlers = _handlers(scene)
        self.telling: Telling = scene.telling
        self.book: Book = scene.book
        self.devices: Devices = scene.devices
        self.queues: Queues = scene.queues
        self.agents: Agents = scene.agents

    def ami(self, fields: Fields, received: int) -> list[Told]:
        """Take in one message of AMI; `received` is when it arrived, in UTC milliseconds."""
        handler = self._handlers.get(text(fields, "Event"))
        if handler is not None:
            time = moment(fields, received)
            self._scene.settle(time)
            self.agents.advance(time)
            handler(fields, time)
        return self.telling.taken()

    def advance(self, now: int) -> list[Told]:
        """Time has come to `now` (UTC ms) without a message: tell what is due by then."""
        self._scene.settle(now)
        self.agents.advance(now)
        return self.telling.taken()

    def tells_of(self, uid: str, sip: int | None, dialog: str | None) -> None:
        """ARI told the end of a channel of which AMI has not said anything yet."""
        self._scene.tells_of(uid, sip, dialog)

    def lose(self, channel: Channel, broken: int) -> None:
        """A channel died while the connection was broken: it ended at the break, nobody knows how.

        Its call ended with it, unless another channel of it lives.
        """
        self.queues.lose(channel, broken, None)
        self._scene.transfers.is_over(channel)
        if self._scene.legs.end(channel, broken, None, lost=True) is not None:
            self.agents.leg_ended(channel, broken)
        self.book.remove(channel)
        self._scene.calls.left(channel, broken, lost=True)

    def adopted(self, channel: Channel, now: int) -> None:
        """A channel was found in a snapshot: tell what it is, as far as that shows."""
        if channel.half == 1 and channel.answered is not None:
            self._scene.show_party(channel)
        if channel.half:
            return
        if channel.application[0] == "ChanSpy":
            heard = channel.application[1].partition(",")[0]
            others = (one for one in self.book.channels.values() if one is not channel)
            found = next((one for one in others if heard and one.name.startswith(heard)), None)
            if found is not None:
                self._scene.legs.show_listener(channel, found, now)
            return
        call = self.book.call_of(channel)
        if channel.trunk and call.direction is None:
            self._scene.calls.begins(channel, "inbound" if channel.incoming else "outbound")
        if channel.trunk or channel.bridge or not channel.incoming:
            self._scene.show(channel, now)
