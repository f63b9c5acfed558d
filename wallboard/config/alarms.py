"""`[[alarm]]`: which metric calls for attention, when, and what is done then."""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from msgspec import Struct

from wallboard.config.errors import ConfigurationError
from wallboard.config.kinds import REFUSED, SECONDS, Choice, ListOf, Number, Text
from wallboard.config.metric_slugs import LISTS, LIVE, NEITHER, SLUGS, UP
from wallboard.config.place import Place
from wallboard.config.section import Section, Table

AlarmWindow: TypeAlias = Literal["now", "15m", "30m", "60m", "today", "30d"]
AlarmDimension: TypeAlias = Literal["", "campaign", "queue", "agent", "account", "team"]
ALARM_WINDOWS: tuple[AlarmWindow, ...] = get_args(AlarmWindow)
ALARM_DIMENSIONS: tuple[AlarmDimension, ...] = get_args(AlarmDimension)
ACTIONS = ("bell", "notify")
SLUG = re.compile(r"[a-z][a-z0-9_]*")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _is_variable_or_empty(text: str) -> object:
    return not text or VARIABLE.fullmatch(text)


class Webhook(Section, frozen=True, kw_only=True):
    """An alarm is posted to the address that an environment variable holds, signed by a secret."""

    url_env: Annotated[
        str, Text("the name of an environment variable", VARIABLE.fullmatch, secret=True)
    ]
    secret_env: Annotated[
        str, Text("the name of an environment variable", _is_variable_or_empty, secret=True)
    ] = ""
    """Names the variable of the secret that posts are signed with; empty: they are not signed."""

    def url(self) -> str:
        """Return the address; raises ConfigurationError when it is not set, or not http(s)."""
        url = os.environ.get(self.url_env, "").strip()
        if not url:
            raise ConfigurationError(
                f"An alarm's webhook needs the environment variable {self.url_env}, "
                "which is not set; no alarm was posted."
            )
        if not _is_web_address(url):
            raise ConfigurationError(
                f"The environment variable {self.url_env} does not hold an http or https address, "
                "as an alarm's webhook needs (its value is not repeated here)."
            )
        return url

    def secret(self) -> str:
        """Return the secret that posts are signed with, empty where none is named.

        Raises ConfigurationError when it is named and not set.
        """
        secret = os.environ.get(self.secret_env, "").strip() if self.secret_env else ""
        if self.secret_env and not secret:
            raise ConfigurationError(
                f"An alarm's webhook is to be signed by the environment variable "
                f"{self.secret_env}, which is not set; no alarm was posted."
            )
        return secret

    def troubles(self) -> Iterator[str]:
        """Say why nothing could be posted now."""
        for read in (self.url, self.secret):
            try:
                read()
            except ConfigurationError as error:
                yield str(error)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


Action: TypeAlias = Literal["bell", "notify"] | Webhook
"""`bell`, `notify`, or a webhook."""


class ActionKind(Struct, frozen=True):
    """The name of an action, or the table of a webhook."""

    def read(self, value: object, place: Place) -> object:
        """Return the name or the webhook."""
        if isinstance(value, dict):
            return Table(Webhook).read(value, place)
        if isinstance(value, str) and value in ACTIONS:
            return value
        place.expected(value, 'bell, notify or a webhook ({url_env = "…"})')
        return REFUSED


class Alarm(Section, frozen=True, kw_only=True):
    """One alarm; the catalogue of metrics says which way is worse."""

    metric: Annotated[str, Text("the slug of a metric, such as drop_rate", SLUG.fullmatch)]
    by: Annotated[AlarmDimension, Choice(ALARM_DIMENSIONS)] = ""
    """One alarm for each campaign, queue, …; empty: one over all."""
    window: Annotated[AlarmWindow, Choice(ALARM_WINDOWS)] = "today"
    warning: Annotated[float | None, Number("a number")] = None
    critical: Annotated[float | None, Number("a number")] = None
    for_seconds: Annotated[float, SECONDS] = 30.0
    """How long the value must stay past the threshold."""
    minimum_sample: Annotated[int, Number("a whole number, 0 or more", 0, whole=True)] = 20
    """Denominators below this raise no alarm."""
    actions: Annotated[tuple[Action, ...], ListOf(ActionKind())] = ("bell",)

    hysteresis: Annotated[float, Number("a share of the threshold, 0 to 1", 0, 1)] = 0.1
    """By which part of the threshold the value has to be back until the alarm is over."""

    @property
    def is_upward(self) -> bool:
        """Whether more is worse; where the catalogue does not say, the order of the thresholds."""
        if self.metric in NEITHER and self.warning is not None and self.critical is not None:
            return self.critical >= self.warning
        return self.metric not in UP

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """An alarm that could never be raised, or never make sense."""
        if self.warning is None and self.critical is None:
            yield "", "has neither warning nor critical where at least one of them is expected"
        if self.metric in LISTS:
            yield "metric", f'is "{self.metric}", a list, where a metric of one value is expected'
        elif self.metric not in SLUGS:
            near = get_close_matches(self.metric, SLUGS, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            yield "metric", f'is "{self.metric}" where the slug of a metric is expected{hint}'
        if self.metric in LIVE and self.by in {"agent", "account"}:
            yield "by", f'is "{self.by}", by which figures of the instant are not known'
        if self.warning is not None and self.critical is not None:
            worse = "more" if self.is_upward else "less"
            if (self.critical < self.warning) if self.is_upward else (self.critical > self.warning):
                yield "critical", f"is milder than warning, though {worse} of this is worse"
