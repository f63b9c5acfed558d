"""The processor time of the board under load and on a silent feed, beside an idle Textual app.

    python -m tests.benchmarks.board_cpu [seconds]

A feed server sends 1,000 events/s of 500 agents, `wallboard collect` takes them in, `wallboard`
shows them on a pseudo-terminal of 160 by 45; then the server falls silent but for its heartbeats.
Processor time is that of the board's process alone, as the kernel counts it.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.busy_feed import RATE, busy_feed
from tests.benchmarks.running import board, collector, configure
from tests.benchmarks.terminal import Terminal, terminal

WARM_UP = 15.0
IDLE = "from textual.app import App; App().run()"
BUSY_SHARE, SILENT_SHARE = 0.20, 0.03


def measured(shown: Terminal, seconds: float) -> tuple[float, float]:
    """The share of a core and the bytes per second over so long from now on."""
    began, used, written = time.monotonic(), shown.processor_seconds, shown.written
    time.sleep(seconds)
    took = time.monotonic() - began
    return (shown.processor_seconds - used) / took, (shown.written - written) / took


def line(what: str, found: tuple[float, float], target: str = "") -> None:
    """Print one line of the table."""
    share, speed = found
    print(f"{what:<32} {share:>7.1%}  {speed:>9,.0f}  {target}")


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with tempfile.TemporaryDirectory() as name, busy_feed(seconds + WARM_UP + 10) as feed:
        folder = Path(name)
        configure(folder, feed.url)
        with collector(folder), board(folder) as shown:
            shown.wait_for("AGENTS")
            feed.send(WARM_UP)
            feed.start_sending(seconds)
            busy = measured(shown, seconds - 0.5)
            feed.finish()
            time.sleep(5)
            silent = measured(shown, seconds)
    with terminal([sys.executable, "-c", IDLE]) as shown:
        time.sleep(3)
        idle = measured(shown, seconds)
    print(f"500 agents, 160x45; load {os.getloadavg()[0]:.1f}")
    print(f"{'':<32} {'core':>7}  {'bytes/s':>9}")
    line(f"board at {RATE:,} events/s", busy, f"target: under {BUSY_SHARE:.0%}")
    line("board on a silent feed", silent, f"target: under {SILENT_SHARE:.0%}")
    line("an idle Textual app", idle)


if __name__ == "__main__":
    main()
