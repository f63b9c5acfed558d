"""Numbers, mail addresses and names within ids, web addresses and what people wrote."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.masking import mask_address, mask_free, mask_identity, mask_url


@pytest.mark.parametrize(
    ("identity", "masked"),
    [
        ("+14155550171", "+1 415 *** **71"),
        ("(415) 555-0171", "415 *** **71"),
        ("sip:+14155550171@pbx.example.com", "+1 415 *** **71"),
        ("anna@example.com", "a***@***.com"),
        ("123456", "123456"),
        ("k2611211100-10", "k2611211100-10"),
    ],
)
def test_ids(identity: str, masked: str) -> None:
    """Only an id that is a number or an address itself."""
    assert mask_identity(identity) == masked


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://r.example/+14155550171.mp3", "https://r.example/+1415*****71.mp3"),
        ("https://r.example/?to=%2B1%20415-555-0171&x=1", "https://r.example/?to=+1415*****71&x=1"),
        ("https://192.168.100.200:8080/a?day=2026-11-22", None),
        ("https://r.example/3f2504e0-4f89-11d3-9a0c-030512345678.wav", None),
        ("s3://calls/16500000/x", "s3://calls/*****00/x"),
        ("/var/calls/4155550171.wav", "/var/calls/415*****71.wav"),
        ("tel:+14155550171", "tel:+1415*****71"),
    ],
)
def test_web_addresses(url: str, masked: str | None) -> None:
    """Numbers are hidden, hosts, days and UUIDs are not; no blank comes in."""
    assert mask_url(url) == (url if masked is None else masked)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://r.example/c2611190400-148/c2611190400-148-a", None),
        ("https://r.example/1700000000.123.wav", None),
        ("https://r.example/x1700000000.123", "https://r.example/x*****23"),
        (
            "https://r.example/4155550171/1700000000.123",
            "https://r.example/415*****71/1700000000.123",
        ),
        ("https://r.example/+1-415-555-0171", "https://r.example/+1415*****71"),
    ],
)
def test_ids_of_the_call_and_the_leg_stay_in_web_addresses(url: str, masked: str | None) -> None:
    """Where they stand by themselves; short ones may be part of a number."""
    ids = ("c2611190400-148", "c2611190400-148-a", "1700000000.123", None, "", "555")
    assert mask_url(url, ids) == (url if masked is None else masked)


@given(st.from_regex(r"\+[1-9][0-9]{8,13}", fullmatch=True), st.sampled_from("/ _=-?%."))
def test_no_number_in_a_web_address_is_left(number: str, before: str) -> None:
    """Whatever stands before it."""
    shown = mask_url(f"https://r.example/a{before}{number}")
    assert number[-7:] not in shown


def test_addresses() -> None:
    """Text that is no address is hidden; nothing at all was withheld."""
    assert mask_address(" Anna.Lee@x.example.org ") == "A***@***.org"
    assert mask_address("7@example.org") == "***@***.org"
    assert mask_address("token-without-at") == "***"
    assert mask_address(" ") == mask_address(None) == "withheld"


@pytest.mark.parametrize(
    ("name", "note", "masked"),
    [
        ("Jo Li", "jo asked Jo and JO; Li: a list", "jo asked J. and JO; L.: a list"),
        ("Zoë", "Zoe\u0308 called", "Z. called"),
        ("王小明", "昨天王小明说", "昨天王.说"),
        ("A (B", "A (B left", "A (B left"),
        ("Ann", "Annals of ann", "Annals of A."),
        ("", "Ann", "Ann"),
    ],
)
def test_names(name: str, note: str, masked: str) -> None:
    """By itself only: words that merely begin so stay."""
    assert mask_free(note, name) == masked


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_name_and_note(name: str, note: str) -> None:
    """No name is a pattern of its own."""
    mask_free(note, name)
    mask_url(note)
    mask_identity(note)


def test_long_texts_take_no_time() -> None:
    """None of the patterns goes back over what it has read."""
    began = time.process_time()
    for piece in ("a", "1", "a.", "1 ", "@", "a@", "%2B", "1-"):
        text = piece * (60_000 // len(piece))
        mask_free(text, "Ann Lee")
        mask_url(text)
        mask_identity(text)
    assert time.process_time() - began < 20
