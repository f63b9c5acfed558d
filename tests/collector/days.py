"""Events so many days from the beginning of today, for what is over its time."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.collector.books import RECEIVED, Json

DAY: Final = 86_400_000
NOW: Final = RECEIVED
"""When everything is received, in UTC milliseconds."""
TODAY: Final = datetime.fromtimestamp(NOW // DAY * 86_400, UTC)


def moment(day: float) -> datetime:
    """So many days from the beginning of today."""
    return TODAY + timedelta(days=day)


def event(identity: str, kind: str, day: float, /, **data: Any) -> Json:
    """An event so many days from the beginning of today."""
    return {
        "specversion": "1.0",
        "id": identity,
        "source": "/a",
        "type": kind,
        "time": moment(day).isoformat(),
        "data": data,
    }
