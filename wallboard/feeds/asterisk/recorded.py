"""Recordings: lines of JSON as `wallboard record` writes them, or the plain text of AMI."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from wallboard.config.asterisk import Asterisk
from wallboard.counted import counted
from wallboard.events.faults import FAILURES
from wallboard.feeds.asterisk.fields import Fields, moment, text, whole
from wallboard.feeds.asterisk.hearing import Hearing, source_of
from wallboard.feeds.asterisk.in_order import InOrder

REMEMBERED: Final = 2_000_000
"""Channels that stay known, since ARI's recording may come in a file after AMI's."""

_ANY: Final = msgspec.json.Decoder(dict[str, Any])


class Recording:
    """Turns the lines of recordings into lines of events; files after one another are one PBX."""

    def __init__(self, settings: Asterisk) -> None:
        self._settings = settings
        self._hearing: Hearing | None = None
        self._block: dict[str, str | list[str]] = {}
        self._last_number = 0
        self._last_time = 0
        self._in_order = InOrder()
        self.messages = 0
        """How many messages of Asterisk were read."""
        self.told = 0
        """How many events came of them."""
        self.unread = 0
        """How many lines were neither JSON of a recording nor text of AMI."""
        self.untimed = 0
        """How many messages of AMI said nowhere when they happened; they are left out."""

    def lines(self, lines: Sequence[bytes], numbers: Sequence[int]) -> list[bytes]:
        """The events that come of some lines; `numbers` are the lines' own in their file."""
        if self._hearing is None:
            source = source_of(_system_in(lines))
            self._hearing = Hearing(self._settings, source, remembered=REMEMBERED)
        hearing = self._hearing
        events: list[bytes] = []
        for number, line in zip(numbers, lines, strict=True):
            if line[:1] == b"{":
                events += self._json(hearing, line)
            else:
                if number != self._last_number + 1:
                    events += self._text(hearing)
                self._last_number = number
                self._add(line)
        self.told += len(events)
        return events

    def rest(self) -> list[bytes]:
        """What is told when the recordings are through: the last message, work that is over."""
        if self._hearing is None:
            return []
        told = self._text(self._hearing)
        for kept in self._in_order.rest():
            told += self._heard(self._hearing, kept.message, kept.received)
        told += self._hearing.advance(self._last_time)
        self.told += len(told)
        return told

    def remarks(self) -> Iterator[str]:
        """Sentences about what could not be used."""
        if self.unread:
            yield (
                f"{counted(self.unread, 'line')} held neither a recorded message of Asterisk nor "
                "text of AMI: passed over."
            )
        if self.untimed:
            yield (
                f"{counted(self.untimed, 'message')} came without a time, and could not be placed: "
                "with timestampevents=yes in manager.conf AMI tells it."
            )
        elif self.messages and not self.told:
            yield "Nothing came of them: ARI alone tells of no calls, only AMI does."
        if not self.messages:
            yield "No message of Asterisk was found at all."

    def _json(self, hearing: Hearing, line: bytes) -> list[bytes]:
        try:
            message = _ANY.decode(line)
            received = float(message["ts"])
            round(received * 1_000)  # refuses what is no time: infinite, or no number
        except (*FAILURES, KeyError, TypeError, ValueError, OverflowError):
            self.unread += 1
            return []
        return [
            event
            for kept in self._in_order.add(received, message)
            for event in self._heard(hearing, kept.message, kept.received)
        ]

    def _heard(self, hearing: Hearing, message: dict[str, Any], at: float) -> list[bytes]:
        received, before = round(at * 1_000), self._last_time
        self._last_time = max(self._last_time, received)
        fields, event = message.get("fields"), message.get("event")
        if isinstance(event, Mapping):
            self.messages += 1
            return hearing.ari(event, received)
        if isinstance(fields, dict) and _are_fields(fields):
            self.messages += 1
            lost = self._begun_anew(hearing, fields, received, before)
            return lost + hearing.ami(fields, received)
        if message.get("kind") == "break":
            hearing.snapshot.doubt(received)
            return []
        self.unread += 1
        return []

    @staticmethod
    def _begun_anew(hearing: Hearing, fields: Fields, received: int, before: int) -> list[bytes]:
        """A connection began: what went on when the last one ended may have died since.

        If the PBX was started since, it has; else the next list of channels tells.
        """
        if text(fields, "Event") != "FullyBooted" or not before:
            return []
        hearing.snapshot.doubt(before)
        uptime = whole(fields, "Uptime")
        if uptime is not None and received - uptime * 1_000 > before:
            return hearing.nothing_known()
        return []

    def _add(self, line: bytes) -> None:
        key, colon, value = line.decode("utf-8", "replace").partition(":")
        if not colon:
            # The banner, or what a command printed.
            return
        key, value = key.strip(), value.strip()
        known = self._block.get(key)
        if known is None:
            self._block[key] = value
        else:
            self._block[key] = [*(known if isinstance(known, list) else [known]), value]

    def _text(self, hearing: Hearing) -> list[bytes]:
        """A message of AMI's plain text is complete."""
        block, self._block = self._block, {}
        if "Event" not in block:
            return []
        self.messages += 1
        if "Timestamp" not in block and not self._last_time:
            self.untimed += 1
            return []
        # Items of lists have no time of their own: they were true when the last message came.
        self._last_time = max(self._last_time, moment(block, self._last_time))
        return hearing.ami(block, self._last_time)


def _are_fields(fields: dict[str, Any]) -> bool:
    return all(isinstance(value, (str, list)) for value in fields.values())


def _system_in(lines: Iterable[bytes]) -> str:
    """The name of the PBX, which most of its messages carry where it has one."""
    for line in lines:
        if b"SystemName" not in line:
            continue
        if line[:1] != b"{":
            return line.partition(b":")[2].strip().decode("utf-8", "replace")
        try:
            fields = _ANY.decode(line).get("fields")
        except FAILURES:
            continue
        if isinstance(fields, dict) and (name := text(fields, "SystemName")):
            return name
    return ""
