"""Stays in queues: when a caller came to wait, and to which of many ends it came."""

from typing import Final

from msgspec import Struct

from wallboard.config.asterisk import Asterisk
from wallboard.events.calls import QueueEntered, QueueLeft, StayEnd
from wallboard.events.definitions import QueueDefined
from wallboard.events.kinds import UNSET
from wallboard.feeds.asterisk.calls import Calls
from wallboard.feeds.asterisk.channels import Book, Channel, said
from wallboard.feeds.asterisk.telling import Telling

OF_STATUS: Final[dict[str, StayEnd]] = {
    "TIMEOUT": "timed_out",
    "WITHDRAW": "withdrawn",
    "LEAVEEMPTY": "overflowed",
    "LEAVEUNAVAIL": "overflowed",
    "FULL": "refused",
    "JOINEMPTY": "refused",
    "JOINUNAVAIL": "refused",
}
"""What QUEUESTATUS says; refused callers are in no event of the queue at all."""
REFUSED: Final = frozenset({"FULL", "JOINEMPTY", "JOINUNAVAIL"})


class Stay(Struct):
    """One channel waiting in one queue."""

    queue: str
    call: str
    entered: int
    place: tuple[str, str, str]
    """Where in the dialplan it waits: who is somewhere else afterwards was sent there."""
    given_up: int | None = None
    """When Asterisk said “abandon”, which may mean many things."""
    left: int | None = None


class Queues:
    """Tells stays. One fact needs several messages; it is told when the last of them is known."""

    def __init__(self, settings: Asterisk, book: Book, calls: Calls, telling: Telling) -> None:
        self._settings, self._book, self._calls = settings, book, calls
        self._telling = telling
        self.stays: dict[str, Stay] = {}
        """By the channel that waits."""
        self._defined: set[str] = set()

    def define(self, queue: str, time: int) -> None:
        """Tell a queue's name, when it is first heard of.

        Its target is left to [metrics]: a PBX knows the seconds of one, and not the share.
        """
        if queue not in self._defined:
            self._defined.add(queue)
            name = self._settings.queue_names.get(queue, queue)
            self._telling.tell(time, f"{queue}:{name}", queue, QueueDefined(queue, name))

    def join(self, channel: Channel, queue: str, time: int, position: int | None) -> None:
        """A caller begins to wait."""
        self.define(queue, time)
        stay = self.stays.get(channel.uid)
        if stay is not None:
            if stay.queue == queue and stay.given_up is None and stay.left is None:
                return
            self._end(channel, stay, "redirected", time, destination=channel.place[1])
        call = self._book.call_of(channel)
        call.told = True
        self._calls.is_of_campaign(call, time, self._settings.queue_campaigns.get(queue))
        self.stays[channel.uid] = Stay(queue, channel.call, time, channel.place)
        self._telling.tell(
            time,
            f"{channel.uid}:{queue}:{time}",
            channel.call,
            QueueEntered(channel.call, queue, UNSET if position is None else position),
        )

    def give_up(self, channel: Channel, time: int) -> None:
        """Asterisk says that a caller abandoned. So it says of everybody who leaves unanswered.

        Whoever hung up has abandoned; whoever is somewhere else in the dialplan was sent there;
        of the others the channel's QUEUESTATUS tells, which comes next.
        """
        stay = self.stays.get(channel.uid)
        if stay is None:
            return
        stay.given_up = time
        if channel.hung_up is not None:
            self._end(channel, stay, "abandoned", time)
        elif channel.place != stay.place:
            self._end(channel, stay, "redirected", time, destination=channel.place[1])

    def leave(self, channel: Channel, time: int) -> None:
        """A caller is no longer in the queue; why is told before, or right after."""
        if (stay := self.stays.get(channel.uid)) is not None:
            stay.left = time

    def goes_on(self, channel: Channel) -> None:
        """A caller does something: who left unanswered, and is elsewhere now, pressed a key.

        Asterisk says of that only that the caller left, as it says before it connects one.
        """
        stay = self.stays.get(channel.uid)
        if stay is None or stay.left is None or stay.given_up is not None:
            return
        if channel.hung_up is None and channel.place != stay.place:
            self._end(channel, stay, "redirected", stay.left, destination=channel.place[1])

    def connect(self, channel: Channel, queue: str, agent: str, time: int) -> None:
        """An agent has the caller."""
        stay = self.stays.get(channel.uid)
        if stay is not None and stay.queue == queue:
            self._end(channel, stay, "answered", stay.left or time, agent=agent)

    def status(self, channel: Channel, status: str, time: int) -> None:
        """The variable QUEUESTATUS was set, as the last that is said of a stay."""
        reason = OF_STATUS.get(status)
        stay = self.stays.get(channel.uid)
        if reason is None:
            return
        if stay is not None and (stay.given_up is not None or stay.left is not None):
            self._end(channel, stay, reason, stay.given_up or stay.left or time)
        elif stay is None and status in REFUSED:
            self._refuse(channel, time)

    def _refuse(self, channel: Channel, time: int) -> None:
        application, data = channel.application
        queue = data.partition(",")[0]
        if application != "Queue" or not queue:
            return
        self.join(channel, queue, time, None)
        self._end(channel, self.stays[channel.uid], "refused", time)

    def hang_up(self, channel: Channel, time: int) -> None:
        """The channel is gone: what is not known of its stay by now, nobody will tell."""
        stay = self.stays.get(channel.uid)
        if stay is None:
            return
        ended = stay.given_up or stay.left or time
        if channel.hung_up is not None:
            self._end(channel, stay, "abandoned", ended)
        elif stay.given_up is not None:
            # It was the system that hung up, once the caller had waited for long enough.
            self._end(channel, stay, "timed_out", ended)
        else:
            self._end(channel, stay, "redirected" if stay.left else "abandoned", ended)

    def lose(self, channel: Channel, time: int, agent: str | None) -> None:
        """The stay ended while nobody looked; `agent`: with whom the caller was found since."""
        if (stay := self.stays.get(channel.uid)) is not None:
            self._end(channel, stay, "lost" if agent is None else "answered", time, agent=agent)

    def _end(
        self,
        channel: Channel,
        stay: Stay,
        reason: StayEnd,
        time: int,
        *,
        agent: str | None = None,
        destination: str | None = None,
    ) -> None:
        self.stays.pop(channel.uid, None)
        self._book.call_of(channel).last_stay = reason
        self._telling.tell(
            max(time, stay.entered + 1),
            f"{channel.uid}:{stay.queue}:{stay.entered}",
            stay.call,
            QueueLeft(
                stay.call,
                stay.queue,
                reason,
                agent=said(agent),
                destination=said(destination),
            ),
        )
