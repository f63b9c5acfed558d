"""A feed that tells ever more of one thing: that has an end, the rest of the stream is served."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.endtoend.stage import Stage
from wallboard.collector.call_book import MOST_EVENTS

BEYOND = 500
BEGAN = datetime.now(UTC) - timedelta(hours=5)


def event(number: int, kind: str, turn: int = 1, **data: Any) -> dict[str, Any]:
    """One event, half a second after the one before it, or before all others."""
    return {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "/platform",
        "sequence": str(number),
        "type": kind,
        "time": (BEGAN + timedelta(seconds=number * turn / 2)).isoformat(),
        "data": data,
    }


def counts(said: str) -> dict[str, int]:
    """What `import` printed."""
    words = said.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


def test_a_call_without_end_takes_no_more_than_its_share(stage: Stage) -> None:
    """What is too much is set apart, and known when it comes again; the end is taken."""
    events = [event(1, "call.started", call="0", direction="inbound")]
    events += [
        event(number, ("leg.held", "leg.resumed")[number % 2], call="0", leg="a")
        for number in range(2, MOST_EVENTS + BEYOND + 1)
    ]
    events += [
        event(MOST_EVENTS + BEYOND + 1, "call.ended", call="0", reason="completed"),
        event(MOST_EVENTS + BEYOND + 2, "call.started", call="1", direction="inbound"),
        event(MOST_EVENTS + BEYOND + 3, "call.ended", call="1", reason="completed"),
    ]
    lines = "\n".join(map(json.dumps, events)).encode()
    total = len(events)
    done = stage.run("import", "-", given=lines)
    expected = {"events": total, "applied": total - BEYOND, "quarantined": BEYOND}
    assert counts(done.stdout) == {"repeated": 0, "unknown": 0} | expected
    assert "one id to several calls" in done.stderr
    question = "SELECT count(*) FROM calls WHERE end_reason = 'completed' AND ended IS NOT NULL"
    assert stage.number(question) == 2
    texts = stage.ask("SELECT text FROM quarantine")
    assert {json.loads(text)["id"] for (text,) in texts} == {
        f"e{number}" for number in range(MOST_EVENTS + 1, MOST_EVENTS + BEYOND + 1)
    }
    # The same again, as after a loss of the connection: nothing is counted twice.
    again = counts(stage.run("import", "-", given=lines).stdout)
    assert again == {"events": total, "applied": 0, "repeated": total} | dict.fromkeys(
        ("unknown", "quarantined"), 0
    )
    assert "20,000 events already" in stage.run("status").stdout


def test_a_queue_that_is_defined_again_and_again(stage: Stage) -> None:
    """By turns later and earlier than all before: for each, all of them were merged anew."""
    times = 6_000
    events = [
        event(
            number, "queue.defined", 1 if number % 2 else -1, queue="q", name=f"Queue {number}",
            service_level={"seconds": number % 100 + 1, "share": 0.8},
        )
        for number in range(1, times + 1)
    ]  # fmt: skip
    events.append(event(times + 1, "call.started", call="1", direction="inbound"))
    done = stage.run("import", "-", given="\n".join(map(json.dumps, events)).encode())
    assert counts(done.stdout)["applied"] == times + 1
    newest = stage.ask("SELECT name, service_level_seconds FROM queues")
    assert newest == [(f"Queue {times - 1}", (times - 1) % 100 + 1)]
