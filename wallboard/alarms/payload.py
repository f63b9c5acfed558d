"""What a webhook is told: one JSON object, the same form for every event of an alarm."""

from datetime import UTC, datetime
from typing import Final

import msgspec

from wallboard.alarms.rows import Row

RAISED: Final = "raised"
ESCALATED: Final = "escalated"
ENDED: Final = "ended"


def message(event: str, row: Row, now: int) -> bytes:
    """The body: raised, escalated (now critical) or ended, at `now` (UTC ms), of this alarm.

    Times are in UTC, durations seconds, shares 0 to 1; null is not known.
    """
    worst = row.worst
    return msgspec.json.encode(
        {
            "event": event,
            "time": _time(now),
            "alarm": {
                "number": row.alarm,
                "rule": row.rule,
                "kind": row.kind,
                "level": row.level,
                "name": row.name,
                "words": row.words,
                "metric": row.metric,
                "by": row.dimension,
                "key": row.key,
                "window": row.span,
                "unit": row.unit,
                "value": row.value,
                "sample": row.sample,
                "threshold": row.threshold,
                "peak": None
                if worst is None
                else {"value": worst.value, "time": _time(worst.at), "sample": worst.sample},
                "started": _time(row.started),
                "raised": _time(row.raised),
                "ended": _time(now) if event == ENDED else None,
                "flaps": row.flaps,
            },
        }
    )


def _time(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1_000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at % 1_000:03d}Z"
