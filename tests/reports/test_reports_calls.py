"""campaign-results, call-reports, call-legs, reconciliation: the published examples, and edges."""

import pytest

from tests.questions.conftest import Cache
from tests.reports.asking import rows_of
from tests.reports.stories import answer, dial


@pytest.fixture
def john(cache: Cache) -> Cache:
    """A contact tried three times: no answer, busy, supporter."""
    cache.say("contact.added", -9_000, contact="john", name="John Doe", phone="+14155550171")
    dial(cache, "c1", -3_000, "no_answer", campaign="vote", contact="john", attempt=1)
    dial(cache, "c2", -2_000, "busy", campaign="vote", contact="john", attempt=2)
    survey = [{"question": "Will you vote?", "answer": "yes"}, {"question": "notes", "answer": 7}]
    dial(
        cache,
        "c3",
        -1_000,
        campaign="vote",
        contact="john",
        attempt=3,
        agent="ana",
        disposition="Supporter",
        outcome={"survey": survey, "notes": "=1+1", "tags": ["keen"]},
    )
    return cache.feed()


def test_a_contact_tried_three_times_shows_once(john: Cache) -> None:
    """As supporter, with the answers of the last call and the number of attempts."""
    (row,) = rows_of(john, "campaign-results")
    assert row == {
        "contact": "john",
        "name": "John Doe",
        "phone": "+14155550171",
        "status": "Supporter",
        "last_call_at": "2024-06-12T11:43:20+00:00",
        "Will you vote?": "yes",
        "notes (survey)": "7",
        "notes": "=1+1",
        "tags": ["keen"],
        "duration_seconds": 71,
        "disposition": "Supporter",
        "agent": "ana",
        "attempts": 3,
        "campaign": "vote",
        "call": "c3",
        "agent_name": None,
        "campaign_name": None,
    }


def test_and_three_times_in_call_reports(john: Cache) -> None:
    """Each attempt by itself, in order of time; with three B-legs."""
    rows = rows_of(john, "call-reports")
    assert [(row["attempt"], row["end_reason"]) for row in rows] == [
        (1, "no_answer"),
        (2, "busy"),
        (3, "completed"),
    ]
    assert [row["cost"] for row in rows] == [None, None, 0.1]
    assert [row["legs"] for row in rows] == [1, 1, 2]
    legs = rows_of(john, "call-legs")
    assert [leg["leg"] for leg in legs if leg["kind"] == "B"] == ["c1-b", "c2-b", "c3-b"]
    talked = next(leg for leg in legs if leg["leg"] == "c3-a")
    assert (talked["party"], talked["ring_seconds"], talked["talk_seconds"]) == ("ana", 1, 60)


def test_a_hundred_contacts(cache: Cache) -> None:
    """80 reached at the first call, 20 after two more each: 100 rows, 140 rows, 100 + 40."""
    for number in range(100):
        contact = f"k{number:02}"
        cache.say("contact.added", -9_000, contact=contact, campaign="vote")
        tries = 1 if number < 80 else 3
        for attempt in range(1, tries + 1):
            agent = "ana" if attempt == tries else None
            dial(
                cache, f"{contact}-{attempt}", -8_000 + number + attempt * 500,
                campaign="vote", contact=contact, agent=agent,
            )  # fmt: skip
    cache.say("contact.added", -9_000, contact="never", campaign="vote")
    cache.feed()
    results, reports = rows_of(cache, "campaign-results"), rows_of(cache, "call-reports")
    assert (len(results), len(reports)) == (100, 140)
    assert {row["status"] for row in results} == {"completed"}
    (line,) = rows_of(cache, "reconciliation")
    assert (line["contacts"], line["first_attempts"], line["retries"]) == (100, 100, 40)
    assert (line["calls"], line["b_legs"], line["a_legs"]) == (140, 140, 100)
    assert (line["in_progress"], line["never_called"]) == (0, 1)
    assert "100 first + 40 further = 140" in line["in_words"]


def test_calls_without_a_contact_have_a_line(cache: Cache) -> None:
    """So that the lines add up to call-reports, in each campaign and in none."""
    dial(cache, "c1", -500, campaign="vote", contact="k1")
    dial(cache, "c2", -400, campaign="vote")
    answer(cache, "c3", -300, "ana")
    cache.say("call.started", -200, call="c4", direction="outbound", campaign="vote", contact="k1")
    cache.feed()
    lines = rows_of(cache, "reconciliation")
    assert [(line["campaign"], line["contacts"], line["calls"]) for line in lines] == [
        ("vote", 1, 2),
        ("vote", 0, 1),
        (None, 0, 1),
    ]
    assert [line["in_progress"] for line in lines] == [1, 0, 0]
    assert "1 first + 1 further = 2, and 1 without a contact make 3." in lines[0]["in_words"]
    assert sum(line["calls"] for line in lines) == len(rows_of(cache, "call-reports"))
    assert sum(line["contacts"] for line in lines) == len(rows_of(cache, "campaign-results"))


def test_the_latest_call_counts_whatever_came_of_it(cache: Cache) -> None:
    """A call in progress is the latest; one of another day or campaign changes nothing here."""
    dial(cache, "c1", -500, campaign="vote", contact="k1", agent="ana", disposition="Supporter")
    cache.say("call.started", -100, call="c2", direction="outbound", campaign="vote", contact="k1")
    dial(cache, "c3", -90_000, campaign="vote", contact="k1")
    dial(cache, "c4", -50, campaign="other", contact="k1", outcome={"outcome": "lost"})
    cache.feed()
    other, vote = rows_of(cache, "campaign-results")
    assert (vote["status"], vote["attempts"], vote["duration_seconds"]) == ("in_progress", 2, None)
    assert (other["status"], other["attempts"]) == ("lost", 1)
    both = rows_of(cache, "campaign-results", days=("2024-06-11", "2024-06-12"), campaign="vote")
    assert [row["attempts"] for row in both] == [3]


def test_a_period_is_of_local_days(cache: Cache) -> None:
    """The day of a call is that of the reporting zone, and times print with its offset."""
    dial(cache, "c1", 11 * 3_600, campaign="vote")
    dial(cache, "c2", 13 * 3_600, campaign="vote")
    cache.feed()
    kolkata = rows_of(cache, "call-reports", zone="Asia/Kolkata", days=("2024-06-13", "2024-06-13"))
    assert [row["started_at"] for row in kolkata] == [
        "2024-06-13T04:30:00+05:30",
        "2024-06-13T06:30:00+05:30",
    ]
    assert [row["call"] for row in rows_of(cache, "call-reports")] == ["c1"]


@pytest.mark.parametrize(
    ("dimension", "value", "calls"),
    [
        ("campaign", "vote", ["c1", "c2"]),
        ("sub_campaign", "north", ["c1"]),
        ("list", "l1", ["c1", "c2"]),
        ("account", "acme", ["c3"]),
        ("agent", "ana", ["c2", "c3"]),
        ("team", "red", ["c2", "c3"]),
        ("queue", "q", []),
    ],
)
def test_filters(cache: Cache, dimension: str, value: str, calls: list[str]) -> None:
    """Each narrows the calls; a call is of its contact's list where it names none."""
    cache.say("agent.defined", -9_000, agent="ana", name="Ana", team="red")
    cache.say("contact.added", -9_000, contact="k1", list="l1")
    dial(cache, "c1", -500, campaign="vote", sub_campaign="north", contact="k1")
    dial(cache, "c2", -400, campaign="vote", list="l1", agent="ana")
    answer(cache, "c3", -300, "ana", account="acme")
    cache.feed()
    assert [row["call"] for row in rows_of(cache, "call-reports", **{dimension: value})] == calls
    legs = rows_of(cache, "call-legs", **{dimension: value})
    assert sorted({leg["call"] for leg in legs}) == calls


def test_a_call_without_a_start_is_in_no_report(cache: Cache) -> None:
    """It is kept, and counted once its start is known (readings 6)."""
    cache.say("leg.started", -500, leg="l", call="c1", kind="B")
    cache.say("call.ended", -400, call="c1", reason="completed")
    cache.feed()
    assert rows_of(cache, "call-reports") == rows_of(cache, "call-legs") == []


def test_recordings_go_with_their_leg(cache: Cache) -> None:
    """One told of by itself goes before the leg's own, in the call and in the leg."""
    answer(cache, "c1", -300, "ana")
    url = "https://recordings.example/a"
    cache.say("call.recording", -200, call="c1", leg="c1-a", status="completed", url=url)
    cache.feed()
    assert rows_of(cache, "call-reports")[0]["recording_url"] == url
    legs = {leg["leg"]: leg["recording_url"] for leg in rows_of(cache, "call-legs")}
    assert legs == {"c1-a": url, "c1-b": None}


@pytest.mark.parametrize("report", ["call-reports", "all-attempts"])
def test_a_name_as_the_caller_is_masked_as_a_name(cache: Cache, report: str) -> None:
    """A number stays a number, and what was not said stays empty."""
    direction = "inbound" if report == "call-reports" else "outbound"
    for at, said in enumerate(({"caller_id": "Jane Doe"}, {"caller_id": "+14155550171"}, {})):
        cache.say("call.started", at, call=f"c{at}", direction=direction, **said)
    cache.feed()
    masked = [row["caller_id"] for row in rows_of(cache, report, is_masked=True)]
    assert masked == ["J. D.", "+1 415 *** **71", None]
    assert [row["caller_id"] for row in rows_of(cache, report)] == [
        "Jane Doe", "+14155550171", None,
    ]  # fmt: skip
