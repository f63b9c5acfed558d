"""Definitions: some before everything, some changed on the way, some too late."""

from typing import Any

from tests.agreement.generation.places import PHONES, Place
from tests.agreement.generation.teller import ABSENT, Teller

DAY = 86_400_000


def define_accounts(teller: Teller, place: Place, start: int) -> None:
    before = start - DAY
    for number, account in enumerate(place.accounts):
        teller.tell(
            "account.defined",
            before,
            account=account,
            name=account.title(),
            client=(ABSENT, True, False)[number],
            setup=(0.5, 1, ABSENT)[number],
            tracking_ready=True,
        )
        for role, client in (("owner", True), ("viewer", True), ("manager", False)):
            user = f"{account}-{role}"
            intended = teller.maybe(0.5, role != "viewer")
            teller.tell(
                "user.defined",
                before,
                user=user,
                account=account,
                role=role,
                client=client,
                intended=intended,
                active=teller.maybe(0.5, True),
            )
    teller.tell(
        "account.defined", start + DAY // 2, account=place.accounts[0], name="Acme", setup=0.75
    )


def define_campaigns(teller: Teller, place: Place, start: int) -> None:
    before = start - DAY
    for number, campaign in enumerate(dict.fromkeys(place.inbound + place.outbound)):
        direction = "inbound" if campaign in place.inbound else "outbound"
        teller.tell(
            "campaign.defined",
            before + number,
            campaign=campaign,
            name=campaign.title(),
            account=teller.maybe(0.7, place.accounts[0]),
            direction="blended" if campaign == "blend" else direction,
            channel="voice",
            drop_limit=(ABSENT, 0.05, None)[number % 3],
            drop_seconds=(ABSENT, 1.5, 3)[number % 3],
            service_level=(ABSENT, {"seconds": 30, "share": 0.9}, None)[number % 3],
            starts=teller.time(start + DAY) if number == 1 else ABSENT,
            ends=teller.time(start + 2 * DAY) if number == 2 else ABSENT,
        )
    teller.tell(
        "campaign.defined",
        before,
        campaign=place.sub,
        name="East",
        parent=place.outbound[0],
        direction="outbound",
        channel="voice",
    )
    for campaign in place.web:
        name, kind = place.goals[campaign]
        teller.tell(
            "campaign.defined",
            before,
            campaign=campaign,
            name=campaign.title(),
            direction="inbound",
            channel="web",
            goal={"name": name, "type": kind},
            control_share=0.1,
        )
    teller.tell(
        "campaign.defined",
        start + DAY,
        campaign=place.outbound[0],
        name="Spring again",
        direction="outbound",
        channel="voice",
        drop_seconds=2.5,
    )


def define_floor(teller: Teller, place: Place, start: int) -> None:
    """Queues, agents and contacts; the third queue is defined only in the midst."""
    targets = ({"seconds": 15, "share": 0.8}, ABSENT, {"seconds": 10, "share": 0.7})
    for number, queue in enumerate(place.queues):
        if queue == "undefined":
            continue
        teller.tell(
            "queue.defined",
            start + DAY // 2 if number == 2 else start - DAY,
            queue=queue,
            name=queue.title(),
            service_level=targets[number],
            short_abandon_seconds=(3, ABSENT, 0)[number],
        )
    changed: dict[str, Any] = {
        "queue": place.queues[0],
        "name": "Support",
        "service_level": {"seconds": 25.5, "share": 0.8},
    }
    teller.tell("queue.defined", start + DAY, **changed)
    teller.tell(
        "queue.defined",
        start + 2 * DAY,
        queue=place.queues[0],
        name="Support",
        short_abandon_seconds=None,
    )
    for number, agent in enumerate(place.agents):
        if agent != "unknown":
            teller.tell(
                "agent.defined",
                start - DAY,
                agent=agent,
                name=agent.title(),
                team=("red", "blue", None)[number % 3],
            )
    moved = place.agents[1]
    teller.tell("agent.defined", start + DAY, agent=moved, name=moved.title(), team="red")
    for number, contact in enumerate(place.contacts):
        teller.tell(
            "contact.added",
            start - DAY,
            contact=contact,
            phone=teller.maybe(0.8, PHONES[number % len(PHONES)]),
            name=f"Contact {number}",
            tags=["new"],
        )
        if number % 3 == 0:
            teller.tell(
                "contact.added", start, contact=contact, phone=PHONES[-1 - number % len(PHONES)]
            )


def define(teller: Teller, place: Place, start: int) -> None:
    """All definitions of a feed."""
    define_accounts(teller, place, start)
    define_campaigns(teller, place, start)
    define_floor(teller, place, start)
