"""The SQL that finds whose a sale is, and all that a customer bought.

A customer is a number: of a sale its phone, else its call's other party, else its contact's phone
(readings 17). Retention leaves a keyed hash of whoever bought in a sale that it deleted.
"""

from typing import Final

_OTHER_PARTY: Final = "CASE c.direction WHEN 'inbound' THEN c.from_number ELSE c.to_number END"

CUSTOMER: Final = (
    f"coalesce(sales.phone, (SELECT {_OTHER_PARTY} FROM calls c"
    " WHERE c.source = sales.source AND c.id = sales.call),"
    " (SELECT k.phone FROM contacts k"
    " WHERE k.source = sales.source AND k.contact = sales.contact))"
)
"""The customer of a row of sales."""


def _bought_by(number: str) -> tuple[str, ...]:
    """FROM and WHERE of the sales `s` of a customer: each sale is found in one of them."""
    tied = "CROSS JOIN sales s ON s.source = c.source AND s.call = c.id AND s.phone IS NULL"
    return (
        f"FROM sales s WHERE s.phone = {number}",
        f"FROM calls c {tied} WHERE c.direction = 'inbound' AND c.from_number = {number}",
        f"FROM calls c {tied} WHERE c.direction = 'outbound' AND c.to_number = {number}",
        (
            "FROM contacts k CROSS JOIN sales s ON s.source = k.source AND s.contact = k.contact"
            f" AND s.phone IS NULL WHERE k.phone = {number} AND NOT EXISTS (SELECT 1 FROM calls c"
            f" WHERE c.source = s.source AND c.id = s.call AND {_OTHER_PARTY} IS NOT NULL)"
        ),
    )


BOUGHT_SINCE: Final = (
    "("
    + " OR ".join(
        f"EXISTS (SELECT 1 {sales} AND s.at >= calls.started)"
        for sales in _bought_by("calls.from_number")
    )
    + ")"
)
"""That a caller bought something at the start of the call or later."""

_ORDERS: Final = "\n  UNION ALL ".join(
    "SELECT b.customer, s.source, s.sale, s.at, s.sequence, s.id FROM buyers b"
    f" CROSS JOIN {sales.removeprefix('FROM ')}"
    for sales in _bought_by("b.customer")
)

_CUSTOMERS: Final = f"""WITH sold AS (
  SELECT {{key}} AS key, sales.source AS source, sales.sale AS sale, sales.amount AS amount,
    calls.call AS call, {CUSTOMER} AS customer
  {{source}}
), buyers AS (
  SELECT DISTINCT customer FROM sold WHERE customer IS NOT NULL
), orders AS (
  {_ORDERS}
), placed AS (
  SELECT customer, source, sale, at,
    row_number() OVER (PARTITION BY customer ORDER BY at, sequence, id) AS place,
    count(*) OVER (PARTITION BY customer) AS orders,
    max(at) OVER (PARTITION BY customer) AS latest
  FROM orders
), customers AS (
  SELECT sold.key AS key, sold.call AS call, placed.orders AS orders,
    (placed.latest - placed.at) / 31557600000.0 AS years
  FROM placed JOIN sold ON sold.source = placed.source AND sold.sale = placed.sale
  WHERE placed.place = 1 AND NOT (EXISTS (SELECT 1 FROM forgotten_callers)
    AND EXISTS (SELECT 1 FROM forgotten_callers
      WHERE digest = caller_digest(placed.customer) AND first_sale IS NOT NULL))
)
"""
"""Over sales: who bought for the first time ever in a call that is asked about, how often since.

A year is 365.25 days (readings 40).
"""

CUSTOMERS: Final = f"""{_CUSTOMERS}, worth AS (
  SELECT key, sum(amount) / count(*) AS order_value FROM sold {{group}}
), counted AS (
  SELECT key, sum(CASE WHEN orders >= 2 THEN 1 ELSE 0 END) AS repeated, count(*) AS customers,
    avg(orders / CASE WHEN years > 1 THEN years ELSE 1.0 END) AS orders_a_year
  FROM customers {{group}}
), known AS MATERIALIZED (
  SELECT counted.*, worth.order_value AS order_value
  FROM counted LEFT JOIN worth ON worth.key = counted.key
)
SELECT 'repeated' AS part, key, NULL AS value,
  repeated AS numerator, customers AS denominator FROM known
UNION ALL
SELECT 'worth', key, order_value * orders_a_year * :customer_years, NULL, NULL FROM known"""
"""Over sales. By part: `repeated`, customers with two or more orders, of all; `worth`, the order
value, times the mean of orders a year of each, times the years."""

BUYERS: Final = f"{_CUSTOMERS}SELECT call, key FROM customers"
"""Over sales: the calls by which customers bought for the first time."""

REPEATED: Final = f"{BUYERS} WHERE orders >= 2"
"""Of these the calls whose customers bought again."""

_MISSED: Final = (
    "calls.ended IS NOT NULL AND calls.answered IS NULL"
    " AND coalesce(calls.end_reason, '') <> 'lost'"
)
LOST: Final = (
    f"CASE WHEN {_MISSED} AND NOT EXISTS (SELECT 1 FROM calls back"
    " WHERE back.direction = 'outbound' AND back.to_number = calls.from_number"
    " AND back.started >= calls.ended AND back.started <= calls.ended + :callback_ms) THEN 1 END"
)
"""A missed call that was not called back; whose number is withheld cannot be (readings 27, 42)."""

MISSED_REVENUE: Final = f"""SELECT {{key}} AS key,
  1.0 * coalesce(sum({LOST}), 0) * count(tied_sales.sales) / nullif(count(calls.answered), 0)
    * sum(tied_sales.amount) / nullif(sum(tied_sales.sales), 0) AS value
{{source}}
{{group}}"""
"""Over calls: missed calls, times sales a call answered, times the value of an order."""
