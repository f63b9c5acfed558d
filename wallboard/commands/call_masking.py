"""A call as it may be printed: with the numbers and names of people masked."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from wallboard.masking import mask_caller, mask_name, mask_number, mask_url
from wallboard.questions.call_answers import CallLine, EventLine, LegLine, TransferLine, WholeCall
from wallboard.questions.call_facts import PRIVATE
from wallboard.questions.call_people import OF_AGENTS, mask_written, people_of

NUMBERS: Final = frozenset({"from_number", "to_number", "number", "phone", "to"})
"""The fields of events that hold a person's number."""
FREE: Final = frozenset({"notes", "answer"})
"""The fields of events in which anything may be written."""
URLS: Final = frozenset({"recording_url", "url"})
"""The fields of events that hold a web address, in which the ids of call and leg may stay."""
FEWEST_DIGITS: Final = 7
"""With fewer digits an id of a contact is no phone number."""


def masked_call(call: WholeCall) -> WholeCall:
    """The call with every number of a person masked, every name of one as initials.

    In the text of an event the fields that hold them are masked likewise; text that is no JSON is
    left out. Agents keep their names. What somebody wrote, such as notes, answers and tags, is
    masked where it looks like a number, and where it names somebody of whom the call tells.
    """
    people = people_of(call)
    return replace(
        call,
        line=masked_line(call.line),
        legs=tuple(_leg(leg, call.line.call) for leg in call.legs),
        transfers=tuple(map(_transfer, call.transfers)),
        events=tuple(_event(event, people) for event in call.events),
        attempts=tuple(map(masked_line, call.attempts)),
        survey=tuple((asked, mask_written(answer, people)) for asked, answer in call.survey),
        notes=None if call.notes is None else mask_written(call.notes, people),
        tags=tuple(mask_written(tag, people) for tag in call.tags),
        facts=tuple(
            (label, mask_caller(value) if label in PRIVATE else value)
            for label, value in call.facts
        ),
        contact_name=call.contact_name and mask_name(call.contact_name),
        details=_masked(call.details, people, ids=(call.line.call,)),
    )


def masked_line(line: CallLine) -> CallLine:
    """The line with its numbers masked, and with the contact's id where that is a number."""
    contact = line.contact
    return replace(
        line,
        from_number=_number(line.from_number),
        to_number=_number(line.to_number),
        contact=mask_number(contact) if contact and _is_number(contact) else contact,
    )


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text)) and sum(map(str.isdecimal, text)) >= FEWEST_DIGITS


def _number(number: str | None) -> str | None:
    return None if number is None else mask_number(number)


def _leg(leg: LegLine, call: str) -> LegLine:
    party = leg.party if leg.kind in OF_AGENTS or not leg.party else mask_name(leg.party)
    url = leg.recording_url and mask_url(leg.recording_url, (call, leg.leg))
    return replace(leg, party=party, number=_number(leg.number), recording_url=url)


def _transfer(transfer: TransferLine) -> TransferLine:
    is_number = transfer.receiver and not any(map(str.isalpha, transfer.receiver))
    return replace(transfer, receiver=mask_number(transfer.receiver)) if is_number else transfer


def _event(event: EventLine, people: tuple[str, ...]) -> EventLine:
    if event.text is None:
        return event
    try:
        told = _masked(msgspec.json.decode(event.text), people)
    except msgspec.DecodeError:
        return replace(event, text=None)
    return replace(event, text=msgspec.json.encode(told).decode())


def _masked(
    value: Any,  # noqa: ANN401 - any JSON
    people: tuple[str, ...],
    kind: str = "",
    ids: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - any JSON
    """The JSON with the fields masked; `kind` is that of the leg it is of.

    `ids` are those of the call and the leg that it is of, `people` the names that may not show.
    """
    if isinstance(value, list):
        return [_masked(item, people, kind, ids) for item in value]
    if not isinstance(value, Mapping):
        return value
    ids += tuple(one for one in map(value.get, ("call", "leg")) if isinstance(one, str))
    kind = value.get("kind", kind) if isinstance(value.get("kind", kind), str) else kind
    shown: dict[str, Any] = {}
    for name, item in value.items():
        if name in NUMBERS and isinstance(item, str):
            shown[name] = mask_number(item)
        elif name == "caller_id" and isinstance(item, str):
            shown[name] = mask_caller(item)
        elif name == "name" and isinstance(item, str) and kind not in OF_AGENTS:
            shown[name] = mask_name(item)
        elif name in FREE and isinstance(item, str):
            shown[name] = mask_written(item, people)
        elif name in URLS and isinstance(item, str):
            shown[name] = mask_url(item, ids)
        elif name == "contact" and isinstance(item, str) and _is_number(item):
            shown[name] = mask_number(item)
        elif name == "tags" and isinstance(item, list):
            shown[name] = [mask_written(tag, people) for tag in item if isinstance(tag, str)]
        else:
            shown[name] = _masked(item, people, kind, ids)
    return shown
