"""What every command has in common: help, arguments, configuration, where words and data go."""

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from tests.endtoend.stage import COMMAND, SECONDS, Stage
from wallboard import __version__
from wallboard.cli import COMMANDS


def test_help_lists_every_command(stage: Stage) -> None:
    """And nothing that is not there."""
    done = stage.run("--help", plain=True)
    assert done.returncode == 0
    assert done.stderr == ""
    for command in COMMANDS:
        assert f"\n    {command} " in done.stdout
    for later in ("web",):
        assert f"\n    {later} " not in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help(stage: Stage, command: str) -> None:
    """With the options that all commands take."""
    done = stage.run(command, "--help", plain=True)
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: wallboard {command} ")
    assert "--config" in done.stdout
    assert "--cache" in done.stdout
    assert done.stderr == ""


def test_version(stage: Stage) -> None:
    """The version is data."""
    done = stage.run("--version", plain=True)
    assert (done.returncode, done.stdout) == (0, f"wallboard {__version__}\n")


def test_unknown_command_is_refused_with_the_known_ones(stage: Stage) -> None:
    """Exit status 2, and the names."""
    done = stage.run("bogus", plain=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "bogus" in done.stderr
    assert all(command in done.stderr for command in COMMANDS)


@pytest.mark.parametrize("words", [("--bogus",), ("status", "--bogus"), ("status", "more")])
def test_unknown_argument_is_refused(stage: Stage, words: tuple[str, ...]) -> None:
    """Exit status 2, nothing on standard output."""
    done = stage.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert words[-1] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [(), ("demo",), ("collect",), ("import", "-"), ("status",)])
def test_wrong_configuration_is_refused(stage: Stage, command: tuple[str, ...]) -> None:
    """The file, the key and what was expected, whatever the command."""
    stage.configure("[cache]\nkeep_days = 'many'\n[board]\ntittle = 'x'\n")
    done = stage.run(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(stage.config) in done.stderr
    assert "cache.keep_days" in done.stderr
    assert "expected" in done.stderr
    assert "board.tittle" in done.stderr
    assert "title" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_configuration_is_refused(stage: Stage) -> None:
    """One that was named must be there."""
    done = stage.run("status", "--config", stage.folder / "none.toml", plain=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.toml" in done.stderr


def test_configuration_and_cache_before_and_after_the_command(stage: Stage) -> None:
    """They mean the same in either place; the later wins."""
    other = stage.folder / "other.sqlite"
    before = stage.run("--config", stage.config, "--cache", other, "check", plain=True)
    after = stage.run("check", "--config", stage.config, "--cache", other, plain=True)
    both = stage.run("check", "--cache", other)
    assert before.stdout == after.stdout == both.stdout
    assert str(stage.config) in before.stdout
    assert str(other) in before.stdout
    assert before.returncode == after.returncode == 1


def test_configuration_by_the_environment(stage: Stage) -> None:
    """WALLBOARD_CONFIG names the file where no option does."""
    named = {"WALLBOARD_CONFIG": str(stage.config)}
    assert str(stage.config) in stage.run("check", plain=True, environment=named).stdout


@pytest.mark.parametrize("words", [("schema",), ("simulate", "--start", "2026-06-02")])
def test_closed_pipe_ends_quietly(stage: Stage, words: tuple[str, ...]) -> None:
    """As in `wallboard schema | head -1`."""
    with subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=stage.environment,
        cwd=stage.folder,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(SECONDS) in {0, 1, -signal.SIGPIPE}


def test_standard_output_that_is_closed(stage: Stage) -> None:
    """A sentence or silence, never a traceback."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "schema"],
        capture_output=True,
        timeout=SECONDS,
        env=stage.environment,
        cwd=stage.folder,
        check=False,
    )
    assert b"Traceback" not in done.stderr


def test_standard_output_that_is_full(stage: Stage) -> None:
    """Data that could not be written is not success."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            env=stage.environment,
            cwd=stage.folder,
            check=False,
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


@pytest.mark.parametrize("words", [(), ("demo", "--days", "0")])
def test_board_whose_standard_error_goes_to_a_file(stage: Stage, words: tuple[str, ...]) -> None:
    """As in `wallboard 2>log`: why that cannot be, and where the collector's words are."""
    master, line = pty.openpty()
    try:
        done = subprocess.run(
            [*COMMAND, *stage.usual, *words],
            stdin=line,
            stdout=line,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            env=stage.environment,
            cwd=stage.folder,
            check=False,
        )
    finally:
        os.close(line)
        os.close(master)
    assert done.returncode == 2
    assert b"drawn on standard error" in done.stderr
    assert b"leave out the `2>`" in done.stderr
    assert stage.processes() == []


@pytest.mark.parametrize("words", [(), ("demo", "--days", "0")])
def test_board_without_a_terminal_is_refused(stage: Stage, words: tuple[str, ...]) -> None:
    """A sentence that says what to use, and nothing is left running."""
    done = stage.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "terminal" in done.stderr
    assert "wallboard status" in done.stderr
    assert "Traceback" not in done.stderr
    assert stage.processes() == []
    assert stage.leftovers() == []


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_data_is_utf8_whatever_the_locale(stage: Stage, encoding: str) -> None:
    """As where LANG is de_DE.ISO-8859-1: glyphs and names of any script, to a pipe and in words."""
    plain = stage.run("check")
    assert "✓" in plain.stdout
    odd = stage.run("check", environment={"PYTHONIOENCODING": encoding})
    assert (odd.stdout, odd.returncode) == (plain.stdout, plain.returncode)
    assert "Traceback" not in odd.stderr
    missing = stage.run("status", environment={"PYTHONIOENCODING": encoding}, plain=True)
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("call", "\udcff"),
        ("calls", "--queue", "a\udcff"),
        ("metrics", "--campaign", "\udcff"),
        ("screenshot", "--screen", "call", "--call", "\udcff"),
        ("report", "call-legs", "--agent", "\udcff"),
    ],
)
def test_arguments_that_are_no_text(stage: Stage, words: tuple[str, ...]) -> None:
    """Bytes that are no characters are refused, before anything is looked for."""
    stage.run("import", "-")
    done = stage.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no text" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["\udcff", "a..b", ".", "x" * 300])
def test_a_host_that_cannot_be(stage: Stage, host: str) -> None:
    """To serve at it is refused like any other wrong value."""
    done = stage.run("simulate", "--days", "0", "--serve", f"{host}:1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "does not name a possible host" in done.stderr
    assert "Traceback" not in done.stderr


def test_names_of_files_may_be_any_bytes(stage: Stage) -> None:
    """They are told of by their numbers."""
    name = os.fsdecode(os.fsencode(stage.folder) + b"/\xff.toml")
    Path(name).write_text("", encoding="utf-8")
    done = stage.run("check", "--config", name, plain=True)
    assert "\\udcff.toml" in done.stdout
    assert "Traceback" not in done.stderr


def test_ctrl_c_while_a_command_is_loaded(stage: Stage) -> None:
    """As early as when its modules are read."""
    script = (
        "import signal, sys, wallboard.cli as cli, importlib;"
        "importlib.import_module = lambda name: signal.raise_signal(signal.SIGINT);"
        "sys.exit(cli.main(['status']))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", script],
        capture_output=True,
        timeout=SECONDS,
        env=stage.environment,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
