"""The event types against the tables of the contract, copied here by hand from events.md.

Written without looking at the code, as an independent check of it: of each type the required
fields, the optional ones, and the closed lists, which are the only values that a field may have.
"""

from typing import Any, NamedTuple, cast

import pytest

from wallboard.events.asyncapi import document
from wallboard.events.vocabulary import TYPES


class Contract(NamedTuple):
    """One row of events.md."""

    required: set[str]
    optional: set[str]
    closed: dict[str, set[str]]


def _row(required: str, optional: str = "", **closed: str) -> Contract:
    lists = {name: set(values.split()) for name, values in closed.items()}
    return Contract(set(required.split()), set(optional.split()), lists)


END = "completed busy no_answer failed rejected"

CONTRACT: dict[str, Contract] = {
    # Definitions
    "account.defined": _row("account name", "parent client time_zone setup tracking_ready"),
    "campaign.defined": _row(
        "campaign name direction channel",
        "account parent goal control_share drop_limit drop_seconds service_level starts ends",
        direction="inbound outbound blended",
        channel="voice sms email push web",
    ),
    "queue.defined": _row("queue name", "service_level short_abandon_seconds"),
    "agent.defined": _row("agent name", "team skills"),
    "user.defined": _row("user account role client", "intended active"),
    "list.loaded": _row(
        "list name started finished records rejected", "original_name campaign account rejects"
    ),
    "contact.added": _row("contact", "list campaign name phone tags"),
    "contact.filtered": _row("contact reason", "list campaign sub_campaign"),
    # Calls
    "call.started": _row(
        "call direction",
        "account campaign sub_campaign list contact attempt from_number to_number caller_id agent "
        "intended_queue call_type tracked recording_eligible attribution location",
        direction="inbound outbound",
    ),
    "leg.started": _row("leg call kind", "agent number caller_id name trunk", kind="A B S M"),
    "leg.answered": _row("leg call", "by greeting_ended", by="human machine fax unknown"),
    "leg.held": _row("leg call"),
    "leg.resumed": _row("leg call"),
    "leg.ended": _row(
        "leg call cause",
        "code by billable_seconds cost recording_url",
        cause=f"{END} cancelled congestion dropped lost",
        by="caller agent system",
    ),
    "queue.entered": _row("call queue", "position"),
    "queue.left": _row(
        "call queue reason",
        "agent destination",
        reason="answered abandoned overflowed timed_out transferred voicemail callback withdrawn "
        "refused redirected lost",
    ),
    "call.transferred": _row(
        "call method", "from_agent to_agent to_queue to_number", method="blind attended"
    ),
    "call.recording": _row("call status", "leg url", status="started completed failed"),
    "call.ended": _row(
        "call reason",
        "by",
        reason=f"{END} abandoned voicemail dropped machine fax timed_out lost",
        by="caller agent system",
    ),
    "call.wrapped": _row("call agent", "seconds"),
    "call.outcome": _row(
        "call",
        "agent disposition outcome call_type notes tags survey qualified spam wrong_number "
        "appointment quote lead converted quote_value lead_score",
    ),
    "call.analysed": _row(
        "call",
        "intent sentiment transcribed silence_seconds dead_air_count script_steps_required "
        "script_steps_followed phrases",
    ),
    "call.reviewed": _row("call", "spam outcome"),
    "call.matched": _row("call record"),
    "call.exported": _row("call platform ok", "error"),
    "call.checked": _row("call rule passed"),
    "connect.attempted": _row(
        "connect call number started result",
        "answered ended talk_seconds",
        result="connected busy no_answer failed",
    ),
    # Agents
    "agent.changed": _row(
        "agent",
        "presence reason activity call queues campaign",
        presence="offline available paused",
        activity="idle ringing dialling on_call on_hold wrap_up fault",
    ),
    # Web, marketing and money
    "visit.started": _row("visit visitor campaigns control", "page attribution"),
    "exposure.shown": _row("visit campaign engagement kind", kind="invitation button content"),
    "engagement.made": _row("visit campaign kind", "engagement interactive", kind="click chat"),
    "goal.reached": _row(
        "visit goal goal_type", "campaign order revenue", goal_type="sale lead page_views other"
    ),
    "touch.recorded": _row("touch source", "contact phone channel medium campaign keyword page"),
    "spend.recorded": _row("spend amount day", "account campaign channel keyword"),
    "opportunity.changed": _row(
        "opportunity stage value", "call contact phone", stage="open won lost"
    ),
    "sale.recorded": _row("sale amount", "call visit contact phone agent opportunity"),
    "number.shown": _row("shown correct", "visit pool number"),
    "pool.sampled": _row("pool size in_use"),
    # Messages, services and reporting
    "message.sent": _row(
        "message campaign channel",
        "sub_campaign contact list to attempt tags service",
        channel="sms email push",
    ),
    "message.delivered": _row("message", "reason"),
    "message.failed": _row("message", "reason"),
    "service.used": _row("use service quantity unit price amount", "account campaign call message"),
    "report.delivered": _row(
        "delivery report account due white_label", "delivered right_recipients right_data"
    ),
    "report.audited": _row("audit account report correct"),
    "dashboard.viewed": _row("view user account dashboard"),
}

NESTED: dict[str, Contract] = {
    "campaign.defined/goal": _row("name type", type="sale lead page_views other"),
    "campaign.defined/service_level": _row("seconds share"),
    "queue.defined/service_level": _row("seconds share"),
    "call.started/attribution": _row(
        "",
        "source channel medium campaign ad_group ad creative keyword landing_page referring_url "
        "referral_source",
    ),
    "visit.started/attribution": _row(
        "",
        "source channel medium campaign ad_group ad creative keyword landing_page referring_url "
        "referral_source",
    ),
    "call.started/location": _row("", "country region city market"),
    "call.outcome/survey": _row("question answer"),
}
"""The fields of what is nested, by type and field; the element where the field is a list."""

COMPONENTS: dict[str, Any] = cast(dict[str, Any], document())["components"]


def data_of(name: str) -> dict[str, Any]:
    reference = COMPONENTS["messages"][name]["payload"]["properties"]["data"]["$ref"]
    return pointed_to(reference)


def pointed_to(reference: str) -> dict[str, Any]:
    return cast(dict[str, Any], COMPONENTS["schemas"][reference.rpartition("/")[2]])


def branches(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], schema.get("anyOf", [schema]))


def closed_values(schema: dict[str, Any]) -> set[str] | None:
    """The values of a closed list, null aside; None where any value will do."""
    found = [set(branch["enum"]) - {None} for branch in branches(schema) if "enum" in branch]
    return found[0] if found else None


def inner(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a nested struct, or of the elements of a list of them."""
    (branch,) = (each for each in branches(schema) if each != {"type": "null"})
    return pointed_to(branch["items"]["$ref"] if "items" in branch else branch["$ref"])


def agrees(schema: dict[str, Any], contract: Contract) -> None:
    assert set(schema["required"]) == contract.required
    assert set(schema["properties"]) - set(schema["required"]) == contract.optional
    found = {
        field: values
        for field, each in schema["properties"].items()
        if (values := closed_values(each)) is not None
    }
    assert found == contract.closed


def test_the_types_are_those_of_the_contract() -> None:
    assert set(TYPES) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_type_has_exactly_its_fields(name: str) -> None:
    agrees(data_of(name), CONTRACT[name])


@pytest.mark.parametrize("path", NESTED)
def test_what_is_nested_has_exactly_its_fields(path: str) -> None:
    name, field = path.split("/")
    agrees(inner(data_of(name)["properties"][field]), NESTED[path])


def test_nothing_else_is_nested() -> None:
    structs = {
        f"{name}/{field}"
        for name in TYPES
        for field, schema in data_of(name)["properties"].items()
        for branch in branches(schema)
        if "$ref" in branch or "$ref" in branch.get("items", {})
    }
    assert structs == set(NESTED)


@pytest.mark.parametrize("name", CONTRACT)
def test_every_optional_field_may_be_cleared_and_no_other(name: str) -> None:
    for field, schema in data_of(name)["properties"].items():
        nullable = {"type": "null"} in branches(schema) or None in schema.get("enum", ())
        may_be = field in CONTRACT[name].optional or (name, field) == ("call.matched", "record")
        assert nullable == may_be, field
