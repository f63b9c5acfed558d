"""Tokens: read at the moment of use, from the environment or a private file, never kept."""

import os
import stat
from pathlib import Path

from wallboard.config.errors import ConfigurationError

LONGEST_TOKEN = 16_384
OTHERS_MAY_READ_OR_WRITE = 0o066
CREDENTIAL_OTHERS = 0o026
"""Of a service's credential: its group may seem to read it, for so the right of one user shows."""
CREDENTIALS = Path("/run/credentials")
"""Here systemd puts them, each service's in a folder that only that service and root can enter."""


def token_from_environment(name: str, owner: str) -> str:
    """Return the token in a variable; raises ConfigurationError when it is unset or unfit."""
    token = os.environ.get(name)
    if token is None or not token.strip():
        state = "not set" if token is None else "empty"
        raise ConfigurationError(
            f"{owner} needs the environment variable {name} (token_env), which is {state}: "
            "set it where wallboard is started."
        )
    return _fit(token, f"{owner}: the environment variable {name} (token_env)")


def token_from_file(path: Path, owner: str) -> str:
    """Return the token in a file that its owner alone can read.

    Raises ConfigurationError when the file cannot be read, is open to others, or holds no token.
    """
    try:
        # Not blocking, so that a pipe in the file's place cannot hold up the start.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            # Asked of the open file: what is judged is what is read.
            found = os.fstat(file.fileno())
            content = file.read(LONGEST_TOKEN + 1) if stat.S_ISREG(found.st_mode) else None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(
            f"{owner} needs the token file {path} (token_file), which cannot be read: {reason}. "
            "It has to be there for the user who collects."
        ) from error
    if content is None:
        raise ConfigurationError(
            f"{owner}: the token file {path} (token_file) is not an ordinary file; it was not read."
        )
    if os.name == "posix" and found.st_mode & _others(path, found):
        raise ConfigurationError(
            f"{owner}: the token file {path} (token_file) is open to others than its owner "
            f"(mode {stat.S_IMODE(found.st_mode):04o}) and is not used; "
            f"`chmod 600 {path}` closes it."
        )
    return _fit(content.decode("ascii", "replace"), f"{owner}: the token file {path} (token_file)")


def _others(path: Path, found: os.stat_result) -> int:
    """The rights that nobody else may have.

    A credential of systemd (LoadCredential) is root's, with an access list by which the service's
    user reads it, so that its mode is 0440 (systemd issue 29435); its folder keeps others out.
    """
    folder = path.parent.resolve()
    named = os.environ.get("CREDENTIALS_DIRECTORY", "")
    is_credential = CREDENTIALS in folder.parents or (
        bool(named) and folder == Path(named).resolve()
    )
    if is_credential and found.st_uid in {0, os.geteuid()}:
        return CREDENTIAL_OTHERS
    return OTHERS_MAY_READ_OR_WRITE


def _fit(token: str, where: str) -> str:
    token = token.strip()
    if not token:
        raise ConfigurationError(f"{where} is empty where a token is expected.")
    if len(token) > LONGEST_TOKEN or not all("!" <= character <= "~" for character in token):
        raise ConfigurationError(
            f"{where} does not hold a token, which is one word of plain ASCII characters "
            "(what it holds is not repeated here)."
        )
    return token
