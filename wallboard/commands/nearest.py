"""The refusal of a name that is not known, with the nearest ones that are."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from widgets.text import visible

MOST: Final = 3
FEW: Final = 12
"""So many names are all told where none comes near."""


def unknown_entity(what: str, name: str, known: Sequence[str]) -> str:
    """A sentence: the cache knows no such `what`; the nearest that it does, or all when few."""
    if not known:
        return unknown(what, name, known, "The cache knows none.")
    if len(known) <= FEW:
        listed = _listed(known, "and")
        return unknown(what, name, known, f"The cache knows {listed}.")
    by_lower = {word.lower(): word for word in known}
    near = get_close_matches(name.lower(), by_lower, MOST, 0.0)
    listed = _listed([by_lower[low] for low in near], "and")
    return unknown(what, name, known, f"Of {len(known)} the nearest are {listed}.")


def unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> str:
    """A sentence: there is no such `what`, and which names come near; `hint` where none does."""
    by_lower = {word.lower(): word for word in known}
    near = get_close_matches(name.lower(), by_lower, MOST, 0.5)
    near += [low for low in by_lower if name.lower() in low and low not in near][: MOST - len(near)]
    sentence = f"There is no {what} {visible(name)!r}."
    if near:
        listed = _listed([by_lower[low] for low in near], "or")
        return f"{sentence} Did you mean {listed}?"
    return f"{sentence} {hint}".rstrip()


def _listed(names: Iterable[str], word: str) -> str:
    *most, last = map(visible, names)
    return f"{', '.join(most)} {word} {last}" if most else last
