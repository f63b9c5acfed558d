"""Targets that were first told later: judged without them, or it is said that they are not."""

from pathlib import Path

import pytest

from tests.time_travel.knowing import collected, reading, time_of
from tests.time_travel.test_time_travel_stories import CALENDAR, HOUR, Story
from wallboard.config import Configuration
from wallboard.questions import hindsight
from wallboard.questions.floor import floor
from wallboard.questions.past_known import past_known
from wallboard.questions.scope import Scope
from wallboard.screens.past_words import unknown_then


@pytest.mark.parametrize("at_once", [1, hindsight.AT_ONCE])
@pytest.mark.parametrize(("most", "is_said"), [(3, False), (2, True)])
def test_too_many_to_judge_anew_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, most: int, is_said: bool, at_once: int
) -> None:
    """Three answered after ten seconds: within the usual target, not within that of later.

    However many queues are looked for at once.
    """
    monkeypatch.setattr(hindsight, "MOST_JUDGED_ANEW", most)
    monkeypatch.setattr(hindsight, "AT_ONCE", at_once)
    story = Story()
    for number in range(3):
        story.answered(f"c{number}", number, 10, 20)
    level = {"seconds": 5, "share": 0.9}
    story.tell("queue.defined", HOUR, queue="q", name="Late", service_level=level)
    story.tell("queue.defined", HOUR, queue="a", name="Before it", service_level=level)
    story.tell("queue.defined", HOUR, queue="unused", name="No targets")
    end = max(map(time_of, story.events))
    whole = collected(tmp_path / "whole.db", [story.events], CALENDAR, end)
    at = end - 60_000
    with reading(whole) as connection:
        known = past_known(connection, at)
        assert known.is_judged_later is is_said
        words = unknown_then(known, CALENDAR)
        assert ("rates are by targets that were first told later" in words) is is_said
        level_then = floor(connection, CALENDAR, Configuration(), Scope(), at).headline
        assert level_then.service_level.numerator == (0 if is_said else 3)
