"""The worked examples that metrics.csv and reports.md print."""

import pytest

from tests.agreement.stories import Story


def answered_and_abandoned() -> Story:
    """50 answered, 43 of them in 20 s; 3 abandoned, 1 of them in 20 s: a twentieth of the check."""
    story = Story()
    for number in range(53):
        call = f"c{number}"
        story.inbound(call, number)
        if number < 50:
            wait = 20 if number < 43 else 20.001
            story.stay(call, "q", number, number + wait, "answered")
            story.leg(call, "A", number, number + wait, number + 100, agent="a")
            story.end(call, number + 100)
        else:
            wait = 20 if number == 50 else 21
            story.stay(call, "q", number, number + wait, "abandoned")
            story.end(call, number + wait, "abandoned")
    return story


@pytest.mark.parametrize(
    ("formula", "percent"),
    [("offered", 81.1), ("answered", 86.0), ("within", 83.0), ("late_abandons", 82.7)],
)
def test_service_level_by_each_formula(formula: str, percent: float) -> None:
    answer = answered_and_abandoned().metrics(service_level_formula=formula)["service_level"]
    assert answer.value is not None
    assert round(float(answer.value) * 100, 1) == percent


def test_ofcom_takes_machines_out_of_the_drops() -> None:
    """D 29, H 9, A 7: 64.44 %."""
    story = Story()
    for number in range(45):
        call = f"c{number}"
        story.outbound(call, number)
        machine = number >= 38
        by = "machine" if machine else "human"
        story.leg(call, "B", number, number + 5, number + 60, by=by)
        if number >= 29:
            story.leg(call, "A", number, number + 6, number + 60, agent="a")
        story.end(call, number + 60, "machine" if machine else "completed")
    answers = story.metrics(drop_formula="ofcom")
    assert answers["drop_rate"].value is not None
    assert round(float(answers["drop_rate"].value) * 100, 2) == 64.44
    assert story.metrics()["drop_rate"].numerator == 29
    assert story.metrics()["drop_rate"].denominator == 38
    assert story.metrics(drop_formula="answered")["drop_rate"].denominator == 45


def test_the_coats() -> None:
    """900 exposed, 270 orders at 150; 100 control, 10 at 100: 41,500 - 10,000 = 31,500."""
    story = Story()
    goal = {"name": "buy", "type": "sale"}
    story.tell(
        "campaign.defined",
        -9,
        campaign="coats",
        name="Coats",
        direction="inbound",
        channel="web",
        goal=goal,
    )
    for number in range(1000):
        visit, control = f"v{number}", number >= 900
        campaigns = [] if control else ["coats"]
        held = ["coats"] if control else []
        story.tell(
            "visit.started", 0, visit=visit, visitor=visit, campaigns=campaigns, control=held
        )
        if not control:
            story.tell(
                "exposure.shown", 1, visit=visit, campaign="coats", engagement="e", kind="content"
            )
        if number < 270 or number >= 990:
            amount = 100 if control else 150
            story.tell("goal.reached", 9, visit=visit, goal="buy", goal_type="sale", revenue=amount)
    answers = story.metrics()
    assert answers["incremental_revenue"].value == 31_500
    assert answers["incremental_conversions"].value == 280 - 100
    assert answers["prospects"].value == 1000
    assert answers["control_rate"].value == pytest.approx(0.1)
    assert answers["aov_exposed"].value == 150
    assert answers["aov_control"].value == 100
    assert answers["view_through_rate"].value == pytest.approx(0.3)


def test_a_contact_tried_three_times() -> None:
    """No answer, busy, supporter: three dials, one contact, two retries."""
    story = Story()
    for attempt, reason in enumerate(("no_answer", "busy", "completed"), start=1):
        call = f"c{attempt}"
        story.outbound(call, attempt * 100, contact="k", attempt=attempt)
        answered = attempt * 100 + 9 if reason == "completed" else None
        story.leg(call, "B", attempt * 100, answered, attempt * 100 + 20, by="human")
        story.end(call, attempt * 100 + 20, reason)
    answers = story.metrics()
    assert answers["dials"].value == 3
    assert answers["contacts_reached"].value == 1
    assert answers["retry_share"].numerator == 2
    assert answers["contact_rate"].numerator == 1
    assert answers["contact_rate"].denominator == 3
