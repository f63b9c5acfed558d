"""What an alarm watches, whether the configuration asks for it or it is one of our own."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from wallboard.alarms.machine import Limits, Reading
from wallboard.config import Alarm, Webhook
from wallboard.config.alarms import AlarmDimension, AlarmWindow
from wallboard.config.metric_slugs import LIVE

MINUTE_MS: Final = 60_000
THRESHOLD: Final = "threshold"
ROLLING_MS: Final = {"15m": 15 * MINUTE_MS, "30m": 30 * MINUTE_MS, "60m": 60 * MINUTE_MS}
NOW_MS: Final = 15 * MINUTE_MS
"""Of a metric that needs a period, `now` is so long: shorter is mostly chance."""


class Actions(Struct, frozen=True):
    """What is done beside showing it: names of what boards do, and webhooks."""

    names: tuple[str, ...] = ()
    hooks: tuple[Webhook, ...] = ()


class Rule(Struct, frozen=True):
    """A threshold of the configuration. `id` is the same for as long as what it watches is."""

    id: str
    metric: str
    by: AlarmDimension
    window: AlarmWindow
    limits: Limits
    actions: Actions

    @property
    def is_live(self) -> bool:
        """Whether it watches a figure of the instant."""
        return self.metric in LIVE


class Observation(Struct, frozen=True):
    """What was seen of one thing now.

    `reading` is what the limits judge. `name` is that of what `key` stands for, `words` what is so
    of it; `unit` that of the value.
    """

    rule: str
    key: str
    kind: str
    limits: Limits
    reading: Reading
    name: str
    words: str
    unit: str
    metric: str | None = None
    dimension: str = ""
    window: str = ""
    source: int | None = None
    call: int | None = None
    actions: Actions = Actions()


def rules_of(alarms: Iterable[Alarm]) -> tuple[Rule, ...]:
    """The rules of the alarms that are configured, in their order."""
    found: list[Rule] = []
    times: dict[str, int] = {}
    for alarm in alarms:
        window: AlarmWindow = "now" if alarm.metric in LIVE else alarm.window
        name = "/".join(filter(None, (alarm.metric, alarm.by, window)))
        times[name] = times.get(name, 0) + 1
        rule = name if times[name] == 1 else f"{name}#{times[name]}"
        limits = Limits(
            alarm.warning,
            alarm.critical,
            alarm.is_upward,
            round(alarm.for_seconds * 1_000),
            alarm.minimum_sample,
            alarm.hysteresis,
            _lapse(window),
        )
        actions = Actions(
            tuple(action for action in alarm.actions if isinstance(action, str)),
            tuple(action for action in alarm.actions if isinstance(action, Webhook)),
        )
        found.append(Rule(rule, alarm.metric, alarm.by, window, limits, actions))
    return tuple(found)


def _lapse(window: AlarmWindow) -> int | None:
    """After so long without anything to measure what the window showed is over."""
    return NOW_MS if window == "now" else ROLLING_MS.get(window)
