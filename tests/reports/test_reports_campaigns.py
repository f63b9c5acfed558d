"""campaign-dashboard, campaign-overview, drop-compliance and dispositions, with figures by hand."""

import pytest

from tests.questions.conftest import Cache
from tests.reports.asking import rows_of, written
from tests.reports.stories import answer, dial
from wallboard.config import Metrics


def test_coats(cache: Cache) -> None:
    """900 exposed, 270 orders at 150; 100 control, 10 at 100: 41,500 less 10,000 is 31,500."""
    goal = {"name": "order", "type": "sale"}
    cache.say(
        "campaign.defined", -9_000, campaign="coats", name="Coats", direction="inbound",
        channel="web", goal=goal, control_share=0.1,
    )  # fmt: skip
    for number in range(1_000):
        visit, is_control = f"v{number}", number >= 900
        arm = {"campaigns": [], "control": ["coats"]}
        if not is_control:
            arm = {"campaigns": ["coats"], "control": []}
        cache.say("visit.started", -5_000, visit=visit, visitor=visit, **arm)
        shown = {"visit": visit, "campaign": "coats"}
        if not is_control:
            cache.say("exposure.shown", -4_000, **shown, engagement="offer", kind="content")
        if number < 30:
            cache.say("engagement.made", -3_000, **shown, engagement="offer", kind="click")
        if number < 270 or number >= 990:
            order = {"order": f"o{number}", "revenue": 150 if number < 270 else 100}
            cache.say(
                "goal.reached", -2_000, visit=visit, goal="order", goal_type="sale",
                campaign="coats", **order,
            )  # fmt: skip
    cache.feed()
    (row,) = rows_of(cache, "campaign-dashboard")
    assert (row["prospects"], row["exposed_visits"], row["engaged_visits"]) == (1_000, 900, 30)
    assert (row["conversions"], row["goals_reached"]) == (270, 0)
    assert (row["aov_exposed"], row["aov_control"], row["control_rate"]) == (150, 100, 0.1)
    assert (row["revenue"], row["expected_revenue"]) == (41_500, 10_000)
    assert row["incremental_revenue"] == 31_500
    assert row["incremental_conversions"] == 180
    assert row["contribution"] == ["order: 270 of 280"]
    assert "day" not in row
    (day,) = rows_of(cache, "campaign-dashboard", by="day")
    assert day == {"campaign": "coats", "day": "2024-06-12"} | {
        name: value for name, value in row.items() if name != "campaign"
    }
    assert rows_of(cache, "campaign-dashboard", campaign="hats") == []


def test_order_value_needs_a_control_group(cache: Cache) -> None:
    """Without one there is nothing to hold it against."""
    cache.say("visit.started", -500, visit="v", visitor="p", campaigns=["hats"], control=[])
    cache.say("exposure.shown", -400, visit="v", campaign="hats", engagement="e", kind="invitation")
    cache.say(
        "goal.reached", -300, visit="v", goal="o", goal_type="sale", campaign="hats", order="1",
        revenue=10,
    )  # fmt: skip
    cache.feed()
    (row,) = rows_of(cache, "campaign-dashboard")
    assert (row["aov_exposed"], row["aov_control"]) == (None, None)
    assert row["conversions"] == 1
    assert (row["expected_revenue"], row["incremental_revenue"]) == (None, None)


def test_who_engaged_is_unknown_where_engagements_are(cache: Cache) -> None:
    """A feed that never tells of engagements leaves both counts empty, and 0 where it does."""
    cache.say("visit.started", -500, visit="v", visitor="p", campaigns=["hats"], control=[])
    cache.say("exposure.shown", -400, visit="v", campaign="hats", engagement="e", kind="content")
    cache.feed()
    (row,) = rows_of(cache, "campaign-dashboard")
    assert (row["exposed_visits"], row["engagements"], row["engaged_visits"]) == (1, None, None)
    cache.say("engagement.made", -300, visit="v", campaign="caps", engagement="e", kind="click")
    cache.feed()
    hats = next(one for one in rows_of(cache, "campaign-dashboard") if one["campaign"] == "hats")
    assert (hats["engagements"], hats["engaged_visits"]) == (0, 0)


def test_overview(cache: Cache) -> None:
    """From demand to money; spend counts under the campaign's id or name."""
    cache.say(
        "campaign.defined", -9_000, campaign="vote", name="Vote 24", direction="blended",
        channel="voice",
    )  # fmt: skip
    for number in range(4):
        cache.say("contact.added", -9_000, contact=f"k{number}", campaign="vote")
    dial(cache, "c1", -500, campaign="vote", contact="k1", agent="ana")
    answer(cache, "c2", -400, "ana", campaign="vote")
    cache.say("call.outcome", -300, call="c2", qualified=True, appointment=True)
    cache.say("call.started", -300, call="c3", direction="inbound", campaign="vote")
    cache.say("call.ended", -200, call="c3", reason="rejected")
    cache.say("sale.recorded", -100, sale="s1", call="c2", amount=0.1)
    cache.say("sale.recorded", -90, sale="s2", call="c2", amount=0.2)
    for number, name in enumerate(("vote", "Vote 24")):
        cache.say(
            "spend.recorded", -80, spend=f"p{number}", campaign=name, amount=0.05, day="2024-06-12"
        )
    cache.feed()
    (row,) = rows_of(cache, "campaign-overview")
    assert row == {
        "campaign": "vote",
        "calls": 3,
        "answered": 2,
        "missed": 1,
        "qualified": 1,
        "appointments": 1,
        "sales": 2,
        "sale_value": 0.3,
        "spend": 0.1,
        "cost_per_sale": 0.05,
        "return": 3,
        "contacts_loaded": 4,
        "contacts_called": 1,
        "contacts_left": 3,
        "campaign_name": "Vote 24",
    }


def test_what_the_feed_never_sent_is_not_zero(cache: Cache) -> None:
    """No outcome and no sale was ever recorded: nobody knows how many there were (readings 10)."""
    answer(cache, "c2", -400, "ana", campaign="vote")
    cache.feed()
    (row,) = rows_of(cache, "campaign-overview")
    unknown = ("qualified", "appointments", "sales", "sale_value", "spend", "cost_per_sale")
    assert [row[name] for name in unknown] == [None] * 6
    head, _, total = written(cache, "campaign-overview", "table").decode().splitlines()
    totals = dict(zip(head.split(), total.split(), strict=False))
    assert (totals["calls"], totals["qualified"], totals["sale_value"]) == ("1", "–", "–")


def test_answers_are_not_known_of_a_feed_that_never_tells_of_legs(cache: Cache) -> None:
    """Nor are misses of one that never tells of ends; a message tells its own delivery."""
    cache.say("call.started", -400, call="d1", direction="outbound", campaign="vote")
    cache.say("message.sent", -300, message="m1", campaign="mail", channel="email")
    cache.say("message.delivered", -290, message="m1")
    cache.feed()
    (row,) = rows_of(cache, "campaign-overview")
    assert (row["calls"], row["answered"], row["missed"]) == (1, None, None)
    mail, vote = rows_of(cache, "account-activity")
    names = ("attempted", "delivered", "success_rate", "failed")
    assert [mail[name] for name in names] == [1, 1, 1, 0]
    assert [vote[name] for name in names] == [1, None, None, None]
    cache.say("leg.started", -399, leg="b", call="d1", kind="B")
    cache.say("call.ended", -380, call="d1", reason="no_answer")
    cache.feed()
    (row,) = rows_of(cache, "campaign-overview")
    assert (row["answered"], row["missed"]) == (0, 0)
    _, vote = rows_of(cache, "account-activity")
    assert [vote[name] for name in names] == [1, 0, 0, 1]


@pytest.fixture
def dropping(cache: Cache) -> Cache:
    """A campaign of a limit of 3 %: 100 live answers 20 days ago, and some today with one drop."""
    cache.say(
        "campaign.defined", -9e6, campaign="vote", name="Vote", direction="outbound",
        channel="voice", drop_limit=0.03,
    )  # fmt: skip
    for number in range(100):
        dial(cache, f"old{number}", -20 * 86_400 + number, campaign="vote", agent="ana")
    for number in range(9):
        dial(cache, f"new{number}", -900 + number, campaign="vote", agent="ana")
    cache.say("call.started", -500, call="drop", direction="outbound", campaign="vote")
    cache.say("leg.started", -500, leg="drop-b", call="drop", kind="B")
    cache.say("leg.answered", -490, leg="drop-b", call="drop", by="human")
    cache.say("call.ended", -480, call="drop", reason="dropped")
    return cache.feed()


def test_drop_compliance(dropping: Cache) -> None:
    """Over on the day, within over the running 30 days: floor(110 x 0.03) - 1 = 2 are left."""
    (row,) = rows_of(dropping, "drop-compliance")
    assert (row["day"], row["live_answers"], row["dropped"]) == ("2024-06-12", 10, 1)
    assert row["drop_rate"] == 0.1
    assert row["rolling_drop_rate"] == round(1 / 110, 6)
    assert (row["limit"], row["headroom"], row["over"]) == (0.03, 2, False)
    both = rows_of(dropping, "drop-compliance", days=("2024-05-20", "2024-06-12"))
    assert [(line["day"], line["headroom"]) for line in both] == [
        ("2024-05-23", 3),
        ("2024-06-12", 2),
    ]


def test_drop_compliance_forgets_after_thirty_days(cache: Cache) -> None:
    """The day 29 days before still counts, the one before that no longer."""
    for days, name in ((29, "in"), (30, "out")):
        for number in range(10):
            dial(cache, f"{name}{number}", -days * 86_400 + number, campaign="vote", agent="ana")
    cache.say("call.started", -500, call="drop", direction="outbound", campaign="vote")
    cache.say("leg.started", -500, leg="drop-b", call="drop", kind="B")
    cache.say("leg.answered", -490, leg="drop-b", call="drop", by="human")
    cache.say("call.ended", -480, call="drop", reason="dropped")
    cache.feed()
    (row,) = rows_of(cache, "drop-compliance")
    assert row["rolling_drop_rate"] == round(1 / 11, 6)
    assert row["over"] is True
    (answered,) = rows_of(cache, "drop-compliance", settings=Metrics(drop_formula="answered"))
    assert answered["drop_rate"] == 1


def test_dispositions(cache: Cache) -> None:
    """Shares of all calls, those without a disposition among them; most calls first."""
    for number in range(3):
        dial(cache, f"c{number}", -900 + number, agent="ana", disposition="Supporter")
    dial(cache, "c4", -500)
    cache.feed()
    assert [row["sales"] for row in rows_of(cache, "dispositions")] == [None, None]
    cache.say("sale.recorded", -100, sale="s1", call="c1", amount=5)
    cache.feed()
    rows = rows_of(cache, "dispositions")
    assert [tuple(row.values()) for row in rows] == [
        ("Supporter", 3, 0.75, 180, 1),
        ("(none)", 1, 0.25, 0, 0),
    ]
    assert rows_of(cache, "dispositions", sort="talk_seconds")[0]["disposition"] == "Supporter"
