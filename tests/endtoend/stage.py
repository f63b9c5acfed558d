"""A folder of its own for each test, and the real processes that live in it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

SECONDS: Final = 60.0
"""How long anything may take on a slow machine before a test gives up."""

LOOK_SECONDS: Final = 0.03
COMMAND: Final = (sys.executable, "-m", "wallboard")
PROJECT: Final = Path(__file__).parents[2]
TOKEN: Final = "a-token-of-the-tests"
KEPT: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "COVERAGE_PROCESS_START", "VIRTUAL_ENV")


def until(found: Callable[[], T], what: str, seconds: float = SECONDS) -> T:
    """Return the first true value of `found`; fail, saying `what` did not come, when it is late."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > deadline:
            raise AssertionError(f"In {seconds:g} s there was no {what}.")
        time.sleep(LOOK_SECONDS)
    return value


def zone_at_noon() -> str:
    """A time zone in which it is about noon: what was half an hour ago was today there."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"


class Running:
    """A process whose words go to files, so that no full pipe ever holds it up."""

    def __init__(self, process: subprocess.Popen[bytes], words: Path) -> None:
        self.process = process
        self._words = words

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    @property
    def out(self) -> str:
        """What it has written to standard output."""
        return self._words.with_suffix(".out").read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        """What it has written to standard error."""
        return self._words.with_suffix(".err").read_text(encoding="utf-8")

    def says(self, text: str) -> None:
        """Wait until it has written `text` to either."""
        until(lambda: text in self.out + self.err, f"{text!r} from {self.process.args!r}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal and wait for the end; return how many seconds it took."""
        asked = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(SECONDS)
        return time.monotonic() - asked


class Stage:
    """Runs commands with a home, a temporary folder, a configuration and a cache of its own."""

    def __init__(self) -> None:
        # Not pytest's folder: its path is too long for the sockets that are made below it.
        self.folder = Path(tempfile.mkdtemp(prefix="wbt-"))
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.cache = self.folder / "cache.sqlite"
        self.config = self.folder / "config.toml"
        self.config.write_text("", encoding="utf-8")
        self._running: list[Running] = []

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which nothing of this machine's user is found."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return kept | {
            "HOME": str(self.folder),
            "TMPDIR": str(self.temporary),
            "XDG_CONFIG_HOME": str(self.folder / "configuration"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "PYTHONPATH": str(PROJECT),
            "PYTHONWARNINGS": "error",
            "WALLBOARD_TOKEN": TOKEN,
            "TZ": "UTC",
            "TERM": "xterm-256color",
        }

    def configure(self, text: str) -> None:
        """Write the configuration, whole at once."""
        new = self.config.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(self.config)

    def follow(self, url: str, rest: str = "") -> None:
        """Configure one feed."""
        self.configure(
            f'[[feed]]\nname = "main"\nurl = "{url}"\ntoken_env = "WALLBOARD_TOKEN"\n{rest}'
        )

    def run(
        self,
        *words: str | Path,
        given: bytes = b"",
        plain: bool = False,
        environment: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; with the configuration and the cache unless `plain`."""
        done = subprocess.run(
            [*COMMAND, *(() if plain else self.usual), *map(str, words)],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env=self.environment | (environment or {}),
            cwd=self.folder,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def start(
        self,
        *words: str | Path,
        plain: bool = False,
        environment: dict[str, str] | None = None,
        given: int = subprocess.DEVNULL,
    ) -> Running:
        """Start a command that goes on."""
        path = self.folder / f"process-{len(self._running)}"
        with path.with_suffix(".out").open("wb") as out, path.with_suffix(".err").open("wb") as err:
            process = subprocess.Popen(
                [*COMMAND, *(() if plain else self.usual), *map(str, words)],
                stdin=given,
                stdout=out,
                stderr=err,
                env=self.environment | (environment or {}),
                cwd=self.folder,
            )
        self._running.append(Running(process, path))
        return self._running[-1]

    def serve(self, *words: str, address: str = "127.0.0.1:0") -> tuple[Running, str]:
        """Serve a small simulated center; return its process and the address of its feed."""
        usual = ("--days", "0", "--agents", "8")
        server = self.start("simulate", "--serve", address, *usual, *words, plain=True)
        until(lambda: "\n" in server.out or server.process.poll() is not None, "address")
        assert server.process.poll() is None, server.err
        return server, server.out.strip()

    @property
    def usual(self) -> tuple[str, ...]:
        """The arguments that name the configuration and the cache."""
        return ("--config", str(self.config), "--cache", str(self.cache))

    def ask(self, question: str, *values: Any, cache: Path | None = None) -> list[tuple[Any, ...]]:
        """Rows of a cache; none while it, or the table, does not exist."""
        path = cache or self.cache
        if not path.exists():
            return []
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=SECONDS)
        try:
            return connection.execute(question, values).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error) or "unable to open" in str(error):
                return []
            raise
        finally:
            connection.close()

    def number(self, question: str, *values: Any) -> int:
        """The one number that a question answers; 0 while there is none."""
        rows = self.ask(question, *values)
        return int(rows[0][0] or 0) if rows else 0

    def processes(self) -> list[int]:
        """Every living process that was started here, by whomever: known by its environment."""
        mark = f"TMPDIR={self.temporary}\0".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if mark in (entry / "environ").read_bytes() + b"\0":
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def scribes(self) -> list[int]:
        """Those of the processes that write for a collector while it has a backlog."""
        found = []
        for number in self.processes():
            with suppress(OSError):
                if b"scribe_process" in Path(f"/proc/{number}/cmdline").read_bytes():
                    found.append(number)
        return found

    def leftovers(self) -> list[str]:
        """What stands in the temporary folder, but for the folder of sockets and what is in it."""
        return [path.name for path in self.temporary.iterdir() if path.name != SOCKETS]

    def close(self) -> None:
        """End whatever still runs, and take the folder away."""
        for number in self.processes():
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for running in self._running:
            running.process.wait(SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


SOCKETS: Final = f"wallboard-{os.getuid()}"
