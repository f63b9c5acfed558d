"""By hand: the forced command of docs/ssh.md against a real OpenSSH server on a port of its own.

`python -m tests.reliability.over_ssh`, as a user with an ordinary login shell. Tries what
somebody with such a key would try to get more than a board.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests.endtoend.stage import PROJECT, SECONDS, Stage, until
from tests.endtoend.terminal import Terminal

DOCUMENT: Final = PROJECT / "docs" / "ssh.md"
SERVER: Final = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
PidFile none
PasswordAuthentication no
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
"""
NOT_HERE: Final = "The board needs a terminal"


class Door:
    """A server that lets one key in as docs/ssh.md has it, and the ways of a client to it."""

    def __init__(self, stage: Stage) -> None:
        self._stage, folder = stage, stage.folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        for name in ("host", "anna"):
            key = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
            subprocess.run(key, check=True)
        # The very line of the document, with this checkout's program, configuration and key.
        (line,) = re.findall(r"^restrict,pty.*$", DOCUMENT.read_text(), re.MULTILINE)
        program = f"env PYTHONPATH={PROJECT} {sys.executable} -m wallboard"
        line = line.replace("/opt/wallboard/bin/wallboard", program)
        line = line.replace("/etc/wallboard/config.toml", str(stage.config))
        line = re.sub(r"ssh-ed25519 .*", (folder / "anna.pub").read_text().strip(), line)
        (folder / "authorized_keys").write_text(line + "\n")
        (folder / "sshd_config").write_text(SERVER.format(port=self._port, folder=folder))
        server = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin") or "sshd"
        self.server = subprocess.Popen(
            [server, "-D", "-f", folder / "sshd_config", "-E", folder / "sshd.log"],
        )
        until(self._is_open, "SSH server")

    def _is_open(self) -> bool:
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", int(self._port))) == 0

    def client(self, *options: str, program: str = "ssh") -> list[str]:
        """The command of a client, up to what follows the address."""
        port = "-p" if program == "ssh" else "-P"
        known = f"UserKnownHostsFile={self._stage.folder / 'known'}"
        usual = ("-F", "none", "-i", str(self._stage.folder / "anna"), "-o", known)
        return [program, *usual, "-o", "StrictHostKeyChecking=no", port, self._port, *options]

    @property
    def address(self) -> str:
        """Whom to ask for."""
        return f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1"

    def asks(self, command: list[str], seconds: float = SECONDS) -> str:
        """Run a client to its end, or for so long; return what came."""
        environment = {**os.environ, "LC_ALL": "x\x1b]52;c;6666\x07"}
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
                cwd=self._stage.folder, env=environment, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "went on"
        return done.stdout + done.stderr


def tries(door: Door, stage: Stage, feed: str) -> dict[str, bool]:
    """What somebody tries who wants more than a board; whether each was refused."""
    outside = str(feed.split("/")[2])
    found = {}
    for words in ("id", "; id", "$(id)", "wallboard report all-contacts --reveal", "-c id"):
        said = door.asks([*door.client(), door.address, "--", words])
        found[f"command {words!r}"] = NOT_HERE in said and "uid=" not in said
    (stage.folder / "batch").write_text(f"get /etc/passwd stolen\nmkdir {stage.folder}/planted\n")
    batch = ("-b", str(stage.folder / "batch"))
    said = door.asks([*door.client(*batch, program="sftp"), door.address])
    is_closed = "Connection closed" in said
    found["sftp"] = is_closed and not [*stage.folder.glob("stolen"), *stage.folder.glob("planted")]
    for options in ((), ("-O",)):
        copy = door.client(*options, program="scp")
        said = door.asks([*copy, f"{door.address}:/etc/passwd", "stolen"])
        found[f"scp {options} from it"] = not (stage.folder / "stolen").exists()
        said = door.asks([*copy, str(stage.config), f"{door.address}:{stage.folder}/planted"])
        found[f"scp {options} to it"] = not (stage.folder / "planted").exists()
    said = door.asks([*door.client("-W", outside), door.address])
    found["a way out (-W)"] = "prohibited" in said
    back = door.client("-N", "-R", "0:127.0.0.1:1", "-o", "ExitOnForwardFailure=yes")
    found["a way in (-R)"] = "forwarding failed" in door.asks([*back, door.address])
    back = door.client("-N", "-w", "0:0", "-o", "ExitOnForwardFailure=yes")
    found["a tunnel (-w)"] = door.asks([*back, door.address], 10) != "went on"
    sent = ("WALLBOARD_CONFIG=/dev/null", "PYTHONPATH=/nowhere", "BASH_ENV=/dev/null", "LANG=C")
    told = [word for one in sent for word in ("-o", f"SetEnv={one}")]
    found["variables"] = NOT_HERE in door.asks([*door.client(*told, "-o", "SendEnv=LC_ALL"),
                                                door.address])  # fmt: skip
    return found


def main() -> int:
    """Open a board through the door, then try the rest; 1 when anything was not refused."""
    stage = Stage()
    try:
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        _, url = stage.serve("--days", "0", "--agents", "8")
        stage.follow(url, f'[cache]\npath = "{stage.cache}"\n')
        stage.start("collect").says("Collecting")
        door = Door(stage)
        board = Terminal(
            stage, command=(shutil.which("ssh") or "", *door.client("-t", door.address, "id")[1:])
        )
        shown = board.shows("● live")
        print(f"a board after {shown:.1f} s, though `id` was asked for")
        for key, what in (("2m", "not reveal"), ("6e", "not export"), ("8a", "not acknowledge")):
            board.type(key[0])
            board.draws()
            time.sleep(1)
            board.type(key[1])
            board.shows(f"This board may look, {what}")
        board.type("\x1a")
        board.type("q")
        print(f"closed, status {board.process.wait(SECONDS)}")
        board.close()
        found = tries(door, stage, url)
        door.server.terminate()
        for what, is_refused in found.items():
            print(f"{'refused' if is_refused else 'NOT REFUSED'}  {what}")
        return 0 if all(found.values()) else 1
    finally:
        stage.close()


if __name__ == "__main__":
    sys.exit(main())
