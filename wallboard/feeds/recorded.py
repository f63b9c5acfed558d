"""What `wallboard record` wrote of a feed of events, as the events that it holds."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Raw, Struct

from wallboard.events.split import items_of

_BEGINS: Final = b'{"ts":'


class _Recorded(Struct):
    """A message with the time of its arrival; an event that happens to begin so has a type."""

    ts: float
    message: Raw
    type: Raw | None = None


_LINE: Final = msgspec.json.Decoder(_Recorded)
_TEXT: Final = msgspec.json.Decoder(str)


def unpacked(lines: Sequence[bytes]) -> list[bytes]:
    """Lines of events: of a recorded message, what it says; every other line as it is."""
    if not any(line.startswith(_BEGINS) for line in lines):
        return list(lines)
    return [item for line in lines for item in _items(line)]


def _items(line: bytes) -> Iterator[bytes]:
    try:
        found = _LINE.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        found = None
    if found is None or found.type is not None:
        yield line
        return
    message = bytes(found.message)
    if message.startswith(b'"'):
        # It was no JSON, and is recorded as the text that it was.
        message = _TEXT.decode(message).encode("utf-8", "surrogatepass")
    if message.lstrip()[:1] == b"[":
        yield from items_of(message)
    else:
        yield message
