"""The keys that screens have in common."""

from typing import Final

from wallboard.screens.key import Key

EVERYWHERE: Final = (
    Key("1", "1", "floor", "app.show('floor')", "the floor: rates, queues, agents, hours"),
    Key("2", "2", "calls", "app.show('calls')", "the calls, live first"),
    Key("3", "3", "agents", "app.show('agents')", "the agents, ranked"),
    Key(
        "4", "4", "campaigns", "app.show('campaigns')", "the campaigns, what needs acting on first"
    ),
    Key("5", "5", "metrics", "app.show('metrics')", "every metric of the catalogue"),
    Key("6", "6", "reports", "app.show('reports')", "the reports: read and export"),
    Key("7", "7", "feed", "app.show('feed')", "the feeds: state, gaps, what could not be used"),
    Key(
        "8",
        "8",
        "alarms",
        "app.show('alarms')",
        "the alarms that stand, and those that are over",
    ),
)
FILTERS: Final = (
    Key("c", "c", "campaign", "app.choose('campaign')", "look at one campaign only"),
    Key("u", "u", "queue", "app.choose('queue')", "look at one queue only"),
    Key("t", "t", "team", "app.choose('team')", "look at one team only"),
    Key("x", "x", "clear", "app.clear_scope", "look at everything again"),
)
PERIOD: Final = Key("p", "p", "period", "app.choose_period", "look at another period")
"""For screens that look at a period."""
LAST: Final = (
    Key("question_mark", "?", "help", "app.explain", "explain this screen"),
    Key("q", "q", "quit", "app.quit", "leave the board; collecting goes on if another does it"),
)
