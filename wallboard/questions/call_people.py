"""The names of people that a call tells, which must not stand in what is written about it."""

from typing import Final

from wallboard.masking import mask_free
from wallboard.questions.call_answers import WholeCall
from wallboard.questions.call_facts import PRIVATE

OF_AGENTS: Final = frozenset({"A", "M"})


def people_of(call: WholeCall) -> tuple[str, ...]:
    """The contact's name, those of the parties that are no agents, and that of the caller id."""
    told = [call.contact_name]
    told += [leg.party for leg in call.legs if leg.kind not in OF_AGENTS]
    told += [value for label, value in call.facts if label in PRIVATE]
    # One that has digits is a number, and masked as such.
    return tuple(dict.fromkeys(name for name in told if name and not any(map(str.isdigit, name))))


def mask_written(text: str, people: tuple[str, ...]) -> str:
    """Text as somebody wrote it, with numbers, addresses and the names of these people masked."""
    masked = mask_free(text)
    for name in people:
        masked = mask_free(masked, name)
    return masked
