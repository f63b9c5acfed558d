"""Web campaigns and the live metrics, counted by hand."""

from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.asked import Asked, Settings
from tests.agreement.brute_force.live import live
from tests.agreement.stories import MONDAY, NOON, Story, rows


def site() -> Story:
    """Three visits: one clicks and buys, one chats after asking, one is held back and buys."""
    story = Story()
    for campaign, name, kind in (("coats", "buy", "sale"), ("hats", "ask", "lead")):
        goal = {"name": name, "type": kind}
        story.tell(
            "campaign.defined",
            -99,
            campaign=campaign,
            name=campaign,
            direction="inbound",
            channel="web",
            goal=goal,
        )
    for visit, campaigns, control in (
        ("v1", ["coats", "hats"], []),
        ("v2", ["coats", "hats"], []),
        ("v3", ["hats"], ["coats"]),
    ):
        story.tell(
            "visit.started", 0, visit=visit, visitor=visit, campaigns=campaigns, control=control
        )
    show(story, "v1", "coats", "e", "content")
    show(story, "v2", "hats", "f", "invitation")
    made: dict[str, Any] = {"visit": "v1", "campaign": "coats", "kind": "click"}
    story.tell("engagement.made", 10, **made, engagement="e")
    story.tell("engagement.made", 10, **made, engagement="unseen")
    story.tell("goal.reached", 20, visit="v1", goal="buy", goal_type="sale", revenue=99.5)
    story.tell("goal.reached", 20, visit="v2", goal="ask", goal_type="lead")
    story.tell("engagement.made", 20, visit="v2", campaign="hats", kind="chat", interactive=True)
    story.tell("goal.reached", 20, visit="v3", goal="buy", goal_type="sale", revenue=50)
    story.tell("goal.reached", 30, visit="v1", goal="more", goal_type="page_views")
    return story


def show(story: Story, visit: str, campaign: str, engagement: str, kind: str) -> None:
    story.tell(
        "exposure.shown", 5, visit=visit, campaign=campaign, engagement=engagement, kind=kind
    )


def test_web() -> None:
    answers = site().metrics()
    assert answers["prospects"].value == 6
    assert answers["exposures"].value == 2
    assert answers["engagements"].value == 2
    assert answers["conversions"].value == 2
    assert answers["goals_reached"].value == 1
    assert (answers["chat_conversion_rate"].numerator, answers["control_rate"].value) == (0, 1)
    assert answers["chat_conversion_rate"].denominator == 1
    assert answers["click_through_rate"].value == 1
    assert answers["view_through_rate"].value is None
    assert answers["goals_after_engagement"].value == 1
    assert answers["revenue_after_engagement"].value == Decimal("99.5")
    assert rows(answers["contribution"]) == {"ask": 1, "buy": 1, "more": 1}
    assert rows(answers["goal_type_average"]) == {"lead": 1, "sale": 1}
    assert answers["incremental_conversions"].value == 2 - 3
    assert answers["incremental_revenue"].value == Decimal("149.5") - 150


def test_web_of_one_campaign() -> None:
    asked = Asked(MONDAY.from_ms, MONDAY.until_ms, campaign="hats")
    answers = site().metrics(asked)
    assert answers["prospects"].value == 3
    assert answers["incremental_revenue"].value is None
    assert rows(answers["contribution"]) == {"ask": 1, "buy": 0, "more": 0}
    by_queue = Asked(MONDAY.from_ms, MONDAY.until_ms, queue="q")
    assert site().metrics(by_queue)["prospects"].value is None


def test_what_is_true_now() -> None:
    story = Story()
    for call, since in (("a", 0), ("b", 30)):
        story.inbound(call, since)
        story.tell("queue.entered", since, call=call, queue="q")
    story.tell("queue.left", 50, call="a", queue="q", reason="answered")
    story.tell("call.ended", 500, call="b", reason="abandoned")
    story.tell("agent.changed", 0, agent="x", presence="available", queues=["q"])
    story.tell("agent.changed", 20, agent="x", activity="on_call")
    story.tell("agent.changed", 20, agent="y", presence="paused", queues=["q"])
    story.tell("agent.changed", 200, agent="y", presence="offline")
    answers = live(story.events, Settings(), NOON + 60_000)
    assert answers["calls_waiting"].value == 1
    assert answers["longest_wait"].value == 30
    assert answers["calls_in_progress"].value == 2
    assert rows(answers["agents_by_state"]) == {"on_call": 1, "paused": 1}
    assert (answers["occupancy"].numerator, answers["occupancy"].denominator) == (40, 60)
    assert rows(answers["estimated_wait"]) == {"q": None}
