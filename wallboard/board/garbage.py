"""How a board's garbage is collected: seldom, and never what lives as long as the board."""

import gc
from typing import Final

YOUNG: Final = 50_000
"""So many more objects made than freed before the young ones are looked through. Drawing makes no
cycles to speak of; with Python's 700, half of the time to draw went into looking for them."""


def collect_seldom() -> None:
    """Let what is loaded now never be looked through again, and the rest seldom."""
    gc.set_threshold(YOUNG, 10, 20)
    gc.freeze()
