"""`[asterisk]`: how what an Asterisk says is named and counted here, and how it is reached."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from wallboard.config.alarms import VARIABLE
from wallboard.config.kinds import SECONDS, FilePath, Flag, ListOf, MapOf, Text
from wallboard.config.secrets import token_from_environment, token_from_file
from wallboard.config.section import Section

PLAIN_NAME = re.compile(r"[\w.-]+")
NAMED = MapOf(Text("a name", bool))
PATTERNS = ListOf(Text("a name, in which * stands for anything", bool), "a list of names")


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return not text or (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    )


class Asterisk(Section, frozen=True, kw_only=True):
    """Everything about feeds of `asterisk://HOST`; sensible without any of it being set."""

    user: Annotated[str, Text("the name of an AMI user", PLAIN_NAME.fullmatch)] = "wallboard"
    tls: Annotated[bool, Flag()] = False
    ca_file: Annotated[Path | None, FilePath()] = None
    ari_url: Annotated[
        str, Text("an address that begins with http:// or https://", _is_web_address, secret=True)
    ] = ""
    ari_user: Annotated[str, Text("the name of an ARI user", PLAIN_NAME.fullmatch)] = "wallboard"
    ari_token_env: Annotated[
        str,
        Text(
            "the name of an environment variable",
            lambda name: not name or VARIABLE.fullmatch(name),
            secret=True,
        ),
    ] = ""
    ari_token_file: Annotated[Path | None, FilePath()] = None
    application: Annotated[str, Text("the name of an ARI application", PLAIN_NAME.fullmatch)] = (
        "wallboard"
    )

    inbound_contexts: Annotated[tuple[str, ...], PATTERNS] = (
        "from-trunk*",
        "from-pstn*",
        "from-did*",
        "from-external*",
        "from-outside*",
        "ext-did*",
        "inbound*",
        "incoming*",
        "trunk*",
        "public*",
    )
    """Contexts (`*` stands for anything) in which channels of the outside world are."""
    internal_contexts: Annotated[tuple[str, ...], PATTERNS] = (
        "from-internal*",
        "from-inside*",
        "internal*",
        "phones*",
    )
    """Contexts in which channels of one's own phones are."""
    trunks: Annotated[tuple[str, ...], PATTERNS] = ()
    """Devices that lead outside whatever their context, as `PJSIP/carrier*`."""
    campaign_variable: Annotated[str, Text()] = "CAMPAIGN"
    contact_variable: Annotated[str, Text()] = "CONTACT_ID"

    queue_names: Annotated[Mapping[str, str], NAMED] = msgspec.field(default_factory=dict[str, str])
    queue_campaigns: Annotated[Mapping[str, str], NAMED] = msgspec.field(
        default_factory=dict[str, str]
    )
    trunk_campaigns: Annotated[Mapping[str, str], NAMED] = msgspec.field(
        default_factory=dict[str, str]
    )
    agents: Annotated[Mapping[str, str], NAMED] = msgspec.field(default_factory=dict[str, str])
    """From a device, as `PJSIP/1001`, to the agent whose phone it is."""
    agent_names: Annotated[Mapping[str, str], NAMED] = msgspec.field(default_factory=dict[str, str])
    wrap_up_seconds: Annotated[Mapping[str, float], MapOf(SECONDS)] = msgspec.field(
        default_factory=dict[str, float]
    )
    """By queue: what the PBX does not say of a queue's wrapuptime."""

    def ari_secret(self, feed: str) -> str | None:
        """The secret of the ARI user, None where none is named: then it is the feed's own.

        Raises ConfigurationError when one is named and cannot be had.
        """
        owner = f"The ARI user of the feed “{feed}”"
        if self.ari_token_env:
            return token_from_environment(self.ari_token_env, owner)
        if self.ari_token_file is not None:
            return token_from_file(self.ari_token_file, owner)
        return None
