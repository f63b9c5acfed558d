"""The records: things with an id that events tell of, one table a kind, one row a thing.

Each field of an event is a column. What later events say of the same thing is merged field by
field: the later stamp wins, null clears, lists are replaced whole (readings 5).
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET

from wallboard.events import definitions, marketing, messages
from wallboard.events.calls import ConnectAttempted
from wallboard.events.envelope import Event, milliseconds
from wallboard.events.kinds import Data
from wallboard.facts.said import number_given

Values = tuple[Any, ...]
"""The values of a table's columns as the cache stores them; UNSET where nothing was said."""


class Column(NamedTuple):
    """A column of a table. `earliest`: not the last that was said counts, but the first time."""

    name: str
    kind: str
    earliest: bool = False


class RecordTable(NamedTuple):
    """A table of records, unique per source and key.

    Beside these columns a row holds the stamp of its first event (`at`, `sequence`, `id`) and
    `stamps`: which event said what, null where the first said all that was said.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


class RecordType(NamedTuple):
    """How one type of event tells of a record.

    `places`: its time is the record's. `key` and `values` read them from an event.
    """

    table: RecordTable
    places: bool
    key: Callable[[Event], tuple[str, ...]]
    values: Callable[[Event], Values]


_ENCODE: Final = msgspec.json.Encoder().encode


def _json(value: Any) -> str:  # noqa: ANN401 - any list or table
    return _ENCODE(value).decode()


def _milliseconds_of(seconds: float) -> int:
    return round(seconds * 1_000)


Store = Callable[[Any], Any]
_KINDS: Final[tuple[tuple[type[Any], str, Store | None], ...]] = (
    (msgspec.inspect.StrType, "TEXT", None),
    (msgspec.inspect.LiteralType, "TEXT", None),
    (msgspec.inspect.BoolType, "INTEGER", None),
    (msgspec.inspect.IntType, "INTEGER", None),
    (msgspec.inspect.FloatType, "REAL", None),
    (msgspec.inspect.DateTimeType, "INTEGER", milliseconds),
    (msgspec.inspect.DateType, "TEXT", lambda day: day.isoformat()),
    (msgspec.inspect.ListType, "TEXT", _json),
    (msgspec.inspect.DictType, "TEXT", _json),
)


def _stored(kind: msgspec.inspect.Type) -> tuple[str, Store | None]:
    """The type of a field's column, and how its values are stored."""
    while isinstance(kind, msgspec.inspect.Metadata):
        kind = kind.type
    if isinstance(kind, msgspec.inspect.UnionType):
        nothing = msgspec.inspect.NoneType
        (kind,) = (one for one in kind.types if not isinstance(one, nothing))
        return _stored(kind)
    return next((sql, store) for known, sql, store in _KINDS if isinstance(kind, known))


class _Field(NamedTuple):
    name: str
    column: Column
    store: Store | None


def _fields(
    data: type[Data], but: Iterable[str], renamed: dict[str, str], seconds: Iterable[str]
) -> list[_Field]:
    said = msgspec.inspect.type_info(data)
    found = []
    for field in said.fields if isinstance(said, msgspec.inspect.StructType) else ():
        if field.name in but:
            continue
        if field.name in seconds:
            name = field.name.replace("_seconds", "_ms")
            found.append(_Field(field.name, Column(name, "INTEGER"), _milliseconds_of))
        else:
            sql, store = _stored(field.type)
            if field.name == "phone":
                store = number_given  # a number withheld is none (readings 14)
            name = renamed.get(field.name, field.name)
            found.append(_Field(field.name, Column(name, sql), store))
    return found


def _reader(fields: list[_Field], after: int = 0) -> Callable[[Event], Values]:
    """Reads the values of these fields, then as many as it says nothing of."""
    names = [field.name for field in fields]
    get = attrgetter(*names)
    stores = [(at, field.store) for at, field in enumerate(fields) if field.store is not None]
    rest = (UNSET,) * after

    def read(event: Event) -> Values:
        values: Values = get(event.data) if len(names) > 1 else (get(event.data),)
        if stores:
            changed = list(values)
            for at, store in stores:
                value = changed[at]
                if value is not UNSET and value is not None and store is not None:
                    changed[at] = store(value)
            values = tuple(changed)
        return values + rest

    return read


def _record(
    data: type[Data],
    name: str,
    key: str,
    *,
    but: tuple[str, ...] = (),
    renamed: dict[str, str] | None = None,
    seconds: tuple[str, ...] = (),
    more: tuple[Column, ...] = (),
) -> dict[type[Data], RecordType]:
    """The records that this type of event tells of, all of whose fields are columns `but` some."""
    fields = _fields(data, {key, *but}, renamed or {}, seconds)
    table = RecordTable(name, (key,), (*(field.column for field in fields), *more))
    get = attrgetter(key)
    return {data: RecordType(table, True, lambda e: (get(e.data),), _reader(fields, len(more)))}


_FATE: Final = (
    Column("delivered_at", "INTEGER", earliest=True),
    Column("failed_at", "INTEGER", earliest=True),
    Column("fate", "TEXT"),
    Column("failure", "TEXT"),
)
_SENT: Final = _record(messages.MessageSent, "outbound_messages", "message", more=_FATE)
_MESSAGES: Final = _SENT[messages.MessageSent].table


def _fate(of: Callable[[Event], Values]) -> RecordType:
    """What became of a message: it says the last columns of it, and does not place it in time."""
    nothing = (UNSET,) * (len(_MESSAGES.columns) - len(_FATE))
    get = attrgetter("message")
    return RecordType(_MESSAGES, False, lambda e: (get(e.data),), lambda e: nothing + of(e))


_HELD_BACK: Final = RecordTable(
    "filtered_contacts",
    ("contact", "list", "campaign", "sub_campaign"),
    (Column("reason", "TEXT"),),
)
_HELD_BACK_KEY: Final = attrgetter(*_HELD_BACK.key)


def _held_back_key(event: Event) -> tuple[str, ...]:
    """A contact may be held back for several lists and campaigns; empty text for none."""
    return tuple([part if isinstance(part, str) else "" for part in _HELD_BACK_KEY(event.data)])


RECORDS: Final[dict[type[Data], RecordType]] = {
    **_record(definitions.AccountDefined, "accounts", "account"),
    **_record(definitions.UserDefined, "users", "user"),
    **_record(definitions.ListLoaded, "lists", "list"),
    **_record(definitions.ContactAdded, "contacts", "contact"),
    definitions.ContactFiltered: RecordType(
        _HELD_BACK, True, _held_back_key, lambda event: (getattr(event.data, "reason", None),)
    ),
    **_record(ConnectAttempted, "direct_connects", "connect", seconds=("talk_seconds",)),
    **_record(marketing.VisitStarted, "visits", "visit", but=("attribution",)),
    **_record(marketing.TouchRecorded, "touches", "touch", renamed={"source": "touch_source"}),
    **_record(marketing.SpendRecorded, "spends", "spend"),
    **_record(marketing.OpportunityChanged, "opportunities", "opportunity"),
    **_record(marketing.SaleRecorded, "sales", "sale"),
    **_record(marketing.NumberShown, "number_displays", "shown"),
    **_SENT,
    messages.MessageDelivered: _fate(lambda e: (e.time, UNSET, "delivered", UNSET)),
    messages.MessageFailed: _fate(
        lambda e: (UNSET, e.time, "failed", getattr(e.data, "reason", UNSET))
    ),
    **_record(messages.ServiceUsed, "service_uses", "use"),
    **_record(messages.ReportDelivered, "report_deliveries", "delivery"),
    **_record(messages.ReportAudited, "report_audits", "audit"),
    **_record(messages.DashboardViewed, "dashboard_views", "view"),
}
"""The types of event that tell of a record."""

RECORD_TABLES: Final = tuple(
    {record.table.name: record.table for record in RECORDS.values()}.values()
)


class OccurrenceType(NamedTuple):
    """A type of event that is a row of its own: by source and event id, with its time as `at`."""

    table: str
    columns: tuple[Column, ...]
    values: Callable[[Event], Values]


def _occurrence(
    data: type[Data], table: str, renamed: dict[str, str] | None = None
) -> dict[type[Data], OccurrenceType]:
    fields = _fields(data, (), renamed or {}, ())
    columns = tuple(field.column for field in fields)
    return {data: OccurrenceType(table, columns, _reader(fields))}


OCCURRENCES: Final[dict[type[Data], OccurrenceType]] = {
    **_occurrence(marketing.PoolSampled, "pool_samples"),
    **_occurrence(marketing.ExposureShown, "exposures"),
    **_occurrence(marketing.EngagementMade, "engagements"),
    **_occurrence(marketing.GoalReached, "goals", {"order": "order_id"}),
}
"""The types of event that are rows themselves."""
