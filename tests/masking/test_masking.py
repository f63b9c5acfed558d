"""What a wall shows of numbers and names tells nobody who they are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.masking import mask_name, mask_number, show_caller, show_number

DIGITS = st.text(st.sampled_from("0123456789"), min_size=1, max_size=18)
SHAPE = re.compile(
    r"withheld|\*\*\*\d|(?:(?:\+?1 \d{3}|\d{3}|\+\d{1,3}) )?\*{3} \*\*\d\d", re.ASCII
)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+14155550171", "+1 415 *** **71"),
        ("+1 (415) 555-0171", "+1 415 *** **71"),
        ("tel:+1-415-555-0171", "+1 415 *** **71"),
        ("sip:+14155550171@pbx.example.com:5060;user=phone", "+1 415 *** **71"),
        ("14155550171", "1 415 *** **71"),
        ("4155550171", "415 *** **71"),
        ("+4915123456789", "+49 *** **89"),
        ("004915123456789", "+49 *** **89"),
        ("+79161234567", "+7 *** **67"),
        ("+35312345678", "+353 *** **78"),
        ("+1415555", "+1 *** **55"),
        ("+2471234", "*** **34"),
        ("+123456", "*** **56"),
        ("0171 5551234", "*** **34"),
        ("12345", "***5"),
        ("7", "***7"),
        ("sip:1001@10.20.30.40", "***1"),
        ("+٤٩١٥١٢٣٤٥٦٧٨٩", "+49 *** **89"),
        ("anonymous", "withheld"),
        ("sip:anonymous@192.0.2.1", "withheld"),
        (" ", "withheld"),
        ("", "withheld"),
        (None, "withheld"),
        ("\x1b[2J", "***2"),
    ],
)
def test_masked_numbers(number: str | None, masked: str) -> None:
    """Where it is from and the last two digits, no more."""
    assert mask_number(number) == show_number(number, masked=True) == masked


@given(st.one_of(DIGITS, DIGITS.map("+".__add__), DIGITS.map("00".__add__), st.text()))
def test_little_of_any_number_is_shown(number: str) -> None:
    """At most four digits of its beginning and two of its end, at least three of them hidden."""
    masked = mask_number(number)
    assert SHAPE.fullmatch(masked)
    digits = "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())
    head, _, tail = masked.rpartition("*")
    shown = re.sub(r"\D", "", head) + re.sub(r"\D", "", tail)
    assert len(re.sub(r"\D", "", head)) <= 4
    assert len(re.sub(r"\D", "", tail)) <= (2 if len(digits) >= 6 else 1)
    if 1 < len(digits) < 6:
        assert len(shown) == 1
    if len(digits) >= 6:
        assert len(digits) - len(shown) >= 4


@given(st.sampled_from(["+1415555", "+4930", "+353"]), *[st.integers(0, 99_999)] * 2)
def test_what_is_hidden_leaves_no_trace(head: str, one: int, other: int) -> None:
    """Numbers that differ in hidden digits alone are masked alike."""
    numbers = {f"{head}{middle:05}71" for middle in (one, other)}
    if head == "+1415555":
        numbers = {f"+1415{200_00 + middle % 80_000:05}71" for middle in (one, other)}
    assert len({mask_number(number) for number in numbers}) == 1


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+14155550171", "+1 415 555 0171"),
        ("+4930123456", "+49 301 234 56"),
        ("+441212345678", "+44 121 234 5678"),
        ("00441212345678", "+44 121 234 5678"),
        ("+49", "+49"),
        ("(0171) 555-1234", "(0171) 555-1234"),
        ("1001", "1001"),
        ("10\x1b[2J\u202e01\n", "10 [2J 01"),
        ("anonymous", "withheld"),
        (None, "withheld"),
    ],
)
def test_numbers_for_reading(number: str | None, shown: str) -> None:
    """E.164 is grouped, the rest left as written but for what a terminal might obey."""
    assert show_number(number, masked=False) == shown


@given(st.text())
def test_no_number_holds_a_control_character(number: str) -> None:
    """A number from a feed is text of one line."""
    assert show_number(number, masked=False).isprintable()


@given(DIGITS.map("+".__add__))
def test_grouping_loses_no_digit(number: str) -> None:
    """Only spaces are put between them."""
    assert show_number(number, masked=False).replace(" ", "") == number


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Jane Doe", "J. D."),
        ("  jane\tdoe ", "J. D."),
        ("Jean-Luc de la Picard", "J. D. L."),
        ("O'Brien", "O."),
        ("João", "J."),
        ("E\u0301lodie", "É."),
        ("ßarah", "ß."),
        ("Иван Петров", "И. П."),
        ("李雷", "李."),
        ("李 雷", "*. *."),
        ("山", "*."),
        ("(415) 555-0171", "***"),
        ("4155550171 Jane", "J."),
        ("[/] [bold]x", "B."),
        ("\x1b[31mEve\u202e Doe", "M. D."),
        ("***", "***"),
        (" ", "–"),
        (None, "–"),
    ],
)
def test_masked_names(name: str | None, masked: str) -> None:
    """Initials, of letters only."""
    assert mask_name(name) == masked


@given(st.text())
def test_any_name_becomes_at_most_three_initials(name: str) -> None:
    """No more than three letters come through, and nothing that is not a letter."""
    masked = mask_name(name)
    assert masked in {"–", "***"} or len(masked.split(" ")) <= 3
    assert sum(character.isalpha() for character in masked) <= 3
    assert not any(character.isdigit() for character in masked)
    assert masked.isprintable()


@pytest.mark.parametrize(
    ("caller", "masked", "in_full"),
    [
        ("Jane Doe", "J. D.", "Jane Doe"),
        ("+14155550171", "+1 415 *** **71", "+1 415 555 0171"),
        ("Jane Doe +14155550171", "1 415 *** **71", "Jane Doe +14155550171"),
        ("\x07Jane", "J.", "Jane"),
        ("***", "***", "***"),
        ("", "", ""),
        ("  ", "", ""),
        (None, "", ""),
    ],
)
def test_a_caller_is_a_number_or_a_name(caller: str | None, masked: str, in_full: str) -> None:
    """What has no digit is a name; nothing is made of what is absent."""
    assert show_caller(caller, masked=True) == masked
    assert show_caller(caller, masked=False) == in_full
