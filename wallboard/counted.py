"""Things counted in words: `1 day`, `2 days`."""


def counted(number: int, thing: str) -> str:
    """The number, its thousands grouped, before the thing: as one, or as many."""
    return f"{number:,} {thing if number == 1 else f'{thing}s'}"
