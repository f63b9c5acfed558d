"""What a killed demo leaves behind is deleted by the next, and nothing else."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.endtoend.stage import PROJECT
from wallboard.commands.demo_folder import IN_USE, demo_folder

HELD = """
import sys
from wallboard.commands.demo_folder import demo_folder
with demo_folder() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_killed_demo_is_cleared_away_by_the_next(temporary: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-c", HELD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TMPDIR": str(temporary)},
    )
    assert demo.stdin is not None
    assert demo.stdout is not None
    with demo.stdin, demo.stdout:
        folder = Path(demo.stdout.readline().strip())
        (folder / "demo.sqlite").write_bytes(b"x")
        os.utime(folder / IN_USE, (0, 0))
        with demo_folder():
            assert (folder / "demo.sqlite").exists(), "one that lives is left alone"
        demo.kill()
        demo.wait()
    assert folder.exists()
    with demo_folder() as own:
        assert [own] == list(temporary.iterdir())
    assert list(temporary.iterdir()) == []


def test_what_is_no_demo_s_stays(temporary: Path) -> None:
    """Of that name without the file, one just begun, a file, and a link."""
    (temporary / "wallboard-demo-notes").mkdir()
    begun = temporary / "wallboard-demo-begun"
    begun.mkdir()
    (begun / IN_USE).touch()
    (temporary / "wallboard-demo-file").touch()
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / IN_USE).touch()
    os.utime(elsewhere / IN_USE, (0, 0))
    (temporary / "wallboard-demo-link").symlink_to(elsewhere)
    before = sorted(temporary.iterdir())
    with demo_folder():
        pass
    assert sorted(temporary.iterdir()) == before
    assert (elsewhere / IN_USE).exists()
