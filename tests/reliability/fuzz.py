"""Fuzzes by hand: `python -m tests.reliability.fuzz decode 60` for a minute.

Guided by coverage where atheris is installed (`pip install atheris`; the tests do not need it),
else by the lines of the program that an input reaches. What breaks a promise is
written to fuzz-TARGET.bin in the folder for temporary files, and the exit status is 1.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

LONGEST: Final = 8_192


class Counted:
    """A target that counts its inputs, keeps the one that failed, and ends in time."""

    def __init__(self, name: str, target: Callable[[bytes], None], seconds: float) -> None:
        self.count = 0
        self._name = name
        self._target = target
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    @property
    def words(self) -> str:
        """What was done."""
        return f"{self._name}: {self.count:,} inputs in {self._seconds:g} s"

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self._until

    def __call__(self, data: bytes) -> None:
        """Run one input."""
        self.count += 1
        try:
            self._target(data)
        except BaseException:
            kept = Path(tempfile.gettempdir()) / f"fuzz-{self._name}.bin"
            kept.write_bytes(data)
            print(f"{self._name}: broken by input {self.count:,}, kept as {kept}")
            raise


def mutated(known: Sequence[bytes], draw: random.Random) -> bytes:
    """One of the known inputs with a few bytes, numbers or pieces of others in other places."""
    data = bytearray(draw.choice(known))
    for _ in range(draw.randint(1, 6)):
        at = draw.randint(0, len(data))
        match draw.randrange(6):
            case 0:
                data[at:at] = draw.randbytes(draw.randint(1, 4))
            case 1:
                del data[at : at + draw.randint(1, 12)]
            case 2:
                other = draw.choice(known)
                start = draw.randint(0, len(other))
                data[at : at + draw.randint(0, 20)] = other[start : start + draw.randint(1, 60)]
            case 3:
                data[at : at + 1] = draw.choice(WORDS)
            case 4:
                data[at:at] = bytes(data[at : at + draw.randint(1, 30)])
            case _:
                if data:
                    data[at - 1] ^= 1 << draw.randrange(8)
    return bytes(data[:LONGEST])


WORDS: Final = (
    *(b"null", b"true", b"-1", b"1e400", b"9223372036854775808", b"NaN", b'""', b"[]", b"{}", b"0"),
    *(b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59Z", b"\\ud800", b"\\u0000", b"\xff", b"\r\n"),
    *(b"\r\n\r\n", b"[" * 2_000, b'"id":"', b'"time":"', b"\x1b]52;c;x\x07", b"\xe2\x80\xae", b":"),
)


def guided(run: Counted, known: list[bytes]) -> None:
    """Mutate, and go on with what reached a line of the program that was not reached before."""
    draw = random.Random(time.time_ns())
    lines: set[tuple[str, int]] = set()

    def trace(frame: Any, event: str, _: object) -> Any:
        where = frame.f_code.co_filename
        if "/wallboard/" not in where:
            return None
        if event == "line":
            lines.add((where, frame.f_lineno))
        return trace

    for data in list(known):
        run(data)
    while not run.is_over:
        data = mutated(known, draw)
        before = len(lines)
        sys.settrace(trace)
        try:
            run(data)
        finally:
            sys.settrace(None)
        if len(lines) > before:
            known.append(data)
    print(f"{len(lines):,} lines of the program reached, {len(known):,} inputs kept")


def by_atheris(run: Counted, known: list[bytes]) -> None:
    """The same by libFuzzer, which counts edges of the byte code."""
    atheris = import_module("atheris")
    corpus = Path(tempfile.mkdtemp(prefix="wbf-corpus-"))
    for number, data in enumerate(known):
        (corpus / f"{number:05}").write_bytes(data)

    def one(data: bytes) -> None:
        if run.is_over:
            print(run.words, flush=True)
            # Nothing that is raised comes out of libFuzzer, and it ends without an exit.
            os._exit(0)
        run(data)

    atheris.Setup([sys.argv[0], f"-max_len={LONGEST}", "-verbosity=0", str(corpus)], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz one target for so many seconds, and say how many inputs were run."""
    name, seconds = sys.argv[1], float(sys.argv[2])
    guide: Callable[[Counted, list[bytes]], None] = guided
    with ExitStack() as stack:
        if find_spec("atheris"):
            guide = by_atheris
            instrumented = import_module("atheris").instrument_imports(include=["wallboard"])
            stack.enter_context(instrumented)
        targets = import_module("tests.reliability.fuzz_targets")
    known = list(targets.seeds(name))
    run = Counted(name, targets.TARGETS[name], seconds)
    guide(run, known)
    print(run.words)


if __name__ == "__main__":
    main()
