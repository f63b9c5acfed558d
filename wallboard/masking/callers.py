"""What a call was announced as, which may be a number or a name."""

from wallboard.masking.names import mask_name
from wallboard.masking.numbers import digits_of, mask_number, show_number


def mask_caller(caller: str | None) -> str:
    """Return what a call was announced as: a number masked, a name as initials, empty for none.

    A network sends either in the one field; what has no digit is a name.
    """
    if not caller or not caller.strip():
        return ""
    return mask_number(caller) if digits_of(caller)[0] else mask_name(caller)


def show_caller(caller: str | None, masked: bool) -> str:
    """Return what a call was announced as, for reading: a number as `show_number` does, or a name.

    Of a name only what can be printed is left.
    """
    if masked or not caller:
        return mask_caller(caller)
    if digits_of(caller)[0]:
        return show_number(caller, masked)
    return " ".join("".join(c if c.isprintable() else " " for c in caller).split())
