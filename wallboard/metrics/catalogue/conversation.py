"""Conversation: how long calls took, and what recording and analysis say of them."""

from typing import Final

from wallboard.metrics.catalogue.conversation_queries import BY_PHRASE, LENGTHS, MOODS
from wallboard.metrics.metric import CALLS, LEGS, Metric, Query, Ratio, Total

ORIGIN: Final = "call tracking metrics, conversation intelligence"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CONNECTED: Final = Total("measures.connected")

_RECORDABLE: Final = "calls.recording_eligible = 1 AND calls.connected = 1"
_SCORED: Final = "CASE WHEN quality.sentiment IS NOT NULL THEN 1 ELSE 0 END"
_MEASURED: Final = (
    "quality.analysed = 1 AND quality.silence_ms IS NOT NULL AND calls.ended IS NOT NULL"
)

_MENTIONS: Final = (
    "EXISTS (SELECT 1 FROM json_each(quality.phrases) said WHERE :target_phrases = '[]'"
    " OR said.value IN (SELECT value FROM json_each(:target_phrases)))"
)
"""That a call mentions a target phrase; any phrase at all where none was named."""

CONVERSATION: Final = (
    Metric(
        number="68",
        slug="call_duration",
        title="Call duration",
        category="conversation",
        scope="all",
        unit="seconds",
        better="none",
        formula=(
            "distribution of ended_at - started_at over ended calls: p50 as the value; min, "
            "p50, p90, p99, max in the breakdown (nearest rank)"
        ),
        tells=(
            "How long calls take: the middle one, and how far the short and the long ones lie"
            " from it."
        ),
        misleads="Calls that nobody answered are in it; many short misses pull the middle down.",
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Query(LENGTHS, part="value"),
        breakdown=Query(LENGTHS, part="mark"),
        behind={"numerator": Total("calls.ended IS NOT NULL", CALLS)},
    ),
    Metric(
        number="69",
        slug="average_call_duration",
        title="Average call duration",
        category="conversation",
        scope="all",
        unit="seconds",
        better="none",
        formula="sum(duration_seconds) / ended calls",
        tells="How long a call took on average, from its start to its end.",
        misleads=(
            "Ringing, waiting and unanswered calls are in it, and one call left open for "
            "hours moves it; see the middle and the p99 of the call duration."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Ratio(Total("measures.duration_ms", scale=1_000), Total("measures.ended")),
    ),
    Metric(
        number="70",
        slug="talk_time",
        title="Talk time",
        category="conversation",
        scope="all",
        unit="seconds",
        better="none",
        formula="sum(talk_seconds) / connected calls; agent-leg time from answer to end less hold",
        tells="How long agent and caller talked in a call that connected.",
        misleads=(
            "After a transfer both agents' talk adds up, also while both are on; calls still "
            "in progress count with none of theirs."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(Total("measures.talk_ms", scale=1_000), _CONNECTED),
    ),
    Metric(
        number="71",
        slug="hold_time",
        title="Hold time",
        category="conversation",
        scope="all",
        unit="seconds",
        better="down",
        formula="sum(hold_seconds) / connected calls",
        tells="How long callers were kept on hold in a call that connected.",
        misleads=(
            "Calls without any hold are in the mean, so a few very long holds hide in it; "
            "silence with the line left open is no hold to the platform."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "leg.held"),
        reckoning=Ratio(Total("measures.hold_ms", scale=1_000), _CONNECTED),
    ),
    Metric(
        number="72",
        slug="average_handle_time",
        title="Average handle time",
        category="conversation",
        scope="all",
        unit="seconds",
        better="down",
        formula="(sum(talk) + sum(hold) + sum(wrap)) / connected calls",
        tells="How much agent time a connected call takes, with hold and the work after it.",
        misleads=(
            "Shorter is not better where callers must ring again; where the platform tells no"
            " after-call work, that part is 0."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(
            Total("measures.talk_ms + measures.hold_ms + measures.wrap_ms", scale=1_000), _CONNECTED
        ),
    ),
    Metric(
        number="73",
        slug="after_call_work_time",
        title="After-call work time",
        category="conversation",
        scope="all",
        unit="seconds",
        better="down",
        formula="sum(wrap_seconds) / connected calls",
        tells="How long agents work on a call after it has ended.",
        misleads=(
            "Where the platform gives no length it is reckoned from the end of the agent's "
            "leg, so a break taken in wrap-up counts as work."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.wrapped"),
        reckoning=Ratio(Total("measures.wrap_ms", scale=1_000), _CONNECTED),
    ),
    Metric(
        number="74",
        slug="call_recording_rate",
        title="Call recording rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="up",
        formula="recorded / recording-eligible connected calls",
        tells="What part of the conversations that may be recorded was.",
        misleads=(
            "Every call may be recorded unless its start says otherwise; where consent is "
            "kept elsewhere, the missing part may be as it should be."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.recording"),
        reckoning=Ratio(
            Total(
                f"CASE WHEN quality.recordings_completed > 0 AND {_RECORDABLE} THEN 1 ELSE 0 END",
                CALLS,
            ),
            Total("measures.eligible_connected"),
        ),
    ),
    Metric(
        number="75",
        slug="call_recording_completion_rate",
        title="Call recording completion rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="up",
        formula="recordings completed / recordings started",
        tells="What part of the recordings that were begun was saved.",
        misleads=(
            "Recordings that never began are not in it, and those of calls in progress are "
            "not done yet."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.recording",
        ),
        reckoning=Ratio(
            Total("quality.recordings_completed", CALLS), Total("quality.recordings_started", CALLS)
        ),
    ),
    Metric(
        number="76",
        slug="transcription_coverage_rate",
        title="Transcription coverage rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="up",
        formula="transcribed / recording-eligible connected calls",
        tells="What part of the conversations that may be recorded was put into words.",
        misleads="It says nothing of how well: a transcript in the wrong language counts.",
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.analysed"),
        reckoning=Ratio(
            Total(f"CASE WHEN quality.transcribed = 1 AND {_RECORDABLE} THEN 1 ELSE 0 END", CALLS),
            Total("measures.eligible_connected"),
        ),
    ),
    Metric(
        number="77",
        slug="sentiment_score",
        title="Sentiment score",
        category="conversation",
        scope="all",
        unit="number",
        better="up",
        formula=(
            "mean sentiment (-1 to 1) over scored calls; breakdown: positive > 0.25, negative"
            " < -0.25, else neutral"
        ),
        tells="The tone of the calls, from -1 (hostile) to 1 (glad), as the analysis heard it.",
        misleads=(
            "A mean near 0 may be all calm or half delighted and half furious: see the breakdown."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.analysed",
        ),
        reckoning=Ratio(Total("quality.sentiment", CALLS), Total(_SCORED, CALLS)),
        breakdown=Query(MOODS),
    ),
    Metric(
        number="78",
        slug="script_adherence_rate",
        title="Script adherence rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="up",
        formula="sum(script_steps_followed) / sum(script_steps_required)",
        tells="What part of the required steps of the script was followed.",
        misleads=(
            "Long scripts weigh more than short ones, and a step that was said badly counts "
            "as followed."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.analysed",
        ),
        reckoning=Ratio(
            Total("quality.script_followed", CALLS), Total("quality.script_required", CALLS)
        ),
    ),
    Metric(
        number="79",
        slug="silence_rate",
        title="Silence rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="down",
        formula="sum(silence_seconds) / sum(duration_seconds) over analysed calls",
        tells="What part of the time of analysed calls nobody spoke.",
        misleads="Waiting, ringing and hold may count as silence, as the analysis has it.",
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.analysed",
        ),
        reckoning=Ratio(
            Total(f"CASE WHEN {_MEASURED} THEN quality.silence_ms ELSE 0 END", CALLS, scale=1_000),
            Total(
                f"CASE WHEN {_MEASURED} THEN calls.ended - calls.started ELSE 0 END",
                CALLS,
                scale=1_000,
            ),
        ),
    ),
    Metric(
        number="80",
        slug="dead_air_rate",
        title="Dead air rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="down",
        formula="analysed calls with dead_air_count > 0 / analysed calls",
        tells="How many analysed calls had a stretch in which the line seemed dead.",
        misleads=(
            "What is a stretch the analysis decides; a long pause to look something up is one"
            " as well."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.analysed",
        ),
        reckoning=Ratio(
            Total("CASE WHEN quality.dead_air_count > 0 THEN 1 ELSE 0 END", CALLS),
            Total("CASE WHEN quality.dead_air_count IS NOT NULL THEN 1 ELSE 0 END", CALLS),
        ),
    ),
    Metric(
        number="81",
        slug="key_phrase_mention_rate",
        title="Key phrase mention rate",
        category="conversation",
        scope="all",
        unit="ratio",
        better="none",
        formula=(
            "analysed calls that mention any target phrase / analysed calls; breakdown per phrase"
        ),
        tells="How often the phrases that matter come up, each of them and any of them.",
        misleads=(
            "Only what the platform listens for can be found, spelled exactly as it does; "
            "either side may have said it, also to deny it."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.analysed",
        ),
        reckoning=Ratio(
            Total(f"CASE WHEN quality.analysed = 1 AND {_MENTIONS} THEN 1 ELSE 0 END", CALLS),
            Total("quality.analysed", CALLS),
        ),
        breakdown=Query(BY_PHRASE),
    ),
    Metric(
        number="82",
        slug="call_outcome_classification_accuracy",
        title="Call outcome classification accuracy",
        category="conversation",
        scope="all",
        unit="ratio",
        better="up",
        formula=(
            "reviewed calls whose outcome equals the reviewed outcome / calls with a reviewed"
            " outcome"
        ),
        tells="How often the outcome that was noted stood when a person listened again.",
        misleads="Only reviewed calls are in it, and reviewers tend to choose the doubtful ones.",
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.reviewed",
        ),
        reckoning=Ratio(
            Total(
                # That there is one is asked first: to read the other of every call takes longer.
                "CASE WHEN quality.reviewed_outcome IS NOT NULL"
                " AND quality.reviewed_outcome = calls.outcome THEN 1 ELSE 0 END",
                CALLS,
            ),
            Total("CASE WHEN quality.reviewed_outcome IS NOT NULL THEN 1 ELSE 0 END", CALLS),
        ),
    ),
)
