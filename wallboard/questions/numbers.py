"""How a phone number that somebody typed is written in the cache."""

import sqlite3

from wallboard.questions.lookup import OTHER_PARTY
from wallboard.questions.view import one_view


def stored_number(connection: sqlite3.Connection, typed: str) -> str:
    """The form of the number in which calls have it, as `+14155550171` for `(415) 555-0171`.

    Of the forms that no other party of a call has, the one with its country code where it was
    typed so; text that holds other than a number is left as it is.
    """
    text = typed.strip()
    digits = "".join(c for c in text if c.isdecimal())
    if not digits or any(not (c.isdecimal() or c in " +-./()") for c in text):
        return text
    forms = (text, digits, f"+{digits}", f"+1{digits}")
    with one_view(connection):
        for form in forms:
            for theirs in OTHER_PARTY:
                found = connection.execute(f"SELECT 1 FROM calls WHERE {theirs} LIMIT 1", (form,))
                if found.fetchone():
                    return form
    return f"+{digits}" if text.startswith("+") else text
