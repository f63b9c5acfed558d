"""Phone numbers, masked or grouped for reading."""

import re
import unicodedata
from typing import Final

WITHHELD: Final = "withheld"
FEWEST_DIGITS: Final = 6
"""Below this a number is an extension: its last digit alone is shown."""
FEWEST_DIGITS_OF_AN_ID: Final = 7
"""With fewer digits an id is no phone number."""
FEWEST_HIDDEN: Final = 4

# Country codes of one and two digits (ITU-T E.164 list of assigned codes); all others have three.
ONE_DIGIT_CODES: Final = frozenset("17")
TWO_DIGIT_CODES: Final = frozenset(
    (
        *("20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45"),
        *("46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61"),
        *("62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94"),
        *("95", "98"),
    )
)
NORTH_AMERICAN: Final = re.compile(r"1?[2-9]\d\d[2-9]\d{6}", re.ASCII)
PLAIN: Final = re.compile(r"\+?[0-9() .-]*[0-9]")
"""A number that is nothing else, as nearly all are: there is no address to look for in it."""
NO_DIGITS: Final = re.compile(r"[^0-9]+")
END_OF_USER: Final = re.compile(r"[@;]")
SCHEME: Final = re.compile(r"^\s*(?:sips?|tel):", re.IGNORECASE)


def mask_number(number: str | None) -> str:
    """Return a number with no more to be read than where it is from and its last two digits.

    `+14155550171` is `+1 415 *** **71`: the area code stays for North American numbers, the
    country code alone for others in E.164 form, nothing but the end for national ones, one digit
    for those of fewer than six. A number that is absent, blank or without a digit is `withheld`.
    """
    digits, international = digits_of(number)
    if not digits:
        return WITHHELD
    if len(digits) < FEWEST_DIGITS:
        return f"***{digits[-1]}"
    head = _head(digits, international)
    return f"{head} *** **{digits[-2:]}".lstrip()


def show_number(number: str | None, masked: bool) -> str:
    """Return a number for reading: masked, else grouped as `+1 415 555 0171`.

    What is not in E.164 form is left as it was written, without characters that a terminal or a
    line's direction might obey.
    """
    if masked:
        return mask_number(number)
    digits, international = digits_of(number)
    if not digits or number is None:
        return WITHHELD
    if not international:
        return " ".join("".join(c if c.isprintable() else " " for c in number).split())
    if NORTH_AMERICAN.fullmatch(digits) and digits.startswith("1"):
        return f"+1 {digits[1:4]} {digits[4:7]} {digits[7:]}"
    code = _country_code(digits)
    return " ".join((f"+{code}", *_groups(digits[len(code) :])))


def digits_of(number: str | None) -> tuple[str, bool]:
    """Return the decimal digits of a number as ASCII, and whether a country code comes first."""
    if not number:
        return "", False
    written = number
    body = number.removeprefix("+")
    is_plain = body.isascii() and body.isdigit()
    if not is_plain and PLAIN.fullmatch(number) is None:
        # Of a SIP address the user's part is the number; the host and parameters are not.
        written = END_OF_USER.split(SCHEME.sub("", number), maxsplit=1)[0].strip()
    if is_plain:
        digits = body
    elif written.isascii():
        digits = NO_DIGITS.sub("", written)
    else:
        values = (unicodedata.decimal(character, None) for character in written)
        digits = "".join(str(value) for value in values if value is not None)
    if written.startswith(("+", "\uff0b")):
        return digits, True
    if digits.startswith("00") and len(digits) > FEWEST_DIGITS + 2:
        return digits[2:], True
    return digits, False


def _head(digits: str, international: bool) -> str:
    """Return what may be shown of a number's beginning, empty where that would show too much."""
    if NORTH_AMERICAN.fullmatch(digits) and (not international or digits[0] == "1"):
        area = digits[-10:-7]
        return f"{'+' if international else ''}1 {area}" if len(digits) == 11 else area
    if not international:
        return ""
    code = _country_code(digits)
    return f"+{code}" if len(digits) - len(code) - 2 >= FEWEST_HIDDEN else ""


def _country_code(digits: str) -> str:
    if digits[0] in ONE_DIGIT_CODES:
        return digits[0]
    return digits[:2] if digits[:2] in TWO_DIGIT_CODES else digits[:3]


def _groups(digits: str) -> list[str]:
    """Return digits in groups of three, the last of two to four."""
    groups = []
    while len(digits) > 4:
        groups.append(digits[:3])
        digits = digits[3:]
    return [*groups, digits] if digits else groups
