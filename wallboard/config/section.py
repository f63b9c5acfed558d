"""Tables of the file: a struct whose annotations say what each of its keys may hold."""

from collections.abc import Iterator
from typing import Annotated, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from wallboard.config.kinds import REFUSED, Kind
from wallboard.config.place import Place


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table. A field annotated `Annotated[type, Kind]` is a key; any other field is not."""

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """Yield (path of a key, what is wrong with it) for values that are wrong only together."""
        return iter(())


class Table(Struct, frozen=True):
    """The kind of a key that holds a table of fixed keys."""

    section: type[Section]

    def read(self, value: object, place: Place) -> object:
        """Return the section; every problem found in it is reported, not only the first."""
        if not isinstance(value, dict):
            place.expected(value, "a table")
            return REFUSED
        before = len(place.problems)
        keys = dict(_keys(self.section))
        known = [field.encode_name for field in keys.values()]
        kinds = {field.encode_name: _kind(field) for field in keys.values()}
        for key in value:
            if key not in kinds:
                place.unknown(key, known)
        fields: dict[str, object] = {}
        for name, field in keys.items():
            key, kind = field.encode_name, kinds[field.encode_name]
            if key in value and kind is not None:
                fields[name] = kind.read(value[key], place.child(key))
            elif field.required:
                place.child(key).report("is missing and has no default")
        if len(place.problems) > before:
            return REFUSED
        section = self.section(**fields)
        for path, what in section.conflicts():
            place.within(path).report(what)
        return section if len(place.problems) == before else REFUSED


def _keys(section: type[Section]) -> Iterator[tuple[str, FieldInfo]]:
    for field in msgspec.structs.fields(section):
        if _kind(field) is not None:
            yield field.name, field


def _kind(field: FieldInfo) -> Kind | None:
    if get_origin(field.type) is not Annotated:
        return None
    kind: Kind = get_args(field.type)[1]
    return kind
