"""The unit for systemd in docs/: it can be read, it is tight, and its token is taken."""

import shutil
import subprocess
from pathlib import Path

from tests.endtoend.stage import PROJECT, TOKEN, Stage, until

UNIT = PROJECT / "docs" / "wallboard.service"
HARD = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "CapabilityBoundingSet": "",
    "StateDirectory": "wallboard",
    "User": "wallboard",
    "Restart": "on-failure",
    "LoadCredential": "token:/etc/wallboard/token",
}


def settings() -> dict[str, list[str]]:
    """What the unit sets, by name; some names come more than once."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """By systemd's own word where it is on this machine; by what is set on every other."""
    found = settings()
    for name, value in HARD.items():
        assert found[name] == [value], name
    assert found["TimeoutStopSec"] == ["20"]
    analyse = shutil.which("systemd-analyze")
    if analyse is not None:
        text = UNIT.read_text(encoding="utf-8").replace("/opt/wallboard/bin/wallboard", "/bin/true")
        copy = tmp_path / UNIT.name
        copy.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [analyse, "verify", "--man=no", copy], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert str(copy) not in done.stderr


def test_the_command_of_the_unit_collects_and_ends(stage: Stage) -> None:
    """With its environment: what stands in ExecStart is run, and SIGTERM ends it with 0."""
    _, url = stage.serve()
    stage.follow(url)
    (command,) = settings()["ExecStart"]
    words = command.split()
    assert words[1:] == ["collect", "--config", "/etc/wallboard/config.toml"]
    named = dict(one.split("=", 1) for one in settings()["Environment"])
    collector = stage.start(words[1], environment={"LOG_LEVEL": named["LOG_LEVEL"]})
    until(lambda: stage.ask("SELECT 1 FROM feeds WHERE stage = 'live'"), "live feed")
    took = collector.end()
    assert collector.process.returncode == 0
    assert took < float(settings()["TimeoutStopSec"][0])


def test_a_wrong_configuration_is_what_the_unit_does_not_try_again(stage: Stage) -> None:
    """The exit status that it names is the one of such a start."""
    stage.configure("[cache]\nkeep_dayz = 1\n")
    done = stage.run("collect")
    assert settings()["RestartPreventExitStatus"] == [str(done.returncode)]


def test_a_credential_of_systemd_is_taken(stage: Stage, tmp_path: Path) -> None:
    """Its mode is 0440, its folder its service's alone; elsewhere such a file is refused."""
    _, url = stage.serve()
    stage.configure(f'[[feed]]\nurl = "{url}"\ntoken_file = "{tmp_path}/token"\n')
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    token.chmod(0o440)
    assert "is open to others than its owner (mode 0440)" in stage.run("check").stdout
    service, beside = (
        {"CREDENTIALS_DIRECTORY": str(folder)} for folder in (tmp_path, tmp_path.parent)
    )
    assert "is a feed of" in stage.run("check", environment=service).stdout
    assert "is open to others" in stage.run("check", environment=beside).stdout
    for mode in (0o444, 0o460):
        token.chmod(mode)
        assert "is open to others" in stage.run("check", environment=service).stdout
