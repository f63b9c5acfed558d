"""Names of people, as initials."""

import unicodedata
from typing import Final

UNKNOWN: Final = "–"
MASKED_NAME: Final = "***"
MOST_INITIALS: Final = 3


def mask_name(name: str | None) -> str:
    """Return the initials of a contact's name, at most three, as `J. D.`.

    Only letters are shown, never digits, marks or control characters; a name with no letter is
    `***`, an absent or blank one `–`. A word that is a single letter of a script without capitals
    is hidden, since there it is a whole name.
    """
    words = unicodedata.normalize("NFC", name or "").split()
    if not words:
        return UNKNOWN
    initials = [initial for word in words if (initial := _initial(word))]
    return " ".join(initials[:MOST_INITIALS]) or MASKED_NAME


def _initial(word: str) -> str:
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return ""
    first = letters[0]
    capital = first.upper()
    if len(letters) == 1 and capital == first.lower():
        return "*."
    return f"{capital if len(capital) == 1 else first}."
