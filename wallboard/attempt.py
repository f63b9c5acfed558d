"""Where nothing may end what goes on: what went wrong, whatever it was, is there to be told.

Threads of the board and of the alarms, and a wall, have nobody beside them who would start them
again. What they read may be of any kind, such as the values of a damaged cache, and so may be what
is wrong with it. This is the one place that catches everything; who asks tells it.
"""

from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Given(Struct, Generic[T], frozen=True):
    """What an attempt gave."""

    value: T
    error: None = None


class Failed(Struct, frozen=True):
    """Why an attempt gave nothing."""

    error: Exception


Outcome: TypeAlias = Given[T] | Failed


def attempt(what: Callable[[], T]) -> Outcome[T]:
    """What came of `what`; raises nothing but what is meant to end the process."""
    try:
        return Given(what())
    except Exception as error:  # noqa: BLE001 - as above
        return Failed(error)
