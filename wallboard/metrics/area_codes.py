"""The area code that a telephone number belongs to, and where that is.

Import this only where it is asked for: the tables of `phonenumbers` take long to load.
"""

from typing import Final

from phonenumbers import NumberParseException, PhoneNumber, geocoder, parse
from phonenumbers.phonenumberutil import (
    length_of_national_destination_code,
    national_significant_number,
)

from wallboard.metrics.asked import NONE

_NANP: Final = 1
"""The country code of the North American Numbering Plan."""

_NANP_DIGITS: Final = 10
_AREA_DIGITS: Final = 3


def area_code(start: str) -> str:
    """The area code of a number, given as its first digits and its length: `+1212 12`.

    The three digits for North America (`212`); elsewhere the country and the national destination
    code (`+49 30`), the first group of digits where a country has no such codes (`+45 32`), or the
    country alone where the number has no groups. `(none)` for a number that is withheld or of no
    numbering plan.
    """
    if start == NONE:
        return NONE
    digits, _, length = start.rpartition(" ")
    # What follows the first digits decides nothing; any will do.
    return _of_number(digits.ljust(int(length), "0"))


def _of_number(number: str) -> str:
    if not number.startswith("+"):
        return NONE
    try:
        parsed = parse(number)
    except NumberParseException:
        return NONE
    national = national_significant_number(parsed)
    if parsed.country_code == _NANP:
        return national[:_AREA_DIGITS] if len(national) == _NANP_DIGITS else NONE
    code = national[: length_of_national_destination_code(parsed)]
    return f"+{parsed.country_code} {code}".rstrip()


def place(area: str) -> str:
    """Where an area code is, in English; empty where that is not known."""
    if area == NONE:
        return ""
    country, _, code = area.partition(" ") if area.startswith("+") else ("+1", "", area)
    if not code:
        return ""
    zeros = len(code) - len(code.lstrip("0"))
    number = PhoneNumber(
        country_code=int(country),
        national_number=int(code),
        italian_leading_zero=zeros > 0,
        number_of_leading_zeros=zeros or None,
    )
    where = str(geocoder.description_for_valid_number(number, "en"))
    # Of an area that it does not know the library names the country; the key says that already.
    country_itself = geocoder.country_name_for_number(number, "en")
    return "" if where == country_itself and number.country_code != _NANP else where
