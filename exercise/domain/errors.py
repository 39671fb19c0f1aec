"""Why a command is refused, as types with data."""


class Rejected(Exception):
    """The rules refuse a command; `code` is for programs, `message` for people.

    `message` is a catalogue id in English with `{name}` places that `values` fill;
    `field` names the part of the command that must change, if one does.
    """

    code = "rejected"

    def __init__(
        self, message: str, /, *, code: str = "", field: str = "", **values: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values
        if code:
            self.code = code

    def sentence(self) -> str:
        """Return the message with its values filled in, in English."""
        return self.message.format(**self.values)


class Forbidden(Rejected):
    """The actor's role, delegation or seat may not do this."""

    code = "forbidden"


class NotFound(Rejected):
    """The command names something that is not there for this actor."""

    code = "not-found"


class WrongPhase(Rejected):
    """The exercise is not in a state in which this can be done."""

    code = "wrong-phase"


class Conflict(Rejected):
    """Somebody did this, or something that excludes it, already."""

    code = "conflict"


class Unfit(Rejected):
    """A field has a value that this command cannot take."""

    code = "unfit"
