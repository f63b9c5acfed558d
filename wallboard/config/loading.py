"""Finding the configuration's file and reading it."""

import os
import re
import tomllib
from pathlib import Path

import msgspec
import platformdirs

from wallboard.config.configuration import Configuration
from wallboard.config.errors import ConfigurationError
from wallboard.config.place import Place
from wallboard.config.section import Table

VARIABLE = "WALLBOARD_CONFIG"
FILE_NAME = "config.toml"
WHERE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def find(named: Path | None = None) -> Path | None:
    """Return the file to read: the named one, $WALLBOARD_CONFIG, ./config.toml, the user's.

    The first two are returned whether or not they exist; None where there is no file.
    """
    if named is not None:
        return _expanded(named)
    if variable := os.environ.get(VARIABLE):
        return _expanded(Path(variable))
    usual = (Path(FILE_NAME), platformdirs.user_config_path("wallboard") / FILE_NAME)
    return next((path for path in usual if _is_there(path)), None)


def load(path: Path | None = None) -> Configuration:
    """Read the configuration from `path`, else from where it is looked for, else the defaults.

    Raises ConfigurationError with a sentence for each mistake in the file.
    """
    file = find(path)
    if file is None:
        return Configuration()
    file = file.absolute()
    problems: list[str] = []
    read = Table(Configuration).read(_parse(file), Place(file, problems))
    if not isinstance(read, Configuration):
        raise ConfigurationError(problems)
    return msgspec.structs.replace(read, path=file)


def cache_path(configuration: Configuration, override: Path | None = None) -> Path:
    """Return the cache's file: the override, else the configured one, else the user's own."""
    if override is not None:
        return _expanded(override)
    if configuration.cache.path is not None:
        return configuration.cache.path
    return platformdirs.user_state_path("wallboard") / "wallboard.sqlite"


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ConfigurationError(
            f"The path {path} starts in the home of a user who is not known; nothing was read."
        ) from error


def _is_there(path: Path) -> bool:
    try:
        # A folder of that name is not passed over: whoever made it meant this to be read.
        return path.is_file() or path.is_dir()
    except OSError:
        # A service may not be allowed to look into a home: to it there is no file.
        return False


def _parse(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"The configuration {file} cannot be read: {reason}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            f"{file}: line {line} is not UTF-8 text, which TOML is written in."
        ) from error
    except RecursionError as error:
        raise ConfigurationError(f"{file} is nested too deeply to be read.") from error
    except ValueError as error:
        raise ConfigurationError(_not_toml(file, str(error))) from error


def _not_toml(file: Path, message: str) -> str:
    found = WHERE.search(message)
    what = WHERE.sub("", message).rstrip(".")
    what = what[:1].lower() + what[1:]
    what = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in what)
    if found is None:
        where = ""
    elif found[1] is None:
        where = " at the end of the file"
    else:
        where = f" at line {found[1]}, column {found[2]}"
    return f"{file} is not valid TOML{where}: {what}."
