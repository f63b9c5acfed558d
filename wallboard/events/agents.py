"""Events of agents: presence (what the agent chose) and activity (what the agent is doing)."""

from typing import Literal

from wallboard.events.kinds import UNSET, Data, Identifier, Optional

Presence = Literal["offline", "available", "paused"]
Activity = Literal["idle", "ringing", "dialling", "on_call", "on_hold", "wrap_up", "fault"]


class AgentChanged(Data, frozen=True):
    """Either axis of an agent's state changed; what is absent stays as it was."""

    agent: Identifier
    presence: Optional[Presence] = UNSET
    reason: Optional[str] = UNSET
    activity: Optional[Activity] = UNSET
    call: Optional[str] = UNSET
    queues: Optional[list[str]] = UNSET
    campaign: Optional[str] = UNSET
