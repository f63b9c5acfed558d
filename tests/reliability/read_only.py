"""By hand: a collector whose disk turns read-only under it, as a disk does that fails.

`unshare -rm` gives no loop device: as root, `unshare -m python -m tests.reliability.read_only`.
"""

import subprocess
import tempfile
import time
from pathlib import Path

from tests.endtoend.stage import Stage, until
from tests.reliability.feeding import feeding
from wallboard.cache.lock import trouble_of

WHOLE = "SELECT 1 FROM feeds WHERE coverage = ?"


def main() -> None:
    """Turn it, see what is said, end the collector, mend the disk, see everything arrive."""
    stage = Stage()
    disk, place = stage.folder / "disk.img", stage.folder / "disk"
    place.mkdir()
    with disk.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(("mkfs.ext4", "-q", str(disk)), check=True)
    mount = ("mount", "-o", "loop,errors=remount-ro", str(disk), str(place))
    subprocess.run(mount, check=True)
    stage.cache = place / "cache.sqlite"
    with tempfile.TemporaryDirectory() as folder, feeding(stage, Path(folder)) as fed:
        collector = stage.start("collect")
        until(lambda: stage.ask(WHOLE, fed.coverage), "half of the stream")
        # What a fault of the disk does: it cannot be written from now on, whoever has it open.
        subprocess.run(("mount", "-o", "remount,abort", str(place)), check=False)
        began = time.monotonic()
        fed.reveal_all()
        collector.says("The cache cannot be written")
        print(f"logged after {time.monotonic() - began:.1f} s")
        until(lambda: trouble_of(stage.cache), "word of it")
        print(f"told after {time.monotonic() - began:.1f} s")
        for command in ("status", "check"):
            done = stage.run(command)
            print(f"--- {command}: {done.returncode}\n{done.stdout}{done.stderr}")
        print(f"ended in {collector.end():.1f} s with {collector.process.returncode}")
        print(collector.err)
        subprocess.run(("umount", str(place)), check=True)
        subprocess.run(("e2fsck", "-fy", str(disk)), check=False, stdout=subprocess.DEVNULL)
        subprocess.run(mount, check=True)
        collector = stage.start("collect")
        until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream")
        collector.end()
        print(collector.err)
    subprocess.run(("umount", str(place)), check=True)
    stage.close()


if __name__ == "__main__":
    main()
