"""Textual's driver of a terminal, which takes a SIGCONT for what it is.

Textual begins anew at every SIGCONT, as after a suspension of its own. But one comes to a program
that runs, too: systemd sends it after SIGTERM, the system after SIGHUP, and what `kill -STOP`
halted goes on by one. Begun twice, Textual reads keys in two threads and in the end puts the
terminal back as it was after the first beginning, so that the shell is left without an echo.
"""

import asyncio
import os
import signal
import termios
import tty
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

IN_SIGHT: Final = "\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""Alternate screen, no cursor, word of focus, pasting in brackets, no wrapping."""


class TerminalDriver(LinuxDriver):
    """Draws on a terminal and reads keys from it, also after the program was halted."""

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was found, where it is still this program's to change."""
        if not self._is_in_foreground():
            self.attrs_before = None
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # or what follows would halt it for good
        super().stop_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        then: Callable[[], object] = self._go_on
        if self._must_signal_resume:
            super()._sigcont_application()
            then = self._app.refresh
        # Not within the signal: what was interrupted may hold the lock of what is written to.
        with suppress(RuntimeError):  # without a running loop nothing is shown any more
            asyncio.get_running_loop().call_soon_threadsafe(then)

    def _go_on(self) -> None:
        """Take the terminal back from who had it while this program was halted, and draw all."""
        keys = self._key_thread
        if keys is None or not keys.is_alive() or self._app._exit:  # noqa: SLF001 - told nowhere else
            return
        if not self._is_in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)  # as Textual does, until it is called to the front
            return
        with suppress(termios.error):
            modes = termios.tcgetattr(self.fileno)
            modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
            modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
            modes[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
        self.write(IN_SIGHT)
        self._enable_mouse_support()
        self._app.refresh()

    def _is_in_foreground(self) -> bool:
        """Whether this program may change the terminal without being halted for it."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True  # no terminal that halts those behind
