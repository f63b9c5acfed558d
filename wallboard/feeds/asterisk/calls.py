"""When a call begins, which way it goes, and when it is over."""

from typing import Final, Literal

from wallboard.config.asterisk import Asterisk
from wallboard.events.calls import CallEnded, CallStarted, Party
from wallboard.feeds.asterisk.causes import reason_of
from wallboard.feeds.asterisk.channels import Book, Call, Channel, said
from wallboard.feeds.asterisk.devices import Devices, number_in
from wallboard.feeds.asterisk.telling import Telling

NOT_A_NUMBER: Final = frozenset({"s", "h", "i", "t", "fax", ""})
RECENTLY_MS: Final = 2_000
"""Who hung up within this time before the end has ended the call."""


class Calls:
    """Tells the beginnings and ends of calls."""

    def __init__(self, settings: Asterisk, book: Book, devices: Devices, telling: Telling) -> None:
        self._settings, self._book = settings, book
        self._devices, self._telling = devices, telling

    def begins(
        self,
        channel: Channel,
        direction: Literal["inbound", "outbound"],
        *,
        agent: str | None = None,
    ) -> None:
        """The channel of a contact was seen: the call has a direction, and begins by that.

        `agent`: who calls, where a person does. What goes on between one's own phones alone is no
        call of a contact center, and never begins.
        """
        call = self._book.call_of(channel)
        if call.direction is not None:
            return
        call.direction = direction
        call.contact = channel.uid
        if call.campaign is None:
            call.campaign = self._settings.trunk_campaigns.get(channel.device)
        self._tell_start(call, channel, agent)

    def _tell_start(self, call: Call, channel: Channel, agent: str | None) -> None:
        inbound = call.direction == "inbound"
        extension = channel.place[1]
        number = channel.number if inbound else dialled_number(channel)
        call.told = True
        call.campaign_told = call.campaign
        self._telling.tell(
            call.began,
            call.call,
            call.call,
            CallStarted(
                call.call,
                call.direction or "inbound",
                campaign=said(call.campaign),
                contact=said(call.person),
                from_number=said(number if inbound else None),
                to_number=said(
                    (None if extension in NOT_A_NUMBER else extension) if inbound else number
                ),
                agent=said(agent),
            ),
        )

    def is_of_campaign(self, call: Call, time: int, campaign: str | None) -> None:
        """The campaign of a call became known; the first that is told counts."""
        if campaign is None or call.campaign is not None:
            return
        call.campaign = campaign
        self._correct(call, time)

    def is_of_person(self, call: Call, time: int, person: str) -> None:
        """The contact of a call became known."""
        if call.person != person:
            call.person = person
            self._correct(call, time)

    def _correct(self, call: Call, time: int) -> None:
        """Tell what became known of a call that has begun already."""
        if call.direction is None:
            return
        self._telling.tell(
            time,
            f"{call.call}:{call.campaign or ''}:{call.person or ''}",
            call.call,
            CallStarted(
                call.call, call.direction, campaign=said(call.campaign), contact=said(call.person)
            ),
        )

    def left(self, channel: Channel, time: int, *, lost: bool = False) -> None:
        """A channel is gone; with the last of them the call is over."""
        self.left_for(channel, channel.call, time, lost=lost)

    def left_for(self, channel: Channel, name: str, time: int, *, lost: bool = False) -> None:
        """A channel is in the call of this name no longer."""
        call = self._book.calls.get(name)
        if call is None:
            return
        call.live.discard(channel.uid)
        if not call.live:
            del self._book.calls[call.call]
            if call.told:
                self._tell_end(call, time, lost=lost)

    def _tell_end(self, call: Call, time: int, *, lost: bool) -> None:
        """The call is over; `lost`: nobody knows how, since the connection to the PBX broke."""
        by: Party = "system"
        if call.hung_up is not None and time - call.hung_up[0] <= RECENTLY_MS:
            by = call.hung_up[1]
        data = (
            CallEnded(call.call, "lost") if lost else CallEnded(call.call, reason_of(call), by=by)
        )
        self._telling.tell(time, f"{call.call}:lost" if lost else call.call, call.call, data)


def dialled_number(channel: Channel) -> str | None:
    """The number of a party that was called."""
    if (number := number_in(channel.dialled)) is not None:
        return number
    extension = number_in(channel.place[1])
    return extension or channel.number
