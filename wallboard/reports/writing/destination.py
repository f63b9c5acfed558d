"""A file that appears under its name whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


class DestinationError(Exception):
    """The file may not be written so; the text is a sentence that says why."""


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise DestinationError where a file is in the way, or there is no folder for it."""
    if path.is_dir():
        raise DestinationError(f"{path} is a folder where a file is expected.")
    if _is_device(path):
        return
    if not path.parent.is_dir():
        raise DestinationError(f"There is no folder {path.parent} to write {path.name} into.")
    if os.path.lexists(path) and not force:
        raise DestinationError(f"{path} exists already and was left as it is: --force replaces it.")


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` once all is written and on the disk.

    When the block fails nothing is left of it, and a file that was there stays. Pipes and devices
    are written to as they are. A new file is its owner's alone, for it tells of people; one that
    takes another's place has its rights, and those only once it is whole. Raises
    DestinationError where a file is in the way, OSError.
    """
    refuse_existing(path, force=force)
    if _is_device(path):
        with path.open("wb") as device:
            yield device
        return
    target = path.resolve() if force else path
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    file = os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            with contextlib.suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
        else:
            _name_unless_taken(beside, path)
        _keep_name(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _name_unless_taken(beside: Path, path: Path) -> None:
    """Give the file its name, unless somebody else made one of that name meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise DestinationError(
            f"{path} was made by somebody else meanwhile and was left as it is: "
            "--force replaces it."
        ) from None
    except OSError:
        # A file system without hard links.
        beside.rename(path)


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
