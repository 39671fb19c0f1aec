"""Turning a technical note into a cable, where an inject sets that as a task."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import said
from exercise.service.robots.forms import form
from exercise.service.robots.memory import REPLY_MS, Heard
from exercise.service.robots.mind import Mind, Plan


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan the cable that an inject asks this delegation for."""
    if not isinstance(heard.event, e.InjectReleased) or not heard.event.task:
        return
    due_ms = heard.event.reply_by_ms or heard.at_ms + REPLY_MS
    wait = mind.policy.answer_ms((due_ms - heard.at_ms) // 2, due_ms - heard.at_ms)
    subject = said(heard.event.title)

    def make(_: int) -> tuple[c.Act, ...]:
        return (form(mind, "cable", about=heard.id, subject=subject),)

    yield Plan(heard.at_ms + wait, make)
