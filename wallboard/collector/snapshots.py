"""Which calls a snapshot names as open, so that those it omits can be closed."""

from typing import Any, Final

import msgspec

from wallboard.events import Decoded
from wallboard.events.vocabulary import CALL_TYPES

_CALL_DATA: Final = frozenset(CALL_TYPES.values())
_ANY: Final = msgspec.json.Decoder(dict[str, Any])


def calls_in(decoded: Decoded) -> frozenset[tuple[str, str]] | None:
    """The calls that a snapshot names, by source and id, in its invalid events as well.

    None when an item cannot be read at all: it may have been of any call.
    """
    calls = {
        (event.source, getattr(event.data, "call", ""))
        for event in decoded.events
        if type(event.data) in _CALL_DATA
    }
    for item in decoded.invalid:
        try:
            event = _ANY.decode(item.text)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        data = event.get("data")
        call = data.get("call") if isinstance(data, dict) else None
        if isinstance(call, str):
            calls.add((str(event.get("source")), call))
        elif event.get("type") in CALL_TYPES:
            return None
    return frozenset(calls)
