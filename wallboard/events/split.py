"""Taking apart a batch that does not parse, so that one bad event costs only itself."""

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any

from msgspec import DecodeError, Raw
from msgspec.json import Decoder

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WHITE = " \t\r\n"
"""What JSON takes for white space."""

MOST_LOST_WORK = 32_000_000
"""How many characters may be read in vain in one broken batch, so that hostile text stays cheap."""

_RAW_ITEMS = Decoder(list[Raw])
_NEXT_OBJECT = re.compile(r",[ \t\r\n]*(?=\{)")
_BLANK = re.compile(r"[ \t\r\n,]*")


def items_of(text: bytes) -> Iterator[bytes]:
    """The items of a JSON array as text, each whole; what lies between good items is one bad item.

    Text that is not an array at all is one item. The same text always gives the same items.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    try:
        items = _RAW_ITEMS.decode(text)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        yield from _salvage(text.decode("utf-8", "surrogateescape"))
    else:
        yield from map(bytes, items)


def _salvage(text: str) -> Iterator[bytes]:
    """The objects of a broken array, each found by trying where the next one could begin."""
    stripped = text.strip(WHITE)
    if not stripped.startswith("["):
        yield _encoded(stripped)
        return
    body = stripped[1:].removesuffix("]")
    reader = _Reader(body)
    bad_from = -1
    position = _after_blank(body, 0)
    if position >= len(body):
        yield _encoded(stripped)
    while position < len(body):
        end = reader.end_of_event(position)
        if end > 0:
            if bad_from >= 0:
                yield _encoded(body[bad_from:position].rstrip(WHITE + ","))
                bad_from = -1
            yield _encoded(body[position:end])
            position = _after_blank(body, end)
            continue
        bad_from = position if bad_from < 0 else bad_from
        following = _NEXT_OBJECT.search(body, position + 1) if reader.may_go_on else None
        position = following.end() if following else len(body)
    if bad_from >= 0:
        yield _encoded(body[bad_from:].rstrip(WHITE + ","))


class _Swallowed(Exception):
    """What is being read holds other events, and so is one that was cut off before its end."""


class _Reader:
    """Reads single events out of a broken array, and counts the characters read in vain."""

    MOST_NESTED = 8
    """More events than this inside an event are its neighbours, whose bracket was lost."""

    ATTEMPT = 100
    """What an attempt costs besides the characters that it reads, in characters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MOST_LOST_WORK + 4 * len(text)
        self._events = 0
        self._decoder = JSONDecoder(object_hook=self._seen)

    @property
    def may_go_on(self) -> bool:
        """Whether it is still worth looking for more events."""
        return self._left > 0

    def end_of_event(self, start: int) -> int:
        """Where the event that begins at `start` ends, or -1 when none does."""
        self._events = 0
        try:
            value, end = self._decoder.raw_decode(self._text, start)
        except JSONDecodeError as failure:
            read_to = failure.pos
            self._left -= read_to // 32  # the error has counted the lines that lie before it
        except RecursionError:
            read_to = len(self._text)
        except _Swallowed:
            read_to = self._swallowed_to(start)
        except ValueError:
            read_to = len(self._text)  # a number of more digits than Python converts
        else:
            followed_well = end == len(self._text) or self._text[end] in WHITE + ","
            if _looks_like_event(value) and followed_well:
                return end
            read_to = end
        self._left -= read_to - start + self.ATTEMPT
        return -1

    def _seen(self, value: dict[str, Any]) -> dict[str, Any]:
        self._events += "specversion" in value
        if self._events > self.MOST_NESTED:
            raise _Swallowed
        return value

    def _swallowed_to(self, start: int) -> int:
        for _ in range(self.MOST_NESTED + 1):
            start = self._text.find('"specversion"', start) + 1
        return start


def _looks_like_event(value: object) -> bool:
    return isinstance(value, dict) and (
        "specversion" in value or value.keys() >= {"type", "id", "source"}
    )


def _after_blank(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
