"""Metrics 68 to 82, by hand: lengths, recordings, analyses and reviews."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics.asking import (
    answered,
    arrive,
    ask,
    dial,
    end,
    figures,
    gave_up,
    leg,
    rows,
    shares,
)
from tests.questions.conftest import Cache, Make, make_cache


def lasting(cache: Cache, lengths: list[float]) -> None:
    """Calls of these lengths in seconds."""
    for number, length in enumerate(lengths):
        arrive(cache, f"c{number}", 0)
        end(cache, f"c{number}", length)


def test_percentiles_are_lengths_that_calls_had(cache: Cache) -> None:
    """Of 100 calls the 50th, the 90th and the 99th; open ones have no length."""
    lasting(cache, [float(n) for n in range(100, 0, -1)])
    arrive(cache, "open", 0)
    cache.feed()
    assert figures(cache, "call_duration") == (50, None, None)
    assert rows(cache, "call_duration") == {"min": 1, "p50": 50, "p90": 90, "p99": 99, "max": 100}
    assert figures(cache, "average_call_duration") == (50.5, 5_050, 100)


def test_percentiles_of_few_calls(cache: Cache) -> None:
    """Nearest rank rounds up: of three the p50 is the second, the p90 the third."""
    lasting(cache, [3, 0, 1.5])
    cache.feed()
    assert rows(cache, "call_duration") == {"min": 0, "p50": 1.5, "p90": 3, "p99": 3, "max": 3}


def test_no_call_has_no_length(cache: Cache) -> None:
    """Null and no rows, not five noughts."""
    gave_up(cache, "another day", -200_000, 30)
    arrive(cache, "open", 0)
    cache.feed()
    answer = ask(cache, "call_duration")
    assert (answer.value, answer.breakdown) == (None, ())
    assert figures(cache, "average_call_duration") == (None, 0, 0)


@given(lengths=st.lists(st.integers(0, 9_999), min_size=1, max_size=130))
def test_nearest_rank_of_any_lengths(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int]
) -> None:
    """At least p percent of the calls are no longer, and fewer are shorter."""
    cache = make_cache(tmp_path_factory.mktemp("ranks"))
    lasting(cache, [length / 1_000 for length in lengths])
    cache.feed()
    found = rows(cache, "call_duration")
    cache.close()
    assert (found["min"], found["max"]) == (min(lengths) / 1_000, max(lengths) / 1_000)
    for percent in (50, 90, 99):
        mark = round((found[f"p{percent}"] or 0) * 1_000)
        whole = percent * len(lengths)
        assert sum(length <= mark for length in lengths) * 100 >= whole
        assert sum(length < mark for length in lengths) * 100 < whole


def test_talk_hold_and_wrap_are_over_connected_calls(cache: Cache) -> None:
    """Overlapping agents count twice, S- and B-legs and machines not at all."""
    arrive(cache, "in", 0)
    leg(cache, "in", "B", 0, 0, 100)
    first = leg(cache, "in", "A", 0, 10, 70)
    cache.say("leg.held", 20, leg=first, call="in")
    cache.say("leg.resumed", 35, leg=first, call="in")
    leg(cache, "in", "A", 50, 60, 100)
    leg(cache, "in", "S", 70, 80, 100)
    end(cache, "in", 100)
    cache.say("call.wrapped", 130, call="in", agent="a1", seconds=25)
    dial(cache, "person", 0)
    leg(cache, "person", "B", 0, 5, 45, by="human")
    leg(cache, "person", "A", 0, 5, 45)
    end(cache, "person", 45)
    dial(cache, "machine", 0)
    leg(cache, "machine", "B", 0, 5, 45, by="machine")
    leg(cache, "machine", "A", 0, 5, 45)
    end(cache, "machine", 45, "machine")
    cache.say("call.wrapped", 60, call="machine", agent="a1", seconds=15)
    cache.feed()
    assert figures(cache, "talk_time") == (62.5, 45 + 40 + 40, 2)
    assert figures(cache, "hold_time") == (7.5, 15, 2)
    assert figures(cache, "after_call_work_time") == (12.5, 25, 2)
    assert figures(cache, "average_handle_time") == (82.5, 165, 2)
    by_direction = rows(cache, "talk_time", by="direction")
    assert by_direction == {"inbound": 85, "outbound": 40}


def test_what_was_never_told_is_unknown(cache: Cache) -> None:
    """Hold and wrap-up without such an event ever are null; the handle time goes without."""
    answered(cache, "c1", 0, 5, 60)
    cache.feed()
    for slug, kind in (
        ("hold_time", "leg.held"),
        ("after_call_work_time", "call.wrapped"),
        ("call_recording_rate", "call.recording"),
        ("call_recording_completion_rate", "call.recording"),
        ("transcription_coverage_rate", "call.analysed"),
        ("sentiment_score", "call.analysed"),
        ("key_phrase_mention_rate", "call.analysed"),
        ("call_outcome_classification_accuracy", "call.reviewed"),
    ):
        answer = ask(cache, slug)
        assert (answer.value, answer.numerator, answer.breakdown) == (None, None, None)
        assert kind in answer.note
    assert figures(cache, "average_handle_time") == (60, 60, 1)


def test_wrap_up_without_seconds_runs_from_the_agents_leg(cache: Cache) -> None:
    """To the event's time."""
    answered(cache, "c1", 0, 5, 60)
    cache.say("call.wrapped", 95, call="c1", agent="a1")
    cache.feed()
    assert figures(cache, "after_call_work_time") == (30, 30, 1)


def test_an_answered_call_in_progress_counts_with_no_talk_yet(cache: Cache) -> None:
    """It is connected; its talk comes when it ends, for the same day."""
    answered(cache, "c1", 0, 5, 60)
    arrive(cache, "c2", 0)
    leg(cache, "c2", "A", 0, 5)
    cache.feed()
    assert figures(cache, "talk_time") == (30, 60, 2)
    end(cache, "c2", 25)
    cache.feed(cache.events[-1:])
    assert figures(cache, "talk_time") == (40, 80, 2)


def test_recordings(cache: Cache) -> None:
    """One per call and leg; completed counts, for calls that connected and may be recorded."""
    for call in ("whole", "failed", "legs", "refused", "silent"):
        answered(cache, call, 0, 5, 60, recording_eligible=call != "refused")
    arrive(cache, "missed", 0)
    end(cache, "missed", 9, "voicemail")
    for call, part, status in (
        ("whole", None, "started"),
        ("whole", None, "completed"),
        ("failed", None, "started"),
        ("failed", None, "failed"),
        ("legs", "x", "completed"),
        ("legs", "y", "started"),
        ("refused", None, "completed"),
        ("missed", None, "completed"),
    ):
        said = {"leg": part} if part else {}
        cache.say("call.recording", 30, call=call, status=status, **said)
    cache.feed()
    assert shares(cache, "call_recording_rate") == (2, 4)
    assert shares(cache, "call_recording_completion_rate") == (4, 6)


def test_transcripts_are_of_what_may_be_recorded(cache: Cache) -> None:
    """A transcript of a voicemail is none of a conversation."""
    answered(cache, "yes", 0, 5, 60)
    answered(cache, "no", 0, 5, 60)
    answered(cache, "unsaid", 0, 5, 60)
    answered(cache, "refused", 0, 5, 60, recording_eligible=False)
    arrive(cache, "missed", 0)
    end(cache, "missed", 9, "voicemail")
    for call in ("yes", "refused", "missed"):
        cache.say("call.analysed", 100, call=call, transcribed=True)
    cache.say("call.analysed", 100, call="no", transcribed=False)
    cache.say("call.analysed", 100, call="unsaid", intent="none")
    cache.feed()
    assert shares(cache, "transcription_coverage_rate") == (1, 3)


def test_moods_have_their_edges_in_the_middle(cache: Cache) -> None:
    """Exactly a quarter either way is neutral; a score of 0 is a score, an absent one none."""
    scores = {"a": 0.25, "b": 0.26, "c": -0.25, "d": -0.2501, "e": 0, "f": None, "g": 1}
    for call, score in scores.items():
        answered(cache, call, 0, 5, 60)
        cache.say("call.analysed", 100, call=call, sentiment=score)
    cache.feed()
    whole = 0.25 + 0.26 - 0.25 - 0.2501 + 1
    assert figures(cache, "sentiment_score") == pytest.approx((whole / 6, whole, 6))
    assert rows(cache, "sentiment_score") == {"positive": 2, "neutral": 3, "negative": 1}
    shown = ask(cache, "sentiment_score").breakdown or ()
    assert [row["share"] for row in shown] == [pytest.approx(2 / 6), 0.5, pytest.approx(1 / 6)]


def test_a_correction_replaces_a_score(cache: Cache) -> None:
    """The later analysis wins, however late it comes, and null takes the score back."""
    answered(cache, "c1", 0, 5, 60)
    late = cache.say("call.analysed", 100, call="c1", sentiment=-1)
    newer = cache.say("call.analysed", 200, call="c1", sentiment=0.5)
    rest = [event for event in cache.events if event not in (late, newer)]
    cache.feed([*rest, newer])
    cache.feed([late])
    assert figures(cache, "sentiment_score") == (0.5, 0.5, 1)
    cache.feed([cache.say("call.analysed", 300, call="c1", sentiment=None)])
    assert figures(cache, "sentiment_score") == (None, 0, 0)


def test_steps_silence_and_dead_air_count_where_they_are_given(cache: Cache) -> None:
    """An absent field leaves the call out; so does a call without a length, of the silence."""
    for call in ("a", "b", "c"):
        answered(cache, call, 0, 40, 60)
    arrive(cache, "open", 0)
    said = {"script_steps_required": 6, "script_steps_followed": 5, "silence_seconds": 12.5}
    cache.say("call.analysed", 110, call="a", dead_air_count=0, **said)
    cache.say("call.analysed", 110, call="b", dead_air_count=3, script_steps_required=4)
    cache.say("call.analysed", 110, call="c", silence_seconds=0)
    cache.say("call.analysed", 110, call="open", silence_seconds=50)
    cache.feed()
    assert shares(cache, "script_adherence_rate") == (5, 10)
    assert figures(cache, "silence_rate") == (0.0625, 12.5, 200)
    assert shares(cache, "dead_air_rate") == (1, 2)


def test_phrases(cache: Cache) -> None:
    """Without targets every phrase; with them those alone, each with its own row, also of 0."""
    said: dict[str, list[str] | None] = {
        "a": ["price", "cancel", "price"],
        "b": ["cancel"],
        "c": [],
        "d": None,
    }
    for call, phrases in said.items():
        answered(cache, call, 0, 5, 60)
        cache.say("call.analysed", 100, call=call, phrases=phrases)
    answered(cache, "unheard", 0, 5, 60)
    cache.feed()
    assert shares(cache, "key_phrase_mention_rate") == (2, 4)
    assert rows(cache, "key_phrase_mention_rate") == {"cancel": 0.5, "price": 0.25}
    wanted = ("price", "Cancel", 'it\'s "free"')
    assert shares(cache, "key_phrase_mention_rate", target_phrases=wanted) == (1, 4)
    assert rows(cache, "key_phrase_mention_rate", target_phrases=wanted) == {
        "price": 0.25,
        "Cancel": 0,
        'it\'s "free"': 0,
    }
    named = ask(cache, "key_phrase_mention_rate", target_phrases=wanted).breakdown or ()
    assert [(row["numerator"], row["denominator"]) for row in named] == [(1, 4), (0, 4), (0, 4)]


def test_outcomes_that_stood_the_review(cache: Cache) -> None:
    """Reviews without an outcome are none; a call without an outcome was not right."""
    outcomes = {"right": "sold", "wrong": "lost", "unsaid": None, "unreviewed": "sold"}
    for call, outcome in outcomes.items():
        answered(cache, call, 0, 5, 60)
        if outcome:
            cache.say("call.outcome", 70, call=call, outcome=outcome)
        if call != "unreviewed":
            cache.say("call.reviewed", 80, call=call, outcome="sold")
    answered(cache, "other", 0, 5, 60)
    cache.say("call.reviewed", 80, call="other", spam=True)
    cache.feed()
    assert shares(cache, "call_outcome_classification_accuracy") == (1, 3)


def test_filters_reach_every_reckoning(make: Make) -> None:
    """Sums of rollups, sums over calls and queries alike are of the one campaign and day."""
    cache = make("filtered")
    for call, campaign, at in (("k", "k", 0.0), ("o", "o", 0.0), ("later", "k", 86_400.0)):
        answered(cache, call, at, 5, 60, campaign=campaign)
        data = {"sentiment": 1, "phrases": [campaign], "silence_seconds": 6.5}
        cache.say("call.analysed", at + 100, call=call, **data)
    cache.feed()
    only = {"filters": {"campaign": "k"}}
    assert figures(cache, "average_call_duration", **only) == (65, 65, 1)
    assert figures(cache, "call_duration", **only) == (65, None, None)
    assert figures(cache, "silence_rate", **only) == (0.1, 6.5, 65)
    assert rows(cache, "key_phrase_mention_rate", **only) == {"k": 1}
    assert rows(cache, "sentiment_score", by="campaign") == {"k": 1, "o": 1}
    assert rows(cache, "sentiment_score", **only)["positive"] == 1
    assert figures(cache, "talk_time", filters={"agent": "a1"}) == (60, 120, 2)
    assert figures(cache, "talk_time", filters={"agent": "nobody"}) == (None, 0, 0)


def test_the_length_by_a_dimension(cache: Cache) -> None:
    """The middle length of each key."""
    for call, campaign, length in (("a", "k", 10), ("b", "k", 30), ("c", None, 7)):
        arrive(cache, call, 0, **({"campaign": campaign} if campaign else {}))
        end(cache, call, length)
    cache.feed()
    assert rows(cache, "call_duration", by="campaign") == {"k": 10, "(none)": 7}
    assert rows(cache, "call_duration", by="day") == {"2024-06-12": 10}
    assert figures(cache, "call_duration", by="hour") == (10, None, None)
