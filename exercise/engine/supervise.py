"""Tasks that are started again when they end."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

# Long enough that a task which fails at once does not eat the processor, short
# enough that nobody in the room notices.
PAUSE = 1.0


def supervise(
    name: str,
    task: Callable[[], object],
    *,
    spawn: Callable[[Callable[[], None]], object],
    sleep: Callable[[float], object],
    pause: float = PAUSE,
) -> None:
    """Keep `task` running beside this one for as long as the process lives."""

    def keep_running() -> None:
        while True:
            _run_once(name, task)
            sleep(pause)

    spawn(keep_running)


def _run_once(name: str, task: Callable[[], object]) -> None:
    try:
        task()
    except Exception:  # the edge of a task: nothing above could handle it
        logger.exception("task %s failed and is started again", name)
    else:
        logger.error("task %s ended and is started again", name)
