"""Callers whose calls are over their time: remembered by a keyed hash of their number alone.

So a caller's first call, first lead and first sale are still known, and nobody can tell whose.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from secrets import token_hex
from typing import Any, Final

_KEY: Final = "caller_key"
_REMEMBER: Final = """
INSERT INTO forgotten_callers
SELECT caller_digest(number) AS digest, min(call), min(lead), min(sale)
FROM ({}) WHERE caller_digest(number) IS NOT NULL GROUP BY digest
ON CONFLICT (digest) DO UPDATE SET
    first_call = coalesce(min(first_call, excluded.first_call), first_call, excluded.first_call),
    first_lead = coalesce(min(first_lead, excluded.first_lead), first_lead, excluded.first_lead),
    first_sale = coalesce(min(first_sale, excluded.first_sale), first_sale, excluded.first_sale)
"""
_OTHER_PARTY: Final = "CASE c.direction WHEN 'inbound' THEN c.from_number ELSE c.to_number END"
_CALLS: Final = f"""
SELECT c.from_number AS number, c.started AS call,
    CASE WHEN o.lead THEN c.started END AS lead, NULL AS sale
FROM calls AS c LEFT JOIN call_outcomes AS o ON o.call = c.call
WHERE c.call = :call AND c.direction = 'inbound'
UNION ALL
SELECT coalesce(s.phone, {_OTHER_PARTY}), NULL, NULL, s.at
FROM calls AS c JOIN sales AS s ON s.source = c.source AND s.call = c.id WHERE c.call = :call
"""
_SALES: Final = """
SELECT coalesce(s.phone, k.phone) AS number, NULL AS call, NULL AS lead, s.at AS sale
FROM sales AS s LEFT JOIN contacts AS k ON k.source = s.source AND k.contact = s.contact
WHERE s.at < :time AND {within}
"""


def make_key(connection: sqlite3.Connection) -> None:
    """Give the cache a key of its own, if it has none; what it hashes cannot be told without."""
    connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_KEY, token_hex(32)))


def register_digest(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `caller_digest(number)`: the hash of a number, null for null."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_KEY,)).fetchone()
    key = bytes.fromhex(row[0]) if row is not None else b""

    def caller_digest(number: object) -> bytes | None:
        if not isinstance(number, str) or not number or not key:
            return None
        return blake2b(number.encode("utf-8", "surrogatepass"), digest_size=16, key=key).digest()

    connection.create_function("caller_digest", 1, caller_digest, deterministic=True)


def remember_callers(connection: sqlite3.Connection, calls: Iterable[int]) -> None:
    """Keep what is to outlive these calls; part of the transaction that deletes them."""
    connection.executemany(_REMEMBER.format(_CALLS), [{"call": call} for call in calls])


def remember_customers(
    connection: sqlite3.Connection, within: str, values: Mapping[str, Any]
) -> None:
    """Keep whose sales before `:time` (UTC ms) were the first; before they are deleted.

    Of the sales `s` of the condition `within`, over the values.
    """
    connection.execute(_REMEMBER.format(_SALES.format(within=within)), values)
