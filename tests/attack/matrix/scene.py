"""The exercise in play about which everybody asks: some of it told to each alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from exercise.domain import commands as c
from exercise.domain.scenario import Attachment, Scenario
from tests.attack.matrix.files import FILES, digest
from tests.attack.matrix.world import World, a_world
from tests.domain.grand import a_grand_scenario
from tests.domain.small import MINUTE, an_inject


def with_files() -> Scenario:
    """Return the grand scenario with papers that not everybody gets."""
    base = a_grand_scenario()
    papers = [
        an_inject(
            f"paper-{of.lower()}",
            50 * MINUTE if of == "later" else 2 * MINUTE,
            ("all",) if of == "later" else (of,),
            attachments=(Attachment(file=f"{of}.pdf", sha256=digest(of), bytes=3),),
        )
        for of in FILES
    ]
    return replace(base, injects=(*base.injects, *papers))  # type: ignore[arg-type]  # injects


@contextmanager
def in_play(folder: Path) -> Iterator[World]:
    """Give a world seven minutes after STARTEX, with entries for one party only."""
    with a_world(folder, with_files()) as world:
        story = world.story
        story.do(c.Start(), "fac")
        for party in ("VES", "KAS"):
            alone = c.AdHocInject(
                title=f"To {party} alone",
                body="Nobody else may know.",
                channel="intel",
                audience=(party,),
            )
            story.do(alone, "fac")
        story.do(c.Note(text="They look tired."), "fac")
        for drafter, other in (("ves", "KAS"), ("orl", "HGA")):
            text = c.Propose(
                title=f"Between {drafter.upper()} and {other}",
                body="We agree.",
                parties=(other,),
                claims={},
            )
            story.do(text, drafter)
        story.drafts("ves", "Not sent yet.")
        story.later(7)
        yield world
