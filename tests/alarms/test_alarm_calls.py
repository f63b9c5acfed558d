"""What is called for and how: the memory of a board, and what is sent to a terminal."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wallboard.questions.alarms import AlarmLine
from wallboard.screens.alarm_calls import SILENT, AlarmCalls
from wallboard.screens.alarm_words import against, sentence
from wallboard.screens.desktop import END, ESCAPE, Protocol, protocol_of, sequence

LINE = AlarmLine(
    1, "service_level/queue/15m", "support", "threshold", "service_level", "queue", "15m", "ratio",
    None, None, "support", "Service level, 15 minutes", ("bell", "notify"), "warning", None,
    1_000, 2_000, None, "", 0.74, 50.0, 0.8, False, 0.7, 1_500, 48.0, 0, 2_000, None, "", "",
)  # fmt: skip


def test_each_alarm_calls_once_and_when_it_is_worse() -> None:
    """Not what stood before, not again, not what came back; but what has become critical."""
    calls = AlarmCalls()
    other = replace(LINE, number=2)
    critical = replace(LINE, level="critical")
    assert calls.take([LINE]) is SILENT
    assert calls.take([LINE, other]).told == (other,)
    assert not calls.take([LINE, other]).is_rung
    assert calls.take([critical, other]).told == (critical,)
    assert not calls.take([other]).is_rung
    assert not calls.take([critical, other]).is_rung
    quiet = replace(LINE, number=3, actions=())
    assert calls.take([quiet]) == SILENT
    assert calls.take([replace(LINE, number=4, acknowledged=5)]) == SILENT


def test_words() -> None:
    """The figure against its limit in its unit; what goes on has gone on."""
    assert sentence(LINE, 3_000) == "support: Service level, 15 minutes 74 % < 80 %"
    assert against(replace(LINE, value=0.79998), 3_000) == "79.998 % < 80 %"
    dropped = replace(LINE, threshold=0.03, upward=True)
    assert against(replace(dropped, value=0.031), 3_000) == "3.1 % > 3 %"
    assert against(replace(dropped, value=0.02985), 3_000) == "2.985 % near 3 %", "not past it"
    assert against(replace(LINE, value=0.805), 3_000) == "80.5 % near 80 %"
    paused = replace(
        LINE, kind="agent_over_limit", unit="seconds", value=3_600.0, threshold=900.0, upward=True
    )
    assert against(paused, 62_000) == "1h01 > 15:00"
    assert against(replace(paused, value=None), 62_000) == "– > 15:00"


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-256color"}, Protocol.NONE),
        ({"TERM": "xterm-kitty"}, Protocol.OSC_99),
        ({"TERM": "foot"}, Protocol.OSC_777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Protocol.OSC_9),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "iTerm.app"}, Protocol.NONE),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, Protocol.NONE),
        ({}, Protocol.NONE),
    ],
)
def test_terminals(environment: dict[str, str], protocol: Protocol) -> None:
    """Only terminals that are known to understand are told."""
    assert protocol_of(environment) is protocol


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(list(Protocol)))
def test_nothing_of_a_feed_is_obeyed(title: str, text: str, protocol: Protocol) -> None:
    """Whatever the names are: one sequence, whole, with nothing in it that ends or begins one."""
    sent = sequence(protocol, title, text)
    if protocol is Protocol.NONE:
        assert sent == ""
        return
    assert sent.startswith(ESCAPE)
    assert sent.endswith(END)
    pieces = sent.removesuffix(END).split(END + ESCAPE)
    assert len(pieces) == (2 if protocol is Protocol.OSC_99 else 1)
    for piece in pieces:
        inner = piece.removeprefix(ESCAPE)
        assert inner.isprintable()
        if protocol is Protocol.OSC_99:
            payload = b64decode(inner.rpartition(";")[2]).decode()
            assert payload.isprintable()
    if protocol is Protocol.OSC_777:
        assert sent.count(";") == 3
