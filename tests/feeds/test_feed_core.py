"""The pure core with a clock of its own: backoff, silence, stages, holes, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wallboard.feeds.address import beside, shown, stream_address
from wallboard.feeds.backoff import Backoff
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.holes import Holes
from wallboard.feeds.intake import Condition, Heartbeat, Hello, Stage
from wallboard.feeds.link import Link, Silence
from wallboard.feeds.reasons import Reason, status_reason
from wallboard.feeds.tuning import Tuning

TUNING = Tuning()
MENDS = Reason(True, "It broke.")
REFUSED = Reason(False, "It refuses.")


def test_delays_double_up_to_the_longest_and_begin_again_after_a_good_session() -> None:
    """The ceiling of the jitter: 1, 2, 4, … 30 s; a session of 20 s starts it over."""
    backoff = Backoff(TUNING, lambda: 1.0)
    assert [backoff.delay(0.0, MENDS) for _ in range(8)] == [1, 2, 4, 8, 16, 30, 30, 30]
    assert backoff.delay(19.9, MENDS) == 30
    assert backoff.delay(20.0, MENDS) == 1


@given(st.floats(0, 1), st.lists(st.floats(0, 60), max_size=40))
def test_a_delay_is_never_none_and_never_too_long(drawn: float, sessions: list[float]) -> None:
    """Whatever the jitter and the sessions, a server is neither stormed nor forgotten."""
    backoff = Backoff(TUNING, lambda: drawn)
    for lasted in sessions:
        assert TUNING.shortest_delay <= backoff.delay(lasted, MENDS) <= TUNING.longest_delay


def test_a_refusal_waits_a_minute_and_a_server_may_ask_for_more() -> None:
    """Once a minute; Retry-After is obeyed up to a limit."""
    backoff = Backoff(TUNING, lambda: 0.0)
    assert backoff.delay(0.0, REFUSED) == 60
    assert backoff.delay(0.0, MENDS._replace(retry_after=12.0)) == 12
    assert backoff.delay(0.0, MENDS._replace(retry_after=1e9)) == TUNING.longest_retry_after
    # Whom it asked for the same shall not all come back in the same moment.
    later = Backoff(TUNING, lambda: 0.5).delay(0.0, MENDS._replace(retry_after=100.0))
    assert later == pytest.approx(105.0)
    backoff.reset()
    assert backoff.delay(0.0, MENDS) == TUNING.shortest_delay


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("soon", None), ("", None), ("Fri, 02 Jan 1970 00:00:00 GMT", 0.0)],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    """A date that is past asks for nothing; what is neither is ignored."""
    reason = status_reason(503, "ws://host/events", {"Retry-After": header})
    assert reason.retry_after == seconds


@given(st.integers(100, 999), st.text(max_size=30), st.text(max_size=30))
def test_every_status_has_a_sentence(status: int, location: str, after: str) -> None:
    """Whatever a server answers, there is a sentence with the address and the status."""
    headers = {"Location": location, "Retry-After": after}
    reason = status_reason(status, "ws://host/events", headers)
    assert "ws://host/events" in reason.sentence
    assert str(status) in reason.sentence
    assert reason.sentence.endswith(".")


def test_silence_is_pinged_then_given_up() -> None:
    """5 s without a byte: a ping; 5 s more: gone. Only messages keep a server from being mute."""
    link = Link(TUNING, 0)
    assert link.silence(message=0, byte=0, at=4.9) is Silence.WAIT
    assert link.silence(message=0, byte=0, at=5.1) is Silence.PING
    assert link.silence(message=0, byte=0, at=9.0) is Silence.WAIT
    assert link.silence(message=0, byte=0, at=10.2) is Silence.GONE
    link.opening()
    assert link.silence(message=0, byte=0, at=5.1) is Silence.PING
    assert link.silence(message=0, byte=5.2, at=9.0) is Silence.WAIT
    assert link.silence(message=0, byte=5.2, at=10.3) is Silence.PING
    assert link.silence(message=0, byte=30.0, at=30.1) is Silence.MUTE


def connected(link: Link, now: int, *, silent: float = 0.0, held: int | None = 5) -> Condition:
    """The condition of an open connection without a backlog."""
    return link.connected(silent=silent, held=held, backlog=0, trouble="", now=now)


def test_the_stage_of_a_connection_over_time() -> None:
    """Connecting until something comes; catching up; live; stale; live again with a new clock."""
    link = Link(TUNING, 1_000)
    assert connected(link, 1_500).stage is Stage.CONNECTING
    link.heard(2_000)
    link.hello(Hello("e", 1, 10_000, 2_000), 2_000)
    behind = connected(link, 2_000, held=9_000)
    assert (behind.stage, behind.since, behind.newest) == (Stage.CATCHING_UP, 2_000, 10_000)
    live = connected(link, 3_000, held=9_600)
    assert (live.stage, live.since, live.reason) == (Stage.LIVE, 3_000, "")
    assert connected(link, 9_000, held=10_001).since == 3_000
    assert connected(link, 9_000, held=10_001).newest == 10_001
    stale = connected(link, 20_000, silent=TUNING.stale_seconds + 0.1, held=10_001)
    assert (stale.stage, stale.since) == (Stage.STALE, 20_000)
    assert f"nothing for more than {TUNING.stale_seconds:g} s" in stale.reason
    again = connected(link, 21_000, held=10_001)
    assert (again.stage, again.since, again.reason) == (Stage.LIVE, 21_000, "")
    ended = link.ended(MENDS, 25_000, 22_000)
    assert (ended.stage, ended.retry_at, ended.reason) == (Stage.DISCONNECTED, 25_000, "It broke.")
    link.opening()
    assert (link.condition.stage, link.condition.retry_at) == (Stage.DISCONNECTED, None)
    assert link.ended(MENDS, 30_000, 26_000).since == 22_000
    assert link.ended(REFUSED, 90_000, 27_000).stage is Stage.REFUSED


def test_a_heartbeat_that_waited_does_not_bend_the_clock() -> None:
    """The skew is the greatest of the last few: waiting in a buffer only ever looks slow."""
    link = Link(TUNING, 0)
    link.hello(Hello("e", None, None, 10_500), 10_000)
    link.heartbeat(Heartbeat(None, 11_000), 15_000)
    assert link.condition.skew == 0.5
    for number in range(8):
        link.heartbeat(Heartbeat(number, 20_000 + number), 19_000 + number)
    assert link.condition.skew == 1.0
    assert link.condition.newest == 7


@given(
    held=st.lists(st.tuples(st.integers(1, 300), st.integers(0, 30)), min_size=1, max_size=8),
    server=st.sets(st.integers(1, 330), max_size=330),
    most=st.integers(1, 60),
    chunk=st.integers(1, 120),
    anchor=st.none() | st.integers(0, 330),
)
def test_holes_are_filled_or_lost_whatever_the_server_has(
    held: list[tuple[int, int]], server: set[int], most: int, chunk: int, anchor: int | None
) -> None:
    """Asked until nothing is wanted: all the server has is had, the rest of the gaps is lost."""
    coverage = Coverage("e", (Span(first, first + length) for first, length in held))
    before = set(_numbers(list(coverage)))
    holes = Holes(replace(TUNING, chunk=chunk), anchor=anchor)
    oldest = min(server, default=None)
    holes.begin(coverage, Hello("e", oldest, max(server, default=None), 0))
    lowest = holes.lowest(coverage) or 0
    lost: set[int] = set()
    for _ in range(2_000):
        wanted = holes.next(coverage)
        if wanted is None:
            break
        first, last = wanted.span
        assert last - first < max(chunk, 100)
        answer = sorted(n for n in server if n >= first)[: min(most, last - first + 1)]
        coverage.add_all(answer)
        for span in holes.answered(wanted, max(answer, default=None), coverage):
            lost.update(range(span.first, span.last + 1))
            coverage.add(*span)
        if not wanted.gap:
            holes.oldest = oldest
    assert holes.next(coverage) is None
    assert holes.backlog(coverage) == 0
    assert lost.isdisjoint(server)
    assert lost.isdisjoint(before)
    top = max(before)
    assert all(n in coverage for n in server if n <= top)
    assert all(n in coverage for n in range(lowest, top + 1))


def _numbers(spans: list[Span]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]


def test_a_young_hole_is_left_alone() -> None:
    """Two seconds of grace, counted from when the numbers above it came."""
    coverage = Coverage("e", [Span(1, 10)])
    holes = Holes(TUNING, anchor=None)
    holes.begin(coverage, Hello("e", 1, 10, 0))
    coverage.add(15, 20)
    holes.look(coverage, 100.0)
    holes.look(coverage, 101.9)
    assert holes.next(coverage) is None
    holes.look(coverage, 102.0)
    wanted = holes.next(coverage)
    assert wanted is not None
    assert wanted == (Span(11, 14), True)


@pytest.mark.parametrize(
    ("url", "name", "address"),
    [
        ("ws://host:8765/events", "snapshot", "http://host:8765/snapshot"),
        ("wss://host/a/b/events?tenant=7", "events", "https://host/a/b/events?tenant=7"),
        ("wss://host", "events", "https://host/events"),
        ("ws://[::1]:80/x/", "snapshot", "http://[::1]:80/x/snapshot"),
    ],
)
def test_what_lies_beside_the_stream(url: str, name: str, address: str) -> None:
    """Same host and port, TLS as the stream, in the same folder."""
    assert beside(url, name) == address


def test_addresses_are_shown_without_secrets_and_asked_with_parameters() -> None:
    """A user's name, parameters and what they hold are for the server alone."""
    assert shown("wss://me:pw@host:1/events?token=x#y") == "wss://host:1/events"
    assert shown("wss://[half") == "(an address that cannot be read)"
    assert stream_address("ws://h/events?a=1", None, "e") == "ws://h/events?a=1"
    assert stream_address("ws://h/e?a=1&after=3", 7, "x y") == "ws://h/e?a=1&after=7&epoch=x+y"
    assert stream_address("ws://h/e", 0, None) == "ws://h/e?after=0"
