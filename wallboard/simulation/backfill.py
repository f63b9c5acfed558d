"""The days before, generated newest first in a process of their own.

Run as ``python -m wallboard.simulation.backfill PLAN BEGINS DAYS``: packs of events go to
standard output, those of a block in order of time, each after its count and its length, and a
count of 0 ends a block.
"""

import asyncio
import os
import signal
import struct
import sys
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

import msgspec

from wallboard.simulation.blocks import Block, block_at, blocks_before
from wallboard.simulation.center import simulate
from wallboard.simulation.history import PACK, Pack, pack
from wallboard.simulation.plan import Plan

HEAD = struct.Struct("!II")


def packed(events: Iterable[bytes]) -> Iterable[Pack]:
    """Events in packs, as a history holds them."""
    iterator = iter(events)
    while portion := list(islice(iterator, PACK)):
        yield pack(portion)


def _write_blocks(plan: Plan, block: Block, days: int, stream: BinaryIO) -> None:
    """Write the blocks of so many days before this one, newest first."""
    for earlier in blocks_before(block, days):
        stream.writelines(
            HEAD.pack(size, len(data)) + data for size, data in packed(simulate(plan, earlier))
        )
        stream.write(HEAD.pack(0, 0))
        stream.flush()


async def earlier_blocks(plan: Plan, block: Block, days: int) -> AsyncGenerator[list[Pack], None]:
    """The packs of each of so many days before a block, newest day first.

    The work is done by a child process, which ends with this iterator. Raises RuntimeError
    with what it said when it fails.
    """
    arguments = (msgspec.json.encode(plan).decode(), str(block.begins), str(days))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # nothing from the current folder
        "-m",
        "wallboard.simulation.backfill",
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    if process.stdout is None or process.stderr is None:
        raise RuntimeError("The process that generates earlier days has no output to read.")
    try:
        for _ in range(days):
            packs: list[Pack] = []
            while (head := HEAD.unpack(await process.stdout.readexactly(HEAD.size)))[0]:
                packs.append(Pack(head[0], await process.stdout.readexactly(head[1])))
            yield packs
    except asyncio.IncompleteReadError as error:
        said = (await process.stderr.read()).decode(errors="replace")
        raise RuntimeError(f"Earlier days could not be generated: {said.strip()}") from error
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def main(plan: str, begins: str, days: str) -> None:
    """What the child process does."""
    # Ctrl-C reaches every process of a terminal; the parent is the one that ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    made = msgspec.json.decode(plan, type=Plan)
    with suppress(BrokenPipeError):
        _write_blocks(made, block_at(int(begins), made.time_zone), int(days), sys.stdout.buffer)


if __name__ == "__main__":
    main(*sys.argv[1:])
