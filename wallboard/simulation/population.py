"""The people who call and are called, on numbers that are reserved for fiction."""

from itertools import accumulate
from random import Random

from msgspec import Struct

from wallboard.simulation.names import person_name

# North American numbers 555-0100 to 555-0199 belong to nobody, in any area code.
AREA_CODES = """
201 New Jersey:Jersey City;202 District of Columbia:Washington;205 Alabama:Birmingham;
206 Washington:Seattle;207 Maine:Portland;208 Idaho:Boise;212 New York:New York;
213 California:Los Angeles;214 Texas:Dallas;215 Pennsylvania:Philadelphia;216 Ohio:Cleveland;
225 Louisiana:Baton Rouge;239 Florida:Fort Myers;248 Michigan:Troy;253 Washington:Tacoma;
260 Indiana:Fort Wayne;267 Pennsylvania:Philadelphia;301 Maryland:Rockville;
302 Delaware:Wilmington;303 Colorado:Denver;304 West Virginia:Charleston;305 Florida:Miami;
307 Wyoming:Cheyenne;310 California:Torrance;312 Illinois:Chicago;313 Michigan:Detroit;
314 Missouri:St. Louis;315 New York:Syracuse;316 Kansas:Wichita;317 Indiana:Indianapolis;
319 Iowa:Cedar Rapids;334 Alabama:Montgomery;336 North Carolina:Greensboro;
360 Washington:Vancouver;385 Utah:Salt Lake City;401 Rhode Island:Providence;
402 Nebraska:Omaha;404 Georgia:Atlanta;405 Oklahoma:Oklahoma City;406 Montana:Billings;
407 Florida:Orlando;410 Maryland:Baltimore;412 Pennsylvania:Pittsburgh;
414 Wisconsin:Milwaukee;415 California:San Francisco;416 Ontario:Toronto;
480 Arizona:Mesa;501 Arkansas:Little Rock;502 Kentucky:Louisville;503 Oregon:Portland;
504 Louisiana:New Orleans;505 New Mexico:Albuquerque;512 Texas:Austin;513 Ohio:Cincinnati;
514 Quebec:Montreal;515 Iowa:Des Moines;601 Mississippi:Jackson;602 Arizona:Phoenix;
603 New Hampshire:Manchester;604 British Columbia:Vancouver;605 South Dakota:Sioux Falls;
612 Minnesota:Minneapolis;614 Ohio:Columbus;615 Tennessee:Nashville;617 Massachusetts:Boston;
619 California:San Diego;701 North Dakota:Fargo;702 Nevada:Las Vegas;704 North Carolina:Charlotte;
713 Texas:Houston;757 Virginia:Norfolk;801 Utah:Provo;802 Vermont:Burlington;
803 South Carolina:Columbia;808 Hawaii:Honolulu;860 Connecticut:Hartford;907 Alaska:Anchorage;
916 California:Sacramento;919 North Carolina:Raleigh;954 Florida:Fort Lauderdale
"""
CANADIAN = {"Ontario", "Quebec", "British Columbia"}
# Prefix, free digits, country, region, city, market: drama numbers of Ofcom, ACMA, Arcep, BNetzA.
ELSEWHERE = (
    ("+442079460", 3, "GB", "England", "London", "EMEA"),
    ("+441134960", 3, "GB", "England", "Leeds", "EMEA"),
    ("+441214960", 3, "GB", "England", "Birmingham", "EMEA"),
    ("+441314960", 3, "GB", "Scotland", "Edinburgh", "EMEA"),
    ("+441414960", 3, "GB", "Scotland", "Glasgow", "EMEA"),
    ("+441614960", 3, "GB", "England", "Manchester", "EMEA"),
    ("+447700900", 3, "GB", "England", "London", "EMEA"),
    ("+61255501", 3, "AU", "New South Wales", "Sydney", "APAC"),
    ("+61355501", 3, "AU", "Victoria", "Melbourne", "APAC"),
    ("+61755501", 3, "AU", "Queensland", "Brisbane", "APAC"),
    ("+331990000", 2, "FR", "Île-de-France", "Paris", "EMEA"),
    ("+33465710", 3, "FR", "Provence", "Marseille", "EMEA"),
    ("+33639980", 3, "FR", "Île-de-France", "Paris", "EMEA"),
    ("+493023125", 3, "DE", "Berlin", "Berlin", "EMEA"),
    ("+498999998", 3, "DE", "Bayern", "München", "EMEA"),
)
SHARE_ELSEWHERE = 0.35


class Person(Struct, frozen=True):
    """Somebody with a telephone."""

    number: str
    name: str
    location: dict[str, object]
    """Country, region, city and market, ready for an event."""


class Range(Struct, frozen=True):
    """Numbers of one place that differ in their last digits."""

    prefix: str
    digits: int
    location: dict[str, object]


def _ranges() -> list[Range]:
    ranges: list[Range] = []
    for line in AREA_CODES.replace("\n", "").split(";"):
        code, place = line.strip().split(" ", 1)
        region, city = place.split(":")
        country = "CA" if region in CANADIAN else "US"
        place_data: dict[str, object] = dict(
            zip(
                ("country", "region", "city", "market"),
                (country, region, city, "Americas"),
                strict=True,
            )
        )
        ranges.append(Range(f"+1{code}55501", 2, place_data))
    for prefix, digits, *place_fields in ELSEWHERE:
        keys = ("country", "region", "city", "market")
        ranges.append(Range(prefix, digits, dict(zip(keys, place_fields, strict=True))))
    return ranges


RANGES = _ranges()
_AMERICAN = len(RANGES) - len(ELSEWHERE)
_WEIGHTS = list(
    accumulate(
        [(1 - SHARE_ELSEWHERE) / _AMERICAN] * _AMERICAN
        + [SHARE_ELSEWHERE / len(ELSEWHERE)] * len(ELSEWHERE)
    )
)


def draw_person(random: Random) -> Person:
    """Somebody from the whole population; the same person may be drawn again."""
    index = random.choices(range(len(RANGES)), cum_weights=_WEIGHTS)[0]
    place = RANGES[index]
    line = random.randrange(10**place.digits)
    name = person_name(index * 1_000 + line)
    return Person(f"{place.prefix}{line:0{place.digits}d}", name, place.location)
