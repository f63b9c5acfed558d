"""Where messages go, and ids of contacts: numbers, mail addresses, tokens."""

import re
from typing import Final

from wallboard.masking.mail import MAIL, mask_mail, masked_mail
from wallboard.masking.numbers import FEWEST_DIGITS_OF_AN_ID, SCHEME, WITHHELD, mask_number

LETTER: Final = re.compile(r"[^\W\d_]")


def mask_address(address: str | None) -> str:
    """Return where a message went: a number masked, a mail address or a token likewise."""
    if not address or not address.strip():
        return WITHHELD
    if SCHEME.match(address) or not any(map(str.isalpha, address)):
        return mask_number(address)
    return mask_mail(address)


def mask_identity(identity: str) -> str:
    """Return the id of a contact, masked where it is a phone number or a mail address itself.

    A number has at least seven digits and no letters, or stands in a `tel:` or `sip:` address.
    """
    if LETTER.search(identity) is None:
        digits = sum(map(str.isdecimal, identity))
        return mask_number(identity) if digits >= FEWEST_DIGITS_OF_AN_ID else identity
    if ":" in identity and SCHEME.match(identity):
        return mask_number(identity)
    if "@" in identity and (mail := MAIL.fullmatch(identity.strip())):
        return masked_mail(mail)
    return identity
