"""Messages: appointment reminders by SMS and a newsletter by mail."""

from typing import TYPE_CHECKING

from wallboard.simulation.hours import Hours
from wallboard.simulation.lines import CAMPAIGNS, Campaign
from wallboard.simulation.population import draw_person
from wallboard.simulation.stage import Stage, Steps
from wallboard.simulation.usage import use_service

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

WRITTEN = tuple(campaign for campaign in CAMPAIGNS if campaign.channel in {"sms", "email"})
REASONS = ("invalid_number", "unreachable", "opted_out")


def send_messages(stage: Stage, hours: Hours, campaign: Campaign) -> Steps:
    """Send while people may be called, a few for every agent and hour."""
    rate = stage.plan.agents * 0.35 / 3600
    while stage.now < stage.closing - 300:
        yield stage.wait(stage.random.expovariate(rate))
        if hours.may_dial(stage.now) and stage.now < stage.closing:
            _send(stage, campaign)


def _send(stage: Stage, campaign: Campaign) -> None:
    random = stage.random
    message = stage.identify("m")
    person = draw_person(random)
    sms = campaign.channel == "sms"
    data: Data = {
        "message": message,
        "campaign": campaign.id,
        "to": person.number if sms else f"{person.number[1:]}@mail.example",
        "attempt": 1,
        "channel": campaign.channel,
        "service": campaign.channel,
    }
    stage.emit("message.sent", message, data)
    use_service(stage, campaign.channel, campaign.account, 1, campaign=campaign.id, message=message)
    kind = "message.delivered" if random.random() < 0.96 else "message.failed"
    result: Data = {"message": message}
    if kind == "message.failed":
        result["reason"] = random.choice(REASONS)
    stage.after(random.uniform(0.5, 40), lambda: stage.emit(kind, message, result))
