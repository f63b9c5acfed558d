"""The vocabulary of the feed: one typed struct per event, and how text becomes one."""

from wallboard.events.decode import decode_batch, decode_lines, decode_message
from wallboard.events.decoded import Control, Decoded, Invalid, Unknown
from wallboard.events.envelope import Event
from wallboard.events.kinds import Data

__all__ = [
    "Control",
    "Data",
    "Decoded",
    "Event",
    "Invalid",
    "Unknown",
    "decode_batch",
    "decode_lines",
    "decode_message",
]
