"""Who may read the cache: its owner alone, or a group as well. The umask has no say in it."""

import grp
import os
import stat
from pathlib import Path
from typing import Final

from wallboard.cache.errors import CacheError

BESIDE: Final = ("", "-wal", "-shm", ".lock")
"""The file, its log, the index of that log, and its lock: a reader needs all four."""
OWNER_ONLY: Final = 0o600
GROUP_READS: Final = 0o640


def allow(cache: Path, group: str) -> None:
    """Set who may read the cache and what stands beside it: the owner, and `group` if one is named.

    Raises OSError, or CacheError where there is no such group or the owner is none of it.
    """
    found = cache.resolve()
    number = _number_of(group, cache) if group else None
    mode = OWNER_ONLY if number is None else GROUP_READS
    for suffix in BESIDE:
        path = found.with_name(found.name + suffix)
        try:
            known = path.stat()
            # By its name: to open and close it would take the locks of this process with it.
            if number is not None and known.st_gid != number:
                _give(path, number, group)
            if stat.S_IMODE(known.st_mode) != mode:
                path.chmod(mode)
        except FileNotFoundError:
            continue


def _number_of(group: str, what: Path) -> int:
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError as error:
        raise CacheError(
            f"There is no group “{group}” on this machine to give the cache {what} to: [cache] "
            "group names one that exists, or none. The cache stays its owner's alone."
        ) from error


def _give(path: Path, number: int, group: str) -> None:
    try:
        os.chown(path, -1, number)
    except PermissionError as error:
        raise CacheError(
            f"The cache {path} cannot be given to the group “{group}”: who collects has to be a "
            "member of it. The cache stays its owner's alone."
        ) from error
