"""How often a caller has tried: since the last call that was answered, this one among them."""

from tests.questions.conftest import NOON, Cache
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls
from wallboard.questions.tries import MOST_TRIES, tries_in_words, tries_of


def test_tries_are_counted_since_the_last_answer(cache: Cache) -> None:
    """By number; a call that was answered begins anew, what comes later is not known yet."""

    def say(call: str, at: int, number: str | None, *, is_answered: bool = False) -> None:
        cache.say("call.started", at, call=call, direction="inbound", from_number=number)
        if is_answered:
            cache.say("leg.started", at + 1, call=call, leg="a", kind="A", agent="a1")
            cache.say("leg.answered", at + 2, call=call, leg="a")
        cache.say("call.ended", at + 5, call=call, reason="abandoned")

    say("before", -900, "+1555")
    say("talked", -800, "+1555", is_answered=True)
    say("first", -700, "+1555")
    say("second", -600, "+1555")
    say("third", -100, "+1555")
    say("other", -650, "+1666")
    say("withheld", -640, None)
    for number in range(MOST_TRIES + 20):
        say(f"often-{number}", -5_000 + number * 10, "+1777")
    cache.feed()
    connection = cache.read()

    def tries(seconds: int) -> dict[str, int]:
        now = NOON + seconds * 1_000
        lines, *_ = calls(connection, CallFilter(), now, 500)
        found = tries_of(connection, lines, now)
        return {line.call: found[line.number] for line in lines if line.number in found}

    now = tries(0)
    assert {call: now[call] for call in ("first", "second", "third", "other")} == {
        "first": 3, "second": 3, "third": 3, "other": 1,
    }  # fmt: skip
    assert "withheld" not in now
    assert now["often-0"] == MOST_TRIES
    assert tries(-300)["first"] == 2
    assert tries(-850)["before"] == 1
    assert [tries_in_words(tries) for tries in (0, 1, MOST_TRIES)] == ["answered", "1 ×", "100+ ×"]
