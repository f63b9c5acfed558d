"""The tags of a contact and of what became of it, as one list."""

from functools import lru_cache

import msgspec


@lru_cache(maxsize=4_096)
def both_tags(first: str | None, second: str | None) -> str | None:
    """Two lists of tags in JSON as one, each tag once, in their order."""
    if first is None or second is None:
        return second if first is None else first
    tags = (*msgspec.json.decode(first), *msgspec.json.decode(second))
    return msgspec.json.encode(list(dict.fromkeys(tags))).decode()
