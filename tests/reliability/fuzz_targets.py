"""What is fuzzed: text from a feed into decoding, folding, and both parsers of Asterisk.

Each takes bytes, raises only where a promise is broken, and is deterministic.
"""

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from tests.asterisk.recordings import run
from tests.collector.books import RECEIVED, Books
from tests.reliability.hostile import hostile_events
from wallboard.collector.part import Part
from wallboard.config import Asterisk
from wallboard.events import decode_batch, decode_lines, decode_message
from wallboard.events.envelope import EARLIEST, LATEST
from wallboard.events.examples import example
from wallboard.events.vocabulary import TYPES
from wallboard.feeds.asterisk.hearing import Hearing
from wallboard.feeds.asterisk.recorded import Recording
from wallboard.feeds.asterisk.wire import NotAmi, Wire

LONGEST_REASON: Final = 1_000
Target = Callable[[bytes], None]


def decode(data: bytes) -> None:
    """Every item is in exactly one place, with a time that is possible and a short reason."""
    for decoded in (decode_message(data), decode_batch(data), decode_lines(data.split(b"\n"))):
        for event in decoded.events:
            assert EARLIEST <= event.time < LATEST
            assert event.id
            assert event.source
        for invalid in decoded.invalid:
            assert 0 < len(invalid.reason) < LONGEST_REASON


@cache
def _books() -> Books:
    folder = tempfile.mkdtemp(prefix="wbf-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Books(Path(folder) / "cache.sqlite")


def fold(data: bytes) -> None:
    """A message is committed whole, whatever it says, and the cache stays sound."""
    books = _books()
    decoded = decode_message(data, number := books.ledger.next_message())
    books.ledger.commit([Part("main", number, data, RECEIVED, decoded, True)], RECEIVED)
    ((broken,),) = books.rows("SELECT count(*) FROM pragma_foreign_key_check")
    assert broken == 0


def ami(data: bytes) -> None:
    """However the bytes are cut the messages are the same, and what is told of them is valid."""
    wire, hearing = Wire(), Hearing(Asterisk())
    try:
        messages = wire.take(data + b"\r\n\r\n")
    except NotAmi:
        return
    half, rest = Wire(), len(data) // 2
    assert half.take(data[:rest]) + half.take(data[rest:] + b"\r\n\r\n") == messages
    lines: list[bytes] = []
    for message in messages:
        lines += hearing.ami(message, RECEIVED)
    lines += hearing.advance(RECEIVED + 3_600_000)
    found = decode_lines(lines)
    assert not found.invalid, found.invalid[0].reason
    assert not found.unknown


def recorded(data: bytes) -> None:
    """Lines of a recording, of AMI, of ARI or of neither: counted, and what is told is valid."""
    recording = Recording(Asterisk())
    lines = data.split(b"\n")
    told = recording.lines(lines, range(1, len(lines) + 1)) + recording.rest()
    found = decode_lines(told)
    assert not found.invalid, found.invalid[0].reason
    list(recording.remarks())


TARGETS: Final[dict[str, Target]] = {
    "decode": decode,
    "fold": fold,
    "ami": ami,
    "asterisk": recorded,
}


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """What to begin with: one of everything that is valid, and much that is hostile."""
    if target in {"decode", "fold"}:
        plain = [json.dumps(example(kind)).encode() for kind in TYPES]
        hostile = [json.dumps(event).encode() for event in hostile_events()]
        return (*plain, *hostile[::7], b"[" + b",".join(plain[:6]) + b"]")
    messages = run()[:4_000:20]
    if target == "ami":
        return tuple(
            b"".join(f"{key}: {value}\r\n".encode() for key, value in one.fields.items())
            for one in messages
        )
    made = [json.dumps({"ts": one.received / 1e3, "fields": one.fields}) for one in messages]
    ari = {"type": "ChannelDestroyed", "channel": {"id": "1", "name": "x"}, "tech_cause": 404}
    return (*(one.encode() for one in made), json.dumps({"ts": 1.0, "event": ari}).encode())
