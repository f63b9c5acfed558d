"""What became known of a call beside its course."""

from typing import Any

import pytest

from tests.facts.stories import Json, ended, entries, leg, of_call, started
from wallboard.facts.quality import Quality, quality_of


def quality(*events: Json | list[Json]) -> Quality:
    found = quality_of(
        entries(one for item in events for one in (item if isinstance(item, list) else [item]))
    )
    assert found is not None
    return found


def recording(second: float, status: str, **rest: Any) -> Json:
    return of_call("call.recording", second, status=status, **rest)


def test_a_call_of_which_nothing_more_is_known_has_none() -> None:
    assert quality_of(entries([started(), *leg("a", "A", 1, 2, 3), ended(4)])) is None


def test_recordings_are_one_per_call_and_leg() -> None:
    found = quality(
        recording(1, "started"),
        recording(2, "completed"),
        recording(1, "started", leg="a"),
        recording(3, "failed", leg="a"),
        recording(3, "completed", leg="b"),
    )
    assert (found.recordings_started, found.recordings_completed) == (3, 2)


@pytest.mark.parametrize("urls", [["https://a", "https://b"], ["https://b", None]])
def test_the_url_is_the_last_that_was_given(urls: list[str | None]) -> None:
    told = [recording(at, "completed", url=url) for at, url in enumerate(urls)]
    assert quality(*told).recording_url == "https://b"


def test_the_url_of_a_leg_serves_where_no_recording_gave_one() -> None:
    end = of_call("leg.ended", 3, leg="a", cause="completed", recording_url="https://leg")
    found = quality(end)
    assert (found.recording_url, found.recordings_started) == ("https://leg", 0)
    assert quality(end, recording(1, "completed", url="https://call")).recording_url == (
        "https://call"
    )


def test_an_analysis_is_merged_field_by_field() -> None:
    found = quality(
        of_call("call.analysed", 1, sentiment=0.5, silence_seconds=1.25, phrases=["a"]),
        of_call("call.analysed", 2, sentiment=None, phrases=["b", "c"], script_steps_required=3),
    )
    assert found.analysed == 1
    assert (found.sentiment, found.silence_ms) == (None, 1_250)
    assert (found.phrases, found.script_required) == ('["b","c"]', 3)


def test_the_latest_check_of_a_rule_and_export_to_a_platform_counts() -> None:
    found = quality(
        of_call("call.checked", 1, rule="consent", passed=False),
        of_call("call.checked", 2, rule="consent", passed=True),
        of_call("call.checked", 1, rule="notice", passed=False),
        of_call("call.exported", 1, platform="g", ok=True),
        of_call("call.exported", 2, platform="g", ok=False),
        of_call("call.exported", 2, platform="m", ok=True),
    )
    assert (found.checks, found.checks_failed) == (2, 1)
    assert (found.exports, found.exports_ok) == (2, 1)


def test_no_record_matched_is_not_the_same_as_never_matched() -> None:
    assert quality(recording(1, "started")).matched is None
    assert quality(of_call("call.matched", 1, record=None)).matched == 0
    found = quality(of_call("call.matched", 2, record="r"), of_call("call.matched", 1, record=None))
    assert found.matched == 1


def test_a_review() -> None:
    found = quality(
        of_call("call.reviewed", 1, spam=True, outcome="sold"),
        of_call("call.reviewed", 2, spam=False),
    )
    assert (found.reviewed_spam, found.reviewed_outcome) == (False, "sold")
