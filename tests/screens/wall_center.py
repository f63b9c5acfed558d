"""Walls on caches as a collector leaves them, some with alarms that stand."""

import shutil
from pathlib import Path

import msgspec

from tests.alarms.alarmed import MINUTE, evaluated
from tests.screens.center import CONFIGURATION, NOW
from wallboard.config import Alarm, Configuration

DROPS = Alarm(metric="drop_rate", by="campaign", warning=0.01, critical=0.03, for_seconds=0,
              minimum_sample=0)  # fmt: skip
SERVICE = Alarm(metric="service_level", by="queue", warning=0.95, critical=0.7, for_seconds=0,
                minimum_sample=0)  # fmt: skip
WARNINGS = Alarm(metric="service_level", by="queue", warning=0.95, critical=0.01, for_seconds=0,
                 minimum_sample=0)  # fmt: skip


def rotating(*screens: str, seconds: float = 0.0) -> Configuration:
    """The configuration of a wall with these pages."""
    board = msgspec.structs.replace(
        CONFIGURATION.board, screens=screens or ("floor",), rotate_seconds=seconds
    )
    return msgspec.structs.replace(CONFIGURATION, board=board)


def alarmed(cache: Path, to: Path, *alarms: Alarm) -> Path:
    """A copy of a cache in which these alarms were evaluated until just now."""
    shutil.copy(cache, to)
    configuration = msgspec.structs.replace(CONFIGURATION, alarms=alarms)
    evaluated(to, (NOW - 9 * MINUTE, NOW - 1_500), configuration)
    return to
