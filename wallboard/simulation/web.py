"""Visits to the clients' pages: what is shown there, who engages, and which goals are reached."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any
from zlib import crc32

import simpy

from wallboard.simulation.attribution import draw_attribution
from wallboard.simulation.hours import Hours
from wallboard.simulation.lines import CAMPAIGNS, Campaign
from wallboard.simulation.stage import Stage, Steps

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

VISITS_PER_CALL = 0.25
"""Visits for each inbound call of the same hour."""
READS_PRICES = 4
"""One in so many visitors reads what things cost."""
READING_SECONDS = 45
WEB = tuple(campaign for campaign in CAMPAIGNS if campaign.channel == "web")
POOL = "oak-numbers"
POOL_SIZE = 40


def visits(stage: Stage, hours: Hours) -> Steps:
    """Let visitors come, as many as the hour brings, until the block closes."""
    busiest = stage.plan.busiest_hour * VISITS_PER_CALL / 3600
    while stage.now < stage.closing:
        yield stage.wait(min(600, stage.random.expovariate(busiest * hours.arrivals(stage.now))))
        if stage.now < stage.closing - 300:
            stage.run(_visit(stage))


def pool(stage: Stage) -> Steps:
    """Sample now and then how many of the tracking numbers are in use."""
    while stage.now < stage.closing:
        sample: Data = {"pool": POOL, "size": POOL_SIZE, "in_use": stage.random.randint(4, 31)}
        stage.emit("pool.sampled", POOL, sample)
        yield stage.wait(1_800)


def _visit(stage: Stage) -> Steps:
    random = stage.random
    visit = stage.identify("v")
    campaign = random.choice(WEB)
    control = random.random() < (campaign.control_share or 0)
    data: Data = {
        "visit": visit,
        "visitor": f"w{random.randrange(20_000)}",
        "campaigns": [] if control else [campaign.id],
        "control": [campaign.id] if control else [],
        "page": random.choice(("/", "/offers", "/energy")),
        "attribution": draw_attribution(random),
    }
    stage.emit("visit.started", visit, data)
    if random.random() < 0.5:
        shown: Data = {
            "shown": f"{visit}-n",
            "visit": visit,
            "pool": POOL,
            "number": f"+131255501{random.randrange(60, 100)}",
            "correct": random.random() < 0.985,
        }
        stage.emit("number.shown", f"{visit}-n", shown)
    if crc32(visit.encode()) % READS_PRICES == 0:
        stage.after(READING_SECONDS, lambda: _read_prices(stage, visit))
    rate = 0.06
    if not control and random.random() < 0.8:
        rate = yield from _exposure(stage, visit, campaign)
    if random.random() < rate:
        yield stage.wait(random.uniform(20, 120))
        _goal(stage, visit, campaign)


def _exposure(stage: Stage, visit: str, campaign: Campaign) -> Generator[simpy.Event, Any, float]:
    """Show something; returns how likely the visitor reaches the goal afterwards."""
    random = stage.random
    yield stage.wait(random.uniform(3, 30))
    engagement = f"{campaign.id}-{random.randint(1, 3)}"
    kind = random.choice(("invitation", "button", "content", "content"))
    where: Data = {"visit": visit, "campaign": campaign.id, "engagement": engagement}
    stage.emit("exposure.shown", visit, {**where, "kind": kind})
    if random.random() >= 0.22:
        return 0.075
    yield stage.wait(random.uniform(4, 40))
    if kind == "content":
        stage.emit("engagement.made", visit, {**where, "kind": "click"})
    else:
        chat: Data = {**where, "kind": "chat", "interactive": random.random() < 0.8}
        stage.emit("engagement.made", visit, chat)
    return 0.2


def _read_prices(stage: Stage, visit: str) -> None:
    """A goal on the way, of no campaign of its own."""
    data: Data = {"visit": visit, "goal": "Prices read", "goal_type": "page_views"}
    stage.emit("goal.reached", visit, data)


def _goal(stage: Stage, visit: str, campaign: Campaign) -> None:
    name, kind = campaign.goal or ("Page", "page_views")
    data: Data = {"visit": visit, "goal": name, "goal_type": kind, "campaign": campaign.id}
    if kind == "sale":
        data |= {"order": stage.identify("w"), "revenue": round(stage.around(120, 0.5), 2)}
    stage.emit("goal.reached", visit, data)
