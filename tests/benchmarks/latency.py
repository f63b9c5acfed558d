"""From an event that leaves the feed's server to its place on the screen.

    python -m tests.benchmarks.latency [seconds]

Three real processes besides this one: a feed server that sends 1,000 events/s of 500 agents,
`wallboard collect`, and `wallboard` on a pseudo-terminal of 160 by 45. Among the events, four times
a second, an agent is at fault for a reason that is a word of its own; the time runs from the moment
at which the server sends the event until the word has arrived at the other end of the terminal.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.busy_feed import RATE, busy_feed
from tests.benchmarks.running import board, collector, configure

WARM_UP = 15.0
MEDIAN, HIGHEST = 0.250, 0.500


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 75.0
    with tempfile.TemporaryDirectory() as name, busy_feed(seconds + WARM_UP + 10) as feed:
        folder = Path(name)
        configure(folder, feed.url)
        with collector(folder), board(folder) as shown:
            shown.wait_for("AGENTS")
            feed.send(WARM_UP)
            sent = feed.send(seconds, probing=True)
            feed.send(2.0)
            arrived = shown.arrivals([probe.mark for probe in sent])
    waits = sorted(arrived[probe.mark] - probe.at for probe in sent if probe.mark in arrived)
    if len(waits) < 2:
        raise SystemExit("No event reached the screen.")
    cut = statistics.quantiles(waits, n=100)
    print(f"{RATE} events/s, 500 agents, 160x45; load {os.getloadavg()[0]:.1f}")
    print(f"{len(waits)} of {len(sent)} events seen")
    print(f"median           {cut[49] * 1000:>6.0f} ms  (target: below {MEDIAN * 1000:.0f})")
    print(f"99th percentile  {cut[98] * 1000:>6.0f} ms  (target: below {HIGHEST * 1000:.0f})")
    print(f"shortest, longest {waits[0] * 1000:>5.0f}, {waits[-1] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
