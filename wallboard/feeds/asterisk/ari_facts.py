"""What only ARI says: the SIP side of a leg, which AMI translates into causes of telephony."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from wallboard.events.calls import LegEnded
from wallboard.events.kinds import UNSET
from wallboard.feeds.asterisk.translator import Translator

AriEvent: TypeAlias = Mapping[str, Any]
"""An event of ARI as its JSON holds it."""


class AriFacts:
    """Tells of each leg that ended the SIP status by which it did, and the Call-ID of its dialog.

    Everything else that ARI says AMI says as well, and one fact has one source.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def take(self, event: AriEvent, received: int) -> None:
        """Take in one event of ARI; of what it is not about, nothing is told."""
        if event.get("type") != "ChannelDestroyed":
            return
        channel = event.get("channel")
        if not isinstance(channel, Mapping):
            return
        uid, dialog = channel.get("id"), channel.get("protocol_id")
        status = event.get("tech_cause")
        if not isinstance(uid, str):
            return
        sip = status if isinstance(status, int) and status > 0 else None
        told = dialog if isinstance(dialog, str) and dialog else None
        self._tell(uid, sip, told, _event_time(event, received))

    def _tell(self, uid: str, sip: int | None, dialog: str | None, time: int) -> None:
        book = self._translator.book
        departed = book.departed.get(uid)
        if departed is None:
            # AMI has yet to say that it is over; it will say it with this.
            channel = book.channels.get(uid)
            if channel is not None:
                channel.sip, channel.dialog = sip, dialog
            else:
                self._translator.tells_of(uid, sip, dialog)
            return
        if departed.leg is None or departed.cause is None or (sip is None and dialog is None):
            return
        self._translator.telling.tell(
            max(departed.ended, time),
            f"{departed.leg}:sip",
            departed.leg,
            LegEnded(departed.leg, departed.call, departed.cause, code=sip or UNSET),
            None if dialog is None else {"sip_call_id": dialog},
        )


def _event_time(event: AriEvent, received: int) -> int:
    """When an event of ARI happened (UTC ms): its offset has no colon, as +0000."""
    stamp = event.get("timestamp")
    if isinstance(stamp, str):
        try:
            return round(datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp() * 1_000)
        except ValueError:
            return received
    return received
