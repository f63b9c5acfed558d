"""What became known of a call beside its course: recordings, analysis, review, match, checks."""

from typing import Any, Final

import msgspec

from wallboard.events import calls
from wallboard.events.kinds import Data
from wallboard.facts.entry import Entry, merged
from wallboard.facts.said import given


class Quality(msgspec.Struct, frozen=True, gc=False):
    """The facts of a call beside its course, as the cache's table call_quality has them.

    `matched`: None was never said, 0 no record was found, 1 one was. Recordings are one per call
    and leg (readings 75), checks the latest per rule, exports the latest per platform (76).
    """

    analysed: int
    intent: str | None
    sentiment: float | None
    transcribed: bool | None
    silence_ms: int | None
    dead_air_count: int | None
    script_required: int | None
    script_followed: int | None
    phrases: str | None
    reviewed_spam: bool | None
    reviewed_outcome: str | None
    matched: int | None
    recordings_started: int
    recordings_completed: int
    checks: int
    checks_failed: int
    exports: int
    exports_ok: int
    recording_url: str | None


KINDS: Final = frozenset(
    {
        calls.CallRecording,
        calls.CallAnalysed,
        calls.CallReviewed,
        calls.CallMatched,
        calls.CallExported,
        calls.CallChecked,
    }
)
"""Events that tell of a call's quality, and change nothing else of it."""

_TELLING: Final = KINDS | {calls.LegEnded}
_NO_ANALYSIS: Final[tuple[Any, ...]] = (0, *(None,) * 8)
_NO_REVIEW: Final[tuple[Any, ...]] = (None, None)
_ENCODE: Final = msgspec.json.Encoder().encode


def quality_of(entries: list[Entry]) -> Quality | None:
    """The quality of a call from its entries, sorted by stamp; None when nothing tells of it."""
    analysed: list[Data] = []
    reviewed: list[Data] = []
    matched: int | None = None
    recordings: dict[str, bool] = {}
    checks: dict[str, bool] = {}
    exports: dict[str, bool] = {}
    url: str | None = None
    url_of_leg: str | None = None
    telling: list[Any] = [data for entry in entries if type(data := entry.data) in _TELLING]
    for data in telling:
        kind = type(data)
        if kind is calls.LegEnded:
            if isinstance(data.recording_url, str):
                url_of_leg = data.recording_url
        elif kind is calls.CallRecording:
            leg = data.leg if isinstance(data.leg, str) else ""
            recordings[leg] = recordings.get(leg, False) or data.status == "completed"
            if isinstance(data.url, str):
                url = data.url
        elif kind is calls.CallAnalysed:
            analysed.append(data)
        elif kind is calls.CallMatched:
            matched = int(data.record is not None)
        elif kind is calls.CallChecked:
            checks[data.rule] = data.passed
        elif kind is calls.CallExported:
            exports[data.platform] = data.ok
        else:
            reviewed.append(data)
    url = url or url_of_leg
    if not (recordings or analysed or checks or exports or reviewed or url) and matched is None:
        return None
    values = (
        *(_analysis(analysed) if analysed else _NO_ANALYSIS),
        *(_review(reviewed) if reviewed else _NO_REVIEW),
        matched,
        len(recordings),
        sum(recordings.values()),
        len(checks),
        len(checks) - sum(checks.values()),
        len(exports),
        sum(exports.values()),
        url,
    )
    return Quality(*values)


def _analysis(told: list[Data]) -> tuple[Any, ...]:
    said: Any = told[0] if len(told) == 1 else merged(told)
    silence = given(said.silence_seconds)
    return (
        1,
        given(said.intent),
        given(said.sentiment),
        given(said.transcribed),
        None if silence is None else round(silence * 1_000),
        given(said.dead_air_count),
        given(said.script_steps_required),
        given(said.script_steps_followed),
        _ENCODE(said.phrases).decode() if isinstance(said.phrases, list) else None,
    )


def _review(told: list[Data]) -> tuple[Any, ...]:
    said: Any = merged(told)
    return given(said.spam), given(said.outcome)
