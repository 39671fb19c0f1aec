"""What an objection is bound to: one measure or request, and whoever it is by."""

from exercise.domain.acts import Instrument
from exercise.domain.errors import Unfit
from exercise.domain.state import Exercise, Ref

TOLD = "inject_released"
JOINTLY = ("text_published", "measure_adopted")
DONE = ("act_issued", "item_shared", *JOINTLY)


def bound(
    state: Exercise, spec: Instrument, ref: Ref | None, own: str, to: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who must answer an act that objects; for other acts, `to` as it is.

    What a delegation did is answered by that delegation, a joint text or measure by
    all who signed or joined it. What an inject tells of is answered by whom the
    objection goes to.

    Raises:
        Unfit: the objection names no measure or request, or one of its author's own.
    """
    if not spec.objects:
        return to
    if ref is None or ref.kind not in {TOLD, *DONE}:
        raise Unfit(
            "“{title}” names the measure or request it objects to.",
            field="about",
            title=spec.title,
        )
    if ref.kind == TOLD:
        return to
    actors = ref.to if ref.kind in JOINTLY else (ref.delegation,)
    if own in actors:
        raise Unfit("Your delegation did this itself.", field="about")
    if to and not set(to) <= set(actors):
        names = (state.scenario.delegation(one) for one in actors)
        raise Unfit(
            "“{title}” goes to whose measure it is: {who}.",
            field="to",
            title=spec.title,
            who=", ".join(one.short for one in names if one),
        )
    return tuple(sorted(actors))
