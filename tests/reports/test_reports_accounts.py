"""The reports of accounts: services, activity, lists, attempts, contacts and contact centers."""

import pytest

from tests.questions.conftest import NOON, Cache
from tests.reports.asking import rows_of, written
from tests.reports.stories import dial
from wallboard.feeds.coverage import Span


@pytest.fixture
def account(cache: Cache) -> Cache:
    """An account in New York with a campaign of calls and one of messages."""
    cache.say("account.defined", -9_000, account="acme", name="Acme", time_zone="America/New_York")
    for campaign, channel in (("vote", "voice"), ("texts", "sms")):
        cache.say(
            "campaign.defined", -9_000, campaign=campaign, name=campaign.title(),
            direction="outbound", channel=channel, account="acme",
        )  # fmt: skip
    cache.say("contact.added", -9_000, contact="k1", name="Zoë Ng", phone="+14155550171", list="l1")
    dial(cache, "c1", -500, campaign="vote", contact="k1", account="acme", agent="ana")
    dial(cache, "c2", -400, campaign="vote", contact="k1", account="acme", agent="ana", by="fax")
    dial(cache, "c3", -300, campaign="vote", contact="k1", account="acme")
    for number, fate in enumerate(("delivered", "failed", None)):
        message = f"m{number}"
        cache.say(
            "message.sent", -200 + number, message=message, campaign="texts", contact="k1",
            channel="sms", to="+14155550171", sub_campaign="north",
        )  # fmt: skip
        if fate is not None:
            reason = {"reason": "no such number"} if fate == "failed" else {}
            cache.say(f"message.{fate}", -150, message=message, **reason)
    cache.say("contact.filtered", -100, contact="k2", campaign="vote", reason="do_not_call")
    return cache.feed()


def test_activity(account: Cache) -> None:
    """A fax is not delivered, a message that is on its way neither delivered nor failed."""
    rows = rows_of(account, "account-activity", account="acme")
    assert [tuple(row.values()) for row in rows] == [
        ("texts", 3, 1, 0.333333, 1, 0, "Texts"),
        ("vote", 3, 1, 0.333333, 2, 1, "Vote"),
    ]
    assert [row["campaign"] for row in rows_of(account, "account-activity", campaign="vote")] == [
        "vote"
    ]
    assert rows_of(account, "account-activity", account="other") == []


def test_attempts_and_contacts(account: Cache) -> None:
    """Calls and messages in order of time; the contacts who were filtered beside them."""
    attempts = rows_of(account, "all-attempts")
    assert [row["call"] or row["message"] for row in attempts] == [
        "c1", "c2", "c3", "m0", "m1", "m2"
    ]  # fmt: skip
    assert [row["result"] for row in attempts] == [
        "answered", "fax", "no_answer", "delivered", "failed", "sent"
    ]  # fmt: skip
    assert {row["list"] for row in attempts} == {"l1"}
    assert attempts[4]["reason"] == "no such number"
    assert attempts[0]["amd"] == "human"
    assert (attempts[0]["ring_seconds"], attempts[0]["talk_seconds"]) == (10, 60)
    contacts = rows_of(account, "all-contacts")
    assert contacts[:-1] == attempts
    assert (contacts[-1]["contact"], contacts[-1]["reason"]) == ("k2", "do_not_call")
    assert contacts[-1]["result"] == "filtered"
    assert list(contacts[-1]) == list(attempts[0])
    north = rows_of(account, "all-contacts", sub_campaign="north")
    assert [row["message"] for row in north] == ["m0", "m1", "m2"]
    assert len(rows_of(account, "all-contacts", account="acme")) == 7
    assert len(rows_of(account, "all-contacts", list="l1")) == 6


def test_every_direct_connect(account: Cache) -> None:
    """contact-center has each attempt of a call, all-attempts the result of the last."""
    for number, result in enumerate(("busy", "connected")):
        ends = {} if result == "busy" else {"answered": "2024-06-12T11:56:50Z", "talk_seconds": 9}
        account.say(
            "connect.attempted", -250 + number, connect=f"d{number}", call="c1",
            number="+18005550100", started=f"2024-06-12T11:56:3{number}Z", result=result, **ends,
        )  # fmt: skip
    account.feed()
    rows = rows_of(account, "contact-center")
    assert [(row["connect"], row["attempt"], row["result"]) for row in rows] == [
        ("d0", 1, "busy"),
        ("d1", 2, "connected"),
    ]
    assert [(row["talk_seconds"], row["wait"]) for row in rows] == [(None, None), (9, 19)]
    assert {row["campaign"] for row in rows} == {"vote"}
    attempts = {row["call"]: row["connect_result"] for row in rows_of(account, "all-attempts")}
    assert (attempts["c1"], attempts["c2"]) == ("connected", None)


def test_services(cache: Cache) -> None:
    """A line per service, unit and price; use by use beside it; the table totals the amounts."""
    uses = [("voice", 1.5, "minute", 0.1, 0.15), ("voice", 2, "minute", 0.1, 0.2)]
    uses += [("voice", 1, "minute", 0.2, 0.2), ("sms", 1, "message", 0.01, 0.01)]
    for number, (service, quantity, unit, price, amount) in enumerate(uses):
        cache.say(
            "service.used", -500 + number, use=f"u{number}", service=service, quantity=quantity,
            unit=unit, price=price, amount=amount, account="acme", call=f"c{number}",
        )  # fmt: skip
    cache.feed()
    rows = rows_of(cache, "service-summary")
    assert [tuple(row.values()) for row in rows] == [
        ("sms", "message", 1, 0.01, 0.01),
        ("voice", "minute", 3.5, 0.1, 0.35),
        ("voice", "minute", 1, 0.2, 0.2),
    ]
    detail = rows_of(cache, "service-detail", account="acme")
    assert [row["call"] for row in detail] == ["c0", "c1", "c2", "c3"]
    assert rows_of(cache, "service-detail", account="other") == []
    last = written(cache, "service-summary", "table").decode().splitlines()[-1]
    assert last.split() == ["total", "0.56"]


def test_list_audit(cache: Cache) -> None:
    """Records include the rejected ones; a column a reason, 0 where others have it."""
    loads = [("l1", {"duplicate": 3, "invalid": 1}), ("l2", {"duplicate": 2}), ("l3", None)]
    for number, (name, rejects) in enumerate(loads):
        told = {} if rejects is None else {"rejects": rejects}
        cache.say(
            "list.loaded", -100, list=name, name=name.upper(), original_name=f"{name}.csv",
            started=f"2024-06-12T10:00:0{number}Z", finished="2024-06-12T10:01:00Z", records=100,
            rejected=sum((rejects or {}).values()), **told,
        )  # fmt: skip
    cache.feed()
    rows = rows_of(cache, "list-audit")
    assert [(row["list"], row["rejected"], row["accepted"]) for row in rows] == [
        ("l1", 4, 96),
        ("l2", 2, 98),
        ("l3", 0, 100),
    ]
    assert [row["load_seconds"] for row in rows] == [60, 59, 58]
    assert [row["rejects: duplicate"] for row in rows] == [3, 2, None]
    assert [row["rejects: invalid"] for row in rows] == [1, 0, None]
    assert rows_of(cache, "list-audit", list="l2")[0]["original_name"] == "l2.csv"


def test_gaps(cache: Cache) -> None:
    """What touches the period, with how many events are missing where that is known."""
    feeds = cache.ledger.feeds
    feeds.record_gap("main", Span(5, 7), NOON - 60_000, NOON, "the server had them no longer")
    feeds.record_gap("main", None, NOON - 90_000_000, NOON - 80_000_000, "it numbers anew")
    feeds.record_gap("main", Span(1, 2), NOON - 900_000_000, NOON - 800_000_000, "long ago")
    assert [(row["events_missed"], row["recovered"]) for row in rows_of(cache, "gaps")] == [
        (3, False)
    ]
    yesterday = rows_of(cache, "gaps", days=("2024-06-11", "2024-06-11"))
    assert yesterday == [
        {
            "source": "main",
            "from": "2024-06-11T11:00:00+00:00",
            "to": "2024-06-11T13:46:40+00:00",
            "events_missed": None,
            "recovered": False,
            "reason": "it numbers anew",
        }
    ]
