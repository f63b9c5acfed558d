"""How thorough the tests by property are: the same examples every time, more of them on demand."""

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
