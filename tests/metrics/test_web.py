"""Metrics W1 to W17, by hand: visits of web campaigns, and the published example of the coats."""

from tests.metrics.asking import ask, figures, rows, shares
from tests.questions.conftest import Cache

SLUGS = ("prospects", "exposures", "engagements", "conversions", "goals_reached")


def define(cache: Cache, name: str, goal: str, kind: str, channel: str = "web") -> None:
    """A campaign with a goal; of the web unless said otherwise."""
    cache.say(
        "campaign.defined",
        -1_000,
        campaign=name,
        name=name,
        direction="inbound",
        channel=channel,
        goal={"name": goal, "type": kind},
    )


def visit(cache: Cache, name: str, *eligible: str, control: tuple[str, ...] = ()) -> None:
    """A visit starts at noon."""
    cache.say(
        "visit.started",
        0,
        visit=name,
        visitor=name,
        campaigns=list(eligible),
        control=list(control),
    )


def show(cache: Cache, name: str, campaign: str, kind: str = "content") -> None:
    """The campaign shows something: its engagement is called as its kind."""
    cache.say("exposure.shown", 5, visit=name, campaign=campaign, engagement=kind, kind=kind)


def click(cache: Cache, name: str, campaign: str, at: float, on: str = "content") -> None:
    """The visitor clicks on something that was shown."""
    cache.say("engagement.made", at, visit=name, campaign=campaign, kind="click", engagement=on)


def chat(cache: Cache, name: str, campaign: str, at: float, **data: bool) -> None:
    """The visitor chats."""
    cache.say("engagement.made", at, visit=name, campaign=campaign, kind="chat", **data)


def reach(
    cache: Cache, name: str, goal: str, at: float, kind: str = "sale", **data: object
) -> None:
    """The visit reaches a goal."""
    cache.say("goal.reached", at, visit=name, goal=goal, goal_type=kind, **data)


def test_the_published_example_of_the_coats(cache: Cache) -> None:
    define(cache, "coats", "buy", "sale")
    for number in range(1_000):
        name, held = f"v{number}", number >= 900
        visit(cache, name, *(() if held else ("coats",)), control=("coats",) if held else ())
        if not held:
            show(cache, name, "coats")
        if number < 270 or 900 <= number < 910:
            reach(cache, name, "buy", 60, revenue=100 if held else 150)
    cache.feed()
    assert ask(cache, "prospects").value == 1_000
    assert shares(cache, "control_rate") == (10, 100)
    assert figures(cache, "aov_exposed") == (150, 40_500, 270)
    assert figures(cache, "aov_control") == (100, 1_000, 10)
    assert ask(cache, "incremental_conversions").value == 180
    assert ask(cache, "incremental_revenue").value == 31_500
    assert rows(cache, "incremental_revenue", by="campaign") == {"coats": 31_500}
    assert ask(cache, "incremental_revenue", filters={"campaign": "other"}).value is None


def test_without_orders_of_the_control_group_nothing_was_to_be_expected(cache: Cache) -> None:
    define(cache, "coats", "buy", "sale")
    define(cache, "hats", "ask", "lead")
    visit(cache, "v1", "coats", "hats", control=("hats",))
    visit(cache, "v2", control=("coats",))
    reach(cache, "v1", "buy", 60, revenue=70)
    reach(cache, "v1", "ask", 60, "lead")
    cache.feed()
    assert ask(cache, "incremental_revenue").value == 70
    # One of two for the coats; for the hats the only visit was held back: nothing gained.
    assert ask(cache, "incremental_conversions").value == 1
    assert ask(cache, "prospects").value == 3


def test_sums_over_campaigns_and_one_campaign(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    define(cache, "b", "read", "page_views")
    for name in ("v1", "v2"):
        visit(cache, name, "a", "b")
        show(cache, name, "a")
        show(cache, name, "a", "button")
    show(cache, "v1", "b", "invitation")
    click(cache, "v1", "a", 10)
    click(cache, "v1", "a", 10, on="button")
    click(cache, "v1", "b", 10)
    chat(cache, "v2", "a", 10)
    chat(cache, "v2", "a", 11, interactive=True)
    reach(cache, "v1", "buy", 60, revenue=10)
    reach(cache, "v1", "read", 70, "page_views")
    cache.feed()
    assert [ask(cache, slug).value for slug in SLUGS] == [4, 5, 2, 2, 2]
    only = {"campaign": "a"}
    assert [ask(cache, slug, filters=only).value for slug in SLUGS] == [2, 4, 2, 1, 1]
    assert rows(cache, "exposures", by="campaign") == {"a": 4, "b": 1}
    assert ask(cache, "exposures", filters={"queue": "q"}).value is None


def test_before_the_goal_is_strictly_before(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    for name, at in (("v1", 59.999), ("v2", 60), ("v3", 61)):
        visit(cache, name, "a")
        show(cache, name, "a")
        click(cache, name, "a", at)
        chat(cache, name, "a", at, interactive=True)
        reach(cache, name, "buy", 60, revenue=7)
    cache.feed()
    assert shares(cache, "click_through_rate") == (1, 3)
    assert shares(cache, "chat_conversion_rate") == (1, 3)
    assert ask(cache, "goals_after_engagement").value == 1
    assert ask(cache, "revenue_after_engagement").value == 7


def test_any_click_or_chat_is_no_view_alone(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    for name in ("looked", "idle", "clicked", "chatted", "button"):
        visit(cache, name, "a")
        show(cache, name, "a", "button" if name == "button" else "content")
        reach(cache, name, "other" if name == "idle" else "buy", 60)
    click(cache, "clicked", "a", 10, on="button")
    chat(cache, "chatted", "a", 10)
    chat(cache, "looked", "b", 10, interactive=True)
    cache.feed()
    assert shares(cache, "view_through_rate") == (1, 2)


def test_a_goal_that_names_another_campaign_is_not_its_own(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    define(cache, "b", "buy", "lead")
    for name, whose in (("v1", None), ("v2", "b"), ("v3", "a"), ("v4", None)):
        visit(cache, name, "a", "b")
        show(cache, name, "a")
        reach(cache, name, "else" if name == "v4" else "buy", 60, revenue=8, campaign=whose)
    show(cache, "v4", "b")
    cache.feed()
    assert figures(cache, "aov_exposed", filters={"campaign": "a"}) == (8, 16, 2)
    # Two of four for a, none of one for b: the mean of the campaigns, each by its type of goal.
    assert figures(cache, "goal_type_average") == (0.25, 0.5, 2)
    assert rows(cache, "goal_type_average") == {"lead": 0, "sale": 0.5}
    assert ask(cache, "goal_type_average", filters={"campaign": "a"}).value == 0.5


def test_an_average_by_campaign_lists_campaigns_of_the_web(cache: Cache) -> None:
    """And what was shown to visits, whatever it is said to be; calls may have the same goals."""
    define(cache, "a", "buy", "sale")
    define(cache, "unseen", "buy", "sale")
    define(cache, "calls", "buy", "sale", channel="voice")
    define(cache, "shown", "buy", "sale", channel="email")
    for name, campaign in (("v1", "a"), ("v2", "a"), ("v3", "shown")):
        visit(cache, name, campaign)
        show(cache, name, campaign)
    reach(cache, "v1", "buy", 60)
    cache.feed()
    assert rows(cache, "goal_type_average", by="campaign") == {
        "a": 0.25,
        "shown": 0,
        "unseen": 0.25,
    }
    assert ask(cache, "goal_type_average", filters={"campaign": "calls"}).value == 0.25


def test_what_a_campaign_did_for_every_goal(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    for name in ("v1", "v2", "v3"):
        visit(cache, name, "a")
        reach(cache, name, "read", 60, "page_views")
    show(cache, "v1", "a")
    show(cache, "v1", "a", "button")
    show(cache, "v2", "b")
    reach(cache, "v3", "buy", 61)
    cache.feed()
    assert rows(cache, "contribution") == {"read": 2, "buy": 0}
    found = ask(cache, "contribution", filters={"campaign": "a"}).breakdown or ()
    assert [(row["key"], row["value"], row["denominator"]) for row in found] == [
        ("read", 1, 3),
        ("buy", 0, 1),
    ]


def test_a_visit_counts_where_it_began_whenever_it_reached_its_goal(cache: Cache) -> None:
    define(cache, "a", "buy", "sale")
    visit(cache, "v1", "a")
    show(cache, "v1", "a")
    reach(cache, "v1", "buy", 90_000, revenue=5)
    cache.feed()
    assert figures(cache, "aov_exposed") == (5, 5, 1)
    later = {"period": ("2024-06-13", "2024-06-13"), "now": cache.now + 200_000_000}
    assert figures(cache, "aov_exposed", **later) == (None, 0, 0)
