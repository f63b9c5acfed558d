"""What a headline figure of the floor means there, and which metric it is. Pure."""

from typing import Final

from wallboard.questions.floor_answers import Floor, Ratio
from widgets import figures

_MEANINGS: Final = {
    "service_level": "The share of inbound calls of today that were answered within the target."
    " The target is that of the queue, else of the campaign, else of [metrics] in config.toml;"
    " service_level_formula says which calls it is a share of.",
    "waiting": "The callers in queues at this moment. The estimate is how long one who joins now"
    " can expect to wait, from how fast callers were answered of late.",
    "abandonment": "The share of inbound calls of today whose caller hung up before an answer,"
    " after short_abandon_seconds in the queue or later.",
    "answer_rate": "The share of the inbound calls of today that were answered by an agent or a"
    " party they were patched through to.",
    "drop_rate": "The share of people called who answered and had no agent within drop_seconds."
    " What is left is how many more drops the limit allows for the live answers of today.",
    "handle_time": "The mean of talk, hold and wrap-up over the connected calls of today.",
    "occupancy": "The share of the last 30 minutes in which agents on duty were busy with calls:"
    " dialling counts as busy, a fault in neither.",
}


METRIC_OF: Final = {
    "service_level": "service_level",
    "waiting": "calls_waiting",
    "abandonment": "abandonment_rate",
    "answer_rate": "answer_rate",
    "drop_rate": "drop_rate",
    "handle_time": "average_handle_time",
    "occupancy": "occupancy",
}
"""The metric of the catalogue that each headline figure is."""


def explain(key: str, floor: Floor | None) -> list[str]:
    """Paragraphs on the headline figure `key`: what it is, and what it was a week before."""
    paragraphs = [_MEANINGS.get(key, "")]
    before = getattr(floor.before, key, None) if floor is not None else None
    if isinstance(before, Ratio):
        paragraphs.append(f"Last week, the same weekday, up to this time: {_made_of(before)}.")
    return paragraphs


def _made_of(ratio: Ratio) -> str:
    counted = f"{figures.count(ratio.numerator)} of {figures.count(ratio.denominator)}"
    return f"{counted} = {figures.share(ratio.value, 2)}"
