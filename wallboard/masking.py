"""Phone numbers and names as a wall may show them, and numbers written for reading.

Both kinds of masking are one-way and of a fixed shape: how many digits or letters are hidden and
which they are cannot be told from the result, but that a number is shorter than six digits.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

WITHHELD: Final = "withheld"
UNKNOWN: Final = "–"
MASKED_NAME: Final = "***"
MOST_INITIALS: Final = 3
FEWEST_DIGITS: Final = 6
"""Below this a number is an extension: its last digit alone is shown."""
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
LIKE_A_NUMBER: Final = re.compile(r"\+?\d(?:[\s().-]?\d){6,}")
PLAIN: Final = re.compile(r"\+?[0-9() .-]*[0-9]")
"""A number that is nothing else, as nearly all are: there is no address to look for in it."""
NO_DIGITS: Final = re.compile(r"[^0-9]+")
END_OF_USER: Final = re.compile(r"[@;]")
SCHEME: Final = re.compile(r"^\s*(?:sips?|tel):", re.IGNORECASE)
LETTER: Final = re.compile(r"[^\W\d_]")
FEWEST_DIGITS_OF_AN_ID: Final = 7
"""With fewer digits an id is no phone number."""
MAIL: Final = re.compile(r"(?<![\w.+%-])([\w.+%-]{1,64})@[\w.-]{1,253}\.([^\W\d_]{2,24})\b")
"""A mail address: who, and the top of the domain."""
IN_AN_ADDRESS: Final = re.compile(
    r"(?P<kept>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d))"
    r"|(?:%2B|\+)?\d(?:(?:[\s().-]|%2[089DE])?\d){6,}",
    re.IGNORECASE,
)
"""Identities of 128 bits and days are kept; other rows of so many digits may be numbers."""
HOST: Final = re.compile(r"[a-z][a-z0-9+.-]{0,31}://[^/?#]*", re.IGNORECASE)


def mask_number(number: str | None) -> str:
    """Return a number with no more to be read than where it is from and its last two digits.

    `+14155550171` is `+1 415 *** **71`: the area code stays for North American numbers, the
    country code alone for others in E.164 form, nothing but the end for national ones, one digit
    for those of fewer than six. A number that is absent, blank or without a digit is `withheld`.
    """
    digits, international = _digits(number)
    if not digits:
        return WITHHELD
    if len(digits) < FEWEST_DIGITS:
        return f"***{digits[-1]}"
    head = _head(digits, international)
    return f"{head} *** **{digits[-2:]}".lstrip()


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


def mask_caller(caller: str | None) -> str:
    """Return what a call was announced as: a number masked, a name as initials, empty for none.

    A network sends either in the one field; what has no digit is a name.
    """
    if not caller or not caller.strip():
        return ""
    return mask_number(caller) if _digits(caller)[0] else mask_name(caller)


def _mask_mail(address: str) -> str:
    """Return a mail address with its first letter and the top of its domain: `a***@***.com`.

    Text that is no mail address, such as the token of a device, is `***`.
    """
    found = MAIL.fullmatch(address.strip())
    if found is None:
        return MASKED_NAME
    return _masked_mail(found)


def mask_address(address: str | None) -> str:
    """Return where a message went: a number masked, a mail address or a token likewise."""
    if not address or not address.strip():
        return WITHHELD
    if SCHEME.match(address) or not any(map(str.isalpha, address)):
        return mask_number(address)
    return _mask_mail(address)


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
        return _masked_mail(mail)
    return identity


def mask_url(url: str, ids: Sequence[str | None] = ()) -> str:
    """Return a web address with whatever looks like a phone number masked, without blanks.

    Its host stays, and so do UUIDs and days (`2026-11-22`), so that what can be followed still
    can be; other rows of seven digits and more are taken for numbers, for nobody can tell. `ids`
    stay where they stand by themselves: those of the call and the leg beside which it is shown.
    """
    host = HOST.match(url)
    after = host.end() if host else 0
    return url[:after] + _mask_path(url[after:], ids)


def _mask_path(path: str, ids: Sequence[str | None]) -> str:
    for one in ids:
        at = path.find(one) if one else -1
        if one and at >= 0 and sum(map(str.isdecimal, one)) >= FEWEST_DIGITS_OF_AN_ID:
            before, after = path[:at], path[at + len(one) :]
            if not before[-1:].isalnum() and not after[:1].isalnum():
                return _mask_path(before, ids) + one + _mask_path(after, ids)
    return IN_AN_ADDRESS.sub(_in_address, path)


def _in_address(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found[0]
    text = found[0]
    return mask_number(unquote(text) if "%" in text else text).replace(" ", "")


def mask_free(text: str, name: str | None = None) -> str:
    """Return text, as somebody wrote it, with phone numbers and mail addresses masked.

    What looks like a number is taken for one. `name`: the contact whom the text is about; it is
    shown as initials wherever it, or a word of it, stands by itself.
    """
    masked = LIKE_A_NUMBER.sub(lambda found: mask_number(found[0]), text)
    if "@" in masked:
        masked = MAIL.sub(_masked_mail, masked)
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


def _masked_mail(found: re.Match[str]) -> str:
    letter = found[1][0]
    return f"{letter if letter.isalpha() else ''}***@***.{found[2]}"


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


def show_number(number: str | None, masked: bool) -> str:
    """Return a number for reading: masked, else grouped as `+1 415 555 0171`.

    What is not in E.164 form is left as it was written, without characters that a terminal or a
    line's direction might obey.
    """
    if masked:
        return mask_number(number)
    digits, international = _digits(number)
    if not digits or number is None:
        return WITHHELD
    if not international:
        return " ".join("".join(c if c.isprintable() else " " for c in number).split())
    if NORTH_AMERICAN.fullmatch(digits) and digits.startswith("1"):
        return f"+1 {digits[1:4]} {digits[4:7]} {digits[7:]}"
    code = _country_code(digits)
    return " ".join((f"+{code}", *_groups(digits[len(code) :])))


def show_caller(caller: str | None, masked: bool) -> str:
    """Return what a call was announced as, for reading: a number as `show_number` does, or a name.

    Of a name only what can be printed is left.
    """
    if masked or not caller:
        return mask_caller(caller)
    if _digits(caller)[0]:
        return show_number(caller, masked)
    return " ".join("".join(c if c.isprintable() else " " for c in caller).split())


def _digits(number: str | None) -> tuple[str, bool]:
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


def _initial(word: str) -> str:
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return ""
    first = letters[0]
    capital = first.upper()
    if len(letters) == 1 and capital == first.lower():
        return "*."
    return f"{capital if len(capital) == 1 else first}."
