"""What goes wrong, told in the log: an absent store in one line, all else in full."""

from logging import Logger

from exercise.service.ports import Unwritable


class Mishaps:
    """What befalls one loop; a store that stays away is told once, and its return."""

    def __init__(self, log: Logger) -> None:
        self._log = log
        self._away = False

    def tell(self, error: BaseException, what: str, *values: object) -> None:
        """Log that something failed; `what` is a message with its values."""
        if not isinstance(error, Unwritable):
            self._log.error(what, *values, exc_info=error)
        elif not self._away:
            self._away = True
            reason = next(iter(str(error).splitlines()), "")
            self._log.error(f"{what}; the store is away: %s", *values, reason)

    def over(self, what: str, *values: object) -> None:
        """Log that it works again, if a store was away."""
        if self._away:
            self._away = False
            self._log.warning(f"The store is back: {what}", *values)
