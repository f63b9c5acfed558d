"""What the documentation shows is what there is."""

import json
import re
from pathlib import Path

from wallboard.alarms.machine import Latch, Reading, Standing
from wallboard.alarms.payload import RAISED, message
from wallboard.alarms.rows import Peak, Row
from wallboard.alarms.rules import THRESHOLD, Observation, rules_of
from wallboard.config import Alarm, Webhook, load

TEXT = (Path(__file__).parents[2] / "docs" / "alarms.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The first block of this kind."""
    found = re.search(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_configuration_that_is_shown(tmp_path: Path) -> None:
    """It loads, and but for the actions and thresholds shows the defaults."""
    path = tmp_path / "config.toml"
    path.write_text(block("toml"), encoding="utf-8")
    (alarm,) = load(path).alarms
    assert alarm == Alarm(
        metric="drop_rate",
        by="campaign",
        warning=0.025,
        critical=0.03,
        actions=("bell", "notify", Webhook(url_env="ALARM_URL", secret_env="ALARM_SECRET")),
    )


def test_the_message_that_is_shown() -> None:
    """It is what is posted, to the last field."""
    shown = json.loads(block("json"))
    (rule,) = rules_of((Alarm(metric="drop_rate", by="campaign", warning=0.025, critical=0.03),))
    assert rule.id == shown["alarm"]["rule"]
    raised = 1_793_541_780_000
    seen = Observation(
        rule.id, "spring", THRESHOLD, rule.limits, Reading(0.031, 642), "Spring drive",
        "Drop rate, today", "ratio", "drop_rate", "campaign", "today",
    )  # fmt: skip
    latch = Latch(is_on=True, since=raised - 30_000)
    standing = Standing(latch, latch, raised, is_known=True)
    row = Row.begun(seen, standing, Peak(0.031, raised, 642), raised)
    sent = json.loads(message(RAISED, row, raised))
    sent["alarm"]["number"] = 17
    assert sent == shown
