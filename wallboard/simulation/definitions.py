"""What a board must know before the first call: accounts, campaigns, queues and agents."""

from typing import TYPE_CHECKING

from wallboard.simulation.lines import ACCOUNTS, CAMPAIGNS, QUEUES
from wallboard.simulation.roster import Worker
from wallboard.simulation.stage import Stage

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

DROP_SECONDS = 2
ROLES = ("owner", "analyst", "viewer")


def define(stage: Stage, roster: list[Worker]) -> None:
    """Tell everything that is set up; each block does so anew, so that each can stand alone."""
    for account in ACCOUNTS:
        data: Data = {
            "account": account.id,
            "name": account.name,
            "client": account.parent is not None,
            "time_zone": stage.plan.time_zone,
            "setup": account.setup,
            "tracking_ready": account.tracking_ready,
        }
        if account.parent:
            data["parent"] = account.parent
        stage.emit("account.defined", account.id, data)
        for role in ROLES:
            user = f"{account.id}-{role}"
            known: Data = {"user": user, "account": account.id, "role": role}
            stage.emit("user.defined", user, {**known, "client": account.parent is not None})
    define_targets(stage, 1.0)
    for worker in roster:
        data = {
            "agent": worker.id,
            "name": worker.name,
            "team": worker.team,
            "skills": [*worker.queues, *worker.campaigns],
        }
        stage.emit("agent.defined", worker.id, data)


def define_targets(stage: Stage, speed: float) -> None:
    """Campaigns and queues; where time runs faster, what they allow shrinks with everything."""
    for campaign in CAMPAIGNS:
        data: Data = {
            "campaign": campaign.id,
            "name": campaign.name,
            "account": campaign.account,
            "direction": campaign.direction,
            "channel": campaign.channel,
        }
        if campaign.parent:
            data["parent"] = campaign.parent
        if campaign.goal:
            data["goal"] = {"name": campaign.goal[0], "type": campaign.goal[1]}
        if campaign.control_share is not None:
            data["control_share"] = campaign.control_share
        if campaign.drop_limit is not None:
            data["drop_limit"] = campaign.drop_limit
            data["drop_seconds"] = round(DROP_SECONDS / speed, 4)
        if campaign.service_level:
            seconds, share = campaign.service_level
            data["service_level"] = {"seconds": round(seconds / speed, 4), "share": share}
        stage.emit("campaign.defined", campaign.id, data)
    for queue in QUEUES:
        data = {
            "queue": queue.id,
            "name": queue.name,
            "service_level": {
                "seconds": round(queue.target_seconds / speed, 4),
                "share": queue.target_share,
            },
            "short_abandon_seconds": round(queue.short_abandon_seconds / speed, 4),
        }
        stage.emit("queue.defined", queue.id, data)
