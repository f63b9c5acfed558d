"""Everything that one PBX says, from either side, as events of ours ready for the collector."""

from collections.abc import Iterable

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.ari_facts import AriEvent, AriFacts
from wallboard.feeds.asterisk.fields import Fields
from wallboard.feeds.asterisk.snapshot import Snapshot
from wallboard.feeds.asterisk.telling import Told, encoded
from wallboard.feeds.asterisk.translator import Translator

SOURCE = "asterisk"


def source_of(system: str) -> str:
    """The source of events of the PBX of this name (systemname in asterisk.conf)."""
    return f"{SOURCE}/{system}" if system else SOURCE


class Hearing:
    """Hears AMI and ARI of one PBX. Pure: messages in, events as JSON texts out."""

    def __init__(
        self, settings: Asterisk, source: str = SOURCE, *, remembered: int = 20_000
    ) -> None:
        self.translator = Translator(settings, remembered=remembered)
        self.snapshot = Snapshot(self.translator)
        self.source = source
        self.channels_complete = 0
        """How many lists of channels were complete so far."""
        self._ari = AriFacts(self.translator)

    def ami(self, fields: Fields, received: int) -> list[bytes]:
        """Take in one message of AMI that arrived at `received` (UTC ms)."""
        told = self.translator.ami(fields, received)
        if self.snapshot.take(fields, received):
            self.channels_complete += 1
            told += self.translator.telling.taken()
        return self._encoded(told)

    def ari(self, event: AriEvent, received: int) -> list[bytes]:
        """Take in one event of ARI."""
        self._ari.take(event, received)
        return self._encoded(self.translator.telling.taken())

    def nothing_known(self) -> list[bytes]:
        """The list of channels may not be had: what was known before the break is lost."""
        self.snapshot.lose_all()
        return self._encoded(self.translator.telling.taken())

    def advance(self, now: int) -> list[bytes]:
        """Time has come to `now` (UTC ms)."""
        return self._encoded(self.translator.advance(now))

    def _encoded(self, told: Iterable[Told]) -> list[bytes]:
        return [encoded(one, self.source) for one in told]
