"""A search over masked numbers tells nothing that masking hides."""

from tests.questions.conftest import Cache
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls, count_calls

NUMBERS = ("+14155550171", "+442079460958", "+61491570156", "2125550123", "4711")
NOW = 1_718_200_000_000


def filled(cache: Cache) -> Cache:
    """A call from each number, of a contact whose id is that number."""
    for at, number in enumerate(NUMBERS):
        cache.say(
            "call.started", at, call=f"c-{'abcde'[at]}", direction="inbound",
            from_number=number, to_number="+18005550199", contact=number,
        )  # fmt: skip
        cache.say("call.ended", at + 9, call=f"c-{'abcde'[at]}", reason="abandoned")
    return cache.feed()


def found(cache: Cache, text: str, masked: bool = True) -> set[str | None]:
    """The callers that a search finds, as the list and its count agree on."""
    wanted = CallFilter(text=text, masked=masked)
    connection = cache.read()
    page = calls(connection, wanted, NOW, 100, patience=None)
    again = calls(connection, wanted, NOW, 100, patience=None)
    assert page == again
    assert count_calls(connection, wanted, NOW, patience=None).calls == len(page.lines)
    return {line.from_number for line in page.lines}


def test_digits_that_are_shown_and_whole_numbers_are_found(cache: Cache) -> None:
    """The area code, the last two digits, and a number however it is typed."""
    filled(cache)
    assert found(cache, "415") == {"+14155550171"}
    assert found(cache, "+1 415") == {"+14155550171"}
    assert found(cache, "71") == {"+14155550171"}
    assert found(cache, "58") == {"+442079460958"}
    assert found(cache, "212") == {"2125550123"}
    for typed in ("+14155550171", "14155550171", "415 555 0171", "+1 (415) 555-0171"):
        assert found(cache, typed) == {"+14155550171"}
    assert found(cache, "4711") == {"4711"}


def test_hidden_digits_find_nothing(cache: Cache) -> None:
    """Neither in the middle, nor across what is shown, nor as a contact's id."""
    filled(cache)
    for typed in ("5550171", "4155", "0171", "555", "171", "2079", "4420", "6149", "471", "711"):
        assert found(cache, typed) == set(), typed
        assert found(cache, typed, masked=False), typed
    assert found(cache, "+14155550171x") == set()
