"""The one trace of a facilitator's look over a delegation's shoulder: a log line."""

import logging

LOG = logging.getLogger(__name__)


def note_view(exercise: str, member: str, audience: str) -> None:
    """Log that a facilitator reads another stream; it is no entry and no reading."""
    LOG.info("View as %s in %s by %s", audience[:64], exercise, member, stacklevel=2)
