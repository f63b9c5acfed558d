"""This program, started once more as a process of its own."""

import sys
from pathlib import Path


def command_of_itself(*words: str, module: str = "wallboard") -> list[str]:
    """The command that runs `wallboard WORDS`, or a module of it, with this interpreter.

    Without `-P`, Python looks for every module in the current folder first: one that anybody can
    write to, such as /tmp, could then put its own `asyncio.py` into the collector. Only where the
    program itself is run from the current folder, as from a checkout, is it needed there.
    """
    is_run_from_here = Path(__file__).resolve().parents[1] == Path.cwd()
    return [sys.executable, *(() if is_run_from_here else ("-P",)), "-m", module, *words]
