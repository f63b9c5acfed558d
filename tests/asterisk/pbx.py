"""A PBX that replays a recording: AMI with logins, filters and snapshots, and ARI beside it.

It speaks the protocols at any speed, keeps the state that a snapshot tells, and can be killed in
the middle of a call.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Any

from tests.asterisk.ari_server import AriServer
from tests.asterisk.recordings import Message
from wallboard.feeds.asterisk.wire import message_of

USER = "wallboard"
SECRET = "a-secret-of-the-tests"
Fields = dict[str, Any]

CHANNEL = (
    "Channel",
    "ChannelState",
    "CallerIDNum",
    "CallerIDName",
    "Context",
    "Exten",
    "Priority",
    "Uniqueid",
    "Linkedid",
)
MEMBER = (
    "Queue",
    "StateInterface",
    "Membership",
    "Penalty",
    "CallsTaken",
    "LastCall",
    "LastPause",
    "LoginTime",
    "InCall",
    "Status",
    "Paused",
    "PausedReason",
    "Wrapuptime",
)


def as_text(fields: Fields) -> bytes:
    """A message as AMI sends it."""
    lines = [
        f"{key}: {one}\r\n"
        for key, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return "".join(lines).encode() + b"\r\n"


@dataclass
class State:
    """What is true in the PBX, as the events that were replayed tell it."""

    channels: dict[str, Fields] = field(default_factory=dict)
    waiting: dict[str, Fields] = field(default_factory=dict)
    members: dict[tuple[str, str], Fields] = field(default_factory=dict)

    def see(self, fields: Fields) -> None:
        """An event happened."""
        event, uid = fields.get("Event"), fields.get("Uniqueid")
        if event == "Hangup":
            self.channels.pop(str(uid), None)
            self.waiting.pop(str(uid), None)
        elif event == "QueueCallerJoin":
            self.waiting[str(uid)] = fields
        elif event == "QueueCallerLeave":
            self.waiting.pop(str(uid), None)
        elif event == "QueueMemberRemoved":
            self.members.pop((fields["Queue"], fields["Interface"]), None)
        elif str(event).startswith("QueueMember") and "Interface" in fields:
            self.members[fields["Queue"], fields["Interface"]] = fields
        if event == "Newchannel":
            self.channels[str(uid)] = {"Application": "", "BridgeId": ""}
        if isinstance(uid, str) and uid in self.channels:
            channel = self.channels[uid]
            channel |= {key: fields[key] for key in CHANNEL if key in fields}
            if event == "Newexten":
                channel["Application"] = fields["Application"]
            elif event == "BridgeEnter":
                channel["BridgeId"] = fields["BridgeUniqueid"]
            elif event == "BridgeLeave":
                channel["BridgeId"] = ""


@dataclass
class Session:
    """One client that is connected to AMI."""

    writer: asyncio.StreamWriter
    filters: list[re.Pattern[str]] = field(default_factory=list)
    logged_in: bool = False

    def send(self, fields: Fields) -> None:
        """Send a message, whatever the filters say."""
        self.writer.write(as_text(fields))

    def tell(self, fields: Fields) -> None:
        """Send an event if the filters let it through."""
        text = as_text(fields)
        shown = text.decode()
        if self.logged_in and (not self.filters or any(one.search(shown) for one in self.filters)):
            self.writer.write(text)


@dataclass
class Pbx:
    """The server; what it allows is set by the test."""

    system: str = "pbx"
    forbidden: frozenset[str] = frozenset()
    """Actions that the user may not use."""
    boots: asyncio.Event | None = None
    """Until it is set, the PBX is starting."""
    timestamps: bool = True
    secure: SSLContext | None = None
    port: int = 0
    clock: float = 1_795_316_778.0
    """The time in the PBX, in seconds: that of the latest event."""
    shift_ms: int = 0
    """By how much later than recorded everything happens."""
    state: State = field(default_factory=State)
    sessions: list[Session] = field(default_factory=list)
    actions: list[Fields] = field(default_factory=list)
    ari: AriServer = field(default_factory=AriServer)
    _server: asyncio.Server | None = None
    _set: float = field(default_factory=time.monotonic)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator["Pbx"]:
        """Be there while the context lasts."""
        await self.start()
        async with self.ari.listen():
            try:
                yield self
            finally:
                await self.kill()

    async def start(self) -> None:
        """Listen, on the same port as before."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, ssl=self.secure
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def kill(self) -> None:
        """Die at once, as by kill -9: nobody is told anything, all calls are gone."""
        if self._server is not None:
            self._server.close()
        for session in self.sessions:
            session.writer.transport.abort()
        self.sessions.clear()
        self.state = State(members=self.state.members)
        await asyncio.sleep(0)

    def play(self, messages: Iterable[Message]) -> None:
        """Let recorded things happen, at once."""
        for message in messages:
            self.happens(message.fields)

    def happens(self, fields: Fields) -> None:
        """Let one recorded thing happen."""
        fields = dict(fields)
        if "Timestamp" in fields:
            if self.timestamps:
                later = float(fields["Timestamp"]) + self.shift_ms / 1_000
                fields["Timestamp"] = f"{later:.6f}"
                self.clock, self._set = later, time.monotonic()
            else:
                del fields["Timestamp"]
        self.state.see(fields)
        for session in self.sessions:
            session.tell(fields)

    async def replay(self, messages: Iterable[Message], speed: float) -> None:
        """Let recorded things happen at so many times their speed."""
        began: int | None = None
        loop = asyncio.get_running_loop()
        start = loop.time()
        for message in messages:
            began = message.received if began is None else began
            due = start + (message.received - began) / 1_000 / speed
            if due > loop.time() + 0.005:
                await asyncio.sleep(due - loop.time())
            self.happens(message.fields)
        for session in list(self.sessions):
            # Whoever has gone reads nothing any more.
            with suppress(ConnectionError):
                await session.writer.drain()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session(writer)
        self.sessions.append(session)
        writer.write(b"Asterisk Call Manager/11.0.0\r\n")
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                asked = message_of((await reader.readuntil(b"\r\n\r\n"))[:-4])
                self.actions.append(dict(asked))
                await self._answer(session, dict(asked))
        if session in self.sessions:
            self.sessions.remove(session)
        writer.close()

    async def _answer(self, session: Session, asked: Fields) -> None:
        name, number = asked["Action"], asked["ActionID"]
        success = {"Response": "Success", "ActionID": number}
        if name == "Login":
            right = (asked["Username"], asked["Secret"]) == (USER, SECRET)
            if not right:
                session.send(
                    {"Response": "Error", "ActionID": number, "Message": "Authentication failed"}
                )
                session.writer.close()
                return
            session.send(success | {"Message": "Authentication accepted"})
            session.logged_in = True
            if "FullyBooted" in self.forbidden:
                return
            if self.boots is not None and not self.boots.is_set():
                await self.boots.wait()
            session.send({"Event": "FullyBooted", "Status": "Fully Booted"})
        elif name in self.forbidden:
            session.send({"Response": "Error", "ActionID": number, "Message": "Permission denied"})
        elif name == "Filter":
            session.filters.append(re.compile(asked["Filter"].replace("[[:space:]]", r"\s")))
            session.send(success)
        elif name == "CoreSettings":
            session.send(success | {"SystemName": self.system})
        elif name == "QueueStatus":
            self._list(session, number, "QueueStatusComplete", self._queues())
        elif name == "CoreShowChannels":
            self._list(session, number, "CoreShowChannelsComplete", self._channels())
        else:
            now = self.clock + time.monotonic() - self._set
            session.send(success | {"Ping": "Pong", "Timestamp": f"{now:.6f}"})

    @staticmethod
    def _list(session: Session, number: str, end: str, items: list[Fields]) -> None:
        session.send({"Response": "Success", "ActionID": number, "EventList": "start"})
        for item in items:
            session.send(item | {"ActionID": number})
        session.send({"Event": end, "ActionID": number, "EventList": "Complete"})

    def _queues(self) -> list[Fields]:
        queues = sorted({queue for queue, _ in self.state.members})
        found: list[Fields] = [{"Event": "QueueParams", "Queue": queue} for queue in queues]
        for fields in self.state.members.values():
            kept = {key: fields[key] for key in MEMBER if key in fields}
            names = {"Name": fields["MemberName"], "Location": fields["Interface"]}
            found.append({"Event": "QueueMember"} | kept | names)
        for place, fields in enumerate(self.state.waiting.values(), 1):
            kept = {key: fields[key] for key in ("Queue", "Channel", "Uniqueid")}
            entry = {"Event": "QueueEntry", "Position": str(place), "Wait": "1"}
            found.append(entry | kept)
        return found

    def _channels(self) -> list[Fields]:
        rest = {"Event": "CoreShowChannel", "Duration": "00:00:05", "ApplicationData": ""}
        return [rest | channel for channel in self.state.channels.values()]


def destroyed(lines: Iterable[bytes]) -> list[dict[str, Any]]:
    """The recorded events of ARI."""
    return [json.loads(line)["event"] for line in lines]
