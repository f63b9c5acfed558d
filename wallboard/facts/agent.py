"""What an agent's events say: the state after each, resolved from presence and activity.

Presence (what the agent chose) and activity (what the agent is doing) are two axes. The state
shown is offline when offline and idle; the activity when it is not idle; else the presence.
"""

from typing import Final

from msgspec import UNSET, Struct

from wallboard.events.agents import AgentChanged

BUSY: Final = frozenset({"ringing", "dialling", "on_call", "on_hold", "wrap_up"})
"""The states that count as busy in occupancy (L5); fault counts in neither (readings 74)."""


class AgentState(Struct, frozen=True, gc=False):
    """An agent after an event. `since` (UTC ms) is when the shown state began.

    A change that says what is already so does not restart the clock. `reason` belongs to the
    presence it was given with: another presence without a reason has none.
    """

    presence: str = "offline"
    reason: str | None = None
    activity: str = "idle"
    call: str | None = None
    queues: tuple[str, ...] | None = None
    campaign: str | None = None
    state: str = "offline"
    since: int = 0


BEFORE_ANY: Final = AgentState()
"""An agent of whom nothing was said yet."""


def after(before: AgentState, said: AgentChanged, time: int) -> AgentState:
    """The agent's state once `said` is in force from `time` on."""
    presence = before.presence if said.presence is UNSET else said.presence or "offline"
    activity = before.activity if said.activity is UNSET else said.activity or "idle"
    if said.reason is not UNSET:
        reason = said.reason
    else:
        reason = before.reason if presence == before.presence else None
    call = before.call if said.call is UNSET else said.call
    if said.queues is UNSET:
        queues = before.queues
    else:
        queues = None if said.queues is None else tuple(said.queues)
    campaign = before.campaign if said.campaign is UNSET else said.campaign
    state = presence if activity == "idle" else activity
    same = (
        before is not BEFORE_ANY
        and state == before.state
        and (state != "paused" or reason == before.reason)
        and (state not in BUSY or call == before.call or None in (call, before.call))
    )
    since = before.since if same else time
    return AgentState(presence, reason, activity, call, queues, campaign, state, since)
