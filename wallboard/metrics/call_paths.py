"""The SQL aggregate `call_paths`: what touches led to calls, from each touch told once.

A touch is told with the first call after it and counts for all later calls of the same caller, so
the work grows with the touches and the calls, not with how many touches lie before each call. Ways
that begin alike are kept once, as a tree of touches; all else is counted from that.
"""

import json
import sqlite3
from collections import Counter
from heapq import nsmallest
from typing import Final, NamedTuple

from wallboard.cache.functions import add_aggregate

MOST_PATHS: Final = 10
"""How many of the most frequent ways are given."""

NONE: Final = "(none)"
_BETWEEN: Final = " > "
_ROOT: Final = 0


class _Tree(NamedTuple):
    """Nodes by their number, each after the one it grows from: that one, and what it stands for."""

    grows_from: list[int]
    origin: list[str]
    channel: list[str]
    calls: list[int]
    """How many calls the way ends at there."""


class _CallPaths:
    def __init__(self) -> None:
        tree = self._tree = _Tree([_ROOT], [""], [""], [0])
        known: dict[tuple[int, str | None, str | None], int] = {}
        calls = tree.calls
        call, way = 0, _ROOT

        # A closure: with attributes of an object it takes half as long again, a million times.
        def step(
            since: int | None, told: int, at: int | None, origin: str | None, channel: str | None
        ) -> None:
            nonlocal call, way
            if told != call:
                calls[way] += 1
                call = told
                if since is None:
                    way = _ROOT
            if at is not None:
                key = (way, origin, channel)
                found = known.get(key)
                if found is None:
                    found = known[key] = len(calls)
                    tree.grows_from.append(way)
                    tree.origin.append(origin or NONE)
                    tree.channel.append(channel or NONE)
                    calls.append(0)
                way = found

        def end() -> None:
            calls[way] += 1

        self.step = step
        self._end = end

    def finalize(self) -> str:
        self._end()
        tree = self._tree
        # How many calls a touch was before: where nodes are counted last to first, all that grow
        # from one come before it.
        before = list(tree.calls)
        for node in range(len(before) - 1, _ROOT, -1):
            before[tree.grows_from[node]] += before[node]
        before[_ROOT] -= tree.calls[_ROOT]
        origins: dict[str, Counter[str]] = {
            "first": Counter(),
            "last": Counter(),
            "assist": Counter(),
        }
        for node in range(1, len(before)):
            origin, last = tree.origin[node], tree.calls[node]
            origins["last"][origin] += last
            if tree.grows_from[node] == _ROOT:
                origins["first"][origin] += before[node]
            else:
                origins["assist"][origin] += before[node] - last
        return json.dumps(
            {
                "origins": [
                    [part, origin, calls]
                    for part, found in origins.items()
                    for origin, calls in found.items()
                ],
                "ways": _most_frequent(tree),
                "touches": sum(before[1:]),
                "calls": before[_ROOT],
            }
        )


def _most_frequent(tree: _Tree) -> list[tuple[str, int]]:
    """The ways of the most calls, and of those of as many the first by their text."""
    channels, calls = _of_channels(tree)
    frequent = Counter(count for count in calls[1:] if count)
    least, wanted = 0, MOST_PATHS
    for least in sorted(frequent, reverse=True):
        if frequent[least] >= wanted:
            break
        wanted -= frequent[least]
    ways = range(1, len(calls))
    found = [(_text(channels, way), calls[way]) for way in ways if calls[way] > least]
    texts = (_text(channels, way) for way in ways if calls[way] == least > 0)
    return found + [(text, least) for text in nsmallest(MOST_PATHS - len(found), texts)]


def _of_channels(tree: _Tree) -> tuple[list[tuple[int, str]], list[int]]:
    """The tree of channels alone: what each node grows from with its channel, and its calls."""
    nodes: list[tuple[int, str]] = [(_ROOT, "")]
    calls = [0]
    known: dict[tuple[int, str], int] = {}
    place = [_ROOT] * len(tree.calls)
    for node in range(1, len(place)):
        step = (place[tree.grows_from[node]], tree.channel[node])
        way = known.setdefault(step, len(nodes))
        if way == len(nodes):
            nodes.append(step)
            calls.append(0)
        place[node] = way
        calls[way] += tree.calls[node]
    return nodes, calls


def _text(nodes: list[tuple[int, str]], way: int) -> str:
    channels = []
    while way != _ROOT:
        way, channel = nodes[way]
        channels.append(channel)
    return _BETWEEN.join(reversed(channels))


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `call_paths(since, call, at, touch_source, channel)`.

    Calls come by caller in order of time, and with each its touches that no earlier call came
    with, in order of theirs; a call without any comes once, `at` being null. `since` is null for
    the first call of a caller. Numbers of calls are not 0. It gives a JSON object: `origins`, a
    list of part (first, last, assist), source and calls; `ways`, those of the most calls, each
    with how many; `touches` before calls and `calls` with any.
    """
    add_aggregate(connection, "call_paths", 5, _CallPaths)
