"""This machine's clock."""

import time


def now_ms() -> int:
    """What it shows, in UTC milliseconds."""
    return time.time_ns() // 1_000_000
