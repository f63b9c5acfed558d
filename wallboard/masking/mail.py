"""Mail addresses."""

import re
from typing import Final

from wallboard.masking.names import MASKED_NAME

MAIL: Final = re.compile(r"(?<![\w.+%-])([\w.+%-]{1,64})@[\w.-]{1,253}\.([^\W\d_]{2,24})\b")
"""A mail address: who, and the top of the domain."""


def mask_mail(address: str) -> str:
    """Return a mail address with its first letter and the top of its domain: `a***@***.com`.

    Text that is no mail address, such as the token of a device, is `***`.
    """
    found = MAIL.fullmatch(address.strip())
    if found is None:
        return MASKED_NAME
    return masked_mail(found)


def masked_mail(found: re.Match[str]) -> str:
    """Return what `MAIL` found, masked."""
    letter = found[1][0]
    return f"{letter if letter.isalpha() else ''}***@***.{found[2]}"
