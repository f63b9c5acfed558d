"""Messages about queues: who waits, who is called, who has whom, and who serves."""

from wallboard.feeds.asterisk.fields import Fields, text, whole
from wallboard.feeds.asterisk.handling import Handler
from wallboard.feeds.asterisk.scene import Scene


class QueueMessages:
    """Follows callers through queues, and the members of those."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def handlers(self) -> dict[str, Handler]:
        """What to do at each event, by its name."""
        return {
            "QueueCallerJoin": self._join,
            "QueueCallerAbandon": self._abandon,
            "QueueCallerLeave": self._leave,
            "AgentCalled": self._agent_called,
            "AgentConnect": self._agent_connect,
            "QueueMemberStatus": self._scene.agents.is_member,
            "QueueMemberPause": self._scene.agents.is_member,
            "QueueMemberAdded": self._scene.agents.is_member,
            "QueueMemberPenalty": self._scene.agents.is_member,
            "QueueMemberRinginuse": self._scene.agents.is_member,
            "QueueMember": self._scene.agents.is_member,
            "QueueMemberRemoved": self._scene.agents.is_no_member,
            "QueueParams": self._queue,
        }

    def _join(self, fields: Fields, time: int) -> None:
        channel = self._scene.channel(fields, time)
        if channel is None:
            return
        queue = text(fields, "Queue")
        if not queue:
            return
        if channel.half == 2:
            channel.calls_on = True
        elif not channel.half:
            self._scene.show(channel, time)
        self._scene.transfers.arrives_in_queue(channel, queue)
        self._scene.queues.join(channel, queue, time, whole(fields, "Position"))

    def _abandon(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.queues.give_up(channel, time)

    def _leave(self, fields: Fields, time: int) -> None:
        if (channel := self._scene.channel(fields, time)) is not None:
            self._scene.queues.leave(channel, time)

    def _agent_called(self, fields: Fields, time: int) -> None:
        called = self._scene.channel(fields, time, "Dest")
        interface = text(fields, "Interface")
        if not interface:
            return
        self._scene.devices.is_of_queue(interface)
        if called is not None:
            self._scene.legs.is_of_member(called, self._scene.devices.agent(interface))

    def _agent_connect(self, fields: Fields, time: int) -> None:
        caller, called = (
            self._scene.channel(fields, time),
            self._scene.channel(fields, time, "Dest"),
        )
        queue = text(fields, "Queue")
        if not queue or not text(fields, "Interface"):
            return
        agent = self._scene.agents.of_member(fields)
        if called is not None:
            called.member = agent
            leg = called if called.leg is not None else self._scene.book.behind(called)
            leg.queue = queue
        if caller is not None:
            self._scene.queues.connect(caller, queue, agent, time)

    def _queue(self, fields: Fields, time: int) -> None:
        if queue := text(fields, "Queue"):
            self._scene.queues.define(queue, time)
