"""Screens from which a report is written to a file: asked where to, told of, and stopped by key."""

from abc import abstractmethod
from pathlib import Path
from typing import Final

from rich.text import Text
from textual import on
from textual.message import Message
from textual.widgets import Static

from wallboard.board.report_export import (
    Destination,
    Export,
    ExportStage,
    ExportState,
    ExportWanted,
)
from wallboard.reports.catalogue import BY_NAME
from wallboard.reports.writing.masking import are_private
from wallboard.screens.export_dialog import ExportDialog
from wallboard.screens.export_words import export_words, privacy_words
from wallboard.screens.reveal import Revealing
from wallboard.screens.sight import Sight
from wallboard.screens.view_only import refusal
from widgets.text import visible

LEAVE_SECONDS: Final = 2.0
"""How long a board that is left waits for an export to clear up."""


class ExportLine(Static):
    """How the export stands; takes no room while there is nothing to say."""

    DEFAULT_CSS = """
    ExportLine { display: none; height: auto; width: 1fr; padding: 0 1 0 3; background: $boost; }
    ExportLine.-said { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)

    def say(self, words: str) -> None:
        """Show words, which may hold anything."""
        self.update(Text(visible(words), overflow="fold"))
        self.set_class(bool(words), "-said")


class Exporting(Revealing):
    """A screen that has an ExportLine. A subclass says what is to be written."""

    _destination: Destination | None = None
    _export: Export | None = None

    class ExportTold(Message):
        """An export has come further."""

        def __init__(self, state: ExportState) -> None:
            super().__init__()
            self.state = state

    @abstractmethod
    def export_wanted(self, sight: Sight) -> ExportWanted | None:
        """What is to be written; None while that is not known."""

    def action_export(self) -> None:
        """Ask where to, and write the report there."""
        sight = self.sight
        if sight is None or sight.cache is None:
            return
        if sight.is_view_only:
            self.notify(refusal("export"), markup=False)
        elif self._is_exporting:
            self.notify("One export at a time: escape cancels the one that goes on.", markup=False)
        # Asked before the dialogue, under which what was revealed is hidden again.
        elif (wanted := self.export_wanted(sight)) is None:
            self.notify("The report has not been read yet.", markup=False)
        else:
            self._ask(wanted, sight.cache)

    @property
    def _is_exporting(self) -> bool:
        return self._export is not None and self._export.state.stage is ExportStage.RUNNING

    def cancel_export(self) -> bool:
        """Cancel the export that goes on; whether there was one."""
        if self._export is None or not self._is_exporting:
            return False
        self._export.cancel()
        return True

    def _ask(self, wanted: ExportWanted, cache: Path) -> None:
        before = self._destination or Destination("csv", Path.cwd())
        said = privacy_words(wanted, are_private(BY_NAME[wanted.report].columns))

        def chosen(destination: Destination | None) -> None:
            if destination is not None:
                self._destination = destination
                self._write(cache, wanted, destination)

        self.app.push_screen(ExportDialog(f"Export {wanted.stem}", said, before), chosen)

    def _write(self, cache: Path, wanted: ExportWanted, destination: Destination) -> None:
        def tell(state: ExportState) -> None:
            self.post_message(self.ExportTold(state))

        self._export = Export(cache, wanted, destination, tell)
        self.query_one(ExportLine).say(export_words(self._export.state))
        self._export.start()

    @on(ExportTold)
    def _show_export(self, event: ExportTold) -> None:
        self.query_one(ExportLine).say(export_words(event.state))

    def on_unmount(self) -> None:
        """Leave no half-written file."""
        if self.cancel_export() and self._export is not None:
            self._export.wait(LEAVE_SECONDS)
