"""Phone numbers: whether one is known, and where it belongs."""

NDC = {
    "44": ("20", "121", "131", "141", "151", "161", "113"),
    "49": ("30", "40", "69", "89", "221"),
    "33": ("1", "2", "3", "4", "5", "6", "7"),
}
"""National destination codes by country code, for the few that the made events use."""


def known(number: object) -> str | None:
    """The number; None when it is withheld: absent, null, blank or without a digit."""
    if not isinstance(number, str) or not any(character.isdigit() for character in number):
        return None
    return number.strip()


def area(number: object) -> str | None:
    """The area code of a NANP number, else `+COUNTRY NDC`; None when it is withheld."""
    given = known(number)
    if given is None:
        return None
    if given.startswith("+1") and len(given) == 12:
        return given[2:5]
    for country, codes in NDC.items():
        for code in codes:
            if given.startswith(f"+{country}{code}"):
                return f"+{country} {code}"
    return None
