"""A stage for each test, and terminals; whatever was started on it ends with it."""

from tests.endtoend.conftest import Open, stage, terminal

__all__ = ["Open", "stage", "terminal"]
