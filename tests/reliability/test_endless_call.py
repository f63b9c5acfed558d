"""A feed that gives one id to everything: the call has an end, the rest of the stream is served."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.endtoend.stage import Stage
from wallboard.collector.call_book import MOST_EVENTS

BEYOND = 500
BEGAN = datetime.now(UTC) - timedelta(hours=5)


def event(number: int, kind: str, **data: Any) -> dict[str, Any]:
    """One event, a second after the one before."""
    return {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "/platform",
        "sequence": str(number),
        "type": kind,
        "time": (BEGAN + timedelta(seconds=number / 2)).isoformat(),
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
