"""Telling the desktop through the terminal, where the terminal can: OSC 9, 99 or 777.

The text may come from a feed: nothing in it that a terminal would obey is ever sent.
"""

from base64 import b64encode
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from textual.app import App

from widgets.text import visible

ESCAPE: Final = "\x1b]"
END: Final = "\x1b\\"
LONGEST: Final = 200


class Protocol(StrEnum):
    """How a terminal is told; NONE: it cannot be, or nobody knows that it can."""

    NONE = ""
    OSC_9 = "9"
    OSC_99 = "99"
    OSC_777 = "777"


def protocol_of(environment: Mapping[str, str]) -> Protocol:
    """What the terminal of this environment understands.

    Only by what is sure: others might print what they do not know. Multiplexers pass nothing on.
    """
    term = environment.get("TERM", "")
    program = environment.get("TERM_PROGRAM", "")
    if "TMUX" in environment or term.startswith(("screen", "tmux")):
        return Protocol.NONE
    if "KITTY_WINDOW_ID" in environment or term == "xterm-kitty":
        return Protocol.OSC_99
    if term.startswith(("foot", "rxvt-unicode", "xterm-ghostty")) or program == "ghostty":
        return Protocol.OSC_777
    if program in {"iTerm.app", "WezTerm"}:
        return Protocol.OSC_9
    return Protocol.NONE


def sequence(protocol: Protocol, title: str, text: str) -> str:
    """What to send to the terminal; empty where it cannot be told."""
    title, text = (_harmless(part) for part in (title, text))
    match protocol:
        case Protocol.OSC_9:
            # Not the text first: where it begins with figures, some take it for another command.
            return f"{ESCAPE}9;{title}: {text}{END}"
        case Protocol.OSC_777:
            return f"{ESCAPE}777;notify;{title.replace(';', ',')};{text.replace(';', ',')}{END}"
        case Protocol.OSC_99:
            return (
                f"{ESCAPE}99;i=wallboard:d=0:e=1;{_base64(title)}{END}"
                f"{ESCAPE}99;i=wallboard:p=body:e=1;{_base64(text)}{END}"
            )
        case _:
            return ""


def tell_desktop(app: App[Any], environment: Mapping[str, str], title: str, text: str) -> None:
    """Have the terminal tell the desktop, if it can."""
    told = sequence(protocol_of(environment), title, text)
    driver = app._driver  # noqa: SLF001 - Textual has no other way; its version is pinned
    if told and driver is not None:
        driver.write(told)


def _harmless(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in visible(text[:LONGEST]))
    return shown.strip() or "alarm"


def _base64(text: str) -> str:
    return b64encode(text.encode("utf-8", "replace")).decode("ascii")
