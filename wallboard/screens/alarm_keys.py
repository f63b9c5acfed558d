"""What every screen with alarms can do with them: acknowledge one, and go to its moment."""

import asyncio
from abc import abstractmethod
from typing import Final

from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.cache.errors import CacheError
from wallboard.cache.reveals import who_asks
from wallboard.questions.alarms import AlarmLine
from wallboard.screens.alarm_dialog import AlarmDialog
from wallboard.screens.alarm_words import sentence
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key
from wallboard.screens.view_only import refusal

ACKNOWLEDGE: Final = Key(
    "a", "a", "acknowledge", "acknowledge", "say that you see to an alarm, with a note"
)


class Acknowledging(BoardScreen):
    """A screen on which an alarm can be chosen."""

    @abstractmethod
    def chosen_alarm(self) -> AlarmLine | None:
        """The alarm that is meant now, None where there is none."""

    def action_acknowledge(self) -> None:
        """Ask for a note, and have it written that somebody sees to the alarm."""
        sight, alarm = self.sight, self.chosen_alarm()
        if sight is None or sight.cache is None:
            return
        if sight.is_view_only:
            self.notify(refusal("acknowledge"), markup=False)
        elif sight.snapshot.interest.at is not None:
            self.notify("This is the past: l returns to what can be acknowledged.", markup=False)
        elif alarm is None:
            self.notify("There is no alarm to acknowledge.", markup=False)
        elif alarm.ended is not None:
            self.notify("This alarm is over.", markup=False)
        else:
            self.app.push_screen(
                AlarmDialog(sentence(alarm, sight.now)),
                lambda note: self._acknowledge(alarm, note),
            )

    def _acknowledge(self, alarm: AlarmLine, note: str | None) -> None:
        if note is not None:
            self.run_worker(self._written(alarm, note), exit_on_error=False)

    async def _written(self, alarm: AlarmLine, note: str) -> None:
        sight = self.sight
        if sight is None or sight.cache is None:
            return
        try:
            # A writer may hold the cache for a moment: that is to cost no frame.
            await asyncio.to_thread(
                record_acknowledgement, sight.cache, alarm.number, sight.now, who_asks(), note
            )
        except CacheError as error:
            self.notify(str(error), severity="error", markup=False)
