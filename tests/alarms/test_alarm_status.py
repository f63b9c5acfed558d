"""`wallboard status` with alarms: as text, as JSON, and as a probe for other monitoring."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alarms.conftest import Watched
from wallboard.config import Alarm

CRITICAL = Alarm(metric="calls_in_progress", critical=0, for_seconds=0)


def status(watched: Watched, config: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the command says of noon and one minute."""
    command = [sys.executable, "-m", "wallboard", "status", "--config", str(config)]
    command += ["--cache", str(watched.cache.path), "--at", "2024-06-12T12:01:00", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """UTC, and nothing else."""
    path = tmp_path / "config.toml"
    path.write_text('[reporting]\ntime_zone = "UTC"\n', encoding="utf-8")
    return path


def test_critical_alarm(watched: Watched, config: Path) -> None:
    """It is listed with all that is known of it, and the probe fails with a sentence."""
    watched.alarms(CRITICAL)
    watched.cache.say("call.started", 1, call="c1", direction="inbound")
    watched.cache.feed()
    watched.at(10, 50)
    done = status(watched, config, "--format", "json", "--fail-on", "critical")
    assert done.returncode == 1
    assert done.stderr == "An alarm is critical: Calls in progress 1 > 0.\n"
    (alarm,) = json.loads(done.stdout)["alarms"]
    assert (alarm["level"], alarm["metric"], alarm["value"]) == ("critical", "calls_in_progress", 1)
    assert (alarm["seconds"], alarm["acknowledged"]) == (50, None)
    assert alarm["started"].startswith("2024-06-12T12:00:10")
    text = status(watched, config)
    assert text.returncode == 0
    assert "ALARMS  1 alarm, 1 critical" in text.stdout
    assert "Calls in progress" in text.stdout


def test_warnings_fail_no_probe(watched: Watched, config: Path) -> None:
    """Nothing critical, nothing to fail on; what cannot be evaluated is said."""
    watched.alarms(
        Alarm(metric="calls_in_progress", warning=0, for_seconds=0),
        Alarm(metric="sales_value", warning=1),
    )
    watched.cache.say("call.started", 1, call="c1", direction="inbound")
    watched.cache.feed()
    watched.at(10)
    done = status(watched, config, "--fail-on", "critical")
    assert done.returncode == 0
    assert "ALARMS  1 alarm, 0 critical" in done.stdout
    assert "! The alarm sales_value/today cannot be evaluated since" in done.stdout


def test_check_tells_of_webhooks_without_an_address(
    watched: Watched, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a webhook needs and the environment lacks is said before any alarm needs it."""
    for name in ("NO_SUCH_HOOK", "NO_SUCH_SECRET"):
        monkeypatch.delenv(name, raising=False)
    hook = '{url_env = "NO_SUCH_HOOK", secret_env = "NO_SUCH_SECRET"}'
    alarm = f'[[alarm]]\nmetric = "dials"\nwarning = 1\nactions = [{hook}]\n'
    config.write_text(alarm, encoding="utf-8")
    command = [sys.executable, "-m", "wallboard", "check", "--config", str(config)]
    command += ["--cache", str(watched.cache.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "✖ alarms         An alarm's webhook needs the environment variable" in done.stdout
    assert "NO_SUCH_SECRET, which is not set" in done.stdout
