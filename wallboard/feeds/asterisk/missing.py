"""What a board on this PBX does not see, and which setting of the PBX would show it. Pure."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

ENOUGH: Final = 20
"""So many calls that ended without a kind of event being seen tell that it is not sent."""


class Missing(Struct):
    """What was found wanting in one session."""

    filtered: bool = True
    channels: bool = True
    timestamps: bool | None = None
    hangups: int = 0
    entries: int = 0
    """How many callers came to a queue."""
    calls: bool = False
    dialplan: bool = False
    agents: bool = False
    members: bool = False
    ari: str = ""
    """Why ARI gives nothing, as a sentence; empty while it does."""

    def see(self, event: str, *, has_time: bool) -> None:
        """Note that an event of this name came."""
        if event == "Hangup":
            self.hangups += 1
            self.timestamps = has_time
        elif event == "Newchannel":
            self.calls = True
        elif event == "QueueCallerJoin":
            self.entries, self.agents = self.entries + 1, True
        elif event in {"VarSet", "Newexten"}:
            self.dialplan = True
        elif event == "QueueMember":
            self.members = True
        elif event in {"QueueMemberStatus", "AgentConnect"}:
            self.agents = True

    def sentences(self) -> Iterator[str]:
        """What is missing, what it costs, and what would mend it."""
        if not self.channels:
            yield (
                "Calls that were in progress at the start are not seen, and after a broken link "
                "all are taken for dead: the AMI user lacks write=reporting."
            )
        if self.entries >= ENOUGH and not self.calls and not self.hangups:
            yield "Calls and legs are not seen: the AMI user lacks read=call."
        if self.hangups >= ENOUGH and not self.dialplan:
            yield (
                "Refusals of full queues, time-outs, answering machines and campaigns are not "
                "seen: the AMI user lacks read=dialplan."
            )
        if self.hangups >= ENOUGH and self.members and not self.agents:
            yield "Queues and agents are not seen: the AMI user lacks read=agent."
        if self.timestamps is False:
            yield (
                "Events carry no time and count from their arrival: timestampevents=yes is missing "
                "in manager.conf."
            )
        if not self.filtered:
            yield (
                "Every event crosses the network, most for nothing: the AMI user lacks "
                "write=system, which Filter needs."
            )
        if self.ari:
            yield self.ari
