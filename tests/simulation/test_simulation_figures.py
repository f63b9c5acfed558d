"""What a board would show of a simulated day is what a real center would show, loosely."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest

Json = dict[str, Any]
BUSY = {"ringing", "dialling", "on_call", "on_hold", "wrap_up"}


def _seconds(event: Json) -> float:
    return datetime.fromisoformat(event["time"]).timestamp()


@pytest.fixture(scope="module")
def calls(day: list[Json]) -> list[Json]:
    """Each call with its start, its end, its legs and its stays in queues."""
    calls: dict[str, Json] = {}
    legs: dict[str, Json] = {}
    for event in day:
        data, kind, at = event["data"], event["type"], _seconds(event)
        if kind == "call.started":
            calls[data["call"]] = {**data, "legs": [], "stays": [], "at": at, "wrap": 0.0}
        elif kind == "leg.started":
            legs[data["leg"]] = {**data, "hold": 0.0}
            calls[data["call"]]["legs"].append(legs[data["leg"]])
        elif kind == "leg.answered":
            legs[data["leg"]] |= {"answered": at, "by": data.get("by")}
        elif kind == "leg.held":
            legs[data["leg"]]["held"] = at
        elif kind in {"leg.resumed", "leg.ended"}:
            leg = legs[data["leg"]]
            leg["hold"] += at - leg.pop("held", at)
            leg["ended"] = at
        elif kind == "queue.entered":
            calls[data["call"]]["stays"].append((at, data["queue"]))
        elif kind == "call.ended":
            calls[data["call"]] |= {"ended": at, "reason": data["reason"]}
        elif kind == "call.wrapped":
            calls[data["call"]]["wrap"] += data["seconds"]
    return list(calls.values())


def _answer(call: Json) -> float | None:
    answers: list[float] = [
        leg["answered"] for leg in call["legs"] if leg["kind"] in "AS" and "answered" in leg
    ]
    return min(answers, default=None)


def _waited(call: Json, until: float) -> float:
    since: float = call["stays"][0][0] if call["stays"] else call["at"]
    return until - since


def test_callers_are_answered_as_the_targets_ask(day: list[Json], calls: list[Json]) -> None:
    targets = {
        event["data"]["queue"]: event["data"]["service_level"]["seconds"]
        for event in day
        if event["type"] == "queue.defined"
    }
    inbound = [call for call in calls if call["direction"] == "inbound"]
    outcomes: Counter[str] = Counter()
    for call in inbound:
        answer = _answer(call)
        if answer is not None:
            target = targets[call["stays"][0][1]]
            outcomes["within" if _waited(call, answer) <= target else "late"] += 1
        elif call["reason"] == "abandoned":
            outcomes["abandoned" if _waited(call, call["ended"]) >= 5 else "short"] += 1
        elif call["reason"] != "lost":
            outcomes["missed"] += 1
    offered = outcomes.total() - outcomes["short"]
    assert 2_000 < len(inbound) < 4_000
    assert 0.70 < outcomes["within"] / offered < 0.90
    assert 0.02 < outcomes["abandoned"] / offered < 0.08


def test_dials_are_answered_and_dropped_as_dials_are(calls: list[Json]) -> None:
    dials = [call for call in calls if call["direction"] == "outbound"]
    live: Counter[str] = Counter()
    drops: Counter[str] = Counter()
    for call in dials:
        contact = next(leg for leg in call["legs"] if leg["kind"] == "B")
        if contact.get("by") not in {"human", "unknown"} or call["reason"] in {"machine", "fax"}:
            continue
        live[call["campaign"]] += 1
        answer = _answer(call)
        drops[call["campaign"]] += answer is None or answer - contact["answered"] > 2
    assert 4_000 < len(dials) < 12_000
    assert 0.25 < live.total() / len(dials) < 0.35
    assert 0.005 < drops.total() / live.total() < 0.035
    assert all(drops[campaign] / live[campaign] < 0.06 for campaign in live)
    assert Counter(call.get("attempt", 1) for call in dials).keys() == {1, 2, 3}


def test_handling_takes_as_long_as_it_does_in_life(calls: list[Json]) -> None:
    talk = hold = wrap = connected = 0.0
    for call in calls:
        if _answer(call) is None or call["reason"] in {"machine", "fax"}:
            continue
        connected += 1
        wrap += call["wrap"]
        for leg in call["legs"]:
            if leg["kind"] == "A" and "answered" in leg:
                talk += leg["ended"] - leg["answered"] - leg["hold"]
                hold += leg["hold"]
    assert 220 < (talk + hold + wrap) / connected < 380
    assert 20 < wrap / connected < 80


def test_agents_are_busy_but_not_always(day: list[Json]) -> None:
    shown: dict[str, tuple[str, str, float]] = {}
    spent: dict[str, float] = defaultdict(float)
    for event in day:
        if event["type"] != "agent.changed":
            continue
        data, at = event["data"], _seconds(event)
        presence, activity, since = shown.get(data["agent"], ("offline", "idle", at))
        spent[activity if activity != "idle" else presence] += at - since
        presence = data.get("presence", presence)
        shown[data["agent"]] = (presence, data.get("activity", activity), at)
    busy = sum(spent[state] for state in BUSY)
    assert 0.65 < busy / (busy + spent["available"]) < 0.9
    assert 0.05 < spent["paused"] / (busy + spent["available"]) < 0.3
    assert BUSY | {"available", "paused", "fault"} <= spent.keys()


def test_the_night_is_thin_but_not_dead(day: list[Json]) -> None:
    hours = Counter(
        datetime.fromisoformat(event["time"]).hour
        for event in day
        if event["type"] == "call.started" and event["data"]["direction"] == "inbound"
    )
    # The block's zone is four hours behind UTC: 3 at night is 7 there.
    assert len(hours) == 24
    assert 10 < hours[7] < hours[15] / 2


def test_lists_have_as_many_contacts_as_were_accepted_of_them(day: list[Json]) -> None:
    """What is loaded grows with the contacts, and a few in a hundred records are rejected."""
    added = Counter(event["data"]["list"] for event in day if event["type"] == "contact.added")
    lists = {
        event["data"]["list"]: event["data"] for event in day if event["type"] == "list.loaded"
    }
    assert {name: told["records"] - told["rejected"] for name, told in lists.items()} == added
    for told in lists.values():
        assert told["rejected"] == sum(told["rejects"].values()) < told["records"] / 20
        assert told["started"] < told["finished"]
