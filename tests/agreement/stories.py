"""Small hand-made worlds: events written by a person, and the metrics of a day."""

from datetime import UTC, datetime
from typing import Any

from tests.agreement.brute_force.asked import Answer, Asked, Settings
from tests.agreement.brute_force.measure import measure

NOON = 1_762_776_000_000
"""2025-11-10T12:00:00Z, a Monday."""
DAY = 86_400_000
MONDAY = Asked(NOON - DAY // 2, NOON + DAY // 2)


class Story:
    """Events told one after another, at seconds from noon of a Monday in UTC."""

    def __init__(self, source: str = "main") -> None:
        self.source = source
        self.events: list[dict[str, Any]] = []

    def tell(self, kind: str, at: float, /, **data: Any) -> None:
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"{len(self.events):05d}",
                "source": self.source,
                "type": kind,
                "time": written(at),
                "sequence": str(len(self.events)),
                "data": data,
            }
        )

    def inbound(self, call: str, at: float, /, **fields: Any) -> None:
        fields = {"from_number": "+14155550100", "to_number": "+18005550190"} | fields
        self.tell("call.started", at, call=call, direction="inbound", **fields)

    def outbound(self, call: str, at: float, /, **fields: Any) -> None:
        fields = {"from_number": "+18005550190", "to_number": "+14155550100"} | fields
        self.tell("call.started", at, call=call, direction="outbound", **fields)

    def leg(
        self,
        call: str,
        kind: str,
        start: float,
        answer: float | None = None,
        end: float | None = None,
        *,
        by: str | None = None,
        **fields: Any,
    ) -> str:
        """A leg; returns its id."""
        leg = f"{call}-{kind}{len(self.events)}"
        self.tell("leg.started", start, leg=leg, call=call, kind=kind, **fields)
        if answer is not None:
            self.tell("leg.answered", answer, leg=leg, call=call, by=by)
        if end is not None:
            self.tell("leg.ended", end, leg=leg, call=call, cause="completed")
        return leg

    def stay(self, call: str, queue: str, since: float, until: float, reason: str) -> None:
        self.tell("queue.entered", since, call=call, queue=queue)
        self.tell("queue.left", until, call=call, queue=queue, reason=reason)

    def end(self, call: str, at: float, reason: str = "completed") -> None:
        self.tell("call.ended", at, call=call, reason=reason)

    def metrics(self, asked: Asked = MONDAY, **settings: Any) -> dict[str, Answer]:
        return measure(self.events, Settings(**settings), asked)


def written(at: float) -> str:
    """RFC 3339 text of seconds from noon."""
    return datetime.fromtimestamp(NOON / 1000 + at, UTC).isoformat(timespec="milliseconds")


def rows(answer: Answer) -> dict[str, Any]:
    """The values of a breakdown by key."""
    return {row["key"]: row["value"] for row in answer.breakdown or []}
