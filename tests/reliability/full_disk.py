"""By hand: a collector on a file system of 6 MB that is full, and then is not.

`unshare -rm python -m tests.reliability.full_disk`, in a mount namespace of one's own.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.endtoend.stage import Stage, until
from tests.reliability.feeding import feeding
from wallboard.cache.lock import trouble_of

WHOLE = "SELECT 1 FROM feeds WHERE coverage = ?"


def main() -> None:
    """Fill the file system, see what is said, make room, see everything arrive."""
    stage = Stage()
    small = stage.folder / "small"
    small.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small))
    subprocess.run(mount, check=True)
    stage.cache = small / "cache.sqlite"
    with tempfile.TemporaryDirectory() as folder, feeding(stage, Path(folder)) as fed:
        collector = stage.start("collect")
        until(lambda: stage.ask(WHOLE, fed.coverage), "half of the stream")
        ballast = small / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4_096):
                    pass
            except OSError as error:
                print(f"filled: {error}")
        fed.reveal_all()
        until(lambda: trouble_of(stage.cache), "trouble")
        print(trouble_of(stage.cache))
        print(stage.run("check").stdout)
        ballast.unlink()
        until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream")
        collector.end()
        print(collector.err)
    subprocess.run(("umount", str(small)), check=True)
    stage.close()


if __name__ == "__main__":
    main()
