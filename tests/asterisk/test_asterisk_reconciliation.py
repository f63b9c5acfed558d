"""The recorded run, imported by the command into a cache, against the PBX's own logs.

Every difference that is left is named here, with the reason why the log is wrong or says less.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.asterisk.recordings import AMI, ARI, cel, named, queue_log, run
from tests.endtoend.stage import Stage

LISTENED = "ChanSpyStart"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A cache into which the run was imported, twice, by the command."""
    stage = Stage()
    try:
        first = stage.run("import", "--as", "asterisk", AMI, ARI)
        assert (first.returncode, first.stderr) == (0, ""), first.stderr
        words = first.stdout.split()
        assert (words[3], words[7], words[9]) == (words[1], "0", "0")
        again = stage.run("import", "--as", "asterisk", AMI, ARI).stdout.split()
        assert (again[1], again[3], again[5]) == (words[1], "0", words[1])
        yield stage
    finally:
        stage.close()


def ask(stage: Stage, question: str) -> list[tuple[Any, ...]]:
    """What the cache says."""
    return stage.ask(question)


def logged(event: str) -> int:
    """How often queue_log says something."""
    return sum(line.event == event for line in queue_log())


def test_calls(stage: Stage) -> None:
    """Every Linkedid of CEL is a call, but for those of a manager who listens to another call.

    CEL gives a listener's channel a Linkedid of its own; it is an M leg of the call listened to.
    CEL has one Linkedid more, of an agent who is called back since the transfer came to nobody: the
    channel has another by the time it is answered.
    """
    listeners = {str(one["SpyerLinkedid"]) for one in named(LISTENED, run())}
    ours = {call for (call,) in ask(stage, "SELECT id FROM calls")}
    assert ours == {channel.call for channel in cel().values()} - listeners
    assert len(ours) == 379 - 1 - 6


def test_calls_between_own_phones_are_counted_nowhere(stage: Stage) -> None:
    """A supervisor's call into a conference is kept with its leg, and in no figure (readings 6)."""
    rows = ask(stage, "SELECT direction, count(*) FROM calls GROUP BY direction")
    assert dict(rows) == {"inbound": 260, "outbound": 106, None: 6}


def test_every_leg_of_cel_is_there_once(stage: Stage) -> None:
    """Each channel that is no half of a Local one is one leg, of the right call.

    Further legs are parties at a Local channel's far end, which have no channel of their own.
    """
    listeners = {str(one["SpyerUniqueid"]) for one in named(LISTENED, run())}
    rows = ask(stage, "SELECT legs.leg, id, kind FROM legs JOIN calls USING (call)")
    legs = {leg: call for leg, call, _ in rows}
    assert len(legs) == len(rows)
    channels = {uid: one for uid, one in cel().items() if not one.name.startswith("Local/")}
    assert len(channels) == 590
    assert channels.keys() - legs.keys() == set()
    wrong = {uid for uid, one in channels.items() if legs[uid] != one.call}
    assert wrong == listeners
    further = [cel()[uid].name for uid in legs.keys() - channels.keys()]
    assert all(name.endswith(";1") for name in further)
    assert Counter(name.partition("@")[2][:3] for name in further) == {"age": 84, "con": 40}


def test_times_of_legs(stage: Stage) -> None:
    """Starts, answers and ends of all legs are those of CEL, within 20 ms.

    But for four ends: an agent who hands a call on after asking hangs up, yet CEL's HANGUP comes
    only when the other answers. CEL's own BRIDGE_EXIT agrees with us.
    """
    question = "SELECT leg, started, answered, ended FROM legs"
    late = set()
    for leg, started, answered, ended in ask(stage, question):
        log = cel()[leg]
        assert started == pytest.approx(log.started, abs=20), leg
        assert (answered is None) == (log.answered is None), leg
        if answered is not None:
            assert answered == pytest.approx(log.answered, abs=20), leg
        if abs(ended - log.hung_up) > 20:
            late.add(leg)
            assert ended - answered == pytest.approx(log.bridged_ms, abs=20), leg
    transferers = {str(one["OrigTransfererUniqueid"]) for one in named("AttendedTransfer", run())}
    assert late < transferers
    assert len(late) == 4


def test_talk_of_every_call(stage: Stage) -> None:
    """Talk and hold of each call are the time that CEL has its agents in bridges, within 1 s."""
    question = (
        "SELECT id, leg, legs.talk_ms + legs.hold_ms FROM legs JOIN calls USING (call) "
        "WHERE kind = 'A' AND legs.answered IS NOT NULL"
    )
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for call, leg, talk in ask(stage, question):
        ours[call] += talk
        theirs[call] += round(cel()[leg].bridged_ms)
    assert len(ours) == 206
    for call, talk in ours.items():
        assert talk == pytest.approx(theirs[call], abs=1_000), call


def test_entries_into_queues(stage: Stage) -> None:
    """Every ENTERQUEUE is a stay, in its queue and its second.

    Nine more stays are of callers whom a full queue refused: queue_log has no line for those.
    """
    rows = ask(stage, "SELECT queue, entered / 1000, reason FROM stays")
    ours = sorted((queue, at) for queue, at, reason in rows if reason != "refused")
    theirs = sorted((line.queue, line.time) for line in queue_log() if line.event == "ENTERQUEUE")
    assert len(ours) == 298
    for (queue, at), (queue_of_log, logged_at) in zip(ours, theirs, strict=True):
        assert queue == queue_of_log
        assert abs(at - logged_at) <= 1
    assert sum(reason == "refused" for _, _, reason in rows) == 9


def test_ends_of_stays(stage: Stage) -> None:
    """Connects, timeouts and withdrawals are as many as in queue_log.

    Of its 68 ABANDON lines 7 are of callers who were sent elsewhere while they waited: the next
    line of each is another ENTERQUEUE of the same channel. Nobody gave up there.
    """
    reasons = Counter(reason for (reason,) in ask(stage, "SELECT reason FROM stays"))
    moved = 0
    lines = queue_log()
    for at, line in enumerate(lines):
        if line.event == "ABANDON":
            later = (one for one in lines[at + 1 :] if one.uniqueid == line.uniqueid)
            moved += next(later, None) is not None
    assert moved == 7
    assert reasons == {
        "answered": logged("CONNECT"),
        "abandoned": logged("ABANDON") - moved,
        "redirected": moved,
        "timed_out": logged("EXITWITHTIMEOUT"),
        "withdrawn": logged("WITHDRAW"),
        "refused": 9,
    }


def test_waits(stage: Stage) -> None:
    """Every wait is the one of queue_log, which counts whole seconds, within 1 s."""
    place = {"CONNECT": 0, "ABANDON": 2, "EXITWITHTIMEOUT": 2, "WITHDRAW": 2}
    theirs: dict[tuple[str, str], list[int]] = {}
    for line in queue_log():
        if line.event in place:
            call = cel()[line.uniqueid].call
            theirs.setdefault((call, line.queue), []).append(int(line.data[place[line.event]]))
    question = (
        "SELECT id, queue, (left - entered) / 1000.0 FROM stays JOIN calls USING (call) "
        "WHERE reason != 'refused' ORDER BY left"
    )
    rows = ask(stage, question)
    assert len(rows) == sum(map(len, theirs.values())) == 298
    for call, queue, wait in rows:
        assert wait == pytest.approx(theirs[call, queue].pop(0), abs=1.0), (call, queue)


def test_who_connected(stage: Stage) -> None:
    """Each CONNECT has its agent, by name."""
    question = (
        "SELECT agents.name, count(*) FROM stays JOIN agents USING (source, agent) "
        "WHERE reason = 'answered' GROUP BY 1"
    )
    theirs = Counter(line.member for line in queue_log() if line.event == "CONNECT")
    assert dict(ask(stage, question)) == theirs


def test_transfers(stage: Stage) -> None:
    """26, as in CEL. queue_log has 20: it does not see those of an agent behind a Local channel."""
    (total,) = ask(stage, "SELECT sum(transfers) FROM calls")[0]
    assert total == len(named("BlindTransfer", run())) + len(named("AttendedTransfer", run())) == 26
    assert logged("BLINDTRANSFER") + logged("ATTENDEDTRANSFER") == 20


def test_pauses(stage: Stage) -> None:
    """An agent is paused exactly when queue_log has them paused in every queue they are in."""
    queues: dict[str, set[str]] = {}
    for one in run():
        if str(one.fields.get("Event")).startswith("QueueMember") and "MemberName" in one.fields:
            queues.setdefault(one.fields["MemberName"], set()).add(one.fields["Queue"])
    paused: dict[str, set[str]] = {}
    theirs: list[tuple[str, int, bool]] = []
    for line in queue_log():
        if line.event not in {"PAUSE", "UNPAUSE"}:
            continue
        before = paused.setdefault(line.member, set())
        after = before | {line.queue} if line.event == "PAUSE" else before - {line.queue}
        paused[line.member] = after
        everywhere = after >= queues[line.member]
        if everywhere != (before >= queues[line.member]):
            theirs.append((line.member, line.time, everywhere))
    question = (
        "SELECT agents.name, time, presence FROM agent_changes JOIN agents USING (source, agent) "
        "ORDER BY time"
    )
    ours: list[tuple[str, int, bool]] = []
    latest: dict[str, bool] = {}
    for name, time, presence in ask(stage, question):
        now = presence == "paused"
        if now != latest.get(name, False):
            ours.append((name, time // 1_000, now))
        latest[name] = now
    assert len(theirs) == len(ours)
    assert sum(pauses for _, _, pauses in ours) == 38
    for mine, log in zip(sorted(ours), sorted(theirs), strict=True):
        assert (mine[0], mine[2]) == (log[0], log[2])
        assert abs(mine[1] - log[1]) <= 1
