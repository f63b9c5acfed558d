"""Agents: what they are doing as their queues' members, and what follows from their calls."""

from collections.abc import Iterable

from wallboard.config.asterisk import Asterisk
from wallboard.events.agents import Activity, AgentChanged, Presence
from wallboard.events.calls import CallWrapped
from wallboard.events.definitions import AgentDefined
from wallboard.events.kinds import UNSET
from wallboard.feeds.asterisk.channels import Channel, device_of, said
from wallboard.feeds.asterisk.devices import Devices
from wallboard.feeds.asterisk.fields import Fields, known, text, whole
from wallboard.feeds.asterisk.members import (
    BUSY,
    BUSY_ACTIVITIES,
    INVALID,
    RINGING,
    UNAVAILABLE,
    Agent,
    Member,
    Shown,
    WrapUp,
    busy_with,
)
from wallboard.feeds.asterisk.telling import Telling


class Agents:
    """Tells the states of agents.

    Presence and activity of members come from their queues alone, for a member's status was right
    wherever the events of calls were not; which call it is, and whether it is held, from the legs.
    """

    def __init__(self, settings: Asterisk, devices: Devices, telling: Telling) -> None:
        self._settings, self._devices, self._telling = settings, devices, telling
        self._agents: dict[str, Agent] = {}
        self._wrapping: dict[str, Agent] = {}
        self._defined: dict[str, str] = {}

    def of_member(self, fields: Fields) -> str:
        """The agent that a message about a member is about."""
        return self._devices.agent(text(fields, "Interface") or text(fields, "Location"))

    def is_member(self, fields: Fields, time: int) -> None:
        """A queue tells of a member: who it is, the device's status, the pause."""
        queue = text(fields, "Queue")
        interface = text(fields, "Interface") or text(fields, "Location")
        if not queue or not interface:
            return
        self._devices.is_of_queue(interface)
        agent = self._agent(self._devices.agent(interface))
        agent.was_member = True
        self._define(agent, known(fields, "MemberName") or known(fields, "Name"), interface, time)
        paused = text(fields, "Paused") == "1"
        reason = known(fields, "PausedReason") if paused else None
        before = agent.members.get(queue)
        is_as_before = before is not None and (before.paused, before.reason) == (paused, reason)
        agent.members[queue] = Member(
            whole(fields, "Status") or 0,
            paused,
            reason,
            whole(fields, "Wrapuptime") or 0,
            before.paused_at if before is not None and is_as_before else time,
        )
        self._show(agent, time)

    def is_no_member(self, fields: Fields, time: int) -> None:
        """A queue has a member no longer."""
        if not text(fields, "Interface") or not text(fields, "Queue"):
            return
        agent = self._agent(self.of_member(fields))
        agent.members.pop(text(fields, "Queue"), None)
        self._show(agent, time)

    def are_all(self, members: Iterable[Fields], time: int) -> None:
        """What a snapshot tells of all queues: who is not in it is no member any longer."""
        seen: set[tuple[str, str]] = set()
        for fields in members:
            self.is_member(fields, time)
            seen.add((self.of_member(fields), text(fields, "Queue")))
        for agent in self._agents.values():
            gone = [queue for queue in agent.members if (agent.agent, queue) not in seen]
            for queue in gone:
                del agent.members[queue]
            if gone:
                self._show(agent, time)

    def leg_changed(self, channel: Channel, time: int) -> None:
        """A leg of an agent began, was answered, held or resumed.

        Whose phone is in no queue is on no floor, unless the configuration names the agent.
        """
        if channel.kind == "A" and channel.agent is not None and not channel.end_told:
            agent = self._agent(channel.agent)
            agent.legs[channel.uid] = channel
            if agent.was_member or self._devices.is_named(agent.agent):
                self._show(agent, time)

    def leg_ended(self, channel: Channel, time: int) -> None:
        """A leg of an agent is over; after a call from a queue comes the work after it."""
        if channel.kind != "A" or channel.agent is None:
            return
        agent = self._agent(channel.agent)
        if agent.legs.pop(channel.uid, None) is None:
            return
        seconds = self._wrap_up_seconds(agent, channel.queue)
        if channel.answered is not None and seconds > 0:
            until = time + round(seconds * 1_000)
            agent.wrapping = WrapUp(channel.leg_call, time, until)
            self._wrapping[agent.agent] = agent
        if agent.shown is not None:
            self._show(agent, time)

    def _wrap_up_seconds(self, agent: Agent, queue: str | None) -> float:
        if queue is None:
            return 0
        member = agent.members.get(queue)
        own = member.wrap_up if member is not None else 0
        return own or self._settings.wrap_up_seconds.get(queue, 0)

    def advance(self, now: int) -> None:
        """Time has come to `now`: after-call work that is over by then is told."""
        for agent in [one for one in self._wrapping.values() if one.wrapping is not None]:
            wrapping = agent.wrapping
            if wrapping is not None and wrapping.until <= now:
                self._wrapped(agent, wrapping.until)
                self._show(agent, wrapping.until)

    def _wrapped(self, agent: Agent, time: int) -> None:
        wrapping, agent.wrapping = agent.wrapping, None
        self._wrapping.pop(agent.agent, None)
        if wrapping is not None:
            seconds = max(0, time - wrapping.since) / 1_000
            self._telling.tell(
                time,
                f"{agent.agent}:{wrapping.call}:{wrapping.since}",
                wrapping.call,
                CallWrapped(wrapping.call, agent.agent, seconds),
            )

    def _agent(self, name: str) -> Agent:
        agent = self._agents.get(name)
        if agent is None:
            agent = self._agents[name] = Agent(name)
        return agent

    def _define(self, agent: Agent, told: str | None, interface: str, time: int) -> None:
        # A member without a name is called by its interface, which says nothing to anybody.
        told = None if told is not None and device_of(told) == device_of(interface) else told
        name = self._devices.name(agent.agent, told)
        if self._defined.get(agent.agent) != name:
            self._defined[agent.agent] = name
            self._telling.tell(
                time, f"{agent.agent}:{name}", agent.agent, AgentDefined(agent.agent, name)
            )

    def _show(self, agent: Agent, time: int) -> None:
        activity, call = self._activity(agent)
        wrapping = agent.wrapping
        if wrapping is not None:
            # The queue says that the phone is free a moment after the call has ended.
            is_over = activity in BUSY_ACTIVITIES and (wrapping.is_free or bool(agent.legs))
            wrapping.is_free |= activity not in BUSY_ACTIVITIES
            if is_over:
                self._wrapped(agent, time)
            else:
                activity, call = "wrap_up", wrapping.call
        now = Shown(*self._presence(agent), activity, self._queues(agent), call)
        before = agent.shown
        if before is not None:
            if now.call is None and now.activity == before.activity != "idle":
                now = Shown(now.presence, now.reason, now.activity, now.queues, before.call)
            if now == before:
                return
        agent.shown = now
        key = f"{now.presence}:{now.reason or ''}:{now.activity}:{now.call or ''}"
        self._telling.tell(
            time,
            f"{agent.agent}:{time}:{key}:{','.join(now.queues)}",
            agent.agent,
            AgentChanged(
                agent.agent,
                presence=UNSET if now.presence is None else now.presence,
                reason=said(now.reason),
                activity=now.activity,
                call=now.call,
                queues=list(now.queues) if agent.was_member else UNSET,
            ),
        )

    def _presence(self, agent: Agent) -> tuple[Presence | None, str | None]:
        """Paused is who is paused in every queue; who is in none any more has gone home."""
        members = list(agent.members.values())
        if not members:
            return ("offline", None) if agent.was_member else (None, None)
        if all(member.status == UNAVAILABLE for member in members):
            return "offline", None
        if all(member.paused for member in members):
            # Of pauses for several reasons the latest is the one that took the last queue away.
            last = max(members, key=lambda one: (one.reason is not None, one.paused_at))
            return "paused", last.reason
        return "available", None

    def _queues(self, agent: Agent) -> tuple[str, ...]:
        """The queues that an agent serves: without those of a pause of their own."""
        everywhere = all(member.paused for member in agent.members.values())
        return tuple(
            sorted(
                queue for queue, member in agent.members.items() if everywhere or not member.paused
            )
        )

    def _activity(self, agent: Agent) -> tuple[Activity, str | None]:
        legs = [leg for leg in agent.legs.values() if not leg.end_told]
        talking = [leg for leg in legs if leg.answered is not None]
        leg = max(talking or legs, key=lambda one: one.answered or one.created, default=None)
        call = None if leg is None else leg.leg_call
        if agent.members:
            statuses = {member.status for member in agent.members.values()}
            if RINGING in statuses:
                return "ringing", call
            if statuses & BUSY:
                return busy_with(leg), call
            return ("fault", None) if INVALID in statuses else ("idle", None)
        if leg is None:
            return "idle", None
        if leg.answered is None:
            return ("dialling" if leg.incoming else "ringing"), call
        return busy_with(leg), call
