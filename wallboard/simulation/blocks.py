"""The pieces that simulated time is cut into: each begins and ends with an empty center."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

TURN_OF_DAY = time(4)
"""The local time at which one block ends and the next begins: the quietest of the day."""


class Block(Struct, frozen=True):
    """A stretch of time that is simulated on its own, in UTC milliseconds, end excluded."""

    begins: int
    ends: int
    time_zone: str

    @property
    def seconds(self) -> float:
        """The length of the block in seconds; 23 or 25 hours when clocks change."""
        return (self.ends - self.begins) / 1000

    @property
    def tag(self) -> str:
        """What makes the ids of this block unlike those of every other."""
        return f"{datetime.fromtimestamp(self.begins / 1000, UTC):%y%m%d%H%M}"

    def local(self, seconds: float) -> datetime:
        """The local time so many seconds into the block."""
        return datetime.fromtimestamp(self.begins / 1000 + seconds, ZoneInfo(self.time_zone))


def milliseconds(moment: datetime) -> int:
    """UTC milliseconds of an aware time; raises ValueError for one without an offset."""
    if moment.tzinfo is None:
        raise ValueError(f"The time {moment.isoformat()} has no offset; one was expected.")
    return round(moment.timestamp() * 1000)


def block_at(moment: int, time_zone: str) -> Block:
    """The whole block that holds a moment (UTC milliseconds)."""
    local = datetime.fromtimestamp(moment / 1000, ZoneInfo(time_zone))
    day = local.date() if local.time() >= TURN_OF_DAY else local.date() - timedelta(days=1)
    return block_of(day, time_zone)


def block_of(day: date, time_zone: str) -> Block:
    """The block that begins on a local day."""
    zone = ZoneInfo(time_zone)
    begins, ends = (
        milliseconds(datetime.combine(day + timedelta(days=n), TURN_OF_DAY, zone)) for n in (0, 1)
    )
    return Block(begins, ends, time_zone)


def blocks_between(begins: int, ends: int, time_zone: str) -> Iterator[Block]:
    """The blocks from one moment to another, the first and the last cut to fit."""
    while begins < ends:
        whole = block_at(begins, time_zone)
        yield Block(begins, min(ends, whole.ends), time_zone)
        begins = whole.ends


def blocks_before(block: Block, days: int) -> Iterator[Block]:
    """The whole blocks of so many days before this one, newest first."""
    for _ in range(days):
        block = block_at(block.begins - 1, block.time_zone)
        yield block
