"""Web addresses, such as those of recordings."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from wallboard.masking.numbers import FEWEST_DIGITS_OF_AN_ID, mask_number

IN_AN_ADDRESS: Final = re.compile(
    r"(?P<kept>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d))"
    r"|(?:%2B|\+)?\d(?:(?:[\s().-]|%2[089DE])?\d){6,}",
    re.IGNORECASE,
)
"""Identities of 128 bits and days are kept; other rows of so many digits may be numbers."""
HOST: Final = re.compile(r"[a-z][a-z0-9+.-]{0,31}://[^/?#]*", re.IGNORECASE)


def mask_url(url: str, ids: Sequence[str | None] = ()) -> str:
    """Return a web address with whatever looks like a phone number masked, without blanks.

    Its host stays, and so do UUIDs and days (`2026-11-22`), so that what can be followed still
    can be; other rows of seven digits and more are taken for numbers, for nobody can tell. `ids`
    stay where they stand by themselves: those of the call and the leg beside which it is shown.
    """
    host = HOST.match(url)
    after = host.end() if host else 0
    return url[:after] + _mask_path(url[after:], ids)


def _mask_path(path: str, ids: Sequence[str | None]) -> str:
    for one in ids:
        at = path.find(one) if one else -1
        if one and at >= 0 and sum(map(str.isdecimal, one)) >= FEWEST_DIGITS_OF_AN_ID:
            before, after = path[:at], path[at + len(one) :]
            if not before[-1:].isalnum() and not after[:1].isalnum():
                return _mask_path(before, ids) + one + _mask_path(after, ids)
    return IN_AN_ADDRESS.sub(_in_address, path)


def _in_address(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found[0]
    text = found[0]
    return mask_number(unquote(text) if "%" in text else text).replace(" ", "")
