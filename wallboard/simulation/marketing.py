"""Money spent on advertising through the day, and the touches that precede calls."""

from typing import TYPE_CHECKING

from wallboard.simulation.attribution import SOURCES, draw_attribution
from wallboard.simulation.lines import ACCOUNTS
from wallboard.simulation.population import draw_person
from wallboard.simulation.stage import Stage, Steps

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

PARTS_OF_DAY = 4
"""How often a day the ad platforms report what was spent since."""
USUAL_AGENTS = 64
"""The size of center that the daily spend of the sources is meant for."""


def spend(stage: Stage) -> Steps:
    """Report the spend of each source, a part of the day's at a time."""
    scale = stage.plan.agents / USUAL_AGENTS / PARTS_OF_DAY
    for _ in range(PARTS_OF_DAY):
        yield stage.wait(stage.block.seconds / (PARTS_OF_DAY + 1))
        for _source, channel, _medium, campaign, keyword, _page, _share, daily in SOURCES:
            if not daily:
                continue
            identity = stage.identify("x")
            data: Data = {
                "spend": identity,
                "account": stage.random.choice(ACCOUNTS[1:]).id,
                "channel": channel,
                "amount": round(daily * scale * stage.random.uniform(0.8, 1.2), 2),
                "day": f"{stage.block.local(stage.now):%Y-%m-%d}",
            }
            if campaign:
                data["campaign"] = campaign
            if keyword:
                data["keyword"] = keyword
            stage.emit("spend.recorded", identity, data)


def touches(stage: Stage) -> Steps:
    """People see advertisements and pages; now and then one of them calls afterwards."""
    hourly = stage.plan.busiest_hour * 0.4
    while stage.now < stage.closing:
        yield stage.wait(stage.random.expovariate(hourly / 3600))
        touch(stage, draw_person(stage.random).number, draw_attribution(stage.random))


def touch(stage: Stage, phone: str, seen: "Data") -> None:
    """Somebody with this number came across an advertisement or a page."""
    identity = stage.identify("t")
    data: Data = {"touch": identity, "phone": phone, "source": seen["source"]}
    data |= {key: seen[key] for key in ("channel", "medium", "campaign", "keyword") if key in seen}
    if "landing_page" in seen:
        data["page"] = seen["landing_page"]
    stage.emit("touch.recorded", identity, data)
