"""The demo's contact center as a process of its own, started again when something kills it."""

import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wallboard.itself import command_of_itself

STOP_SECONDS: Final = 5.0
RESTART_SECONDS: Final = 2.0
"""The pause before the center is started again: long enough to be seen on the board."""


class CenterProcess:
    """`wallboard simulate --serve` on a free local port, on the same port again after an end.

    `options` are those of `wallboard simulate`. What it says goes to the file `said`: on the
    terminal it would be written over the board.
    """

    def __init__(self, options: Sequence[str], said: Path) -> None:
        self._options = tuple(options)
        self._said = said
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._watcher: threading.Thread | None = None

    def start(self) -> str | None:
        """Start it; return the address of its feed, None when it ended before it served."""
        url = self._spawn(0)
        if url is None:
            return None
        port = int(url.split(":")[2].split("/")[0])
        self._watcher = threading.Thread(target=self._watch, args=(port,), daemon=True)
        self._watcher.start()
        return url

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self._stopping.set()
        if self._process is not None:
            self._end(self._process)
        if self._watcher is not None:
            self._watcher.join(STOP_SECONDS)

    def _watch(self, port: int) -> None:
        """Start the center again, on the port that the board knows, whenever it has ended."""
        while self._process is not None:
            self._process.wait()
            if self._stopping.wait(RESTART_SECONDS):
                return
            self._spawn(port)
            if self._stopping.is_set():
                self._end(self._process)
                return

    def _spawn(self, port: int) -> str | None:
        command = command_of_itself(
            "simulate", "--with-parent", "--serve", f"127.0.0.1:{port}", *self._options
        )
        with self._said.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        return (self._process.stdout.readline().strip() if self._process.stdout else "") or None

    @staticmethod
    def _end(process: subprocess.Popen[str]) -> None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
