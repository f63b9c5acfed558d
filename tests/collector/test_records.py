"""What the rows of records say, however often and in whatever order they were told of."""

from collections.abc import Callable
from itertools import permutations

import pytest

from tests.collector.books import Books, Json

NewBooks = Callable[..., Books]
NOON = 1_772_452_800_000


def event(identity: str, kind: str, second: int, /, **data: object) -> Json:
    return {
        "specversion": "1.0",
        "id": identity,
        "source": "/a",
        "type": kind,
        "time": f"2026-03-02T12:00:{second:02}Z",
        "data": data,
    }


THREE = list(permutations(range(3)))


@pytest.mark.parametrize("order", THREE)
@pytest.mark.parametrize("restarts", [False, True])
def test_the_later_word_counts_field_by_field_and_null_clears(
    books: NewBooks, order: tuple[int, ...], *, restarts: bool
) -> None:
    told = [
        event("1", "contact.added", 1, contact="k", name="Ann", phone="+1", tags=["a"]),
        event("2", "contact.added", 2, contact="k", name=None, list="l"),
        event("3", "contact.added", 3, contact="k", tags=["b", "c"]),
    ]
    cache = books()
    for at in order:
        cache.feed([told[at]])
        if restarts:
            cache.restart()
    assert cache.rows('SELECT at, name, phone, "list", tags FROM contacts') == [
        (NOON + 1_000, None, "+1", "l", '["b","c"]')
    ]


@pytest.mark.parametrize("order", THREE)
def test_the_later_of_delivered_and_failed_is_the_status(
    books: NewBooks, order: tuple[int, ...]
) -> None:
    told = [
        event("1", "message.sent", 1, message="m", campaign="x", channel="sms", to="+1"),
        event("2", "message.failed", 2, message="m", reason="full"),
        event("3", "message.delivered", 3, message="m"),
    ]
    cache = books()
    statuses = []
    for at in order:
        cache.feed([told[at]])
        statuses += cache.rows("SELECT status FROM outbound_messages")
    known = {order[0]} if order[0] else set()
    assert statuses[0] == (("sent", "failed", "delivered")[max(known, default=0)],)
    assert cache.rows(
        'SELECT at, "to", status, delivered_at, failed_at, failure FROM outbound_messages'
    ) == [(NOON + 1_000, "+1", "delivered", NOON + 3_000, NOON + 2_000, "full")]


def test_a_message_that_was_never_sent_has_no_time(books: NewBooks) -> None:
    cache = books()
    cache.feed([event("1", "message.delivered", 1, message="m")])
    assert cache.rows("SELECT at, channel, status FROM outbound_messages") == [
        (None, None, "delivered")
    ]


def test_the_arms_of_a_visit_are_those_of_its_merged_lists(books: NewBooks) -> None:
    visit = {"visit": "v", "visitor": "p"}
    cache = books()
    cache.feed([event("2", "visit.started", 2, **visit, campaigns=["x", "y", "x"], control=["z"])])
    cache.feed([event("1", "visit.started", 1, **visit, campaigns=["w"], control=[])])
    arms = "SELECT campaign, arm FROM visit_campaigns ORDER BY campaign"
    assert cache.rows(arms) == [("x", "eligible"), ("y", "eligible"), ("z", "control")]
    cache.feed([event("3", "visit.started", 3, **visit, campaigns=[], control=["x"])])
    assert cache.rows(arms) == [("x", "control")]
    assert cache.rows("SELECT at FROM visits") == [(NOON + 1_000,)]


def test_every_move_of_an_opportunity_is_kept_and_the_last_is_its_state(books: NewBooks) -> None:
    cache = books()
    for second, stage, value in ((3, "won", 12.5), (1, "open", 10), (2, "lost", 0)):
        told = {"opportunity": "o", "stage": stage, "value": value}
        cache.feed([event(stage, "opportunity.changed", second, **told)])
    assert cache.rows("SELECT at, stage, value FROM opportunities") == [(NOON + 1_000, "won", 12.5)]
    stages = "SELECT stage, value FROM opportunity_stages ORDER BY time"
    assert cache.rows(stages) == [("open", 10), ("lost", 0), ("won", 12.5)]


def test_a_contact_may_be_held_back_for_several_lists(books: NewBooks) -> None:
    cache = books()
    lists: list[dict[str, str | None]] = [{"list": "l"}, {"list": None}, {}, {"list": "l"}]
    for at, named in enumerate(lists):
        told = {"contact": "k", "reason": f"reason {at}", **named}
        cache.feed([event(f"{at}", "contact.filtered", at, **told)])
    assert cache.rows('SELECT "list", reason FROM filtered_contacts ORDER BY reason') == [
        ("", "reason 2"),
        ("l", "reason 3"),
    ]


def test_a_campaign_has_its_goal_and_its_first_definition(books: NewBooks) -> None:
    told = {"campaign": "x", "name": "X", "direction": "inbound", "channel": "web"}
    goal = {"name": "buy", "type": "sale"}
    starts = "2026-03-01T00:00:00+01:00"
    cache = books()
    cache.feed([event("2", "campaign.defined", 2, **told, goal=goal, control_share=0.1)])
    cache.feed([event("1", "campaign.defined", 1, **told, starts=starts)])
    columns = "defined_at, goal_name, goal_type, control_share, starts, ends"
    assert cache.rows(f"SELECT {columns} FROM campaigns") == [
        (NOON + 1_000, "buy", "sale", 0.1, 1_772_319_600_000, None)
    ]


def test_types_are_known_by_their_earliest_event(books: NewBooks) -> None:
    cache = books()
    for second in (5, 3, 9):
        cache.feed([event(f"{second}", "sale.recorded", second, sale=f"{second}", amount=1)])
        cache.restart()
    cache.feed([event("unknown", "sale.undone", 1, sale="5")])
    assert cache.rows("SELECT * FROM event_types") == [("sale.recorded", NOON + 3_000)]


def test_a_withheld_number_is_null(books: NewBooks) -> None:
    cache = books()
    for at, number in enumerate(("anonymous", "", " ", None, "+1 415", "sip:7")):
        told = {"call": f"{at}", "direction": "inbound", "from_number": number}
        cache.feed([event(f"{at}", "call.started", at, **told)])
    assert cache.rows("SELECT from_number FROM calls ORDER BY id") == [
        *((None,) for _ in range(4)),
        ("+1 415",),
        ("sip:7",),
    ]
