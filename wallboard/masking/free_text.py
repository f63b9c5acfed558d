"""Text that somebody wrote, in which there may be anything."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from wallboard.masking.mail import MAIL, masked_mail
from wallboard.masking.names import mask_name
from wallboard.masking.numbers import mask_number

LIKE_A_NUMBER: Final = re.compile(r"\+?\d(?:[\s().-]?\d){6,}")


def mask_free(text: str, name: str | None = None) -> str:
    """Return text, as somebody wrote it, with phone numbers and mail addresses masked.

    What looks like a number is taken for one. `name`: the contact whom the text is about; it is
    shown as initials wherever it, or a word of it, stands by itself.
    """
    masked = LIKE_A_NUMBER.sub(lambda found: mask_number(found[0]), text)
    if "@" in masked:
        masked = MAIL.sub(masked_mail, masked)
    if not name:
        return masked
    if not masked.isascii():
        masked = unicodedata.normalize("NFC", masked)
    lowered = masked.lower()
    # Most notes name nobody, and to find a name costs more than to see that it is not there.
    if not any(word in lowered for word in _lowered_words(name)):
        return masked
    pattern = _words_of(name)
    return pattern.sub(lambda found: mask_name(found[0]), masked) if pattern else masked


@lru_cache(maxsize=4_096)
def _lowered_words(name: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", name).lower().split())


@lru_cache(maxsize=4_096)
def _words_of(name: str) -> re.Pattern[str] | None:
    """What finds a name in a text: all of it, or a word of it that can be told from others."""
    words = unicodedata.normalize("NFC", name).split()
    if not any(sum(map(str.isalpha, word)) > 1 for word in words):
        return None
    alone = filter(None, map(_alone, sorted(words, key=len, reverse=True)))
    either = "|".join((r"\s+".join(map(re.escape, words)), *alone))
    # Scripts without capitals are often written without spaces: there a name has no edges.
    edged = any(word.lower() != word.upper() for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if edged else either, re.IGNORECASE)


def _alone(word: str) -> str | None:
    """What finds a word of a name by itself; of two letters only as it is, with a capital."""
    letters = sum(map(str.isalpha, word))
    if letters > 2 or (letters == 2 and word.lower() == word.upper()):
        return re.escape(word)
    return f"(?-i:{re.escape(word)})" if letters == 2 and word[0].isupper() else None
