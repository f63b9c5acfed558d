"""Transfers: who handed a call on, and to whom it came."""

from msgspec import Struct

from wallboard.events.calls import CallTransferred
from wallboard.feeds.asterisk.channels import Book, Channel, said
from wallboard.feeds.asterisk.devices import Devices, short_name
from wallboard.feeds.asterisk.telling import Telling


class Blind(Struct):
    """A blind transfer on its way: Asterisk tells the extension, which may be anything."""

    call: str
    time: int
    extension: str
    from_agent: str | None


class Transfers:
    """Tells transfers. A blind one is told as soon as it is seen where it leads."""

    def __init__(self, book: Book, devices: Devices, telling: Telling) -> None:
        self._book, self._devices, self._telling = book, devices, telling
        self._under_way: dict[str, Blind] = {}
        """By the channel that was sent on."""

    def blind(
        self, transferer: Channel | None, transferee: Channel, time: int, extension: str
    ) -> None:
        """Somebody sends a channel to an extension."""
        self._tell(transferee)
        self._under_way[transferee.uid] = Blind(
            transferee.call, time, extension, self._agent(transferer)
        )

    def arrives_in_queue(self, channel: Channel, queue: str) -> None:
        """A channel came to a queue: if it was sent on, that is where to."""
        self._tell(channel, queue=queue)

    def arrives_at(self, channel: Channel, called: Channel) -> None:
        """A channel calls another: if it was sent on, that is whom it was sent to."""
        if channel.uid not in self._under_way:
            return
        if called.trunk:
            self._tell(channel)
        else:
            self._tell(channel, agent=called.member or self._devices.agent(called.device))

    def is_over(self, channel: Channel) -> None:
        """A channel is gone: wherever it was sent, it came to nobody."""
        self._tell(channel)

    def _tell(
        self, channel: Channel, *, queue: str | None = None, agent: str | None = None
    ) -> None:
        sent = self._under_way.pop(channel.uid, None)
        if sent is None:
            return
        number = sent.extension if queue is None and agent is None else None
        self._telling.tell(
            sent.time,
            f"{channel.uid}:{sent.time}",
            sent.call,
            CallTransferred(
                sent.call,
                "blind",
                from_agent=said(sent.from_agent),
                to_agent=said(agent),
                to_queue=said(queue),
                to_number=said(number),
            ),
        )

    def attended(
        self,
        transferer: Channel,
        transferee: Channel | None,
        target: Channel | None,
        bridge: str,
        time: int,
    ) -> None:
        """Somebody asked the other first, and then handed the call on.

        Asterisk leaves out whoever is not in a bridge at that instant: `bridge` is the one in which
        the others are afterwards, and tells who.
        """
        others = [
            one
            for one in self._book.channels.values()
            if one.bridge == bridge and one not in (transferer, transferee, target)
        ]
        if transferee is None:
            contacts = [one for one in others if one.kind == "B"]
            transferee = contacts[0] if contacts else None
        if target is None:
            rest = [one for one in others if one is not transferee]
            target = rest[-1] if rest else None
        agent, number = (None, None) if target is None else self._party(target)
        key = transferee or transferer
        self._telling.tell(
            time,
            f"{key.uid}:{time}",
            key.call,
            CallTransferred(
                key.call,
                "attended",
                from_agent=said(self._agent(transferer)),
                to_agent=said(agent),
                to_number=said(number),
            ),
        )

    def _party(self, target: Channel) -> tuple[str | None, str | None]:
        """The agent or the number behind a channel."""
        phone = self._book.behind(target)
        if phone.trunk:
            return None, phone.number or phone.place[1]
        if phone.half and not self._devices.is_agent(short_name(phone.device)):
            # Nobody is behind it yet: the extension that was dialled is all there is.
            return None, short_name(phone.device)
        return phone.agent or self._devices.agent(phone.device), None

    def _agent(self, channel: Channel | None) -> str | None:
        if channel is None:
            return None
        phone = self._book.behind(channel)
        if phone.kind == "A" and phone.agent is not None:
            return phone.agent
        return None if phone.trunk else (channel.member or self._devices.agent(phone.device))
