"""The refusal of a name that is not known, with the nearest ones that are."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from widgets.text import visible

MOST: Final = 3


def unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> str:
    """A sentence: there is no such `what`, and which names come near; `hint` where none does."""
    by_lower = {word.lower(): word for word in known}
    near = get_close_matches(name.lower(), by_lower, MOST, 0.5)
    near += [low for low in by_lower if name.lower() in low and low not in near][: MOST - len(near)]
    sentence = f"There is no {what} {visible(name)!r}."
    if near:
        words = [visible(by_lower[low]) for low in near]
        last = words.pop()
        listed = f"{', '.join(words)} or {last}" if words else last
        return f"{sentence} Did you mean {listed}?"
    return f"{sentence} {hint}".rstrip()
