"""What AMI events cost: from the bytes of the wire to committed facts.

    python -m tests.benchmarks.asterisk [rounds] [recording.jsonl.gz]

The messages of a recorded run go through the parser, the translation and the collector into a
cache, a tenth of a second of a rate of 2,000 events/s at a time, each part committed: as a live
feed does at that rate. Processor time of all threads is taken, and told as a share of one core.
Each round is another PBX, so that nothing is known already. The recording is by default that of the
tests: what the filters let through; a whole one has three times as many events, most of which tell
nothing.
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.asterisk.pbx import as_text
from tests.asterisk.recordings import AMI, lines_of
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.garbage import calm_garbage_collection
from wallboard.collector.ledger import Ledger
from wallboard.config import Asterisk
from wallboard.facts.definitions import Settings
from wallboard.feeds.asterisk.hearing import Hearing
from wallboard.feeds.asterisk.outlet import Outlet
from wallboard.feeds.asterisk.wire import Wire
from wallboard.reporting_time import Calendar

RATE = 2_000
PART = RATE // 10
TARGET = 0.5


async def measure(messages: list[bytes], rounds: int, folder: Path) -> tuple[float, float, int]:
    """Seconds of processor time to translate, and to translate and store; and events told."""
    db = open_for_writing(folder / "cache.sqlite")
    collector = Collector(Ledger(db, Calendar("UTC"), Settings()))
    calm_garbage_collection()
    translating = 0.0
    events = 0
    began = time.process_time()
    for number in range(rounds):
        wire, hearing = Wire(), Hearing(Asterisk(), f"asterisk/bench-{number}")
        outlet = Outlet(f"bench-{number}", collector)
        await outlet.open(0)
        for at in range(0, len(messages), PART):
            since = time.process_time()
            told: list[bytes] = []
            for fields in wire.take(b"".join(messages[at : at + PART])):
                told += hearing.ami(fields, 1_795_316_778_000)
            translating += time.process_time() - since
            events += len(told)
            await outlet.deliver(told, 1_795_316_778_000)
            await collector.flush()
    whole = time.process_time() - began
    db.close()
    return translating, whole, events


def main() -> None:
    """Measure, and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    recording = Path(sys.argv[2]) if len(sys.argv) > 2 else AMI
    read = (json.loads(line) for line in lines_of(recording))
    messages = [as_text(one["fields"]) for one in read]
    with tempfile.TemporaryDirectory() as folder:
        translating, whole, events = asyncio.run(measure(messages, rounds, Path(folder)))
    count = len(messages) * rounds
    share = whole / count * RATE
    print(f"{count:,} messages of AMI in {rounds} rounds, {events:,} events told of them")
    print(f"parsed and translated  {translating / count * 1e6:6.1f} us a message")
    print(f"and stored             {whole / count * 1e6:6.1f} us a message")
    print(f"at {RATE:,} messages/s      {share:6.1%} of a core (target: under {TARGET:.0%})")


if __name__ == "__main__":
    main()
