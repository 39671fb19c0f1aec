"""Standing up to a provocation, one announced step after another, and no two alike."""

from collections.abc import Iterator, Mapping

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.acts.measures import CONDITIONS
from exercise.domain.fields import Field
from exercise.service.robots.forms import form
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, Commands, Mind, Plan
from exercise.service.robots.notes import FIRST_BLOW
from exercise.service.robots.probes import known_by, picture
from exercise.service.robots.thorough.tempers import temper

FIRST = 3 * MINUTE
APART = 4 * MINUTE
BACK = 5 * MINUTE
# So many steps follow one provocation, and so many blows are returned in a run.
STEPS: Mapping[str, int] = {"patient": 0, "firm": 2, "hard": 3}
MOST_BACK = 6
HALF = 50

LADDER = (
    "call_to_comply",
    "summon_ambassador",
    "public_demarche",
    "public_attribution",
    "sanctions_listing",
    "expel_diplomats",
    "joint_measure",
    "suspend_cooperation",
    "indictment",
    "trade_restriction",
    "countermeasure",
    "cyber_counter_operation",
    "threat_of_force",
    "military_alert",
)
# Whoever was struck with so much answers with what is for that alone.
UNDER_FORCE: Mapping[str, int] = {"claim_self_defence": 5, "use_of_force": 5}
HIGHEST: Mapping[str, int] = {"firm": 4, "hard": 6}


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan steps after a provocation, and an answer to a blow."""
    if not mind.brief.rival or mind.brief.kind != "state" or temper(mind) == "patient":
        return
    match heard.event:
        case e.InjectReleased(inject=inject) if inject in mind.brief.provocations:
            if mind.memory.delivered[inject][0] == heard.id:
                yield from _steps(mind, heard)
        case e.ActIssued(public=True, to=to, rung=rung) if (
            mind.own in to and rung >= FIRST_BLOW and mind.notes.reactions < MOST_BACK
        ):
            mind.notes.reactions += 1
            by = heard.author.delegation
            yield Plan(heard.at_ms + BACK, lambda _: _step(mind, heard.id, by, rung))
        case _:
            return


def _steps(mind: Mind, heard: Heard) -> Iterator[Plan]:
    for number in range(STEPS[temper(mind)]):
        when = heard.at_ms + FIRST + number * APART
        yield Plan(when, lambda _: _step(mind, heard.id, mind.brief.rival, 0))


def _step(mind: Mind, about: str, target: str, least: int) -> Commands:
    """Return the first step not taken yet, at least as high as the blow it answers."""
    for instrument in (*LADDER, *UNDER_FORCE):
        if instrument in mind.notes.tried or not _allowed(mind, instrument, least):
            continue
        to, known = _aimed(mind, instrument, target)
        if not to:
            continue
        mind.notes.tried.add(instrument)
        subject = mind.notes.headline
        tone = "comply" if instrument == "call_to_comply" else ""
        return (
            form(
                mind,
                instrument,
                to=to,
                about=about,
                subject=subject,
                tone=tone,
                **known,
            ),
        )
    return ()


def _allowed(mind: Mind, instrument: str, least: int) -> bool:
    spec = INSTRUMENTS.get(instrument)
    if spec is None or mind.brief.kind not in spec.who:
        return False
    if mind.notes.struck < UNDER_FORCE.get(instrument, 0):
        return False
    return least <= spec.rung <= HIGHEST[temper(mind)]


def _aimed(
    mind: Mind, instrument: str, target: str
) -> tuple[tuple[str, ...], dict[str, Field]]:
    """Return whom a step goes to, and what its form is filled with."""
    match instrument:
        case "public_attribution":
            return (target,), _accusation(mind)
        case "countermeasure":
            return (target,), {
                "basis": "LAW:CM",
                **{one.name: True for one in CONDITIONS},
            }
        case "claim_self_defence" | "use_of_force":
            return (target,), {"basis": "LAW:SD"}
        case "joint_measure":
            friends = tuple(one for one in mind.brief.states if one != target)
            return friends, {"target": target, "measure": "sanctions_listing"}
        case _:
            return (target,), {}


def _accusation(mind: Mind) -> dict[str, Field]:
    """Return who it says did it: what the evidence carries, or what it wants to."""
    last = mind.brief.probes[-1].id if mind.brief.probes else ""
    belief = picture(mind, known_by(mind, last))
    blamed = mind.brief.accusation
    if temper(mind) == "hard" and blamed:
        belief = dict.fromkeys(belief, 0) | {blamed: 100}
    sure = max(belief.values(), default=0) >= HALF
    topics = [
        one.id
        for one in mind.brief.topics
        if blamed and blamed in {value.id for value in one.values}
    ]
    claims = {topics[0]: blamed} if topics and belief.get(blamed) == 100 else {}  # noqa: PLR2004 - whole percents
    confidence = "moderate" if sure else "low"
    return {"belief": belief, "confidence": confidence, "claims": claims}
