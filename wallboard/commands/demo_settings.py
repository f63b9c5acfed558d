"""The configuration of a demo: the user's own, on the feed of the simulated center."""

import json
import tomllib
from typing import Final

from wallboard.config import Configuration

LEFT_OUT = ("feed", "cache", "asterisk")
ALARMS: Final[list[dict[str, object]]] = [
    {
        "metric": "drop_rate", "by": "campaign", "warning": 0.03, "minimum_sample": 100,
        "actions": [],
    },
    {
        "metric": "service_level", "by": "queue", "warning": 0.8, "critical": 0.5,
        "actions": [],
    },
    {
        "metric": "longest_wait", "by": "queue", "window": "now", "warning": 60, "critical": 180,
        "for_seconds": 5, "minimum_sample": 1, "actions": [],
    },
]  # fmt: skip
"""What a demo watches where the user's file names no alarm, so that some are seen: none rings, and
few are critical, which would hold the pages of a wall."""


def demo_settings(configuration: Configuration, url: str, token_env: str, time_zone: str) -> str:
    """The text of a config.toml for the center that serves at `url`, in `time_zone`.

    Alarms, layouts, limits and targets are those of the file that `configuration` was read from,
    so that they can be tried on a simulated center; feeds, cache and PBX are not. Where it has no
    alarm, some usual ones are set.
    """
    settings = _of_the_file(configuration)
    settings.setdefault("alarm", ALARMS)
    settings["feed"] = [{"name": "demo", "url": url, "token_env": token_env}]
    settings["reporting"] = _table(settings.get("reporting")) | {"time_zone": time_zone}
    settings["board"] = {"title": "Wallboard demo"} | _table(settings.get("board"))
    return "".join(f"{_key(name)} = {_toml(value)}\n" for name, value in settings.items())


def _of_the_file(configuration: Configuration) -> dict[str, object]:
    if configuration.path is None:
        return {}
    read = tomllib.loads(configuration.path.read_bytes().decode("utf-8-sig"))
    return {name: value for name, value in read.items() if name not in LEFT_OUT}


def _table(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _toml(value: object) -> str:
    """`value` on one line: everything in TOML may stand in line, and the configuration is short."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)} = {_toml(of)}" for name, of in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # JSON's texts, numbers and truths are TOML's, but for one character that TOML wants escaped;
    # JSON's escapes of what is beyond 16 bits are not, so that such letters stand as they are.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return _toml(name)
