"""Speaking in public: the topics a delegation must address, and what it says there."""

from collections.abc import Iterator

from exercise.domain import events as e
from exercise.domain.scenario import Topic, Window
from exercise.service.robots.brief import window_of
from exercise.service.robots.forms import form
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import Commands, Mind, Plan
from exercise.service.robots.thorough.tempers import spun


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """At STARTEX, plan a word in every window in which this delegation must speak."""
    if not isinstance(heard.event, e.Started):
        return
    for topic in mind.brief.topics:
        for window in topic.windows:
            if mind.own not in window.speakers:
                continue

            def make(
                at_ms: int, topic: Topic = topic, window: Window = window
            ) -> Commands:
                return _speak(mind, topic, window, at_ms)

            yield Plan(mind.policy.speak_ms(window.start_ms, window.end_ms), make)


def claim(mind: Mind, topic_id: str, at_ms: int) -> dict[str, str]:
    """Return what this delegation says on a topic at `at_ms`, as topic = value."""
    topic = mind.brief.topic(topic_id)
    if topic is None:
        return {}
    if mind.policy.line == "own":
        return {topic_id: topic.values[mind.brief.place % len(topic.values)].id}
    window = window_of(topic, at_ms)
    known = window.compatible if window else ()
    if said := spun(mind, topic, known):
        return {topic_id: said}
    return {topic_id: known[0]} if known else {}


def _speak(mind: Mind, topic: Topic, window: Window, at_ms: int) -> Commands:
    claims = claim(mind, topic.id, at_ms)
    if not claims or _stands(mind, topic, window, claims[topic.id]):
        return ()
    return (form(mind, "public_statement", subject=topic.title, claims=claims),)


def _stands(mind: Mind, topic: Topic, window: Window, value: str) -> bool:
    """Tell whether what was said in this window is what would be said now."""
    at_ms, said = mind.memory.claims.get(topic.id, (-1, ""))
    if at_ms < window.start_ms:
        return False
    return said == value or (mind.policy.line == "facts" and said in window.compatible)
