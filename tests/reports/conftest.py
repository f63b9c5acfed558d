"""An empty cache with its one writer, as for the questions."""

from tests.questions.conftest import cache, make, simulated, simulated_events

__all__ = ["cache", "make", "simulated", "simulated_events"]
