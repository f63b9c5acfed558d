"""The configuration of a demo is the user's, but for where its events come from."""

import json
from pathlib import Path

import pytest

from wallboard.commands.demo_settings import demo_settings
from wallboard.config import Configuration, load

URL = "ws://127.0.0.1:4000/events"

MINE = """
[[feed]]
name = "main"
url = "wss://pbx.example/events"
token_file = "secret"
[cache]
path = "mine.sqlite"
[reporting]
day_starts = "06:00"
time_zone = "Europe/Berlin"
[board]
title = "Acme"
mask_numbers = false
[board.layout]
floor = ["alarms", "queues"]
[board.limits.pauses]
"späte Pause" = 300
[[alarm]]
metric = "drop_rate"
by = "campaign"
critical = 0.03
actions = ["bell", {url_env = "ALARM_URL"}]
[[alarm]]
metric = "abandonment_rate"
window = "30m"
warning = 1e-2
"""


def demo(folder: Path, text: str | None) -> Configuration:
    """What a demo is opened with where the user's file has `text`; None: there is none."""
    mine = Configuration()
    if text is not None:
        path = folder / "mine.toml"
        path.write_text(text, encoding="utf-8")
        mine = load(path)
    written = folder / "demo.toml"
    written.write_text(demo_settings(mine, URL, "TOKEN", "Etc/GMT+2"), encoding="utf-8")
    return load(written)


def test_own_alarms_limits_and_layout_hold(tmp_path: Path) -> None:
    """All of them; the feed, the cache and the zone are the demo's."""
    read = demo(tmp_path, MINE)
    mine = load(tmp_path / "mine.toml")
    assert [(feed.name, str(feed.url)) for feed in read.feeds] == [("demo", URL)]
    assert read.cache.path is None
    assert read.reporting.day_starts == mine.reporting.day_starts
    assert str(read.reporting.time_zone) == "Etc/GMT+2"
    assert read.board == mine.board
    assert read.alarms == mine.alarms
    assert len(read.alarms) == 2


def test_without_a_file(tmp_path: Path) -> None:
    """The defaults, under the demo's title, and a few alarms that ring nowhere."""
    read = demo(tmp_path, None)
    assert read.board.title == "Wallboard demo"
    assert [alarm.metric for alarm in read.alarms] == ["drop_rate", "service_level", "longest_wait"]
    assert not any(alarm.actions for alarm in read.alarms)
    assert demo(tmp_path, "alarm = []\n").alarms == ()
    assert len(read.feeds) == 1


@pytest.mark.parametrize("title", ['"', "\\", "a\\u0041", "𝄞 = [1]", "# }", "'''"])
def test_any_title(tmp_path: Path, title: str) -> None:
    """Quotes, backslashes and letters beyond 16 bits come back as they were."""
    text = f"[board]\ntitle = {json.dumps(title, ensure_ascii=False)}\n"
    assert demo(tmp_path, text).board.title == title
