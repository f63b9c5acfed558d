"""Webhooks against a real server: signed, tried again, never in the way, failures shown."""

import time
from collections.abc import Callable, Iterator

import pytest

from tests.alarms.conftest import Watched
from tests.alarms.receiver import Receiver, receiving
from tests.questions.conftest import NOON
from wallboard.alarms.deliveries import LONGEST_WAIT_SECONDS, wait_ms
from wallboard.alarms.posting import Posting
from wallboard.config import Alarm, Webhook
from wallboard.questions.alarms import delivery_troubles

SECRET = "only-we-two-know"
HOOK = Webhook(url_env="TEST_HOOK", secret_env="TEST_HOOK_SECRET")
ALARM = Alarm(metric="calls_waiting", warning=0, critical=2, for_seconds=0, actions=("bell", HOOK))


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A server whose address and secret are in the environment."""
    with receiving() as found:
        monkeypatch.setenv("TEST_HOOK", found.url)
        monkeypatch.setenv("TEST_HOOK_SECRET", SECRET)
        yield found


@pytest.fixture
def posting(watched: Watched) -> Iterator[Posting]:
    """The thread that posts, by the clock of the evaluations; tries again at once."""
    found = Posting(
        watched.cache.path, lambda: NOON + round(watched.seconds * 1_000), first_delay=0.0
    )
    found.start()
    yield found
    found.stop(20)


def wait(watched: Watched, seconds: float, *numbers: int) -> None:
    """Calls come to wait."""
    for number in numbers:
        watched.cache.say("call.started", seconds, call=f"c{number}", direction="inbound")
        watched.cache.say("queue.entered", seconds, call=f"c{number}", queue="support")
    watched.cache.feed()


def leave(watched: Watched, seconds: float, *numbers: int) -> None:
    """Calls that wait are over."""
    for number in numbers:
        watched.cache.say("call.ended", seconds, call=f"c{number}", reason="abandoned")
    watched.cache.feed()


def until(found: Callable[[], object]) -> None:
    """Wait for something that no thread of ours can be asked to tell."""
    end = time.monotonic() + 20
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_raised_escalated_and_over_are_posted_and_signed(
    watched: Watched, receiver: Receiver, posting: Posting
) -> None:
    """Each once, with all there is to know; the end when it has lasted."""
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    watched.at(2)
    posting.wake()
    receiver.wait_for(1)
    wait(watched, 3, 2, 3)
    watched.at(4)
    posting.wake()
    receiver.wait_for(2)
    leave(watched, 5, 1, 2, 3)
    watched.at(6)
    posting.wake()
    until(lambda: watched.cache.read().execute(
        "SELECT 1 FROM alarm_deliveries WHERE event = 'ended' AND attempts = 0").fetchone()
    )  # fmt: skip
    watched.seconds = 6 + 301
    posting.wake()
    posted = receiver.wait_for(3)
    assert [one.said["event"] for one in posted] == ["raised", "escalated", "ended"]
    assert all(one.is_signed_by(SECRET) for one in posted)
    assert not posted[0].is_signed_by("another")
    assert len({one.headers["Wallboard-Delivery"] for one in posted}) == 3
    alarm = posted[-1].said["alarm"]
    assert alarm["metric"] == "calls_waiting"
    assert alarm["level"] == "critical"
    assert alarm["peak"] == {"value": 3, "time": "2024-06-12T12:00:04.000Z", "sample": None}
    assert alarm["ended"] == "2024-06-12T12:00:06.000Z"


def test_flapping_is_not_posted_again(
    watched: Watched, receiver: Receiver, posting: Posting
) -> None:
    """What comes back at once posts nothing, nor the end that did not last."""
    watched.alarms(ALARM)
    for n in range(4):
        wait(watched, n * 20, n)
        watched.at(n * 20 + 1)
        leave(watched, n * 20 + 5, n)
        watched.at(n * 20 + 6)
    watched.seconds = 1_000
    posting.wake()
    posted = receiver.wait_for(2)
    assert [one.said["event"] for one in posted] == ["raised", "ended"]
    assert posted[1].said["alarm"]["flaps"] == 3


def test_failures_are_shown_and_tried_again(
    watched: Watched, receiver: Receiver, posting: Posting
) -> None:
    """A server in trouble gets it again; until then the trouble is told, without the address."""
    receiver.statuses = [500, 503, 302]
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    watched.at(2)
    posting.wake()
    posted = receiver.wait_for(4)
    assert len({one.headers["Wallboard-Delivery"] for one in posted}) == 1
    until(lambda: not delivery_troubles(watched.cache.read(), 0))
    found = watched.cache.read().execute("SELECT attempts, delivered > 0 FROM alarm_deliveries")
    assert found.fetchall() == [(4, 1)]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1/x?key=hidden", "no connection could be made"),
        ("", "needs the environment variable TEST_HOOK, which is not set"),
        ("ftp://hidden", "does not hold an http or https address"),
        ("http://hidden\x7f.example/", "the connection failed (InvalidURL)"),
    ],
)
def test_what_cannot_be_posted_is_said(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    """Nobody there, no address, no web address: in words, and the evaluation goes on."""
    monkeypatch.setenv("TEST_HOOK", url)
    monkeypatch.setenv("TEST_HOOK_SECRET", SECRET)
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    assert watched.at(2) == ["warning threshold "]
    posting = Posting(watched.cache.path, lambda: NOON + 3_000, first_delay=60)
    posting.start()
    until(lambda: delivery_troubles(watched.cache.read(), 0))
    posting.stop(20)
    (trouble,) = delivery_troubles(watched.cache.read(), 0)
    assert words in trouble.trouble
    assert "hidden" not in trouble.trouble
    assert trouble.due is not None
    assert (trouble.hook, trouble.attempts) == ("TEST_HOOK", 1)


def test_after_a_day_it_is_given_up(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody takes is not tried for ever, and still shown."""
    monkeypatch.setenv("TEST_HOOK", "http://127.0.0.1:1/x")
    monkeypatch.delenv("TEST_HOOK_SECRET", raising=False)
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    watched.at(2)
    posting = Posting(watched.cache.path, lambda: NOON + 25 * 3_600_000, first_delay=60)
    posting.start()
    until(lambda: delivery_troubles(watched.cache.read(), 0))
    posting.stop(20)
    (trouble,) = delivery_troubles(watched.cache.read(), 0)
    assert trouble.due is None
    assert (
        "signed by the environment variable TEST_HOOK_SECRET, which is not set" in trouble.trouble
    )


def test_a_server_that_does_not_answer_holds_nobody_up(
    watched: Watched, receiver: Receiver, posting: Posting
) -> None:
    """While it hangs alarms are raised and ended as ever."""
    receiver.held.clear()
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    watched.at(2)
    posting.wake()
    began = time.monotonic()
    leave(watched, 3, 1)
    assert watched.at(4) == []
    assert time.monotonic() - began < 5
    receiver.held.set()
    receiver.wait_for(1)


def test_an_answer_without_end_is_not_read(
    watched: Watched, receiver: Receiver, posting: Posting
) -> None:
    """Its status counts, and the connection is closed."""
    receiver.endless = True
    receiver.statuses = [200]
    watched.alarms(ALARM)
    wait(watched, 1, 1)
    watched.at(2)
    posting.wake()
    receiver.wait_for(1)
    assert receiver.unread.wait(20)
    question = "SELECT delivered FROM alarm_deliveries"
    until(lambda: watched.cache.read().execute(question).fetchone()[0])


def test_waits_double_up_to_five_minutes() -> None:
    """And differ by chance, but never below half."""
    waits = [wait_ms(n, 2.0, lambda: 0.0) / 1_000 for n in range(12)]
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT_SECONDS
    assert wait_ms(3, 2.0, lambda: 1.0) == 8_000
