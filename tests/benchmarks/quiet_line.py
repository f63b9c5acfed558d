"""What a board sends down an ssh line while nothing happens on the floor.

    python -m tests.benchmarks.quiet_line [seconds]

A feed server sends the states of 500 agents and then nothing but heartbeats; what is drawn is the
clocks. Compressed as `ssh -C` does it: one zlib stream, flushed with every packet.
"""

import os
import sys
import tempfile
import time
import zlib
from pathlib import Path

from tests.benchmarks.busy_feed import busy_feed
from tests.benchmarks.running import board, collector, configure
from tests.benchmarks.terminal import Terminal

WARM_UP = 8.0
SETTLING = 6.0
TARGET = 2_048


def sent(shown: Terminal, seconds: float) -> tuple[float, float]:
    """Bytes a second over so long from now on, as they are and as ssh compresses them."""
    stream = zlib.compressobj()
    known = len(shown.pieces)
    # The stream has seen what was drawn before, as it would have on a real connection.
    for _, piece in shown.pieces[:known]:
        stream.compress(piece)
    stream.flush(zlib.Z_SYNC_FLUSH)
    began = time.monotonic()
    time.sleep(seconds)
    pieces = [piece for _, piece in shown.pieces[known:]]
    took = time.monotonic() - began
    packed = sum(
        len(stream.compress(piece)) + len(stream.flush(zlib.Z_SYNC_FLUSH)) for piece in pieces
    )
    return sum(map(len, pieces)) / took, packed / took


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    with tempfile.TemporaryDirectory() as name, busy_feed(WARM_UP) as feed:
        folder = Path(name)
        configure(folder, feed.url)
        with collector(folder), board(folder, (80, 24)) as small, board(folder) as large:
            small.wait_for("AGENTS")
            large.wait_for("AGENTS")
            feed.send(WARM_UP)
            time.sleep(SETTLING)
            found = {"80x24": sent(small, seconds), "160x45": sent(large, seconds)}
    print(f"500 agents, nothing happens; load {os.getloadavg()[0]:.1f}")
    print(f"{'':<8} {'bytes/s':>9} {'compressed':>11}")
    for size, (plain, packed) in found.items():
        target = f"target: under {TARGET:,}" if size == "80x24" else ""
        print(f"{size:<8} {plain:>9,.0f} {packed:>11,.0f}  {target}")


if __name__ == "__main__":
    main()
