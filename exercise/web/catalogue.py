"""The catalogues that acts and scenarios cite, as a page to look things up on."""

from flask import Blueprint, Response

from exercise.domain.catalogue import CATALOGUE, Entry
from exercise.web.pages import page

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalogue")
def index() -> Response:
    """Show every entry by its id, with its source and how far it was checked."""
    families: dict[str, list[Entry]] = {}
    for one in CATALOGUE.values():
        families.setdefault(one.family, []).append(one)
    return page("catalogue/index.html", families=families)
