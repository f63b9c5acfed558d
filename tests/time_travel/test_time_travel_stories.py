"""What is rare, at every one of its instants: long calls, late words, later names and targets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.time_travel.knowing import (
    FILTERS,
    Json,
    collected,
    known_at,
    lists_at,
    reading,
    time_of,
    up_to,
)
from wallboard.questions import name_conditions, past_terms
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CALENDAR = Calendar("UTC")
MINUTE, HOUR = 60, 3_600


class Story:
    """Events told one after another; `at` is in seconds from noon."""

    def __init__(self) -> None:
        self.events: list[Json] = []

    def tell(self, kind: str, at: float, /, **data: Any) -> None:
        """Tell one event."""
        number = len(self.events) + 1
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"e{number}",
                "source": "/a",
                "type": kind,
                "time": (NOON + timedelta(seconds=at)).isoformat(),
                "sequence": str(number),
                "data": data,
            }
        )

    def answered(self, call: str, at: float, wait: float, talk: float) -> None:
        """A call that waits in the queue q and is answered."""
        self.tell("call.started", at, call=call, direction="inbound", campaign="x")
        self.tell("queue.entered", at, call=call, queue="q")
        self.tell("leg.started", at, call=call, leg=f"l{call}", kind="A", agent="ann")
        self.tell("leg.answered", at + wait, call=call, leg=f"l{call}")
        self.tell("queue.left", at + wait, call=call, queue="q", reason="answered")
        self.tell("leg.ended", at + wait + talk, call=call, leg=f"l{call}", cause="completed")
        self.tell("call.ended", at + wait + talk, call=call, reason="completed")


def long_calls(story: Story) -> None:
    """One that waits for two hours, one of two days, and one that never ends."""
    story.tell("call.started", -50 * HOUR, call="open", direction="inbound")
    story.answered("waits", -3 * HOUR, 2 * HOUR, 10)
    story.answered("talks", -40 * HOUR, 10, 45 * HOUR)


def late_words(story: Story) -> None:
    """After-call work told after half an hour, a leg ended long after its call, an outcome."""
    story.answered("c", 0, 10, 100)
    story.tell("call.wrapped", 40 * MINUTE, call="c", agent="ann", seconds=30)
    story.tell("call.started", 50, call="d", direction="inbound", campaign="x")
    story.tell("leg.started", 60, call="d", leg="ld", kind="A", agent="bob")
    story.tell("call.ended", 120, call="d", reason="abandoned")
    story.tell("leg.answered", 20 * MINUTE, call="d", leg="ld")
    story.tell("leg.ended", 21 * MINUTE, call="d", leg="ld", cause="completed")
    story.answered("e", 5, 3, 10)
    story.tell("call.wrapped", 90 * MINUTE, call="e", agent="ann", seconds=5)
    story.tell("call.outcome", 100 * MINUTE, call="e", disposition="sold")


def late_outcomes(story: Story) -> None:
    """What came of calls is told hours and days later, and told otherwise, and taken back."""
    story.answered("a", -30 * HOUR, 3, 10)
    story.tell("call.outcome", 2 * MINUTE, call="a", disposition="sold")
    story.answered("b", 0, 3, 10)
    story.tell("call.outcome", 30, call="b", disposition="sold")
    story.tell("call.outcome", 3 * HOUR, call="b", disposition="returned")
    story.tell("call.outcome", 5 * HOUR, call="b", disposition=None)
    story.answered("c", 60, 3, 10)
    story.tell("call.outcome", 20 * MINUTE, call="c", disposition="Sold out")


def later_terms(story: Story) -> None:
    """Queues and campaigns whose terms, by which calls were abandoned or dropped, come later."""
    for call, at, wait in (("a", 0, 7), ("b", 10, 30), ("c", 20, 3)):
        story.tell("call.started", at, call=call, direction="inbound", from_number="+14155550100")
        story.tell("queue.entered", at, call=call, queue="q")
        story.tell("queue.left", at + wait, call=call, queue="q", reason="abandoned")
        story.tell("call.ended", at + wait, call=call, reason="abandoned")
    for call, at in (("d", 100), ("e", 200)):
        story.tell("call.started", at, call=call, direction="outbound", campaign="x")
        story.tell("leg.started", at, call=call, leg="b", kind="B")
        story.tell("leg.answered", at + 5, call=call, leg="b", by="human")
        story.tell("leg.started", at + 6, call=call, leg="a", kind="A", agent="ann")
        story.tell("leg.answered", at + 9, call=call, leg="a")
        story.tell("leg.ended", at + 20, call=call, leg="a")
        story.tell("call.ended", at + 20, call=call, reason="completed")
    story.tell("queue.defined", HOUR, queue="q", name="Late", short_abandon_seconds=10)
    story.tell(
        "campaign.defined", HOUR + 1, campaign="x", name="Later", direction="outbound",
        channel="voice", drop_seconds=5,
    )  # fmt: skip
    story.tell("call.started", 2 * HOUR, call="f", direction="outbound", to_number="+14155550100")


def corrections(story: Story) -> None:
    """A call that turns out to be of another campaign and queue, an hour and two later."""
    story.answered("c", 0, 10, 100)
    story.tell("call.started", HOUR, call="c", direction="inbound", campaign="y")
    story.tell("queue.entered", 2 * HOUR, call="c", queue="r")
    story.tell("call.ended", 3 * HOUR, call="c", reason="voicemail", by="caller")


def later_definitions(story: Story) -> None:
    """Names, teams, targets and limits that change, and a queue that is first defined too late."""
    for at, name, seconds in ((-HOUR, "Sales", 60), (HOUR, "Orders", 5), (2 * HOUR, "", 15)):
        level = {"seconds": seconds, "share": 0.9}
        story.tell("queue.defined", at + 1, queue="r", name=name, service_level=level)
        story.tell("agent.defined", at + 2, agent="ann", name=name, team=name or None)
        story.tell(
            "campaign.defined", at + 3, campaign="x", name=name, direction="blended",
            channel="voice", service_level=level, drop_limit=seconds / 1_000,
        )  # fmt: skip
    story.answered("c", 0, 10, 100)
    story.answered("d", -7 * 24 * HOUR, 10, 100)
    story.tell("agent.changed", 0, agent="ann", presence="available", queues=["q"], campaign="x")
    level = {"seconds": 5, "share": 0.5}
    story.tell("queue.defined", 90 * MINUTE, queue="q", name="Late", service_level=level)


def week_before(story: Story) -> None:
    """A call of the same day a week before, of which more is told a week later.

    And one that turns out to be of another campaign, in which it makes the typical day another.
    """
    story.answered("c", -7 * 24 * HOUR, 10, 100)
    story.answered("e", -7 * 24 * HOUR + MINUTE, 10, 100)
    story.tell("call.started", 30, call="e", direction="inbound", campaign="y")
    story.tell("call.wrapped", 0, call="c", agent="ann", seconds=600)
    story.answered("d", MINUTE, 10, 100)


@pytest.mark.parametrize(
    "told",
    [
        long_calls,
        late_words,
        late_outcomes,
        later_terms,
        corrections,
        later_definitions,
        week_before,
    ],
)
def test_every_instant_of_a_story(told: Callable[[Story], None], tmp_path: Path) -> None:
    """At each event, and between the events, the past is as a collector knew it."""
    story = Story()
    told(story)
    # Something goes on afterwards, so that all of it is past.
    story.tell("agent.changed", 100 * HOUR, agent="bob", presence="available")
    end = max(map(time_of, story.events))
    whole = collected(tmp_path / "whole.db", [story.events], CALENDAR, end)
    times = sorted({time_of(event) for event in story.events})
    scopes = [Scope(), Scope(campaign="x"), Scope(queue="r")]
    for number, time in enumerate(times[:-1]):
        at = time + (number % 2) * 700
        batches = up_to([story.events], at)
        then = collected(tmp_path / f"{number}.db", batches, CALENDAR, at)
        with reading(whole) as after, reading(then) as before:
            assert known_at(after, CALENDAR, at, scopes) == known_at(before, CALENDAR, at, scopes)
            lists = (lists_at(of, FILTERS, at, is_every_order=False) for of in (after, before))
            assert next(lists) == next(lists)


@pytest.mark.parametrize("told", [later_terms, later_definitions])
def test_more_was_defined_later_than_is_held(
    told: Callable[[Story], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with no names and terms in memory: they are looked up call by call."""
    monkeypatch.setattr(past_terms, "MOST_HELD", 0)
    monkeypatch.setattr(name_conditions, "MOST_HELD", 0)
    test_every_instant_of_a_story(told, tmp_path)
