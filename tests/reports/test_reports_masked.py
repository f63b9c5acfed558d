"""What reports hide where the configuration masks, wherever in a row it stands."""

import pytest

from tests.questions.conftest import Cache
from tests.reports.asking import csv_of, rows_of, written
from tests.reports.stories import dial
from wallboard.reports.giving import FORMATS, Format


@pytest.mark.parametrize("report", ["campaign-results", "all-attempts", "all-contacts"])
@pytest.mark.parametrize("contact", ["+14155550171", "c-14155550171-2", "tel:+14155550171"])
def test_a_contact_whose_id_is_its_number(cache: Cache, report: str, contact: str) -> None:
    """The id is masked as the number is, alone or within more; other ids stay."""
    cache.say("contact.added", -900, contact=contact, name="Ana", phone="+14155550171")
    dial(cache, "c1", -500, contact=contact, campaign="vote")
    dial(cache, "c2", -400, contact="k-20261122", campaign="vote", to_number="+14155550188")
    cache.feed()
    rows = {row["contact"] for row in rows_of(cache, report, is_masked=True)}
    assert rows == {"+1 415 *** **71", "k-20261122"}
    assert "k-20261122" in {row["contact"] for row in csv_of(cache, report, is_masked=True)}
    sorted_too = rows_of(cache, report, is_masked=True, sort="contact")
    assert {row["contact"] for row in sorted_too} == rows


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "xlsx"])
def test_numbers_in_web_addresses(cache: Cache, form: Format) -> None:
    """Where a recording is tells no number; the host and the day can still be read."""
    url = "https://10.20.30.40/2024-06-12/%2B14155550171/in-4155550188.mp3"
    dial(cache, "c1", -500, agent="ana")
    cache.say("call.recording", -420, call="c1", leg="c1-a", status="completed", url=url)
    cache.feed()
    for report in ("call-reports", "call-legs"):
        assert "4155550171" in written(cache, report, form).decode()
        hidden = written(cache, report, form, is_masked=True).decode()
        assert "5550171" not in hidden
        assert "5550188" not in hidden
        assert "https://10.20.30.40/2024-06-12/" in hidden


def test_the_ids_of_a_recorded_call_and_leg_stay(cache: Cache) -> None:
    """They stand in the row anyway, and without them a recording could not be found."""
    call, leg = "c2611190400-148", "c2611190400-148-a"
    dial(cache, call, -500, agent="ana")
    url = f"https://r.example/{call}/{leg}?to=+14155550171"
    cache.say("call.recording", -420, call=call, leg=leg, status="completed", url=url)
    cache.feed()
    shown = f"https://r.example/{call}/{leg}?to=+1415*****71"
    for report in ("call-reports", "call-legs"):
        for sort in (None, "recording_url"):
            rows = rows_of(cache, report, is_masked=True, sort=sort)
            assert shown in {row["recording_url"] for row in rows}
        assert shown in {row["recording_url"] for row in csv_of(cache, report, is_masked=True)}


def test_the_own_name_in_notes_and_answers(cache: Cache) -> None:
    """Initials, in whatever case it is written; the names of others are beyond what can be told."""
    cache.say("contact.added", -900, contact="k1", name="Jane van Doe", phone="+14155550171")
    notes = "JANE VAN DOE's van; mail jane.doe@example.com, said Doe. Janet?"
    told = {"notes": notes, "survey": [{"question": "Who?", "answer": "Jane"}]}
    dial(cache, "c1", -500, contact="k1", campaign="vote", agent="ana", outcome=told)
    cache.feed()
    (row,) = rows_of(cache, "campaign-results", is_masked=True)
    assert row["name"] == "J. V. D."
    assert row["notes"] == "J. V. D.'s V.; mail j***@***.com, said D.. Janet?"
    assert row["Who?"] == "J."
    (row,) = rows_of(cache, "all-attempts", is_masked=True)
    assert row["notes"].startswith("J. V. D.'s")
    (row,) = rows_of(cache, "campaign-results")
    assert row["notes"] == notes


def test_where_a_message_went(cache: Cache) -> None:
    """Mail addresses and numbers in their masked form, never as withheld."""
    for name, channel, to in (
        ("m1", "email", "anna.lee@mail.example.org"),
        ("m2", "sms", "+14155550171"),
        ("m3", "push", "fMEPz01:APA91bGx"),
    ):
        cache.say("message.sent", -500, message=name, campaign="vote", channel=channel, to=to)
    cache.feed()
    rows = {row["message"]: row for row in rows_of(cache, "all-attempts", is_masked=True)}
    assert [rows[name]["number"] for name in ("m1", "m2", "m3")] == [
        "a***@***.org",
        "+1 415 *** **71",
        "***",
    ]


def test_states_in_words_and_in_letters(cache: Cache) -> None:
    """`in_progress` for programs, `in progress` for people; a disposition stays as it was said."""
    cache.say("call.started", -100, call="c1", direction="outbound", campaign="v", contact="k1")
    dial(cache, "c2", -500, contact="k2", campaign="v", agent="ana", disposition="in_depth")
    cache.feed()
    for report, column in (("campaign-results", "status"), ("all-attempts", "result")):
        states = {row[column] for row in rows_of(cache, report)}
        assert "in_progress" in states
        assert states == {row[column] for row in csv_of(cache, report)}
        table = written(cache, report, "table").decode()
        assert "in progress" in table
        assert "in_progress" not in table
        assert "in_depth" in table
