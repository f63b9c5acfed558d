"""A text within a column, as a condition of a query."""

import re
from typing import Any, Final

LONGEST_PATTERN: Final = 1_000
"""A longer text is no pattern: SQLite refuses very long ones."""


def has_text(column: str, text: str, values: dict[str, Any]) -> str:
    """The condition that a column has the text in it, whatever the case of its plain letters.

    The pattern is put in `values`, where `text` is the text in lower case.
    """
    if len(text) > LONGEST_PATTERN:
        return f"instr(lower({column}), :text)"
    # Where millions of rows are looked at, this takes half the time of making each lower case.
    values["like"] = "%" + re.sub(r"([%_^])", r"^\1", text.casefold()) + "%"
    return f"{column} LIKE :like ESCAPE '^'"
