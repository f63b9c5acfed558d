"""What the log is told of feeds: each condition once, as loud as it matters."""

import logging
from typing import Final

from wallboard.feeds.follower import STOPPED
from wallboard.feeds.intake import Condition, Stage

log = logging.getLogger(__name__)

LEVELS: Final = {
    Stage.STALE: logging.WARNING,
    Stage.DISCONNECTED: logging.WARNING,
    Stage.REFUSED: logging.ERROR,
}
"""What the log makes of a feed's condition: a warning passes, of an error somebody must see to."""


class ConditionLog:
    """Tells the log of each feed's condition when it is another than was told last."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[Stage, str]] = {}

    def tell(self, feed: str, condition: Condition) -> None:
        """Tell of a condition, unless it is only on its way or was told already."""
        told = condition.stage, condition.reason
        if condition.stage is Stage.CONNECTING or self._told.get(feed) == told:
            return
        self._told[feed] = told
        detail = f": {condition.reason}" if condition.reason else "."
        is_asked = condition.reason == STOPPED.sentence
        level = logging.INFO if is_asked else LEVELS.get(condition.stage, logging.INFO)
        log.log(level, "Feed %s is %s%s", feed, condition.stage.replace("_", " "), detail)
