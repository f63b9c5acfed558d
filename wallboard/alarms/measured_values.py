"""What was measured for a threshold, as observations: one for each thing it is split by."""

from collections.abc import Iterable, Iterator
from typing import Final

from wallboard.alarms.machine import Reading
from wallboard.alarms.rules import THRESHOLD, Observation, Rule
from wallboard.alarms.thresholds import Measured
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.names import Names

_WINDOWS: Final = {
    "now": "15 minutes",
    "15m": "15 minutes",
    "30m": "30 minutes",
    "60m": "60 minutes",
    "today": "today",
    "30d": "30 days",
}


def observations(
    rule: Rule, measured: Measured, watched: Iterable[str], named: Names
) -> Iterator[Observation]:
    """What was measured of a rule; of what is `watched` (keys) and counted no more: that."""
    metric = BY_SLUG[rule.metric]
    readings = dict(measured.readings[rule.id])
    if rule.id not in measured.troubles:
        # What is counted, and is there no more, is none.
        nothing = Reading(0.0 if metric.unit == "count" else None)
        readings = dict.fromkeys(watched, nothing) | readings
    words = metric.title + ("" if rule.is_live else f", {_WINDOWS[rule.window]}")
    known = _names_by(rule.by, named)
    for key, reading in readings.items():
        yield Observation(
            rule.id, key, THRESHOLD, rule.limits, reading, known.get(key, key),
            words, metric.unit, rule.metric, rule.by, rule.window, actions=rule.actions,
        )  # fmt: skip


def _names_by(by: str, named: Names) -> dict[str, str]:
    known = {"campaign": named.campaigns, "queue": named.queues, "agent": named.agents}.get(by, ())
    return {name.id: name.name for name in known}
