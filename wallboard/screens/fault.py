"""What a board that ends by a fault of its own leaves in the terminal: the place, no contents."""

import traceback
from pathlib import Path
from typing import Final

from wallboard.masking import mask_free
from widgets.text import visible

LONGEST: Final = 500
"""Signs of what the fault says of itself."""


def fault_words(error: BaseException) -> str:
    """The fault and where it happened, for who mends the program.

    Textual would show the variables of each place too: numbers and names that are masked on every
    screen, and texts of a feed. What a fault says of itself may hold such a text, so numbers and
    addresses in it are masked, and nothing in it steers a terminal.
    """
    places = [
        f"  {Path(place.filename).name}:{place.lineno} in {place.name}"
        for place in traceback.extract_tb(error.__traceback__)
    ]
    said = mask_free(visible(str(error)[:LONGEST]))
    kind = type(error).__name__
    return "\n".join(
        [
            "The board ended by a fault of the program. It happened here:",
            *places,
            f"{kind}: {said}" if said else kind,
            "Nothing is lost: what the feeds send is collected apart from the board.",
        ]
    )
