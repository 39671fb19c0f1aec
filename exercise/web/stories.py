"""Times that people wrote down: when the story begins, when the room means to."""

from datetime import UTC, datetime

from exercise.domain.scenario import Scenario


def start_of(scenario: Scenario) -> int:
    """Return the story's first moment in UTC milliseconds, 0 if it says none."""
    return planned_ms(scenario.story_start) or 0


def planned_ms(text: str) -> int | None:
    """Return a written time in UTC milliseconds, or None if it is no time."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(when.timestamp() * 1000)
