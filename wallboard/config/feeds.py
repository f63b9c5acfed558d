"""`[[feed]]`: where events come from."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from wallboard.config.alarms import VARIABLE
from wallboard.config.kinds import REFUSED, FilePath, Flag, Text
from wallboard.config.place import Place
from wallboard.config.secrets import token_from_environment, token_from_file
from wallboard.config.section import Section

FEED_SCHEMES = ("ws", "wss", "asterisk", "file")
SECRET_PARAMETER = re.compile(
    r"token|secret|passw|api_?key|^key$|^auth|bearer|credential", re.IGNORECASE
)
FEED_NAME = re.compile(r"[\w.-]+(?: [\w.-]+)*")


class FeedAddress(Struct, frozen=True):
    """The address of a feed, without any secret in it."""

    def read(self, value: object, place: Place) -> object:
        """Return the address as written; one that holds a secret is never repeated."""
        if not isinstance(value, str):
            place.expected(value, "the address of a feed")
            return REFUSED
        if (wrong := _wrong(value)) is not None:
            place.report(wrong)
            return REFUSED
        return value


def _wrong(address: str) -> str | None:
    """Return what is wrong with an address, without repeating it: it may hold a secret."""
    schemes = "ws://, wss://, asterisk:// or file://"
    if not address or not all("!" <= character <= "~" for character in address):
        return f"is not an address of plain ASCII characters that starts with {schemes}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is the check
        named = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    except ValueError as error:
        return f"is not an address: {error}"
    if parts.password is not None or any(map(SECRET_PARAMETER.search, named)):
        return "holds a secret, which belongs in token_env or token_file (it is not repeated here)"
    if parts.scheme not in FEED_SCHEMES:
        return f"has the scheme {parts.scheme or '(none)'} where {schemes} is expected"
    if parts.scheme != "file" and not parts.hostname:
        return f"has no host where {parts.scheme}://HOST:PORT is expected"
    if parts.scheme == "file" and not (parts.netloc + parts.path).strip("/"):
        return "has no path where file:///PATH is expected"
    if parts.fragment:
        return "has a part after # where an address without one is expected"
    return None


class Feed(Section, frozen=True, kw_only=True):
    """One source of events."""

    name: Annotated[
        str, Text("a name of letters, digits, spaces and . _ -", FEED_NAME.fullmatch)
    ] = "main"
    url: Annotated[str, FeedAddress()]
    token_env: Annotated[
        str,
        Text(
            "the name of an environment variable",
            lambda name: not name or VARIABLE.fullmatch(name),
            secret=True,
        ),
    ] = ""
    token_file: Annotated[Path | None, FilePath()] = None
    compression: Annotated[bool, Flag()] = True
    """Ask the server to compress (permessage-deflate): less traffic for more computing."""

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """A token has one source."""
        if self.token_env and self.token_file is not None:
            yield "token_file", "is set beside token_env where only one of them is expected"

    @property
    def scheme(self) -> str:
        """Which kind of feed it is: ws, wss, asterisk or file."""
        return urlsplit(self.url).scheme

    def token(self) -> str | None:
        """Return the token as it is now, None where the feed has none.

        Raises ConfigurationError when a token is named and cannot be had.
        """
        owner = f"The feed “{self.name}”"
        if self.token_env:
            return token_from_environment(self.token_env, owner)
        if self.token_file is not None:
            return token_from_file(self.token_file, owner)
        return None
