"""A recorded run of a real Asterisk 22 (300 s, 14 agents, 3 queues), and what is heard of it.

`recorded/` holds the lines of the run that a feed with its filters gets, and the PBX's own record
of the same calls: queue_log, and of CEL the columns event, time, channel, uniqueid, linkedid.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from wallboard.config import Asterisk
from wallboard.events.kinds import Data
from wallboard.feeds.asterisk.fields import Fields, text
from wallboard.feeds.asterisk.telling import Told
from wallboard.feeds.asterisk.translator import Translator

RECORDED = Path(__file__).parent / "recorded"
AMI = RECORDED / "ami.jsonl.gz"
ARI = RECORDED / "ari.jsonl.gz"

D = TypeVar("D", bound=Data)


class Message(NamedTuple):
    """One recorded message of AMI; `received` in UTC milliseconds."""

    received: int
    fields: dict[str, Any]

    @property
    def calls(self) -> set[str]:
        """The Linkedids in it."""
        return {value for key, value in self.fields.items() if key.endswith("inkedid")}


def lines_of(path: Path) -> list[bytes]:
    """The lines of a compressed file."""
    return gzip.decompress(path.read_bytes()).splitlines()


@cache
def run() -> tuple[Message, ...]:
    """Every message of AMI of the run."""
    loaded = (json.loads(line) for line in lines_of(AMI))
    return tuple(Message(round(one["ts"] * 1_000), one["fields"]) for one in loaded)


def of(*calls: str) -> list[Message]:
    """The recorded messages of some calls."""
    return [message for message in run() if message.calls & set(calls)]


def of_member(name: str) -> list[Message]:
    """The recorded messages about one member of queues."""
    return [
        message
        for message in run()
        if name in (message.fields.get("MemberName"), message.fields.get("Name"))
    ]


def named(event: str, messages: Iterable[Message]) -> list[Fields]:
    """The messages of one name."""
    return [one.fields for one in messages if text(one.fields, "Event") == event]


class Heard:
    """What was told of some messages."""

    def __init__(self, messages: Iterable[Message], settings: Asterisk | None = None) -> None:
        self.translator = Translator(settings or Asterisk())
        self.told: list[Told] = []
        for message in messages:
            self.told += self.translator.ami(message.fields, message.received)

    def all(self, kind: type[D]) -> list[D]:
        """What was said in events of one type, in the order in which they were told."""
        return [told.data for told in self.told if isinstance(told.data, kind)]

    def times(self, kind: type[Data]) -> list[int]:
        """When the events of one type happened."""
        return [told.time for told in self.told if isinstance(told.data, kind)]


class Logged(NamedTuple):
    """A line of queue_log; `time` in whole seconds."""

    time: int
    uniqueid: str
    queue: str
    member: str
    event: str
    data: tuple[str, ...]


@cache
def queue_log() -> tuple[Logged, ...]:
    """The PBX's own log of its queues."""
    rows = (line.decode().split("|") for line in lines_of(RECORDED / "queue_log.gz"))
    return tuple(
        Logged(int(row[0]), row[1], row[2], row[3], row[4], tuple(row[5:])) for row in rows
    )


class Logbook(NamedTuple):
    """What CEL says of one channel; times in UTC milliseconds.

    `call` is its Linkedid at its end: one channel of the run came to another call.
    """

    name: str
    call: str
    started: float
    answered: float | None
    hung_up: float
    bridged_ms: float


@cache
def cel() -> dict[str, Logbook]:
    """Every channel in the PBX's own log of channel events, by Uniqueid."""
    content = gzip.decompress((RECORDED / "cel.csv.gz").read_bytes()).decode()
    events: dict[str, list[tuple[str, float, str, str]]] = {}
    for event, time, name, uniqueid, call, *_ in csv.reader(io.StringIO(content)):
        events.setdefault(uniqueid, []).append((event, float(time) * 1_000, name, call))
    return {uniqueid: _logbook(rows) for uniqueid, rows in events.items()}


def _logbook(rows: list[tuple[str, float, str, str]]) -> Logbook:
    first: dict[str, float] = {}
    for event, time, _, _ in rows:
        first.setdefault(event, time)
    entered = [time for event, time, _, _ in rows if event == "BRIDGE_ENTER"]
    left = [time for event, time, _, _ in rows if event == "BRIDGE_EXIT"]
    return Logbook(
        rows[0][2],
        rows[-1][3],
        first["CHAN_START"],
        first.get("ANSWER"),
        first["HANGUP"],
        sum(left) - sum(entered),
    )
