"""A stylesheet that parses each of its sources once, not at every change of what it holds."""

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """The stylesheet of an application.

    A screen that is opened for the first time brings a source of its own; Textual then parses all
    sources anew, two to five times, which is most of the time that it takes to open. Here what was
    parsed by the same variables is used again. Another theme has other variables.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parsed_by = variables

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme; those in force already change nothing."""
        if variables != self._parsed_by:
            self._parsed_by = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what was not yet. Raises StylesheetError, and keeps the rules that it had."""
        self.parse()
