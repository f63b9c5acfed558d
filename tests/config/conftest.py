"""A configuration written for one test, away from the machine's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wallboard.config import ConfigurationError, load

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Write a configuration file and return its path; nothing else is found from here."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "xdg"))
    monkeypatch.delenv("WALLBOARD_CONFIG", raising=False)

    def write(text: str) -> Path:
        path = tmp_path / "board.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def problems(written: Written) -> Callable[[str], tuple[str, ...]]:
    """Return the problems of a configuration's text, without the file's name before them."""

    def find(text: str) -> tuple[str, ...]:
        path = written(text)
        with pytest.raises(ConfigurationError) as caught:
            load(path)
        for problem in caught.value.problems:
            assert problem.startswith(str(path))
            assert problem.endswith(".")
            assert problem.isprintable()
        return tuple(p.removeprefix(f"{path}").lstrip(": ") for p in caught.value.problems)

    return find
