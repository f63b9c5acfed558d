"""The answers computed plainly from events, in the words of the metric catalogue alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
BUSY = {"ringing", "dialling", "on_call", "on_hold", "wrap_up"}


@dataclass
class Told:
    """A call as its events tell it; times in UTC ms."""

    direction: str = ""
    campaign: str | None = None
    started: int = 0
    ended: int | None = None
    reason: str = ""
    legs: dict[str, Json] = field(default_factory=dict)
    stays: list[list[Any]] = field(default_factory=list)
    wrap: float = 0.0

    @property
    def answered(self) -> int | None:
        """When an inbound call was answered."""
        times = [
            leg["answered"]
            for leg in self.legs.values()
            if leg["kind"] in "AS" and "answered" in leg
        ]
        return min(times, default=None)

    @property
    def queue(self) -> str | None:
        """The first queue."""
        return self.stays[0][0] if self.stays else None

    @property
    def live(self) -> bool:
        """Whether a person answered an outbound call."""
        by = [
            leg.get("by") for leg in self.legs.values() if leg["kind"] == "B" and "answered" in leg
        ]
        return (
            bool(by) and by[0] not in {"machine", "fax"} and self.reason not in {"machine", "fax"}
        )

    @property
    def agent_legs(self) -> list[Json]:
        """The answered legs of agents."""
        return [leg for leg in self.legs.values() if leg["kind"] == "A" and "answered" in leg]

    @property
    def connected(self) -> bool:
        """Whether the call had a conversation with an agent."""
        if self.direction == "inbound":
            return self.answered is not None
        return self.live and bool(self.agent_legs)

    def handled(self) -> float:
        """Talk, hold and wrap-up in seconds."""
        if self.ended is None:
            return self.wrap
        time = sum((leg.get("ended") or self.ended) - leg["answered"] for leg in self.agent_legs)
        return float(time) / 1_000 + self.wrap


def told(events: list[Json], time_of: Any) -> dict[str, Told]:
    """The calls of the events, which must be in order of time."""
    calls: dict[str, Told] = defaultdict(Told)
    for event in events:
        data, at = event["data"], time_of(event)
        call = calls[data["call"]] if "call" in data and event["type"] != "agent.changed" else None
        if call is None:
            continue
        match event["type"]:
            case "call.started":
                call.direction, call.started = data["direction"], at
                call.campaign = data.get("campaign")
            case "leg.started":
                call.legs[data["leg"]] = {"kind": data["kind"]}
            case "leg.answered":
                call.legs[data["leg"]] |= {"answered": at, "by": data.get("by")}
            case "leg.ended":
                call.legs[data["leg"]]["ended"] = at
            case "queue.entered":
                call.stays.append([data["queue"], at, None])
            case "queue.left":
                next(s for s in call.stays if s[0] == data["queue"] and s[2] is None)[2] = at
            case "call.ended":
                call.ended, call.reason = at, data["reason"]
            case "call.wrapped":
                call.wrap += data["seconds"]
            case _:
                pass
    return {name: call for name, call in calls.items() if call.started}
