"""A text that is searched for: what it finds, and what is looked up rather than looked for."""

import pytest

from tests.questions.conftest import Cache
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls, count_calls
from wallboard.questions.lookup import Place, looked_up

NOW = 1_718_200_000_000
CALLS = {
    "c2406-93585": ("k77-2024-a", "Sold 100%"),
    "c2406-93586": ("k77-2024-b", "call_back"),
    "c2406-10000": ("other", "No^Way"),
}


@pytest.fixture
def filled(cache: Cache) -> Cache:
    """Three calls, each with a contact and a disposition, in a queue that nobody has defined."""
    cache.say("agent.defined", 0, agent="a-0700-x", name="Ågot Nilsen")
    for at, (call, (contact, disposition)) in enumerate(CALLS.items()):
        cache.say("call.started", at, call=call, direction="inbound", contact=contact)
        cache.say("queue.entered", at, call=call, queue="q-2024-north")
        cache.say("queue.left", at + 1, call=call, queue="q-2024-north", reason="abandoned")
        cache.say("call.ended", at + 9, call=call, reason="abandoned")
        cache.say("call.outcome", at + 10, call=call, disposition=disposition)
    return cache.feed()


def found(cache: Cache, text: str, masked: bool = True) -> list[str]:
    """The calls that a search finds, on which the list and its count agree."""
    wanted = CallFilter(text=text, masked=masked)
    page = calls(cache.read(), wanted, NOW, 100, patience=None)
    assert count_calls(cache.read(), wanted, NOW, patience=None).calls == len(page.lines)
    return sorted(line.call for line in page.lines)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("sold", {"c2406-93585"}),
        ("100%", {"c2406-93585"}),
        ("LL_B", {"c2406-93586"}),
        ("no^way", {"c2406-10000"}),
        ("%", {"c2406-93585"}),
        ("_", {"c2406-93586"}),
        ("^", {"c2406-10000"}),
        ("0%2", set()),
        ("north", set(CALLS)),
        ("93585", {"c2406-93585"}),
        ("-9358", {"c2406-93585", "c2406-93586"}),
        ("sold" * 400, set()),
        ("ågot", set()),
    ],
)
def test_signs_stand_for_themselves_whatever_their_case(
    filled: Cache, text: str, whose: set[str]
) -> None:
    """What SQL takes for a wildcard is a sign like another."""
    assert found(filled, text) == sorted(whose)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("c2406-93585", {"c2406-93585"}),
        ("c2406-9358", {"c2406-93585", "c2406-93586"}),
        ("c2406-77777", set()),
        ("k77-2024-a", {"c2406-93585"}),
        ("0a1b2c3d-0000", set()),
    ],
)
def test_an_id_is_looked_up_and_never_looked_for(filled: Cache, text: str, whose: set[str]) -> None:
    """Whole or by its beginning; one that is not there is known not to be at once."""
    named = looked_up((Place(filled.read()),), CallFilter(text=text, masked=True))
    assert named is not None
    assert len(named) == len(whose)
    assert found(filled, text) == sorted(whose)


def test_a_contact_by_its_beginning_only_where_numbers_are_not_masked(filled: Cache) -> None:
    """The id of a contact may be a number: digit by digit, a search would tell it."""
    assert found(filled, "k77-2024") == []
    assert found(filled, "k77-2024", masked=False) == ["c2406-93585", "c2406-93586"]


def test_what_is_in_a_name_is_looked_for(filled: Cache) -> None:
    """An id that somebody or something goes by is no id of a call."""
    for text in ("q-2024-n", "a-0700-x"):
        assert looked_up((Place(filled.read()),), CallFilter(text=text)) is None
    assert found(filled, "q-2024-north") == sorted(CALLS)
