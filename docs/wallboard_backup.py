"""Copy a wallboard cache while it is collected into: `python3 wallboard_backup.py CACHE BACKUP`.

For the user who collects, with any Python 3.11; docs/operations.md has a timer for it. The copy is
one state of the cache, as of the start, however much is written meanwhile. It appears whole or not
at all, is its owner's alone, and replaces no file. Exit status: 0 done, 1 failed, 2 wrong words.
"""
# ruff: noqa: INP001 - a script by itself, for a machine's own folder of programs

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

APPLICATION_ID = 0x57414C4C
PAGES_AT_ONCE = 25_000


def back_up(cache: Path, backup: Path) -> int:
    """Copy and check; return the size in bytes. Raises sqlite3.Error, OSError or ValueError."""
    if backup.exists():
        raise FileExistsError(f"{backup} is there already, and is not replaced")
    descriptor, name = tempfile.mkstemp(".unfinished", f"{backup.name}.", backup.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        with (
            closing(sqlite3.connect(f"{cache.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(unfinished)) as target,
        ):
            # One reading for the whole copy: without it the copy starts again at every write.
            source.isolation_level = None
            source.execute("BEGIN")
            (mark,) = source.execute("PRAGMA application_id").fetchone()
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            if mark != APPLICATION_ID:
                raise ValueError(f"{cache} is no wallboard cache")
            source.backup(target, pages=PAGES_AT_ONCE, progress=_progress)
            source.execute("ROLLBACK")
            # A single file: nothing of it stands in a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
            (found,) = target.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise ValueError(f"the copy is damaged, and so is the cache, it seems ({found})")
        descriptor = os.open(unfinished, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        size = unfinished.stat().st_size
        # The name is taken first: a file that came meanwhile is not replaced.
        os.close(os.open(backup, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        unfinished.replace(backup)
    finally:
        unfinished.unlink(missing_ok=True)
    return size


def _progress(_: int, remaining: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if remaining == 0 else ""
        sys.stderr.write(f"\r{(total - remaining) / max(total, 1):4.0%}{end}")
        sys.stderr.flush()


def main() -> int:
    """Run the command; return the exit status."""
    if len(sys.argv) != 3:
        sys.stderr.write("Two files are expected: python3 wallboard_backup.py CACHE BACKUP\n")
        return 2
    cache, backup = map(Path, sys.argv[1:])
    try:
        size = back_up(cache, backup)
    except (sqlite3.Error, OSError, ValueError) as error:
        sys.stderr.write(f"{cache} was not backed up: {error}.\n")
        return 1
    sys.stderr.write(f"{cache} is backed up as {backup}: {size / 1_000_000:,.1f} MB, whole.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
