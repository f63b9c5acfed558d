"""What a figure is limited to beside the filters of the board, where it was opened. Pure."""

from msgspec import Struct, field

from wallboard.questions.scope import Scope


class Limits(Struct, frozen=True):
    """The campaign, queue or agent (ids) whose figure it is; `name` says whose, for the reader."""

    scope: Scope = field(default_factory=Scope)
    agent: str | None = None
    name: str = ""
    period: str = ""
    """The period of the screen it was opened from, where that is not the board's."""

    def of(self, scope: Scope) -> Scope:
        """The scope of the board, narrowed to whose figure it is.

        An agent's figures are of the whole day, like the screen they were opened from.
        """
        if self.agent is not None:
            return Scope()
        own = self.scope
        return Scope(
            scope.campaign if own.campaign is None else own.campaign,
            scope.queue if own.queue is None else own.queue,
            scope.team if own.team is None else own.team,
        )


EVERYTHING = Limits()
