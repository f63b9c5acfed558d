"""campaign-results: where each contact of a campaign stands, by the latest call to it."""

import sqlite3
from typing import Any, Final

import msgspec

from wallboard.reports.call_reports import OTHER_PARTY
from wallboard.reports.conditions import CALL_FILTERS, calls_within, values_of
from wallboard.reports.latest_calls import latest_calls
from wallboard.reports.report import Asked, Column, Generated, More, Report
from wallboard.reports.streaming import stream
from wallboard.reports.tags import both_tags

STATUS: Final = "coalesce(nullif(c.disposition, ''), c.outcome, c.end_reason, 'in_progress')"

_ROWS: Final = f"""
SELECT c.contact, k.name, coalesce(k.phone, {OTHER_PARTY}), {STATUS}, c.started, o.survey, o.notes,
    k.tags, o.tags, c.ended - c.started, c.disposition, c.agent, latest.attempts, c.campaign, c.id,
    c.source
FROM ({{latest}}) AS latest CROSS JOIN calls AS c ON c.call = latest.call
LEFT JOIN contacts AS k ON k.source = c.source AND k.contact = c.contact
LEFT JOIN call_outcomes AS o ON o.call = c.call
"""
_QUESTIONS: Final = """
SELECT answers.value ->> 'question' FROM calls AS c
JOIN call_outcomes AS o ON o.call = c.call AND o.survey IS NOT NULL
CROSS JOIN json_each(o.survey) AS answers
WHERE {within} AND c.contact != '' GROUP BY 1 ORDER BY min(c.started), 1
"""


def _questions(connection: sqlite3.Connection, asked: Asked) -> tuple[str, ...]:
    sql = _QUESTIONS.format(within=calls_within(asked))
    return tuple(question for (question,) in connection.execute(sql, values_of(asked)))


def _column(question: str) -> Column:
    taken = {column.name for column in CAMPAIGN_RESULTS.columns}
    name = f"{question} (survey)" if question in taken else question
    return Column(name, "note", "the answer to it")


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    places = {question: place for place, question in enumerate(asked.keys)}
    silent = (None,) * len(places)
    agents = _names(connection, "agent")
    campaigns = _names(connection, "campaign")
    sql = _ROWS.format(latest=latest_calls(connection, asked))
    for row in stream(connection, sql, values_of(asked)):
        (
            *told,
            survey,
            notes,
            theirs,
            of_call,
            length,
            disposition,
            agent,
            calls,
            campaign,
            call,
            of,
        ) = row
        yield (
            *told,
            *(silent if survey is None else _answers(survey, places)),
            notes,
            both_tags(theirs, of_call),
            length,
            disposition,
            agent,
            calls,
            campaign,
            call,
            agents.get((of, agent)),
            campaigns.get((of, campaign)),
        )


def _names(connection: sqlite3.Connection, what: str) -> dict[tuple[int, str], str | None]:
    """The names of all agents or campaigns: they are few beside the rows that name them."""
    found = connection.execute(f"SELECT source, {what}, name FROM {what}s")
    return {(source, one): name for source, one, name in found}


def _answers(survey: str, places: dict[str, int]) -> tuple[str | None, ...]:
    """The answers of a call, each in the place of its question; one asked twice has both."""
    found: list[str | None] = [None] * len(places)
    for said in msgspec.json.decode(survey):
        place = places.get(said["question"])
        answer = _as_text(said["answer"])
        if place is not None and answer is not None:
            before = found[place]
            found[place] = answer if before is None else f"{before}, {answer}"
    return tuple(found)


def _as_text(answer: Any) -> str | None:  # noqa: ANN401 - text, number, truth or nothing
    if answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return f"{answer:g}" if answer == round(answer, 6) and abs(answer) < 1e6 else str(answer)


CAMPAIGN_RESULTS: Final = Report(
    name="campaign-results",
    question="How did the campaign go: where does each contact stand, and what did they answer?",
    per="contact of a campaign with a call in the period: the latest call to it",
    columns=(
        Column("contact", "contact", "the id of the contact"),
        Column("name", "name", "the contact's name"),
        Column("phone", "phone", "the contact's number, else that of the call's other party"),
        Column(
            "status",
            "state",
            "the disposition, else the outcome, else the end reason, else in_progress",
        ),
        Column("last_call_at", "time", "when the latest call began"),
        Column("notes", "note", "what the agent noted"),
        Column("tags", "list", "the tags of the contact and of the call"),
        Column("duration_seconds", "seconds", "the length of that call; empty while it goes on"),
        Column("disposition", "text", "what the agent made of it"),
        Column("agent", "text", "the id of the agent whose leg of that call was answered last"),
        Column(
            "attempts",
            "count",
            "how many calls with the contact the period has, of those that pass the filters",
        ),
        Column("campaign", "text", "the id of the campaign"),
        Column("call", "text", "the id of the latest call"),
        Column("agent_name", "text", "the name of that agent"),
        Column("campaign_name", "text", "the name of that campaign"),
    ),
    filters=CALL_FILTERS,
    rows=_rows,
    narrowed=(
        "Filters narrow the attempts: with `--agent` a row is of the latest call that this agent "
        "answered, and `attempts` are the agent's own; where the contact stands may have changed "
        "since."
    ),
    more=More(
        _questions,
        _column,
        "last_call_at",
        "the answers to each question of the survey, a column a question",
    ),
)
