"""The temporary folder of a demo, and those that killed demos have left behind."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PREFIX: Final = "wallboard-demo-"
IN_USE: Final = "in-use"
"""The file in the folder that is locked as long as its demo lives, whatever ends it."""
YOUNG_SECONDS: Final = 60.0
"""A folder of this age may belong to a demo that is just about to lock it."""


@contextmanager
def demo_folder() -> Iterator[Path]:
    """A folder of one's own, deleted in the end; left ones of this user's demos are deleted first.

    A demo that is killed by SIGKILL can delete nothing, and its cache has hundreds of megabytes.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_left(left):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        folder = Path(name)
        with (folder / IN_USE).open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield folder


def _is_left(folder: Path) -> bool:
    """Whether a folder is of a demo of this user that has ended."""
    try:
        found = folder.lstat()
        if found.st_uid != os.getuid() or folder.is_symlink():
            return False
        held = os.open(folder / IN_USE, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return time.time() - os.fstat(held).st_mtime > YOUNG_SECONDS
    finally:
        os.close(held)
