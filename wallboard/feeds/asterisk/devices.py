"""Whose a device is: an agent's phone, or a line that leads outside."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from wallboard.config.asterisk import Asterisk
from wallboard.feeds.asterisk.channels import Channel, device_of

_OWN_NUMBER: Final = re.compile(r"\d{1,6}")
_NUMBER: Final = re.compile(r"\+?\d{3,}")


class Devices:
    """Tells agents and trunks by configuration, by membership in queues, else by their names."""

    def __init__(self, settings: Asterisk) -> None:
        self._settings = settings
        self._members: set[str] = set()
        self._agents = {device_of(device): agent for device, agent in settings.agents.items()}

    def is_of_queue(self, interface: str) -> None:
        """Note that a queue calls this device, so that it is an agent's."""
        self._members.add(device_of(interface))

    def agent(self, device: str) -> str:
        """The agent of a device: as configured, else its own short name, as 1001 of PJSIP/1001."""
        known = device_of(device)
        return self._agents.get(known) or short_name(known) or device

    def is_named(self, agent: str) -> bool:
        """Whether the configuration gives this agent a device."""
        return agent in self._settings.agents.values()

    def is_agent(self, name: str) -> bool:
        """Whether an extension or a device is known to be an agent's."""
        known = self._members | self._agents.keys()
        return name in known or any(short_name(device) == name for device in known)

    def is_trunk(self, channel: Channel) -> bool:
        """Whether a channel leads outside."""
        device = channel.device
        if _matches(device, self._settings.trunks):
            return True
        if device in self._members or device in self._agents:
            return False
        context = channel.place[0]
        if _matches(context, self._settings.inbound_contexts):
            return True
        if _matches(context, self._settings.internal_contexts):
            return False
        return _OWN_NUMBER.fullmatch(short_name(device)) is None

    def name(self, agent: str, told: str | None) -> str:
        """What an agent is called: as configured, else as the queue tells, else by the id."""
        return self._settings.agent_names.get(agent) or told or agent


@lru_cache(4_096)
def short_name(device: str) -> str:
    """The part of a device's name that tells it from others: 1001 of Local/1001@from-queue."""
    name = device.partition("/")[2] or device
    return name.partition("@")[0] or device


def number_in(dialled: str) -> str | None:
    """The number in what was dialled: `0342@trunk`, `trunk/0342`, `PJSIP/trunk/sip:0342@host`."""
    before_host = dialled.partition("@")[0].replace("sip:", "")
    for part in reversed(before_host.split("/")):
        if _NUMBER.fullmatch(part):
            return part
    return None


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
