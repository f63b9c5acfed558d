"""Marketing, messages, services, reporting, agents: what is told beside calls and visits."""

from tests.agreement.generation.places import PHONES, Place
from tests.agreement.generation.teller import ABSENT, Teller, written

DAY = 86_400_000
SOURCES = ("search", "social", "mail", "radio")


def marketing(teller: Teller, place: Place, at: int, number: int) -> None:
    """A touch, a spend, a number shown, a pool sampled."""
    teller.tell(
        "touch.recorded",
        at,
        touch=f"touch-{number}",
        source=teller.pick(SOURCES),
        channel=teller.maybe(0.7, teller.pick(("paid", "organic"))),
        phone=teller.maybe(0.6, teller.pick((*PHONES, "anonymous"))),
        contact=teller.maybe(0.5, teller.pick(place.contacts)),
    )
    if teller.chance(0.1):
        other = teller.pick(SOURCES)
        teller.tell("touch.recorded", at + 60_000, touch=f"touch-{number}", source=other)
    if number % 4 == 0:
        teller.tell(
            "spend.recorded",
            at,
            spend=f"spend-{number}",
            amount=teller.pick((0, 10, 33.33, 0.1)),
            day=written(at + teller.pick((-DAY, 0, 0)), "UTC", 0)[:10],
            account=teller.maybe(0.5, teller.pick(place.accounts)),
            campaign=teller.maybe(0.7, f"campaign-{teller.pick('xyz')}"),
        )
    correct = teller.chance(0.8)
    teller.tell("number.shown", at, shown=f"shown-{number % 20}", pool="p", correct=correct)
    size = teller.pick((0, 10, 20))
    in_use = min(size, teller.pick((0, 5, 10)))
    pool = f"{teller.source}-{teller.pick('ab')}"
    teller.tell("pool.sampled", at, pool=pool, size=size, in_use=in_use)


def met(teller: Teller, touch: str, phone: str | None, at: int) -> None:
    """Touches of a caller just before, exactly at, and just after a call."""
    for number, later in enumerate((-1, 0, 0, 1)):
        if teller.chance(0.5):
            name, source = f"{touch}-{number}", teller.pick(SOURCES)
            teller.tell("touch.recorded", at + later, touch=name, source=source, phone=phone)


def reporting(teller: Teller, place: Place, at: int, number: int) -> None:
    """A delivery (on the dot, late, never), an audit, a view."""
    account = teller.pick(place.accounts)
    delivered = teller.pick((0, -60_000, 1, 3_600_000, None))
    teller.tell(
        "report.delivered",
        at,
        delivery=f"delivery-{number}",
        report="weekly",
        account=account,
        due=teller.time(at),
        delivered=None if delivered is None else teller.time(at + delivered),
        white_label=teller.chance(0.5),
        right_recipients=teller.maybe(0.6, teller.chance(0.8)),
        right_data=teller.maybe(0.6, teller.chance(0.8)),
    )
    audit, correct = f"audit-{number}", teller.chance(0.7)
    teller.tell(
        "report.audited", at, audit=audit, account=account, report="weekly", correct=correct
    )
    user = f"{account}-{teller.pick(('owner', 'viewer', 'manager', 'nobody'))}"
    view = f"view-{number}"
    if teller.chance(0.8):
        teller.tell("dashboard.viewed", at, view=view, user=user, account=account, dashboard="main")


def messages(teller: Teller, place: Place, at: int, number: int) -> None:
    """A message, a service used, a list loaded, a contact filtered, a connect attempted."""
    message, channel = f"message-{number}", teller.pick(("sms", "email", "push"))
    campaign = teller.pick(place.outbound)
    teller.tell("message.sent", at, message=message, campaign=campaign, channel=channel)
    kind = teller.pick(("message.delivered", "message.failed"))
    teller.tell(kind, at + 2_000, message=message)
    teller.tell(
        "service.used",
        at,
        use=f"use-{number}",
        service="sms",
        quantity=teller.pick((0, 1, 2)),
        unit="message",
        price=0.05,
        amount=0.1,
    )
    teller.tell(
        "list.loaded",
        at,
        list=f"list-{number}",
        name="List",
        started=teller.time(at),
        finished=teller.time(at + 1_000),
        records=10,
        rejected=2,
        rejects={"invalid": 2},
    )
    contact = teller.pick(place.contacts)
    teller.tell("contact.filtered", at, contact=contact, reason="do_not_call", list=ABSENT)
    teller.tell(
        "connect.attempted",
        at,
        connect=f"connect-{number}",
        call=f"call-{number}",
        number=PHONES[0],
        started=teller.time(at),
        result="busy",
    )


def floor(teller: Teller, place: Place, at: int) -> None:
    """A change of an agent's presence or activity."""
    teller.tell(
        "agent.changed",
        at,
        agent=teller.pick(place.agents),
        presence=teller.maybe(0.6, teller.pick(("available", "paused", "available", "offline"))),
        activity=teller.maybe(0.7, teller.pick(("idle", "on_call", "wrap_up", "ringing", "fault"))),
        queues=teller.maybe(0.4, [queue for queue in place.queues if teller.chance(0.5)]),
    )
