"""`wallboard check` on a PBX, and what `import --as asterisk` makes of other files."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.asterisk.pbx import SECRET, Pbx, as_text
from tests.asterisk.recordings import AMI, ARI, of, run
from tests.endtoend.stage import Stage
from wallboard.feeds.asterisk.missing import Missing

CALL = "pbx-1795316780.2"
FACTS = "SELECT id, direction, result, started, ended, answer_ms, wait_ms, talk_ms FROM calls"


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({}, 0, "an Asterisk with 3 queues and 14 members"),
        ({"forbidden": frozenset({"Filter"})}, 0, "lacks write=system"),
        ({"forbidden": frozenset({"CoreShowChannels"})}, 0, "lacks write=reporting"),
        ({"forbidden": frozenset({"QueueStatus"})}, 0, "It tells of no queue"),
    ],
)
async def test_check(stage: Stage, more: dict[str, Any], status: int, words: str) -> None:
    """What is reached, and what each missing permission costs."""
    async with Pbx(**more).listen() as pbx:
        pbx.play(run())
        stage.configure(
            f'[[feed]]\nname = "pbx"\nurl = "asterisk://127.0.0.1:{pbx.port}"\n'
            f'token_env = "PBX_SECRET"\n[asterisk]\nari_url = "{pbx.ari.url}"\n'
        )
        done = await asyncio.to_thread(stage.run, "check", environment={"PBX_SECRET": SECRET})
        wrong = await asyncio.to_thread(stage.run, "check", environment={"PBX_SECRET": "wrong"})
    assert (done.returncode, words in done.stdout) == (status, True), done.stdout
    assert "does not accept the AMI user" in wrong.stdout
    assert wrong.returncode == 1


def test_plain_text_of_ami(stage: Stage) -> None:
    """As a terminal shows it: blocks of lines with empty ones between, compressed or not."""
    text = b"Asterisk Call Manager/11.0.0\r\n" + b"".join(as_text(one.fields) for one in of(CALL))
    file = stage.folder / "ami.txt"
    file.write_bytes(text)
    done = stage.run("import", "--as", "asterisk", file)
    assert (done.returncode, done.stderr) == (0, "")
    plain = stage.ask(FACTS)
    assert len(plain) == 1
    listed = stage.folder / "listed.txt"
    untimed = as_text({"Event": "QueueMember", "Queue": "sales", "Location": "PJSIP/1001"})
    listed.write_bytes(text + untimed)
    done = stage.run("import", "--as", "asterisk", listed)
    assert (done.returncode, done.stderr) == (0, ""), "of lists nothing is said to be left out"
    packed = stage.folder / "ami.txt.gz"
    packed.write_bytes(gzip.compress(text))
    again = stage.run("import", "--as", "asterisk", packed).stdout.split()
    assert again[3] == "0"
    assert stage.ask(FACTS) == plain


def test_what_is_no_recording_is_said(stage: Stage) -> None:
    """Lines of another kind are passed over and counted."""
    file = stage.folder / "other.jsonl"
    file.write_text('{"ts": "x"}\n{"a": 1}\nnothing at all\n', encoding="utf-8")
    done = stage.run("import", "--as", "asterisk", file)
    assert done.stdout.split()[1] == "0"
    assert "2 lines held neither" in done.stderr
    assert "No message of Asterisk was found at all." in done.stderr


def test_text_without_times_cannot_be_placed(stage: Stage) -> None:
    """Without timestampevents nobody knows when it was."""
    bare = [{k: v for k, v in one.fields.items() if k != "Timestamp"} for one in of(CALL)]
    file = stage.folder / "bare.txt"
    file.write_bytes(b"".join(as_text(fields) for fields in bare))
    done = stage.run("import", "--as", "asterisk", file)
    assert "came without a time, and could not be placed" in done.stderr
    assert "ARI" not in done.stderr
    assert stage.ask(FACTS) == []


def test_a_recording_over_the_death_of_a_pbx(stage: Stage) -> None:
    """FullyBooted with a short uptime: what was open died at the last that was heard before."""
    messages = of(CALL)
    cut = next(n for n, one in enumerate(messages) if one.fields["Event"] == "AgentConnect") + 3
    lines = [
        json.dumps({"ts": one.received / 1_000, "kind": "event", "fields": one.fields})
        for one in messages[:cut]
    ]
    last = messages[cut - 1].received / 1_000
    booted = {"Event": "FullyBooted", "Uptime": "1", "Status": "Fully Booted"}
    lines.append(json.dumps({"ts": last + 9, "kind": "event", "fields": booted}))
    file = stage.folder / "died.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert stage.run("import", "--as", "asterisk", file).returncode == 0
    ((ended, reason),) = stage.ask("SELECT ended, end_reason FROM calls")
    assert (ended, reason) == (round(last * 1_000), "lost")


@pytest.mark.parametrize("turn", [1, -1])
def test_the_recordings_of_both_sides_in_any_order(stage: Stage, turn: int) -> None:
    """What ARI says of a leg is kept until AMI tells of it."""
    done = stage.run("import", "--as", "asterisk", *(AMI, ARI)[::turn])
    assert (done.returncode, done.stderr) == (0, "")
    told = stage.run("call", "camp-renewals-34").stdout
    assert "(486)" in told


def test_a_recording_that_is_named_twice_is_read_once(stage: Stage) -> None:
    """Under another name as well: what a PBX said once is no second change of an agent."""
    copy = stage.folder / "copy.jsonl"
    copy.write_bytes(AMI.read_bytes())
    done = stage.run("import", "--as", "asterisk", AMI, copy, AMI)
    assert done.returncode == 0
    assert done.stderr.count("is read once") == 2
    twice = stage.ask("SELECT count(*) FROM agent_changes")
    again = stage.run("import", "--as", "asterisk", AMI)
    assert " applied 0 " in again.stdout
    assert stage.ask("SELECT count(*) FROM agent_changes") == twice


def test_ari_alone_tells_of_no_calls(stage: Stage) -> None:
    """And that is said."""
    done = stage.run("import", "--as", "asterisk", ARI)
    assert "ARI alone tells of no calls" in done.stderr


def test_what_a_missing_read_permission_costs() -> None:
    """Nobody says which events a user may not read: their absence among many others does."""
    queues, calls = Missing(), Missing()
    for message in run():
        event = str(message.fields.get("Event"))
        if event.startswith(("Queue", "Agent")):
            queues.see(event, has_time=True)
        else:
            calls.see(event, has_time=True)
    assert list(queues.sentences()) == [
        "Calls and legs are not seen: the AMI user lacks read=call."
    ]
    assert not list(calls.sentences())
