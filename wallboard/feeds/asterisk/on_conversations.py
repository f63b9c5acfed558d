"""Messages about what happens within a call: holds, transfers, listening, recordings, variables."""

from typing import Final

from wallboard.feeds.asterisk.fields import Fields, text
from wallboard.feeds.asterisk.handling import Handler
from wallboard.feeds.asterisk.scene import Scene

OVERTAKING_MS: Final = 100
"""Messages about one thing overtake one another by some 30 ms."""


class ConversationMessages:
    """Follows what is done with calls that are going on."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        names = (scene.settings.campaign_variable, scene.settings.contact_variable)
        self._watched = {"QUEUESTATUS", "AMDSTATUS"} | {name for name in names if name}

    def handlers(self) -> dict[str, Handler]:
        """What to do at each event, by its name."""
        return {
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

    def _hold(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.legs.hold(channel, time)
            self._scene.agents.leg_changed(channel, time)

    def _unhold(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.legs.resume(channel, time)
            self._scene.agents.leg_changed(channel, time)

    def _parked(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time, "Parkee")) is not None:
            self._scene.legs.hold(channel, time)

    def _unparked(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time, "Parkee")) is not None:
            self._scene.legs.resume(channel, time)

    def _blind_transfer(self, fields: Fields, time: int) -> None:
        transferee = self._scene.channel(fields, time, "Transferee")
        if transferee is None or text(fields, "Result") != "Success":
            return
        transferer = self._scene.channel(fields, time, "Transferer")
        self._scene.transfers.blind(transferer, transferee, time, text(fields, "Extension"))
        stay = self._scene.queues.stays.get(transferee.uid)
        if stay is not None and stay.entered >= time - OVERTAKING_MS:
            self._scene.transfers.arrives_in_queue(transferee, stay.queue)

    def _attended_transfer(self, fields: Fields, time: int) -> None:
        transferer = self._scene.channel(fields, time, "OrigTransferer")
        if transferer is None or text(fields, "Result") != "Success":
            return
        self._scene.transfers.attended(
            transferer,
            self._scene.channel(fields, time, "Transferee"),
            self._scene.channel(fields, time, "TransferTarget"),
            text(fields, "DestBridgeUniqueid") or text(fields, "OrigBridgeUniqueid"),
            time,
        )

    def _spy_start(self, fields: Fields, time: int) -> None:
        spy, heard = (
            self._scene.channel(fields, time, "Spyer"),
            self._scene.channel(fields, time, "Spyee"),
        )
        if spy is not None and heard is not None:
            self._scene.legs.show_listener(spy, heard, time)

    def _spy_stop(self, fields: Fields, time: int) -> None:
        spy = self._scene.channel(fields, time, "Spyer")
        if spy is not None and spy.kind == "M":
            self._scene.legs.end(spy, time, None, lost=False)

    def _recording_start(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.legs.record(channel, time, is_over=False)

    def _recording_stop(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.legs.record(channel, time, is_over=True)

    def _variable(self, fields: Fields, time: int) -> None:
        name, value = text(fields, "Variable"), text(fields, "Value")
        if not value or name not in self._watched:
            return
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        call = self._scene.book.call_of(channel)
        if name == "QUEUESTATUS":
            self._scene.queues.status(channel, value, time)
        elif name == "AMDSTATUS":
            self._scene.legs.is_machine(channel, time, value)
        elif name == self._scene.settings.campaign_variable:
            self._scene.calls.is_of_campaign(call, time, value)
        else:
            self._scene.calls.is_of_person(call, time, value)
