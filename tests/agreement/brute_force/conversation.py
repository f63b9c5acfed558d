"""Metrics 68 to 82: what happened on the calls."""

from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.answers import divided, money, ratio, seconds, shared
from tests.agreement.brute_force.asked import Answer, Figure, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.dials import connected


def duration(call: Call) -> int:
    return 0 if call.end is None else call.end - call.start


def talk(call: Call) -> int:
    """Over all A-legs, overlaps twice; 0 while the call goes on (reading 31, 33)."""
    return 0 if call.end is None else sum(leg.talk for leg in call.answered_agent_legs)


def hold(call: Call) -> int:
    return 0 if call.end is None else sum(leg.held for leg in call.answered_agent_legs)


def nearest_rank(ordered: list[int], percent: int) -> int:
    return ordered[max(1, -(-percent * len(ordered) // 100)) - 1]


def spread(calls: list[Call]) -> Answer:
    """The distribution of durations: the median, with its company."""
    lengths = sorted(duration(call) for call in calls if call.end is not None)
    if not lengths:
        return Answer(breakdown=[])
    ranks = {"min": lengths[0], "max": lengths[-1]}
    ranks |= {f"p{percent}": nearest_rank(lengths, percent) for percent in (50, 90, 99)}
    rows: list[Row] = [
        {"key": key, "value": seconds(ranks[key])} for key in ("min", "p50", "p90", "p99", "max")
    ]
    return Answer(seconds(ranks["p50"]), breakdown=rows)


def mood(sentiment: float) -> str:
    if sentiment > 0.25:
        return "positive"
    return "negative" if sentiment < -0.25 else "neutral"


def sentiments(analysed: list[dict[str, Any]]) -> Answer:
    scores = [each["sentiment"] for each in analysed if each.get("sentiment") is not None]
    moods: dict[str, Figure] = {"positive": 0, "neutral": 0, "negative": 0}
    for score in scores:
        moods[mood(score)] = (moods[mood(score)] or 0) + 1
    return ratio(sum(map(money, scores), start=Decimal(0)), len(scores), shared(moods))


def phrases(chosen: Chosen, analysed: list[dict[str, Any]]) -> Answer:
    """Analysed calls that mention a target phrase; without targets: any phrase."""
    said = [set(each.get("phrases") or []) for each in analysed]
    wanted = set(chosen.settings.target_phrases) or set().union(*said)
    rows: list[Row] = []
    for phrase in sorted(wanted):
        n = sum(phrase in each for each in said)
        rows.append(
            {
                "key": phrase,
                "value": divided(n, len(said)),
                "numerator": n,
                "denominator": len(said),
            }
        )
    return ratio(sum(bool(each & wanted) for each in said), len(said), rows)


def added(analysed: list[dict[str, Any]], name: str) -> Decimal:
    return sum((money(each.get(name)) for each in analysed), start=Decimal(0))


def conversation(chosen: Chosen) -> dict[str, Answer]:
    calls = chosen.calls
    talked = [call for call in calls if connected(call)]
    ended = [call for call in calls if call.end is not None]
    talks, holds = sum(talk(call) for call in talked), sum(hold(call) for call in talked)
    wraps = sum((wrap for call in talked for wrap in call.wraps), start=Decimal(0))
    eligible = [call for call in talked if call.fields.get("recording_eligible") is not False]
    recorded = [
        call
        for call in eligible
        if any("completed" in statuses for statuses in call.recordings.values())
    ]
    recordings = [statuses for call in calls for statuses in call.recordings.values()]
    analysed = [call.analysed for call in calls if call.analysed is not None]
    silent = [
        call
        for call in ended
        if call.analysed is not None and call.analysed.get("silence_seconds") is not None
    ]
    silences = added([call.analysed or {} for call in silent], "silence_seconds")
    dead = [each for each in analysed if each.get("dead_air_count") is not None]
    reviewed = [call for call in calls if call.reviewed.get("outcome") is not None]
    right = [call for call in reviewed if call.outcome.get("outcome") == call.reviewed["outcome"]]
    return {
        "call_duration": spread(calls),
        "average_call_duration": ratio(seconds(sum(map(duration, ended))), len(ended)),
        "talk_time": ratio(seconds(talks), len(talked)),
        "hold_time": ratio(seconds(holds), len(talked)),
        "average_handle_time": ratio(seconds(talks + holds) + wraps, len(talked)),
        "after_call_work_time": ratio(wraps, len(talked)),
        "call_recording_rate": ratio(len(recorded), len(eligible)),
        "call_recording_completion_rate": ratio(
            sum("completed" in statuses for statuses in recordings), len(recordings)
        ),
        "transcription_coverage_rate": ratio(
            sum((call.analysed or {}).get("transcribed") is True for call in eligible),
            len(eligible),
        ),
        "sentiment_score": sentiments(analysed),
        "script_adherence_rate": ratio(
            added(analysed, "script_steps_followed"), added(analysed, "script_steps_required")
        ),
        "silence_rate": ratio(silences, seconds(sum(map(duration, silent)))),
        "dead_air_rate": ratio(sum(each["dead_air_count"] > 0 for each in dead), len(dead)),
        "key_phrase_mention_rate": phrases(chosen, analysed),
        "call_outcome_classification_accuracy": ratio(len(right), len(reviewed)),
    }
