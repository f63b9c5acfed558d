"""How the tests are run: on how many workers, and how thorough those by property are.

Their examples are the same every time, and more of them on demand.
"""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("WALLBOARD_EXAMPLES", "0"))
"""Examples of each property; 0: the profile's few, the same every time."""

settings.register_profile(
    "wallboard",
    deadline=None,
    derandomize=not EXAMPLES,
    max_examples=EXAMPLES or 30,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("wallboard")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: many tests wait for processes of their own."""
    return (os.cpu_count() or 1) + 1
