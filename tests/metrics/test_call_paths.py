"""The SQL aggregate `call_paths` beside a walk over all touches before each call."""

import json
import sqlite3
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wallboard.metrics.call_paths import MOST_PATHS, introduce

CALLERS = st.lists(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(("google", "bing", "", None)),
            st.sampled_from(("paid", "organic", "b", None)),
        ),
        max_size=9,
    ),
    max_size=8,
)
"""Of each caller in order of time: calls, and touches with their source and channel."""


def told(callers: list[list[tuple[bool, str | None, str | None]]]) -> list[tuple[Any, ...]]:
    """The rows as the statement tells them: each touch with the first call after it."""
    rows: list[tuple[Any, ...]] = []
    call = 0
    for steps in callers:
        since: int | None = None
        new: list[tuple[Any, ...]] = []
        for at, (is_call, origin, channel) in enumerate(steps):
            if not is_call:
                new.append((at, origin, channel))
                continue
            call += 1
            rows += [(since, call, *touch) for touch in new or [(None, None, None)]]
            since, new = at, []
    return rows


@given(CALLERS)
def test_touches_told_once_count_for_every_later_call(
    callers: list[list[tuple[bool, str | None, str | None]]],
) -> None:
    parts: dict[str, Counter[str]] = {"first": Counter(), "last": Counter(), "assist": Counter()}
    ways: Counter[str] = Counter()
    touches = calls = 0
    for steps in callers:
        before: list[tuple[str, str]] = []
        for is_call, origin, channel in steps:
            if not is_call:
                before.append((origin or "(none)", channel or "(none)"))
            elif before:
                calls += 1
                touches += len(before)
                parts["first"][before[0][0]] += 1
                parts["last"][before[-1][0]] += 1
                parts["assist"].update(origin for origin, _ in before[1:-1])
                ways[" > ".join(channel for _, channel in before)] += 1
    connection = sqlite3.connect(":memory:")
    introduce(connection)
    connection.execute("CREATE TABLE told (since, call, at, origin, channel)")
    connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", rows := told(callers))
    (text,) = connection.execute(
        "SELECT call_paths(since, call, at, origin, channel) FROM told"
    ).fetchone()
    connection.close()
    if not rows:
        assert text is None
        return
    found = json.loads(text)
    assert (found["touches"], found["calls"]) == (touches, calls)
    of_parts = {(part, origin): count for part, origin, count in found["origins"] if count}
    assert of_parts == {(p, o): count for p, some in parts.items() for o, count in some.items()}
    most = sorted(ways.items(), key=lambda way: (-way[1], way[0]))[:MOST_PATHS]
    assert sorted(map(tuple, found["ways"]), key=lambda way: (-way[1], way[0])) == most
