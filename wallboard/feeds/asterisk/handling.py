"""What a handler of one kind of message is."""

from collections.abc import Callable
from typing import TypeAlias

from wallboard.feeds.asterisk.fields import Fields

Handler: TypeAlias = Callable[[Fields, int], None]
"""Is given a message and when it happened (UTC ms)."""
