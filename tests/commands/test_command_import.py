"""`wallboard import`: every kind of file, what becomes of its events, and who holds the cache."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import TUESDAY
from tests.endtoend.stage import SECONDS, Stage, until

COUNTS = ("events", "applied", "repeated", "unknown", "quarantined")
FACTS = "SELECT id, started, ended, direction, result, answer_ms, wait_ms, talk_ms FROM calls"


def counted(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """The counts that an import printed: its only data."""
    assert done.returncode == 0, done.stderr
    words = done.stdout.split()
    assert words[::2] == list(COUNTS)
    return dict(zip(COUNTS, map(int, words[1::2]), strict=True))


def counts(**some: int) -> dict[str, int]:
    """Counts with zeros for what is not named."""
    return dict.fromkeys(COUNTS, 0) | some


def event(number: int, **rest: Any) -> dict[str, Any]:
    """An event of a call."""
    return {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "tests",
        "type": "call.started",
        "time": f"{TUESDAY}T10:00:{number % 60:02}Z",
        "data": {"call": f"c{number}", "direction": "inbound"},
    } | rest


def lines(*events: dict[str, Any] | bytes, end: bytes = b"\n") -> bytes:
    """Events as lines; bytes as they are."""
    return b"".join(
        (item if isinstance(item, bytes) else json.dumps(item).encode()) + end for item in events
    )


def test_what_record_wrote_of_a_feed(stage: Stage) -> None:
    """Its messages are taken apart as the feed's would be; what was no JSON is told as it came."""
    numbering = {"epoch": "a", "oldest": "1", "newest": "3", "time": f"{TUESDAY}T10:00:00Z"}
    hello = {"type": "feed.hello", "data": numbering}
    told = event(1, sequence="1"), event(2, sequence="2"), event(3, sequence="3")
    said: list[Any] = [[event(0) | hello], [told[0], {"bad": 1}], told[1], "[{nothing", [told[2]]]
    recorded = lines(*({"ts": 1795356945.014, "message": message} for message in said))
    done = stage.run("import", "-", given=recorded.replace(b'{"ts": ', b'{"ts":'))
    assert counted(done) == counts(events=5, applied=3, quarantined=2)
    assert [row for (row,) in stage.ask("SELECT id FROM calls ORDER BY id")] == ["c1", "c2", "c3"]
    assert stage.ask("SELECT * FROM gaps") == []
    # One that only begins like a recorded message is an event.
    odd = json.dumps({"ts": 5, "message": "?"} | event(4)).replace('{"ts": ', '{"ts":').encode()
    assert counted(stage.run("import", "-", given=odd)) == counts(events=1, applied=1)


def test_plain_then_again(stage: Stage, day: Path) -> None:
    """All is applied; the second time all is repeated and nothing changes."""
    size = len(day.read_bytes().splitlines())
    first = counted(stage.run("import", day))
    assert first == counts(events=size, applied=size)
    facts = sorted(stage.ask(FACTS))
    assert len(facts) > 100
    assert counted(stage.run("import", day)) == counts(events=size, repeated=size)
    assert sorted(stage.ask(FACTS)) == facts


def test_gzip_standard_input_and_several_files(stage: Stage, day: Path) -> None:
    """A day in three parts, each brought in another way, is the whole day."""
    parts = day.read_bytes().splitlines(keepends=True)
    third = len(parts) // 3
    packed, plain = stage.folder / "first.jsonl.gz", stage.folder / "second.jsonl"
    packed.write_bytes(gzip.compress(b"".join(parts[:third])))
    plain.write_bytes(b"".join(parts[third : 2 * third]))
    rest = b"".join(parts[2 * third :])
    done = counted(stage.run("import", packed, plain, "-", given=rest))
    assert done == counts(events=len(parts), applied=len(parts))
    facts = sorted(stage.ask(FACTS))
    whole = stage.folder / "whole.sqlite"
    stage.run("import", "--cache", whole, day)
    assert facts == sorted(stage.ask(FACTS, cache=whole))


def test_what_is_wrong_is_counted_and_kept(stage: Stage) -> None:
    """Bad lines are kept as they came; those between them are applied."""
    bad = [b"{", b"nothing", b"\xff\xfe{}", json.dumps(event(7, time="yesterday")).encode()]
    text = lines(
        event(1),
        bad[0],
        event(2),
        bad[1],
        event(3, type="weather.changed", data={"sun": True}),
        bad[2],
        b"",
        bad[3],
        event(4, data={"call": 12}),
        event(5),
    )
    done = counted(stage.run("import", "-", given=text))
    assert done == counts(events=9, applied=3, unknown=1, quarantined=5)
    kept = {bytes(row[0]) for row in stage.ask("SELECT text FROM quarantine")}
    assert set(bad) <= kept
    assert all(reason for (reason,) in stage.ask("SELECT reason FROM quarantine"))
    assert {row[0] for row in stage.ask("SELECT id FROM calls")} == {"c1", "c2", "c5"}
    assert stage.ask("SELECT type, events FROM unknown_types") == [("weather.changed", 1)]


@pytest.mark.parametrize("end", [b"\r\n", b"\n\n", b"  \n"])
def test_ends_of_lines(stage: Stage, end: bytes) -> None:
    """Those of Windows, empty lines and blanks change nothing."""
    text = lines(event(1), event(2), end=end)
    assert counted(stage.run("import", "-", given=text)) == counts(events=2, applied=2)


def test_last_line_without_an_end(stage: Stage) -> None:
    """It counts as well."""
    text = lines(event(1), event(2)).rstrip(b"\n")
    assert counted(stage.run("import", "-", given=text)) == counts(events=2, applied=2)


def test_empty_file(stage: Stage) -> None:
    """Nothing to do is no failure."""
    empty = stage.folder / "empty.jsonl"
    empty.touch()
    assert counted(stage.run("import", empty)) == counts()


def test_missing_file(stage: Stage) -> None:
    """A sentence with its name; what stood before it was imported."""
    before = stage.folder / "before.jsonl"
    before.write_bytes(lines(event(1)))
    done = stage.run("import", before, "none.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "none.jsonl" in done.stderr
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_damaged_gzip(stage: Stage, day: Path) -> None:
    """A sentence; what could be read is kept."""
    broken = stage.folder / "broken.gz"
    broken.write_bytes(gzip.compress(day.read_bytes())[:-20_000])
    done = stage.run("import", broken)
    assert done.returncode == 1
    assert str(broken) in done.stderr
    assert "Traceback" not in done.stderr
    assert stage.number("SELECT count(*) FROM calls") > 10


def test_not_a_cache(stage: Stage, day: Path) -> None:
    """A file of something else is refused and left as it is."""
    stage.cache.write_text("my diary")
    done = stage.run("import", day)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a wallboard cache" in done.stderr
    assert stage.cache.read_text() == "my diary"


def test_while_a_collector_holds_the_cache(stage: Stage, day: Path) -> None:
    """The file is handed to it: the same counts, the same facts, and it goes on collecting."""
    collector = stage.start("collect")
    collector.says("Collecting 0 feeds")
    size = len(day.read_bytes().splitlines())
    assert counted(stage.run("import", day)) == counts(events=size, applied=size)
    assert counted(stage.run("import", day)) == counts(events=size, repeated=size)
    bad = stage.run("import", "-", given=lines(event(1), b"{", event(2)))
    assert counted(bad) == counts(events=3, applied=2, quarantined=1)
    facts = sorted(stage.ask(FACTS))
    assert stage.ask("SELECT feed, stage FROM feeds") == [("import", "finished")]
    assert collector.process.poll() is None
    alone = stage.folder / "alone.sqlite"
    stage.run("import", "--cache", alone, day)
    stage.run("import", "--cache", alone, "-", given=lines(event(1), event(2)))
    assert facts == sorted(stage.ask(FACTS, cache=alone))


def test_missing_file_while_a_collector_holds_the_cache(stage: Stage) -> None:
    """The same sentence as without one."""
    collector = stage.start("collect")
    collector.says("Collecting 0 feeds")
    done = stage.run("import", "none.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "none.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_imports_at_once(stage: Stage, day: Path) -> None:
    """Of one and the same file: each event is applied once, whoever comes first."""
    size = len(day.read_bytes().splitlines())
    both = [stage.start("import", day), stage.start("import", day)]
    assert [running.process.wait(SECONDS) for running in both] == [0, 0]
    # One may have waited for the other, and said so.
    assert sum(int(running.out.split()[3]) for running in both) == size
    assert stage.number("SELECT applied FROM feeds") == size


def test_killed_in_the_middle(stage: Stage, day: Path) -> None:
    """What is in the cache is whole; the same import again makes it the whole day."""
    many = stage.folder / "many.jsonl"
    text = day.read_bytes()
    copies = [text.replace(b'"wallboard-demo"', b'"demo-%d"' % copy) for copy in range(8)]
    many.write_bytes(b"".join(copies))
    size = len(text.splitlines()) * len(copies)
    running = stage.start("import", many)
    until(lambda: stage.number("SELECT applied FROM feeds"), "first batch")
    running.process.kill()
    running.process.wait(SECONDS)
    done = counted(stage.run("import", many))
    assert done["events"] == size
    assert done["applied"] + done["repeated"] == size
    assert stage.number("SELECT applied FROM feeds") == size
    whole = stage.folder / "whole.sqlite"
    stage.run("import", "--cache", whole, many)
    assert sorted(stage.ask(FACTS)) == sorted(stage.ask(FACTS, cache=whole))
    for table in ("minute_rollup", "hour_rollup"):
        question = f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4, 5"
        assert stage.ask(question) == stage.ask(question, cache=whole)
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]


def test_what_is_set_aside_is_told_with_its_place(stage: Stage) -> None:
    """The first five with file, line and a sentence; then how many more."""
    first, second = stage.folder / "first.jsonl", stage.folder / "second.jsonl.gz"
    first.write_bytes(lines(event(1), b"", b"", event(2, time="late")))
    more = [event(number, data={"call": "c"}) for number in range(10, 20)]
    second.write_bytes(gzip.compress(lines(event(3), b"{", *more)))
    done = stage.run("import", first, second)
    assert counted(done)["quarantined"] == 12
    *told, rest = done.stderr.splitlines()
    assert len(told) == 5
    assert rest == "and 7 more: `wallboard status` shows the latest."
    assert (
        f"{first}, line 4: The event e2 (call.started) has “late” as time where a time with its "
        "offset, such as 2026-11-22T04:00:00Z, is expected."
    ) in told
    assert f"{second}, line 2: The text is not JSON: it breaks off before its end." in told


def test_an_end_before_its_start_is_told_with_its_place(stage: Stage) -> None:
    """The event is valid by itself: it contradicts its call."""
    ended = {"type": "call.ended", "data": {"call": "c1", "reason": "lost"}}
    early = event(1, id="end", time=f"{TUESDAY}T09:00:00Z") | ended
    path = stage.folder / "early.jsonl"
    path.write_bytes(lines(event(1), early))
    told = (
        "The event end: The end of the call is 3601 s before the start: expected 2 s at the most."
    )
    assert stage.run("import", path).stderr == f"{path}, line 2: {told}\n"


def test_what_is_set_aside_of_standard_input(stage: Stage) -> None:
    """Without a line; and none of it when nothing was."""
    done = stage.run("import", "-", given=lines(event(1), b"{"))
    assert done.stderr == "standard input: The text is not JSON: it breaks off before its end.\n"
    assert stage.run("import", "-", given=lines(event(2))).stderr == ""


def test_what_is_set_aside_by_the_collector_is_told_as_well(stage: Stage) -> None:
    """The one that holds the cache took the file."""
    collector = stage.start("collect")
    collector.says("Collecting 0 feeds")
    path = stage.folder / "bad.jsonl"
    path.write_bytes(lines(event(1), event(2, id="")))
    done = stage.run("import", path)
    assert counted(done)["quarantined"] == 1
    assert done.stderr.startswith(f"{path}, line 2: The event (call.started) has empty text as id")


@pytest.mark.parametrize("is_collected", [False, True])
def test_a_hole_makes_figures_incomplete_until_it_is_filled(
    stage: Stage, is_collected: bool
) -> None:
    """In metrics and in the status; whoever takes the file, and though two come in one command."""
    if is_collected:
        stage.start("collect").says("Collecting 0 feeds")
    numbered = {number: event(number, sequence=f"{number:05}") for number in range(1, 9)}
    first, second = stage.folder / "first.jsonl", stage.folder / "second.jsonl"
    first.write_bytes(lines(*(numbered[number] for number in (1, 2, 5))))
    second.write_bytes(lines(numbered[8]))
    words = ("total_calls", "--from", str(TUESDAY), "--to", str(TUESDAY), "--format", "json")

    def told() -> tuple[int, bool, str, int]:
        (metric,) = json.loads(stage.run("metrics", *words).stdout)
        (feed,) = json.loads(stage.run("status", "--format", "json").stdout)["feeds"]
        return metric["value"], metric["complete"], metric.get("note", ""), feed["gaps"]

    assert counted(stage.run("import", first, second))["applied"] == 4
    calls, is_complete, note, gaps = told()
    assert (calls, is_complete, gaps) == (4, False, 1)
    assert "Events of feed import" in note
    assert counted(stage.run("import", "-", given=lines(numbered[4], numbered[3])))["applied"] == 2
    assert told() == (6, True, "", 0)
    report = stage.run("report", "gaps", *words[1:])
    (row,) = json.loads(report.stdout)
    assert (row["events_missed"], row["recovered"]) == (2, True)


def test_what_was_set_aside_before_is_repeated(stage: Stage) -> None:
    """The same file again changes no count but that of repeated events."""
    text = lines(event(1), b"{", b"nothing")
    first = counted(stage.run("import", "-", given=text))
    assert first == counts(events=3, applied=1, quarantined=2)
    again = stage.run("import", "-", given=text)
    assert counted(again) == counts(events=3, repeated=3)
    assert again.stderr == ""
