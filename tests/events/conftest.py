"""Events as a platform would write them, made from the published examples."""

from collections.abc import Callable
from typing import Any

import pytest

from wallboard.events.examples import example

Made = Callable[..., dict[str, Any]]


@pytest.fixture
def event() -> Made:
    """Make an event of a type: its example, with attributes and `data` fields as given."""

    def make(name: str = "call.ended", /, data: Any = None, **attributes: Any) -> dict[str, Any]:
        made: dict[str, Any] = example(name) | attributes
        return made | {"data": {**made["data"], **(data or {})}}

    return make
