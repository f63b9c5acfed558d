"""Metrics K1 to K8, by hand: who answered a dial, the drops, and what is left of them."""

from typing import Any

import pytest

from tests.metrics.asking import answered, ask, dial, end, figures, leg, rows, shares
from tests.questions.conftest import Cache


def reached(
    cache: Cache,
    call: str,
    by: str | None = "human",
    agent_after: float | None = 1,
    reason: str = "completed",
    at: float = 0,
    **data: Any,
) -> None:
    """A dial answered after 10 s, with an agent so many seconds later, and ended after 60 s."""
    dial(cache, call, at, **data)
    said = {} if by is None else {"by": by}
    leg(cache, call, "B", at, at + 10, at + 60, **said)
    if agent_after is not None:
        leg(cache, call, "A", at, at + 10 + agent_after, at + 60)
    end(cache, call, at + 60, reason)


def missed(cache: Cache, call: str, at: float = 0, **data: Any) -> None:
    """A dial that nothing answered."""
    dial(cache, call, at, **data)
    end(cache, call, at + 30, "no_answer")


def defined(cache: Cache, campaign: str, **data: Any) -> None:
    """An outbound campaign."""
    said = {"campaign": campaign, "name": campaign, "direction": "outbound", "channel": "voice"}
    cache.say("campaign.defined", -3_600, **said, **data)


def test_dials_answers_and_contacts(cache: Cache) -> None:
    """Anything answers a dial, only a person is a contact; ringing dials are undecided."""
    reached(cache, "human")
    reached(cache, "unsaid", by=None)
    reached(cache, "unknown", by="unknown")
    reached(cache, "machine", by="machine", agent_after=None, reason="machine")
    reached(cache, "fax", by="fax", agent_after=None, reason="fax")
    reached(cache, "found", by="human", reason="machine")
    missed(cache, "missed")
    dial(cache, "rings", 0)
    answered(cache, "inbound", 0, 5, 60)
    cache.feed()
    assert figures(cache, "dials") == (8, 8, None)
    assert shares(cache, "dial_answer_rate") == (6, 7)
    assert shares(cache, "contact_rate") == (3, 7)


def test_conversions_are_of_people(cache: Cache) -> None:
    """Any flag or a tied sale converts, each call once; outcome alone sets no flag."""
    for call in ("lead", "quote", "sale", "both", "word", "qualified", "none"):
        reached(cache, call)
    reached(cache, "machine", by="machine", reason="machine")
    missed(cache, "missed")
    for call, flag in (("lead", "lead"), ("quote", "quote"), ("both", "converted")):
        cache.say("call.outcome", 70, call=call, **{flag: True})
    cache.say("call.outcome", 70, call="none", lead=False, appointment=False)
    cache.say("call.outcome", 70, call="word", outcome="sold")
    cache.say("call.outcome", 70, call="qualified", qualified=True)
    cache.say("call.outcome", 70, call="machine", appointment=True)
    cache.say("call.outcome", 70, call="missed", lead=True)
    cache.feed()
    assert shares(cache, "conversion_rate") == (3, 7)
    before = len(cache.events)
    for number, call in enumerate(("sale", "both", "both", "machine")):
        cache.say("sale.recorded", 9e5 + number, sale=f"s{number}", call=call, amount=9.99)
    cache.feed(cache.events[before:])
    assert shares(cache, "conversion_rate") == (4, 7)


def test_conversions_need_an_outcome_or_a_sale(cache: Cache) -> None:
    """Neither ever told: unknown. Either of them: known."""
    reached(cache, "c1")
    cache.feed()
    answer = ask(cache, "conversion_rate")
    assert (answer.value, answer.numerator) == (None, None)
    assert "call.outcome or sale.recorded" in answer.note
    cache.feed([cache.say("sale.recorded", 100, sale="s1", visit="v1", amount=5)])
    assert figures(cache, "conversion_rate") == (0, 0, 1)


def test_an_agent_at_exactly_the_seconds_is_in_time(cache: Cache) -> None:
    """Later is a drop though it connects; the campaign's own seconds come first."""
    defined(cache, "slow", drop_seconds=4)
    reached(cache, "in", agent_after=2)
    reached(cache, "late", agent_after=2.001)
    reached(cache, "nobody", agent_after=None)
    reached(cache, "own", agent_after=4, campaign="slow")
    cache.feed()
    assert shares(cache, "drop_rate") == (2, 4)
    assert rows(cache, "drop_rate", by="campaign") == {"(none)": pytest.approx(2 / 3), "slow": 0}
    assert ask(cache, "drop_rate").note == "By the formula ftc."


def test_an_agent_who_left_before_the_answer_is_none(cache: Cache) -> None:
    """The A-leg must still be there when the person answers."""
    dial(cache, "c1", 0)
    leg(cache, "c1", "A", 0, 1, 9)
    leg(cache, "c1", "B", 0, 10, 30, by="human")
    end(cache, "c1", 30)
    cache.feed()
    assert shares(cache, "drop_rate") == (1, 1)


def test_the_published_ofcom_example(cache: Cache) -> None:
    """29 drops, 9 live calls handled, 7 that agents found to be machines: 64.44 %."""
    for number in range(29):
        reached(cache, f"drop{number}", agent_after=None)
    for number in range(9):
        reached(cache, f"live{number}")
    for number in range(7):
        reached(cache, f"machine{number}", by="unknown", reason="machine")
    cache.feed()
    ofcom = ask(cache, "drop_rate", drop_formula="ofcom")
    assert ofcom.value is not None
    assert round(ofcom.value, 4) == 0.6444
    assert (ofcom.numerator, ofcom.denominator) == (16.3125, 25.3125)
    assert ofcom.note == "By the formula ofcom."
    assert shares(cache, "drop_rate") == (29, 38)
    assert shares(cache, "drop_rate", drop_formula="answered") == (29, 45)


def test_ofcom_counts_a_late_agent_once(cache: Cache) -> None:
    """As a drop, and not as a live call handled as well."""
    reached(cache, "late", agent_after=5)
    reached(cache, "in time")
    cache.feed()
    assert figures(cache, "drop_rate", drop_formula="ofcom") == (0.5, 1, 2)


def test_ofcom_over_machines_alone_is_nothing_measured(cache: Cache) -> None:
    """No live call handled: what is left of the drops is unknown; by campaign as well."""
    reached(cache, "drop", agent_after=None, campaign="k")
    reached(cache, "machine", by="unknown", reason="machine", campaign="k")
    reached(cache, "other", agent_after=None, campaign="o")
    cache.feed()
    assert figures(cache, "drop_rate", drop_formula="ofcom")[0] is None
    assert rows(cache, "drop_rate", drop_formula="ofcom", by="campaign") == {"k": None, "o": 1}


@pytest.mark.parametrize(
    ("answers", "drops", "left"), [(33, 0, 0), (34, 0, 1), (34, 2, -1), (0, 0, 0), (66, 1, 0)]
)
def test_headroom_is_whole_and_may_be_negative(
    cache: Cache, answers: int, drops: int, left: int
) -> None:
    """The floor of 3 % of the live answers, less the drops."""
    missed(cache, "missed")
    reached(cache, "another day", at=-200_000)
    for number in range(answers):
        reached(cache, f"c{number}", agent_after=None if number < drops else 1)
    cache.feed()
    assert figures(cache, "drop_headroom") == (left, left, None)


def test_headroom_is_the_floor_of_a_sum_over_campaigns(cache: Cache) -> None:
    """0.1 ten times is exactly 1; each live answer under its own campaign's limit."""
    defined(cache, "tenth", drop_limit=0.1)
    defined(cache, "half", drop_limit=0.5)
    for number in range(9):
        reached(cache, f"t{number}", campaign="tenth")
    reached(cache, "h", campaign="half")
    cache.feed()
    assert figures(cache, "drop_headroom")[0] == 1
    assert rows(cache, "drop_headroom", by="campaign") == {"half": 0, "tenth": 0}
    before = len(cache.events)
    reached(cache, "t9", campaign="tenth")
    cache.feed(cache.events[before:])
    assert rows(cache, "drop_headroom", by="campaign") == {"tenth": 1, "half": 0}


def test_retries_and_contacts(cache: Cache) -> None:
    """An absent attempt is the first; contacts count once, dials without one not at all."""
    for call, contact, attempt in (
        ("a", "x", None),
        ("b", "x", 2),
        ("c", "y", 1),
        ("d", None, 3),
        ("e", None, None),
    ):
        said = {"contact": contact, "attempt": attempt}
        missed(cache, call, 0, **{name: value for name, value in said.items() if value is not None})
    answered(cache, "inbound", 0, 5, 60, contact="z")
    cache.feed()
    assert shares(cache, "retry_share") == (2, 5)
    assert figures(cache, "contacts_reached") == (2, 2, None)


def test_contacts_of_two_sources_are_two(cache: Cache) -> None:
    """Ids are unique per source."""
    missed(cache, "a", contact="x")
    missed(cache, "b", contact="x")
    for event in cache.events[2:]:
        event["source"] = "another"
    cache.feed()
    assert figures(cache, "contacts_reached")[0] == 2


def test_only_the_period_counts(cache: Cache) -> None:
    """Its drops over its live answers, though the running window is longer."""
    reached(cache, "today", agent_after=None)
    reached(cache, "yesterday", at=-86_400)
    cache.feed()
    assert shares(cache, "drop_rate") == (1, 1)
    both = {"period": ("2024-06-11", "2024-06-12")}
    assert shares(cache, "drop_rate", **both) == (1, 2)
    assert rows(cache, "dials", by="day", **both) == {"2024-06-11": 1, "2024-06-12": 1}
    assert figures(cache, "drop_rate", filters={"queue": "q"}) == (None, 0, 0)
