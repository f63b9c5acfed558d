"""The one error that a wrong configuration raises."""

from collections.abc import Iterable


class ConfigurationError(Exception):
    """A configuration cannot be used; nothing of it was applied.

    `problems` has one sentence per mistake, each naming the place, what was found and what was
    expected; the text of the error is these sentences, one a line.
    """

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))
