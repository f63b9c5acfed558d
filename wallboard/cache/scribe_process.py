"""The process that writes tapes into the cache, for the collector that holds it.

    python -m wallboard.cache.scribe_process CACHE DEVICE INODE CHECKPOINT_PAGES

Tapes come on standard input, each answered on standard output by a receipt. It ends when its input
does; signals are the collector's, which may be ending and want what is on its way to be written.
"""

import gc
import marshal
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import BinaryIO, Final

from wallboard.cache.callers import register_digest
from wallboard.cache.raw import register_packing
from wallboard.cache.scribe import LENGTH, READY, RECEIPT
from wallboard.cache.tape import Contradicted, play
from wallboard.cache.tuning import tune

BUSY_MS: Final = 500
"""How long it waits for another program that writes; the collector then tries later."""


def main(cache: str, device: str, inode: str, pages: str) -> None:
    """Write every tape that comes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    path, file = Path(cache), (device, inode)
    if _number(path) != file:
        # Another has its name by now, or none: the collector notices by itself.
        return
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
    )
    # The file is opened at its first use.
    connection.execute("PRAGMA schema_version").fetchone()
    if _number(path) != file:
        return
    tune(connection)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")
    register_digest(connection)
    register_packing(connection)
    # What a tape is made of holds nothing that could hold it.
    gc.disable()
    tapes, receipts = sys.stdin.buffer, sys.stdout.buffer
    _answer(receipts, READY)
    while (tape := _next(tapes)) is not None:
        _answer(receipts, _written(connection, tape))
    # Without closing the cache: where the collector was killed, this would be the last who has it,
    # and would first move the whole log into it, while nobody else can begin.
    os._exit(0)


def _number(path: Path) -> tuple[str, str] | None:
    """The device and the number of a file on it, None where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return str(found.st_dev), str(found.st_ino)


def _written(connection: sqlite3.Connection, tape: bytes) -> int:
    """How many rows the transaction of a tape has changed; negative where it was taken back."""
    before = connection.total_changes
    try:
        connection.execute("BEGIN IMMEDIATE")
        play(connection, marshal.loads(tape))  # noqa: S302 - of the process that started this one
        connection.execute("COMMIT")
    except (sqlite3.Error, Contradicted, OverflowError):
        # The collector tries it itself, and says what it is.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return -1
    return connection.total_changes - before


def _next(tapes: BinaryIO) -> bytes | None:
    """The next tape; None where the input has ended, be it within one."""
    size = tapes.read(LENGTH.size)
    if len(size) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(size)
    tape = tapes.read(length)
    return tape if len(tape) == length else None


def _answer(receipts: BinaryIO, number: int) -> None:
    receipts.write(RECEIPT.pack(number))
    receipts.flush()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except BrokenPipeError:
        # Nobody waits for the receipt: what was written stays.
        os._exit(0)
