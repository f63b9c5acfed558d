"""Raw text of events, and notes, with the numbers and names of people masked. Pure."""

import json
import re
from typing import Any, Final

from wallboard.masking import mask_caller, mask_free, mask_name, mask_number

NUMBERS: Final = frozenset({"number", "from_number", "to_number", "phone", "to", "destination"})
CALLERS: Final = frozenset({"caller_id"})
NAMES: Final = frozenset({"name"})
IDENTITIES: Final = frozenset(
    {"specversion", "id", "source", "type", "time", "subject", "sequence", "datacontenttype"}
)
SAID: Final = frozenset({"notes", "question", "answer", "tags", "disposition", "error", "intent"})
"""What people wrote or said: anything may be in it."""
A_NAME: Final = re.compile(r'("(?:name|caller_id)"\s*:\s*")((?:[^"\\]|\\.)*)')
"""In text that is not JSON any more."""
KEPT_IN_A_REASON: Final = re.compile(
    r"\AThe event \S+"
    r"|has .{1,60}? as \S+ where a (?:whole number|number|time|day)\b.*"
    r"|has a \S+, \S+, that is impossible"
)
"""The id of an event, numbers and times: what is wrong with a time is seen by its digits alone."""
SURELY_A_NUMBER: Final = re.compile(r"\+\d(?:[\s().-]?\d){6,}")


def mask_event(text: str) -> str:
    """Return the raw text of an event with numbers and names masked.

    Text that is not JSON is masked wherever it looks like a number, or like the field of a name.
    """
    try:
        event: Any = json.loads(text)
    except (ValueError, RecursionError):
        return _masked_broken(text)
    if not isinstance(event, dict):
        return _masked_broken(text)
    masked = {
        key: value if key in IDENTITIES and isinstance(value, str) else _masked(key, value)
        for key, value in event.items()
    }
    return json.dumps(masked, ensure_ascii=False)


def mask_reason(sentence: str) -> str:
    """Return the sentence about a text in quarantine with the numbers of people masked.

    Ids of events stay, as in their raw text, and so does what stands where a time or a number
    belongs.
    """
    pieces = []
    end = 0
    for kept in KEPT_IN_A_REASON.finditer(sentence):
        pieces += [mask_free(sentence[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join((*pieces, mask_free(sentence[end:])))


def _masked_broken(text: str) -> str:
    named = A_NAME.sub(lambda found: f"{found[1]}{mask_caller(found[2])}", text)
    return mask_free(named)


def _masked(key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case dict():
            return {name: _masked(name, item) for name, item in value.items()}
        case list():
            return [_masked(key, item) for item in value]
        case str() if key in NUMBERS and any(map(str.isdigit, value)):
            return mask_number(value)
        case str() if key in CALLERS:
            return mask_caller(value)
        case str() if key in NAMES:
            return mask_name(value)
        case str() if key in SAID:
            return mask_free(value)
        case str():
            # Ids have digits too, and are needed whole.
            return SURELY_A_NUMBER.sub(lambda found: mask_number(found[0]), value)
        case _:
            return value
