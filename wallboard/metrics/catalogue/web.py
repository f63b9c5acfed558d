"""Web campaigns: who was to see them, who did, what they did and bought, and what was gained."""

from typing import Final

from wallboard.metrics.catalogue.web_queries import (
    AFTER_CHAT,
    AFTER_CLICK,
    AVERAGES,
    CHATTED,
    CLICKED,
    CONTRIBUTION,
    ENGAGED,
    GOALS_AFTER,
    INCREMENTAL,
    REVENUE_AFTER,
    VIEWED_ONLY,
    converted,
    goals_of_type,
    orders,
    revenue,
)
from wallboard.metrics.metric import Count, Metric, Query, Ratio, Total

ORIGIN: Final = "web campaigns: data bar and campaign dashboard"
"""Where the entries come from."""

_HELD: Final = "visit_campaigns.arm = 'control'"
_HELD_CONVERTED: Final = f"CASE WHEN {_HELD} AND {converted('visit_campaigns')} THEN 1 END"
_HELD_ORDERS: Final = f"CASE WHEN {_HELD} THEN {orders('visit_campaigns')} END"
_HELD_REVENUE: Final = f"CASE WHEN {_HELD} THEN {revenue('visit_campaigns')} END"

WEB: Final = (
    Metric(
        number="W1",
        slug="prospects",
        title="Prospects",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="visits eligible for the campaign",
        tells="How many visits the campaign was meant for.",
        misleads="Visits held back for comparison are in it, though they never see the campaign.",
        origin=ORIGIN,
        needs=("visit.started",),
        reckoning=Count(Total("1", "prospects")),
    ),
    Metric(
        number="W2",
        slug="exposures",
        title="Exposures",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="graphical engagements displayed (invitation, button, content)",
        tells="How often the campaign showed an invitation, a button or content.",
        misleads="It counts what was shown, not visits: one visit may be shown ten things.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown"),
        reckoning=Count(Total("1", "exposures")),
    ),
    Metric(
        number="W3",
        slug="engagements",
        title="Engagements",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="clicks on content and interactive chats",
        tells="How often a visitor answered: clicked on content or really chatted.",
        misleads=(
            "A click on an invitation or a button is none, nor is a chat in which one side stayed"
            " silent."
        ),
        origin=ORIGIN,
        needs=("visit.started", "engagement.made"),
        reckoning=Count(Total(ENGAGED, "engagements")),
    ),
    Metric(
        number="W4",
        slug="conversions",
        title="Conversions",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula=(
            "business goals (sale, lead) reached by visits exposed to the campaign, engaged or not"
        ),
        tells="How many sales and leads came of visits that saw the campaign.",
        misleads="Seen is not caused: some would have bought anyway, as the control group shows.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Count(Total(goals_of_type("sale", "lead"), "exposed")),
    ),
    Metric(
        number="W5",
        slug="goals_reached",
        title="Goals reached",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="assisting goals (page_views, other) reached by visits exposed to the campaign",
        tells=(
            "How many smaller goals, such as pages read, were reached by visits that saw the "
            "campaign."
        ),
        misleads="A page goal may be reached over and over by one visit, and each time counts.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Count(Total(goals_of_type("page_views", "other"), "exposed")),
    ),
    Metric(
        number="W6",
        slug="chat_conversion_rate",
        title="Conversion rate after chat",
        category="campaign",
        scope="web",
        unit="ratio",
        better="up",
        formula=(
            "exposed visits with an interactive chat before a goal / exposed visits with an "
            "interactive chat"
        ),
        tells="How many visits that chatted with us went on to the goal.",
        misleads="Who starts a chat is often about to buy: compare with the control group.",
        origin=ORIGIN,
        needs=("visit.started", "engagement.made", "goal.reached"),
        reckoning=Ratio(Total(AFTER_CHAT, "exposed"), Total(CHATTED, "exposed")),
    ),
    Metric(
        number="W7",
        slug="view_through_rate",
        title="View-through conversion rate",
        category="campaign",
        scope="web",
        unit="ratio",
        better="up",
        formula=(
            "visits exposed to content, without click or chat, that reached the goal / visits "
            "exposed to content without click or chat"
        ),
        tells="How many visits that only looked at the content reached the goal.",
        misleads="Content may be shown far down a page that nobody scrolled to.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Ratio(
            Total(f"CASE WHEN {VIEWED_ONLY} AND {converted('exposures')} THEN 1 END", "exposed"),
            Total(VIEWED_ONLY, "exposed"),
        ),
    ),
    Metric(
        number="W8",
        slug="click_through_rate",
        title="Click-through conversion rate",
        category="campaign",
        scope="web",
        unit="ratio",
        better="up",
        formula="visits that clicked content before the goal / visits that clicked content",
        tells="How many visits that clicked the content went on to the goal.",
        misleads="Few clicks make it jump: read it beside their number.",
        origin=ORIGIN,
        needs=("visit.started", "engagement.made", "goal.reached"),
        reckoning=Ratio(Total(AFTER_CLICK, "exposed"), Total(CLICKED, "exposed")),
    ),
    Metric(
        number="W9",
        slug="control_rate",
        title="Control group conversion rate",
        category="campaign",
        scope="web",
        unit="ratio",
        better="none",
        formula="control visits that reached the goal / control visits",
        tells=(
            "How many visits reach the goal with no campaign at all: what every other rate is to "
            "be held against."
        ),
        misleads="A control group of a few dozen visits says next to nothing.",
        origin=ORIGIN,
        needs=("visit.started", "goal.reached"),
        reckoning=Ratio(Total(_HELD_CONVERTED, "prospects"), Total(_HELD, "prospects")),
    ),
    Metric(
        number="W10",
        slug="goal_type_average",
        title="Average of campaigns with the same goal type",
        category="campaign",
        scope="web",
        unit="ratio",
        better="none",
        formula="mean conversion rate over all campaigns of that goal type",
        tells="What campaigns with the same kind of goal usually reach.",
        misleads="Each campaign counts the same, the tiny ones too.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Query(AVERAGES, "goal_peers", part="all"),
        breakdown=Query(AVERAGES, "goal_peers", part="type"),
    ),
    Metric(
        number="W11",
        slug="goals_after_engagement",
        title="Conversions after chats or content clicks",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="goals reached after an interactive chat or a content click",
        tells="How often the goal was reached after the visitor had answered the campaign.",
        misleads="A visit that reaches its goal twice counts twice.",
        origin=ORIGIN,
        needs=("visit.started", "engagement.made", "goal.reached"),
        reckoning=Count(Total(GOALS_AFTER, "engaged")),
    ),
    Metric(
        number="W12",
        slug="contribution",
        title="Campaign contribution to goals",
        category="campaign",
        scope="web",
        unit="breakdown",
        better="none",
        formula=(
            "per goal of any campaign: times reached by visits exposed to this campaign, and "
            "share of the goal's total"
        ),
        tells="What the campaign did for all goals, its own and others.",
        misleads="Visits that saw several campaigns count in full for each of them.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Query(CONTRIBUTION, "exposed_goals"),
    ),
    Metric(
        number="W13",
        slug="revenue_after_engagement",
        title="Revenue after chats or content clicks",
        category="campaign",
        scope="web",
        unit="money",
        better="up",
        formula=(
            "revenue of sale goals reached after an interactive chat or content click; sale "
            "campaigns only"
        ),
        tells="What was sold after the visitor had answered the campaign.",
        misleads="After is not because of; orders that gave no revenue count as nothing.",
        origin=ORIGIN,
        needs=("visit.started", "engagement.made", "goal.reached"),
        reckoning=Count(Total(REVENUE_AFTER, "engaged")),
    ),
    Metric(
        number="W14",
        slug="aov_exposed",
        title="Average order value, exposed",
        category="campaign",
        scope="web",
        unit="money",
        better="up",
        formula="revenue / orders of exposed visits",
        tells="How large the orders of those are who saw the campaign.",
        misleads="One huge order moves it; without the control group beside it, it proves nothing.",
        origin=ORIGIN,
        needs=("visit.started", "exposure.shown", "goal.reached"),
        reckoning=Ratio(
            Total(revenue("exposures"), "exposed"), Total(orders("exposures"), "exposed")
        ),
    ),
    Metric(
        number="W15",
        slug="aov_control",
        title="Average order value, control",
        category="campaign",
        scope="web",
        unit="money",
        better="none",
        formula="revenue / orders of control visits",
        tells="How large the orders are without the campaign.",
        misleads="Control groups are small, so that a single order decides.",
        origin=ORIGIN,
        needs=("visit.started", "goal.reached"),
        reckoning=Ratio(Total(_HELD_REVENUE, "prospects"), Total(_HELD_ORDERS, "prospects")),
    ),
    Metric(
        number="W16",
        slug="incremental_conversions",
        title="Incremental conversions",
        category="campaign",
        scope="web",
        unit="count",
        better="up",
        formula="conversions of all visits - all visits x control rate",
        tells="How many conversions there are that there would not have been without the campaign.",
        misleads="With a small control group chance alone makes it large, or negative.",
        origin=ORIGIN,
        needs=("visit.started", "goal.reached"),
        reckoning=Query(INCREMENTAL, "prospects", part="conversions"),
    ),
    Metric(
        number="W17",
        slug="incremental_revenue",
        title="Incremental revenue",
        category="campaign",
        scope="web",
        unit="money",
        better="up",
        formula=(
            "actual revenue of all visits - all visits x control rate x control average order "
            "value. Check: 900 exposed, 270 buy at 150; 100 control, 10 buy at 100: 41,500 - "
            "10,000 = 31,500 (a published worked example prints 31,000: its own slip)"
        ),
        tells="How much revenue there is that there would not have been without the campaign.",
        misleads="With no order in the control group everything counts as gained.",
        origin=ORIGIN,
        needs=("visit.started", "goal.reached"),
        reckoning=Query(INCREMENTAL, "prospects", part="revenue"),
    ),
)
