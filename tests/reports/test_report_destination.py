"""A report appears under its name whole or not at all."""

from pathlib import Path

import pytest

from wallboard.reports.writing.destination import DestinationError, whole_file


def test_whole(tmp_path: Path) -> None:
    """There is nothing under the name until all is written, and nothing beside it afterwards."""
    path = tmp_path / "report.csv"
    with whole_file(path, force=False) as file:
        file.write(b"all of it")
        file.flush()
        assert not path.exists()
    assert path.read_bytes() == b"all of it"
    assert [found.name for found in tmp_path.iterdir()] == ["report.csv"]


def _write_and_fail(path: Path, error: type[BaseException]) -> None:
    with whole_file(path, force=True) as file:
        file.write(b"new")
        raise error


def _write_while_another_does(path: Path) -> None:
    with whole_file(path, force=False) as file:
        file.write(b"new")
        path.write_bytes(b"old")


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_nothing_is_left_of_a_failure(tmp_path: Path, error: type[BaseException]) -> None:
    """Whatever stops it, a file that was there stays as it was."""
    path = tmp_path / "report.csv"
    path.write_bytes(b"old")
    with pytest.raises(error):
        _write_and_fail(path, error)
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["report.csv"]


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    """Without it the file stays, also one that somebody makes meanwhile; with it, its mode does."""
    path = tmp_path / "report.csv"
    with pytest.raises(DestinationError, match="--force"):
        _write_while_another_does(path)
    with pytest.raises(DestinationError, match="--force"), whole_file(path, force=False):
        pass
    assert path.read_bytes() == b"old"
    path.chmod(0o640)
    with whole_file(path, force=True) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What it points to is replaced, the link stays."""
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with whole_file(link, force=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_no_folder(tmp_path: Path) -> None:
    """A folder in the way, and one that is not there."""
    with pytest.raises(DestinationError, match="is a folder"), whole_file(tmp_path, force=True):
        pass
    with (
        pytest.raises(DestinationError, match="There is no folder"),
        whole_file(tmp_path / "none" / "x.csv", force=False),
    ):
        pass


def test_a_device_is_written_to(tmp_path: Path) -> None:
    """It is not replaced by a file; a full one says so."""
    with whole_file(Path("/dev/null"), force=False) as file:
        file.write(b"x")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(OSError, match="space"), whole_file(Path("/dev/full"), force=False) as file:
        file.write(b"x")
