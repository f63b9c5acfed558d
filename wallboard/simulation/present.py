"""The events that rebuild what is true now: definitions, agent states and open calls."""

from collections.abc import Iterator

import msgspec

from wallboard.simulation.outbox import Data, numbered

AXES = ("presence", "reason", "activity", "call", "queues", "campaign")
"""What may change of an agent, each on its own."""
OF_CALLS = ("call.", "leg.", "queue.")
DEFINED = ".defined"


class _Filed(msgspec.Struct):
    type: str
    data: msgspec.Raw


class _OfCall(msgspec.Struct):
    call: str


class _OfAgent(msgspec.Struct):
    agent: str
    presence: msgspec.Raw = msgspec.Raw()
    reason: msgspec.Raw = msgspec.Raw()
    activity: msgspec.Raw = msgspec.Raw()
    call: msgspec.Raw = msgspec.Raw()
    queues: msgspec.Raw = msgspec.Raw()
    campaign: msgspec.Raw = msgspec.Raw()


_filed = msgspec.json.Decoder(_Filed)
_of_call = msgspec.json.Decoder(_OfCall)
_of_agent = msgspec.json.Decoder(_OfAgent)
_any = msgspec.json.Decoder(Data)

Kept = tuple[int, bytes]
"""An event with its sequence."""


class Present:
    """Learns every event in turn and keeps those that a newcomer needs."""

    def __init__(self) -> None:
        self._definitions: dict[tuple[str, object], list[tuple[frozenset[str], Kept]]] = {}
        self._agents: dict[str, dict[str, tuple[bytes, list[Kept]]]] = {}
        self._calls: dict[str, list[Kept]] = {}

    def learn(self, sequence: int, event: bytes) -> None:
        """Take note of the next event; one that cannot be read changes nothing."""
        try:
            filed = _filed.decode(event)
            kind = filed.type
            if kind == "agent.changed":
                self._agent_changed(_of_agent.decode(filed.data), (sequence, event))
            elif kind.endswith(DEFINED) or kind == "list.loaded":
                self._defined(kind, _any.decode(filed.data), (sequence, event))
            elif kind.startswith(OF_CALLS):
                self._of_call(kind, _of_call.decode(filed.data).call, (sequence, event))
        except msgspec.MsgspecError:
            # Feeds in tests carry broken events on purpose: those are for the client to judge.
            return

    def events(self) -> list[bytes]:
        """The events of the snapshot, numbered, in the order of their sequence."""
        return [numbered(event, sequence) for sequence, event in sorted(set(self._kept()))]

    def _kept(self) -> Iterator[Kept]:
        for definitions in self._definitions.values():
            yield from (kept for _, kept in definitions)
        for axes in self._agents.values():
            for _, changes in axes.values():
                yield from changes
        for call in self._calls.values():
            yield from call

    def _defined(self, kind: str, data: Data, kept: Kept) -> None:
        # What a later definition does not say stays true, so an earlier one goes only when the
        # later says all of it again.
        entity = data.get(kind.split(".", maxsplit=1)[0])
        fields = frozenset(data)
        earlier = self._definitions.get((kind, str(entity)), [])
        still = [entry for entry in earlier if not entry[0] <= fields]
        self._definitions[kind, str(entity)] = [*still, (fields, kept)]

    def _agent_changed(self, change: _OfAgent, kept: Kept) -> None:
        # The event at which a value last became another is kept, not the last that repeats it:
        # a state's clock starts there. The change before it is kept as well, for a clock starts
        # only where the state was another.
        axes = self._agents.setdefault(change.agent, {})
        for axis in AXES:
            value = bytes(getattr(change, axis))
            known, changes = axes.get(axis, (b"", []))
            if value and value != known:
                axes[axis] = (value, [*changes[-1:], kept])

    def _of_call(self, kind: str, call: str, kept: Kept) -> None:
        if kind == "call.ended":
            self._calls.pop(call, None)
        elif call in self._calls:
            self._calls[call].append(kept)
        elif kind == "call.started":
            self._calls[call] = [kept]
