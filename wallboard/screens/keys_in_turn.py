"""Keys that come faster than they are acted on go where they would have gone one by one."""

import asyncio
import contextlib
from collections import deque
from typing import Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste

AT_ONCE: Final = ("ctrl+c", "ctrl+q")
LOOK_SECONDS: Final = 0.02
LONGEST_SECONDS: Final = 1.0
"""How long the next key waits at most for what the one before has to do."""


class KeysInTurn(App[None]):
    """Hands on a key only when all has been done that the one before asks for.

    A slow line brings several keys at once. Textual would hand on all of them before the first
    has opened a dialog or gone to a search box: of `/quinn` the `q` would end the board.
    """

    def __init__(self) -> None:
        super().__init__()
        self._next_keys: deque[Key | Paste] = deque()
        self._settling: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """Hold back what is typed while a key is being acted on."""
        if not isinstance(event, Key | Paste) or event.is_forwarded or self._is_at_once(event):
            await super().on_event(event)
            return
        self._next_keys.append(event)
        if self._settling is None:
            await self._hand_on()

    @staticmethod
    def _is_at_once(event: Key | Paste) -> bool:
        return isinstance(event, Key) and event.key in AT_ONCE

    async def _hand_on(self) -> None:
        self._settling = None
        if self._next_keys:
            target = self.focused or self.screen
            await super().on_event(self._next_keys.popleft())
            self._settling = asyncio.create_task(self._settle(target))

    async def _settle(self, target: DOMNode) -> None:
        """Wait until all that a key led to was handled, then go on with the next."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_SECONDS):
                # The key itself on its way up, then the messages that its action sent; then what
                # the application was to do later, the screen that it opened, and its focus.
                for _ in range(2):
                    for node in target.ancestors_with_self:
                        await _reached(node)
                await _reached(self)
                await _reached(self.screen)
                await _reached(self)
        self.call_later(self._hand_on)


async def _reached(node: DOMNode) -> None:
    """Wait until a part of the application has handled all that was sent to it, or is gone."""
    handled = asyncio.Event()
    if not node.call_later(handled.set):
        return
    while node.is_attached and not handled.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), LOOK_SECONDS)
