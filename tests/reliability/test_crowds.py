"""More agents, campaigns, queues and sources than anyone has: all stays small, and says so.

A small version of a million of each (docs/reliability.md has the figures of those).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from tests.endtoend.stage import COMMAND, Stage, zone_at_noon
from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.config import Configuration
from wallboard.now import now_ms
from wallboard.questions.calls import MOST_FOUND
from wallboard.questions.crowd import MOST_AGENTS, MOST_QUEUES

AGENTS: Final = 25_000
CAMPAIGNS: Final = 10_500
"""With a queue each they are more than is remembered."""
SIGNED_IN: Final = 30
QUEUES: Final = 2_600
WITH_CALLERS: Final = 7
SOURCES: Final = 21_000
"""More than a collector remembers."""
MOST_MIB: Final = 190
"""Measured: 60 to 150."""


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    stage.configure(f'[reporting]\ntime_zone = "{zone_at_noon()}"\n')
    yield stage
    stage.close()


def lines(kind: str, data: list[dict[str, Any]], after: int = 0) -> Iterator[str]:
    """Events of one type, within the last half hour, so many seconds later."""
    begun = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=1_800 - after)
    for number, each in enumerate(data, 1):
        moment = begun + timedelta(milliseconds=number)
        yield json.dumps(
            {
                "specversion": "1.0",
                "id": f"{kind}{number}",
                "source": "many",
                "type": kind,
                "time": moment.isoformat(),
                "data": each,
            }
        )


MEASURED: Final = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""
"""A process begins with the peak of the one that began it, which therefore has to be small."""


def peak(stage: Stage, *words: str | Path) -> tuple[str, int]:
    """What a command prints, and the most memory that it had, in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *COMMAND, *stage.usual, *map(str, words)],
        capture_output=True,
        text=True,
        env=stage.environment,
        cwd=stage.folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, int(done.stderr.split()[-1]) // 1_024


def test_of_many_agents_the_foremost_are_looked_at(stage: Stage) -> None:
    """Those who are signed in were heard of first, and are shown all the same."""
    file = stage.folder / "agents.jsonl"
    file.write_text(
        "\n".join(
            lines(
                "agent.changed",
                [
                    {"agent": f"a{n}", "presence": "available" if n < SIGNED_IN else "offline"}
                    for n in range(AGENTS)
                ],
            )
        ),
        encoding="utf-8",
    )
    said, mib = peak(stage, "import", file)
    assert f"applied {AGENTS} " in said
    assert mib < MOST_MIB
    text, mib = peak(stage, "status")
    assert f"{SIGNED_IN} available" in text
    assert f"and {AGENTS - MOST_AGENTS:,} more" in text
    assert mib < MOST_MIB
    values = json.loads(stage.run("status", "--format", "json").stdout)
    assert len(values["agents"]) == MOST_AGENTS
    assert values["agents_beyond"] == AGENTS - MOST_AGENTS
    assert values["agents_by_state"]["available"] == SIGNED_IN
    said, mib = peak(stage, "report", "agent-performance", "--format", "csv")
    assert len(said.splitlines()) == SIGNED_IN + 1
    assert mib < MOST_MIB


async def test_campaigns_without_end_are_read_back_when_they_are_named(stage: Stage) -> None:
    """Each defined with terms of its own, before and after the call that it judges."""
    calls = [
        {"call": f"c{n}", "direction": "inbound", "campaign": f"p{n}"} for n in range(CAMPAIGNS)
    ]
    entered = [{"call": f"c{n}", "queue": f"q{n}"} for n in range(CAMPAIGNS)]
    ended = [{"call": f"c{n}", "reason": "abandoned"} for n in range(CAMPAIGNS)]
    defined = [
        {
            "campaign": f"p{n}",
            "name": f"P {n}",
            "direction": "inbound",
            "channel": "voice",
            "service_level": {"seconds": 5, "share": 0.8},
        }
        for n in range(CAMPAIGNS)
    ]
    definitions = list(lines("campaign.defined", defined))
    events = [
        *definitions[::2],
        *lines("call.started", calls),
        *lines("queue.entered", entered),
        *lines("call.ended", ended, after=10),
        *definitions[1::2],
    ]
    file = stage.folder / "campaigns.jsonl"
    file.write_text("\n".join(events), encoding="utf-8")
    said, mib = peak(stage, "import", file)
    assert f"applied {4 * CAMPAIGNS} " in said
    assert mib < MOST_MIB
    # Given up after 10 s: within the 20 s of the settings, not within the 5 of the definitions.
    asked = "SELECT result, within_target, count(*) FROM calls GROUP BY 1, 2"
    assert stage.ask(asked) == [("abandoned", 0, CAMPAIGNS)]
    said, mib = peak(stage, "status")
    assert mib < MOST_MIB
    assert f"of {CAMPAIGNS:,}" in said
    await campaigns_drawn(stage)


async def campaigns_drawn(stage: Stage) -> None:
    """None is reckoned by itself, which is said; each is found by its name."""
    board = Board(stage.cache, Configuration(), clock=now_ms)
    async with running(board) as pilot:
        text = await press(pilot, "4")
        assert "There are more than 10,000 campaigns" in text
        assert "No campaign is known" not in text
        last = str(CAMPAIGNS - 1)
        text = await press(pilot, "ctrl+p", *last)
        assert f"campaign P {last}" in text


def test_of_many_queues_the_foremost_are_looked_at(stage: Stage) -> None:
    """Where somebody waits, though those queues were defined and called first; all calls count."""
    queues = [{"queue": f"q{n}", "name": f"Q {n}"} for n in range(QUEUES)]
    calls = [{"call": f"c{n}", "direction": "inbound"} for n in range(QUEUES)]
    entered = [{"call": f"c{n}", "queue": f"q{n}"} for n in range(QUEUES)]
    ended = [{"call": f"c{n}", "reason": "abandoned"} for n in range(WITH_CALLERS, QUEUES)]
    file = stage.folder / "queues.jsonl"
    events = (
        *lines("queue.defined", queues),
        *lines("call.started", calls),
        *lines("queue.entered", entered, after=1),
        *lines("call.ended", ended, after=20),
    )
    file.write_text("\n".join(events), encoding="utf-8")
    said, mib = peak(stage, "import", file)
    assert f"applied {4 * QUEUES - WITH_CALLERS} " in said
    assert mib < MOST_MIB
    assert f"  and {QUEUES - MOST_QUEUES:,} more\n" in stage.run("status").stdout
    values = json.loads(stage.run("status", "--format", "json").stdout)
    assert len(values["queues"]) == MOST_QUEUES
    assert values["queues_beyond"] == QUEUES - MOST_QUEUES
    waiting = {row["queue"] for row in values["queues"] if row["calls_waiting"]}
    assert waiting == {f"q{n}" for n in range(WITH_CALLERS)}
    assert values["calls_waiting"] == WITH_CALLERS
    split = stage.run("metrics", "calls_waiting", "--by", "queue", "--format", "json").stdout
    (metric,) = json.loads(split)
    assert metric["value"] == WITH_CALLERS
    assert len(metric["breakdown"]) == MOST_QUEUES
    assert "Of the 2,000 queues that matter most." in metric["note"]


def test_sources_without_end_are_read_back_when_they_are_named(stage: Stage) -> None:
    """Each begins a call, and ends it when thousands of others were named since."""
    started = [{"call": "c", "direction": "inbound"}] * SOURCES
    ended = [{"call": "c", "reason": "abandoned"}] * SOURCES
    file = stage.folder / "sources.jsonl"
    events = (
        line.replace('"many"', f'"s{n % SOURCES}"')
        for n, line in enumerate(
            (*lines("call.started", started), *lines("call.ended", ended, after=10))
        )
    )
    file.write_text("\n".join(events), encoding="utf-8")
    said, mib = peak(stage, "import", file)
    assert f"applied {2 * SOURCES} " in said
    assert mib < MOST_MIB
    asked = "SELECT count(*), count(DISTINCT source), sum(ended IS NOT NULL) FROM calls"
    assert stage.ask(asked) == [(SOURCES, SOURCES, SOURCES)]
    assert stage.ask("SELECT count(*) FROM sources") == [(SOURCES,)]
    # That id in so many sources: the first of them are named.
    done = stage.run("call", "c")
    assert done.returncode == 1
    assert 2 < done.stderr.count("inbound  abandoned") <= MOST_FOUND
