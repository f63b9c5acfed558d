"""`wallboard simulate`: the same arguments give the same bytes; wrong ones are refused."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import START
from tests.endtoend.stage import Stage
from wallboard.cli import main


def test_same_seed_and_start_give_the_same_bytes(stage: Stage, day: Path) -> None:
    """On standard output as in a file; another seed gives others."""
    words = ("simulate", "--start", START, "--agents", "5")
    again = stage.run(*words)
    assert again.returncode == 0
    assert again.stdout.encode() == day.read_bytes()
    assert f"{len(again.stdout.splitlines()):,} events of 1 day from" in again.stderr
    assert stage.run(*words, "--output", "-").stdout == again.stdout
    assert not (stage.folder / "-").exists()
    assert stage.run(*words, "--seed", "2").stdout != again.stdout


def test_every_line_is_a_cloud_event(day: Path) -> None:
    """And every id is there once."""
    events = [json.loads(line) for line in day.read_bytes().splitlines()]
    assert len({(event["source"], event["id"]) for event in events}) == len(events) > 1_000
    assert {event["specversion"] for event in events} == {"1.0"}


def test_output_to_an_unwritable_place(stage: Stage) -> None:
    """A sentence with the file and the reason."""
    path = stage.folder / "nowhere" / "events.jsonl"
    done = stage.run("simulate", "--output", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(path) in done.stderr
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["simulate", "demo"])
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--days", "-1"),
        ("--days", "many"),
        ("--days", "1e9"),
        ("--agents", "0"),
        ("--agents", "few"),
        ("--agents", "99999999"),
        ("--seed", "x"),
        ("--speed", "0"),
        ("--speed", "nan"),
        ("--speed", "fast"),
    ],
)
def test_wrong_numbers_are_refused(
    command: str, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the option's name, with what was found and expected; simulate and demo alike."""
    with pytest.raises(SystemExit) as ended:
        main([command, f"{option}={value}"])
    assert ended.value.code == 2
    words = capsys.readouterr()
    assert words.out == ""
    assert option in words.err
    assert repr(value) in words.err
    assert "is expected" in words.err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--start", "yesterday"),
        ("--serve", "nowhere"),
        ("--serve", "127.0.0.1:99999"),
        ("--calls-per-hour", "-1"),
        ("--calls-per-hour", "nan"),
    ],
)
def test_wrong_words_are_refused(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same for what only simulate takes."""
    with pytest.raises(SystemExit) as ended:
        main(["simulate", f"{option}={value}"])
    assert ended.value.code == 2
    words = capsys.readouterr()
    assert words.out == ""
    assert repr(value) in words.err


def test_output_and_serve_exclude_each_other(stage: Stage) -> None:
    """One place for the events."""
    done = stage.run("simulate", "--output", "x", "--serve", "127.0.0.1:0")
    assert (done.returncode, done.stdout) == (2, "")


def test_address_in_use(stage: Stage) -> None:
    """A sentence with the address, exit status 1."""
    _, url = stage.serve()
    address = url.removeprefix("ws://").removesuffix("/events")
    done = stage.run("simulate", "--serve", address, "--days", "0", "--agents", "8")
    assert (done.returncode, done.stdout) == (1, "")
    assert address in done.stderr
    assert "Traceback" not in done.stderr
