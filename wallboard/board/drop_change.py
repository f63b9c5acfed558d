"""Why a drop rate moved: its change split into parts that add up to it. Pure.

A rate over the whole is the mean of the rates of its parts, weighted by their share of the live
answers: R = sum of w x r. The change of each part, w1 r1 - w0 r0, is split as Kitagawa does (1955,
"Components of a difference between two rates", J. Am. Stat. Assoc. 50), evenly between both
periods, so that nothing is left over:

- change of rate: (w0 + w1) / 2 x (r1 - r0), what the part itself did better or worse;
- shift of mix: (w1 - w0) x ((r0 + r1) / 2 - (R0 + R1) / 2), what it does that more or fewer of the
  people reached belong to a part that is better or worse than the whole.

Summed over all parts both give R1 - R0, since the shares sum to 1 in each period. A part that is
in one period only has no rate in the other: all it explains is a shift of mix.
"""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from wallboard.config.metrics import DropFormula


class Dials(NamedTuple):
    """The counts of answered dials that drop rates are made of."""

    dropped: float = 0
    live: float = 0
    answered: float = 0
    live_with_agent: float = 0
    machine_with_agent: float = 0

    def plus(self, other: "Dials") -> "Dials":
        """The sum of both."""
        return Dials._make(mine + theirs for mine, theirs in zip(self, other, strict=True))


class Drops(NamedTuple):
    """Numerator and denominator of a drop rate."""

    dropped: float = 0
    of: float = 0

    @property
    def rate(self) -> float | None:
        """The drop rate, None over nothing."""
        return self.dropped / self.of if self.of else None


class Part(Struct, frozen=True):
    """What a part of the dials has to do with the change; effects are differences of shares."""

    key: str
    before: Drops
    now: Drops
    by_rate: float
    by_mix: float

    @property
    def explains(self) -> float:
        """How much of the change it explains, of either sign."""
        return self.by_rate + self.by_mix


def drops_by_part(parts: Mapping[str, Dials], formula: DropFormula) -> dict[str, Drops]:
    """Numerators and denominators that sum to those of the whole.

    By Ofcom's formula the drops that met a machine are estimated from the whole, so each part has
    its drops cut by the same share.
    """
    whole = Dials()
    for dials in parts.values():
        whole = whole.plus(dials)
    handled = whole.live_with_agent + whole.machine_with_agent
    people = whole.live_with_agent / handled if handled else 1.0
    found: dict[str, Drops] = {}
    for key, dials in parts.items():
        match formula:
            case "answered":
                found[key] = Drops(dials.dropped, dials.answered)
            case "ofcom":
                dropped = dials.dropped * people
                found[key] = Drops(dropped, dials.live_with_agent + dropped)
            case _:
                found[key] = Drops(dials.dropped, dials.live)
    return found


def whole_of(parts: Mapping[str, Drops]) -> Drops:
    """The sum over the parts."""
    return Drops(
        sum(part.dropped for part in parts.values()), sum(part.of for part in parts.values())
    )


def decomposed(before: Mapping[str, Drops], now: Mapping[str, Drops]) -> tuple[Part, ...]:
    """The parts, those that explain most first; none where either period has no live answer."""
    earlier, later = whole_of(before), whole_of(now)
    if earlier.rate is None or later.rate is None:
        return ()
    middle = (earlier.rate + later.rate) / 2
    parts: list[Part] = []
    for key in sorted({*before, *now}):
        was, is_now = before.get(key, Drops()), now.get(key, Drops())
        old = was.rate if was.rate is not None else is_now.rate
        new = is_now.rate if is_now.rate is not None else was.rate
        if old is None or new is None:
            continue
        weight, share = was.of / earlier.of, is_now.of / later.of
        by_rate = (weight + share) / 2 * (new - old)
        by_mix = (share - weight) * ((old + new) / 2 - middle)
        parts.append(Part(key, was, is_now, by_rate, by_mix))
    return tuple(sorted(parts, key=lambda part: -abs(part.explains)))
