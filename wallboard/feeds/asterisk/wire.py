"""AMI on the wire: bytes to messages, actions to bytes. No input or output."""

from typing import Final

END: Final = b"\r\n\r\n"
LARGEST_MESSAGE: Final = 2**20
"""In bytes. The longest real ones have some thousands."""


class NotAmi(Exception):
    """What comes is not AMI: it never comes to the end of a message."""


class Wire:
    """Takes bytes as they come, and gives the messages that are complete."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> list[dict[str, str | list[str]]]:
        """The messages that end in `data`. Raises NotAmi."""
        *blocks, self._rest = (self._rest + data).split(END)
        if len(self._rest) > LARGEST_MESSAGE:
            raise NotAmi
        return [message for block in blocks if (message := message_of(block))]


def message_of(block: bytes) -> dict[str, str | list[str]]:
    """The fields of one message; a key that is repeated holds all its values."""
    fields: dict[str, str | list[str]] = {}
    for line in block.decode("utf-8", "replace").split("\r\n"):
        key, colon, value = line.partition(":")
        if not colon:
            # The banner, which ends in a single line, or what a command printed.
            continue
        value = value[1:] if value[:1] == " " else value
        known = fields.get(key)
        if known is None:
            fields[key] = value
        else:
            fields[key] = [*(known if isinstance(known, list) else [known]), value]
    return fields


def action(name: str, number: str, fields: dict[str, str]) -> bytes:
    """An action as it is sent; `number` comes back in its answer. Raises ValueError.

    No value may hold an end of line: what follows it would be another field.
    """
    lines = {"Action": name, "ActionID": number} | fields
    if any("\r" in value or "\n" in value for value in lines.values()):
        raise ValueError("a value for AMI holds an end of line")
    return "".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode() + b"\r\n"
