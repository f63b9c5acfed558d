"""Taking apart a batch that does not parse, so that one bad event costs only itself."""

import json
import re
from collections.abc import Iterator

from msgspec import DecodeError, Raw
from msgspec.json import Decoder

_RAW_ITEMS = Decoder(list[Raw])
_READER = json.JSONDecoder()
_NEXT_OBJECT = re.compile(r",\s*(?=\{)")
_BLANK = re.compile(r"[\s,]*")

MOST_ATTEMPTS = 2_000
"""How often a new start is looked for in one broken batch, so that hostile text stays cheap."""


def items_of(text: bytes) -> Iterator[bytes]:
    """The items of a JSON array as text, each whole; what lies between good items is one bad item.

    Text that is not an array at all is one item.
    """
    try:
        items = _RAW_ITEMS.decode(text)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        yield from _salvage(text.decode("utf-8", "surrogateescape"))
    else:
        yield from map(bytes, items)


def _salvage(text: str) -> Iterator[bytes]:
    """The objects of a broken array, each found by trying where the next one could begin."""
    stripped = text.strip()
    if not stripped.startswith("["):
        yield _encoded(stripped)
        return
    body = stripped[1:].removesuffix("]")
    position, bad_from, attempts = 0, -1, 0
    while position < len(body):
        blank = _BLANK.match(body, position)
        position = blank.end() if blank else position
        if position >= len(body):
            break
        end = _end_of_object(body, position) if attempts < MOST_ATTEMPTS else -1
        attempts += end < 0
        if end > 0:
            if bad_from >= 0:
                yield _encoded(body[bad_from:position].rstrip(", \t\r\n"))
                bad_from = -1
            yield _encoded(body[position:end])
            position = end
            continue
        bad_from = position if bad_from < 0 else bad_from
        following = _NEXT_OBJECT.search(body, position + 1) if attempts < MOST_ATTEMPTS else None
        position = following.end() if following else len(body)
    if bad_from >= 0:
        yield _encoded(body[bad_from:].rstrip(", \t\r\n"))


def _end_of_object(text: str, start: int) -> int:
    """Where the event that begins at `start` ends, or -1 when none does."""
    try:
        value, end = _READER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return -1
    looks_like_event = isinstance(value, dict) and ("specversion" in value or "type" in value)
    followed_well = end == len(text) or text[end] in ", \t\r\n"
    return end if looks_like_event and followed_well else -1


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
