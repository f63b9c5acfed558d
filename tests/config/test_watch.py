"""The board learns of each change of its file once, a wrong one too."""

from collections.abc import Callable
from pathlib import Path

from wallboard.config import Configuration, ConfigurationError, ConfigurationWatch

Written = Callable[[str], Path]


def test_each_change_is_told_once(written: Written) -> None:
    """Right, wrong, and right again."""
    watch = ConfigurationWatch(written('board.title = "one"'))
    assert watch.changed() is None
    written('board.title = "three"')
    changed = watch.changed()
    assert isinstance(changed, Configuration)
    assert changed.board.title == "three"
    assert watch.changed() is None
    written("board.title = 1")
    wrong = watch.changed()
    assert isinstance(wrong, ConfigurationError)
    assert "board.title is 1" in str(wrong)
    assert watch.changed() is None
    written('board.title = "right"')
    assert isinstance(watch.changed(), Configuration)


def test_a_file_replaced_as_editors_do(written: Written) -> None:
    """Another file of the same size in its place is a change."""
    path = written('board.title = "one"')
    watch = ConfigurationWatch(path)
    other = path.with_suffix(".new")
    other.write_text('board.title = "two"')
    other.replace(path)
    changed = watch.changed()
    assert isinstance(changed, Configuration)
    assert changed.board.title == "two"


def test_a_file_that_goes_and_comes_back(written: Written) -> None:
    """Its absence is an error, told once; its return is a change."""
    path = written("")
    watch = ConfigurationWatch(path)
    path.unlink()
    assert isinstance(watch.changed(), ConfigurationError)
    assert watch.changed() is None
    written("")
    assert isinstance(watch.changed(), Configuration)


def test_with_no_file_nothing_changes(written: Written) -> None:
    """Defaults have nothing to watch."""
    assert ConfigurationWatch(None).changed() is None
