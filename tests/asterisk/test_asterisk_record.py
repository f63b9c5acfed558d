"""`wallboard record`: a PBX and a native feed into a file, masked or not, and back by import."""

import asyncio
import gzip
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.asterisk.pbx import SECRET, Pbx
from tests.asterisk.recordings import of
from tests.endtoend.stage import Stage, until
from wallboard.feeds.pseudonyms import LEFT_OUT, Pseudonyms, without_secrets

CALL = "pbx-1795316780.2"
NUMBER = "07205557366"


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


async def recorded(stage: Stage, file: Path, *words: str) -> list[dict[str, Any]]:
    """Record one call of a PBX into a file; returns its lines."""
    async with Pbx().listen() as pbx:
        url = f"asterisk://127.0.0.1:{pbx.port}"
        stage.configure(
            f'[[feed]]\nname = "pbx"\nurl = "{url}"\ntoken_env = "PBX_SECRET"\n'
            f'[asterisk]\nari_url = "{pbx.ari.url}"\n'
        )
        running = stage.start(
            "record", "--output", str(file), *words, environment={"PBX_SECRET": SECRET}
        )
        await asyncio.to_thread(until, lambda: "pbx is live" in running.err, "live feed")
        await asyncio.to_thread(until, lambda: pbx.ari.listeners == 1, "listener")
        pbx.play(of(CALL))
        pbx.ari.tell({"type": "ChannelDestroyed", "channel": {"id": CALL, "protocol_id": "a@b"}})
        if file.suffix != ".gz":
            await asyncio.to_thread(until, lambda: b"a@b" in file.read_bytes(), "event of ARI")
        await pbx.sessions[0].writer.drain()
        # Who calls again has read all that came before the end.
        asked = len(pbx.actions)
        pbx.sessions[0].writer.close()
        await asyncio.to_thread(until, lambda: len(pbx.actions) > asked, "new connection")
        await asyncio.to_thread(running.end)
    assert "recorded in" in running.err
    assert "collector" not in running.err
    read = gzip.open if file.suffix == ".gz" else open
    with read(file, "rb") as lines:
        return [json.loads(line) for line in lines]


async def test_what_was_recorded_can_be_imported(stage: Stage) -> None:
    """The call comes back whole; nobody else may read the file, and the secret is not in it."""
    file = stage.folder / "calls.jsonl.gz"
    lines = await recorded(stage, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET not in json.dumps(lines)
    assert {line.get("kind") for line in lines} >= {"event", "response"}
    assert [line["kind"] for line in lines if "kind" in line].count("break") == 2
    done = stage.run("import", "--as", "asterisk", file)
    assert done.returncode == 0, done.stderr
    assert stage.ask("SELECT id, result, from_number FROM calls") == [(CALL, "answered", NUMBER)]


async def test_a_wrong_secret_ends_it_with_a_sentence(stage: Stage) -> None:
    """Nothing is recorded by waiting: the exit status says so, and the secret is told nowhere."""
    wrong = "not-the-secret"
    async with Pbx().listen() as pbx:
        url = f"asterisk://127.0.0.1:{pbx.port}"
        stage.configure(f'[[feed]]\nname = "pbx"\nurl = "{url}"\ntoken_env = "PBX_SECRET"\n')
        file = stage.folder / "none.jsonl"
        done = await asyncio.to_thread(
            stage.run, "record", "--output", file, environment={"PBX_SECRET": wrong}
        )
    assert done.returncode == 1
    assert "recorded in" in done.stderr
    assert "does not accept the AMI user" in done.stderr
    assert "Traceback" not in done.stderr
    assert wrong not in done.stderr + file.read_text(encoding="utf-8")


async def test_masked(stage: Stage) -> None:
    """No number and no name is left, and the same is still the same: the call is as it was."""
    file = stage.folder / "masked.jsonl"
    lines = await recorded(stage, file, "--mask")
    text = file.read_text(encoding="utf-8")
    assert any("event" in line for line in lines), "ARI too"
    assert NUMBER not in text
    assert "Fay G" not in text
    assert "Alice Ames" not in text
    numbers = {
        line["fields"]["CallerIDNum"]
        for line in lines
        if line.get("fields", {}).get("Channel") == "PJSIP/trunk-00000000"
    }
    assert len(numbers) == 1
    assert stage.run("import", "--as", "asterisk", file).returncode == 0
    assert stage.ask("SELECT id, result FROM calls") == [(CALL, "answered")]


def test_a_file_that_exists_is_left_alone(stage: Stage) -> None:
    """And a feed that is not configured is named as such."""
    file = stage.folder / "there.jsonl"
    file.write_text("mine", encoding="utf-8")
    stage.configure('[[feed]]\nname = "pbx"\nurl = "asterisk://127.0.0.1:9"\n')
    done = stage.run("record", "--output", file)
    assert (done.returncode, file.read_text(encoding="utf-8")) == (1, "mine")
    other = stage.run("record", "other", "--output", stage.folder / "new.jsonl")
    assert other.returncode == 2
    assert "There is no feed “other”" in other.stderr


def test_a_native_feed(stage: Stage) -> None:
    """Its messages as they are, batches or single events."""
    _, url = stage.serve("--agents", "3")
    stage.follow(url)
    file = stage.folder / "native.jsonl"
    running = stage.start("record", "--output", str(file), "--for", "3")
    running.process.wait(60)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines
    assert all(isinstance(line["ts"], float) for line in lines)
    kinds = {
        event["type"]
        for line in lines
        for event in (line["message"] if isinstance(line["message"], list) else [line["message"]])
    }
    assert "feed.hello" in kinds


@given(some.from_regex(r"\+?[0-9]{7,15}", fullmatch=True))
def test_numbers_keep_their_shape(number: str) -> None:
    """Of the same length, the same for the same, and another with another key."""
    mask = Pseudonyms(b"one")
    other = mask.number(number)
    assert (len(other), other[0] == "+") == (len(number), number[0] == "+")
    assert mask.number(number) == other
    assert mask.masked(f"Local/{number}@out-0000001a;1") == f"Local/{other}@out-0000001a;1"


def test_ids_and_times_are_kept() -> None:
    """What ties messages together must not be taken for a number."""
    fields = {"Uniqueid": "1795316780.2", "Timestamp": "1795316780.368", "AppData": "1795316780.2"}
    assert Pseudonyms(b"key").masked(fields) == fields


def test_secrets_are_left_out() -> None:
    """Wherever they stand."""
    left = without_secrets({"a": [{"Secret": "x", "AuthToken": "y", "Event": "z"}]})
    assert left == {"a": [{"Secret": LEFT_OUT, "AuthToken": LEFT_OUT, "Event": "z"}]}


def test_an_event_of_our_own_masked_is_still_in_its_place() -> None:
    """Its sequence may look like a number; who calls may stand where a number is expected."""
    told = {"source": "p", "sequence": "1000009096", "time": "2026-11-22T14:22:05.226Z"}
    said = {"call": "c1", "from_number": "anonymous", "caller_id": "Zoltán Zhou", "to": "z@x.org"}
    first = Pseudonyms(b"one").masked(told | {"data": said})
    assert first == told | {"data": said | {"caller_id": "Person 1", "to": "Person 2"}}
    hello = {"epoch": "1795357319", "oldest": "1000000000", "newest": "1000009096"}
    assert Pseudonyms(b"one").masked(hello) == hello
    number = {"caller_id": "+14155550171", "to": "+14155550171"}
    masked = Pseudonyms(b"one").masked(number)
    assert masked == dict.fromkeys(number, Pseudonyms(b"one").number("+14155550171"))
