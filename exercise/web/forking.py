"""What if from here: a run taken up at a moment, played on by robots, and reviewed."""

import re

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as Answer

from exercise.service.requests import Refusal
from exercise.service.robots import POLICIES
from exercise.web.access import need_member
from exercise.web.problems import RefusedError
from exercise.web.services import NotMade, services
from exercise.web.session import admit

blueprint = Blueprint("forking", __name__, url_prefix="/review/<exercise>")

MOMENT = re.compile(r"[0-9]{1,9}")
NOTHING = Refusal(
    "unfit",
    "Nothing is left to play there. Take a moment between STARTEX and ENDEX.",
    field="at_ms",
)
NO_POLICY = Refusal("unfit", "There is no such robots’ policy.", field="robots")


@blueprint.post("/fork")
def fork(exercise: str) -> Answer:
    """Let robots play on from a moment, and go to the review of that run."""
    need_member(exercise, "facilitator")
    at, robots = request.form.get("at_ms", ""), request.form.get("robots", "")
    if robots not in POLICIES:
        raise RefusedError(NO_POLICY)
    played_on = services().ground.documents.fork
    if played_on is None or not MOMENT.fullmatch(at):
        raise RefusedError(NOTHING)
    try:
        made = played_on(exercise, int(at), robots)
    except NotMade:
        raise RefusedError(NOTHING) from None
    member = services().enrol.enlist(made, "facilitator")
    if isinstance(member, str):
        admit(made, member)
    return redirect(f"/review/{made}", 303)
