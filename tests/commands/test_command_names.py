"""Names as the commands print them: the id stands for one that is empty."""

import json
from typing import Any

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import Stage


def event(number: int, kind: str, second: int, /, **data: Any) -> bytes:
    """An event on Tuesday at ten."""
    told = {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "tests",
        "type": kind,
        "time": f"{TUESDAY}T10:00:{second:02}Z",
        "data": data,
    }
    return json.dumps(told).encode()


@pytest.mark.parametrize("name", ["", "   ", "\t\u00a0"])
def test_an_empty_name_falls_back_to_the_id(stage: Stage, name: str) -> None:
    """Of queues, agents and campaigns, in every command that prints text."""
    given = b"\n".join(
        (
            event(1, "queue.defined", 0, queue="the-queue", name=name),
            event(2, "agent.defined", 0, agent="the-agent", name=name),
            event(3, "campaign.defined", 0, campaign="the-campaign", name=name,
                  direction="inbound", channel="voice"),
            event(4, "call.started", 1, call="c1", direction="inbound", campaign="the-campaign"),
            event(5, "queue.entered", 2, call="c1", queue="the-queue"),
            event(6, "leg.started", 3, call="c1", leg="l1", kind="A", agent="the-agent"),
            event(7, "leg.answered", 4, call="c1", leg="l1"),
            event(8, "agent.changed", 5, agent="the-agent", presence="available",
                  activity="fault"),
            event(9, "queue.left", 4, call="c1", queue="the-queue", reason="answered"),
            event(10, "call.transferred", 6, call="c1", from_agent="the-agent",
                  to_queue="the-queue", method="blind"),
            event(11, "call.ended", 20, call="c1", reason="completed"),
            event(12, "call.wrapped", 25, call="c1", agent="the-agent"),
        )
    )  # fmt: skip
    assert stage.run("import", "-", given=given).stderr == ""
    status = stage.run("status").stdout
    assert "\n  the-queue " in status
    assert "! the-agent " in status
    call = stage.run("call", "c1").stdout
    assert call.splitlines()[0].startswith("Call c1 · inbound · the-campaign · ")
    legs = call[call.index("LEGS") : call.index("QUEUES")]
    assert " the-agent " in legs
    assert "\n  the-queue " in call[call.index("QUEUES") :]
    assert "  the-agent  to the-queue" in call
    assert "Wrap-up by the-agent" in call
    calls = stage.run("calls", "--from", str(TUESDAY)).stdout
    for entity in ("the-queue", "the-agent", "the-campaign"):
        assert f" {entity} " in calls
