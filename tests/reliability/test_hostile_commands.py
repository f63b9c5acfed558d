"""Whatever a command prints of a hostile feed, a terminal is told nothing by it."""

import csv
import io
import json

import pytest

from tests.endtoend.conftest import Open
from tests.endtoend.stage import SECONDS, Stage, zone_at_noon
from tests.reliability.hostile import PAYLOADS, controls_in, foreign_in, hostile_events

CALL = f"c-9001{PAYLOADS['clipboard']}"
PLAIN = (
    ("status",),
    ("call", CALL),
    ("calls",),
    ("metrics", "--by", "campaign"),
    ("metrics", "calls_by_day", "--campaign", PAYLOADS["eight bits"].replace("\0", "")),
    ("report", "list-audit"),
    ("report", "no\x1b]52;c;6666\x07such"),
    ("screenshot", "--screen", "calls"),
)  # fmt: skip
MACHINE = (
    ("status", "--format", "json"),
    ("call", CALL, "--format", "json"),
    ("calls", "--format", "json"),
    ("calls", "--format", "csv"),
    ("metrics", "total_calls", "--by", "campaign", "--calls", "--format", "json"),
    ("report", "list-audit", "--format", "csv"),
    ("report", "agent-performance", "--format", "json"),
)


@pytest.fixture
def fed(stage: Stage) -> Stage:
    """A cache with everything hostile in it."""
    stage.configure(f'[reporting]\ntime_zone = "{zone_at_noon()}"\n')
    lines = "\n".join(map(json.dumps, hostile_events()))
    done = stage.run("import", "-", given=lines.encode())
    assert done.returncode == 0
    assert controls_in(done.stdout + done.stderr) == []
    return stage


def test_commands_to_a_terminal(fed: Stage, terminal: Open) -> None:
    """Tables, JSON and CSV alike, and the sentences about what was typed."""
    for words, shown in [(words, terminal(*words)) for words in (*PLAIN, *MACHINE)]:
        shown.process.wait(SECONDS)
        shown.finish()
        assert len(shown.raw) > 40, words
        assert "Traceback" not in shown.raw, shown.raw
        assert foreign_in(shown.raw) == [], words


def test_a_hostile_configuration(stage: Stage, terminal: Open) -> None:
    """What is wrong with it is told of by every command, with its keys, names and places."""
    poison = PAYLOADS["clipboard"].replace("\x1b", "\\u001b").replace("\x07", "\\u0007")
    wrong = (
        f'[board]\n"key{poison}" = 1\n',
        f'[board]\ntheme = "{poison}"\n[cache]\ngroup = "{poison}"\n',
        f'[[feed]]\nname = "{poison}"\nurl = "ws://127.0.0.1:9/"\ntoken_file = "{poison}"\n',
    )
    for text in wrong:
        stage.configure(text)
        for words in ((), ("demo",), ("check",), ("collect",), ("status",)):
            if (not words or words == ("demo",)) and text != wrong[0]:
                continue  # these would open
            shown = terminal(*words)
            if words == ("collect",) and text == wrong[2]:
                shown.shows("token_file")
                shown.process.terminate()
            shown.process.wait(SECONDS)
            shown.finish()
            assert foreign_in(shown.raw) == [], (text, words)
    # The name of the file itself.
    shown = terminal("--config", f"no{PAYLOADS['clipboard']}", usual=False)
    shown.process.wait(SECONDS)
    shown.finish()
    assert "cannot be read" in shown.raw
    assert foreign_in(shown.raw) == []


def test_commands_to_a_pipe(fed: Stage) -> None:
    """Data is what was sent, to the letter, in JSON; no cell of CSV is run by a spreadsheet."""
    answer = json.loads(fed.run("calls", "--format", "json").stdout)
    assert {one["queue"] for one in answer} >= {f"sales{PAYLOADS['title']}"}
    for words in (("calls",), ("report", "agent-performance"), ("report", "call-reports")):
        done = fed.run(*words, "--format", "csv")
        cells = [cell for row in csv.reader(io.StringIO(done.stdout, "")) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells), words
        assert not [cell for cell in cells if cell[:1] in {"=", "@", "\t", "\r"}], words


@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"markup", "formula"}))
def test_what_looks_for_controls_finds_them(name: str) -> None:
    """Each payload would be seen, had it been written as it came."""
    assert foreign_in(f"plain {PAYLOADS[name]} \x1b[31mtext\x1b[0m")
    assert foreign_in("plain \x1b[31mtext\x1b[0m \x1b[2;4H\x1b[?25l") == []
