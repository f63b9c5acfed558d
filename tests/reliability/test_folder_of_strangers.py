"""A board that is opened in a folder where anybody may put files runs none of them."""

import sys
from pathlib import Path

import pytest

from tests.endtoend.conftest import Open
from tests.endtoend.stage import PROJECT, Stage
from wallboard.itself import command_of_itself

PLANTED = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\n"


def test_nothing_of_the_folder_is_run(
    stage: Stage, terminal: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the demo, with the center, the collector and what generates earlier days besides."""
    # As the command of an installed program: only what it starts itself is in question.
    monkeypatch.setattr(
        "tests.endtoend.terminal.COMMAND", (sys.executable, "-P", "-m", "wallboard")
    )
    for name in ("msgspec", "simpy", "sqlite_utils", "websockets", "wallboard"):
        (stage.folder / f"{name}.py").write_text(PLANTED)
    board = terminal("demo", "--days", "2", "--agents", "8", usual=False)
    board.shows("● live")
    board.type("q")
    board.process.wait()
    assert not list(stage.folder.glob("*.ran"))


def test_run_from_a_checkout_it_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Python's `-P` keeps it from the current folder, where it then is."""
    monkeypatch.chdir(PROJECT)
    assert command_of_itself("check") == [sys.executable, "-m", "wallboard", "check"]
    monkeypatch.chdir(tmp_path)
    assert command_of_itself("check") == [sys.executable, "-P", "-m", "wallboard", "check"]
