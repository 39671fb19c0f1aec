"""Languages are languages, and each delegation finds what it reads in its own."""

from collections.abc import Iterator
from dataclasses import replace

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.rules.injects import readers
from exercise.adapters.scenario_files.tags import is_language, written_well
from exercise.domain.scenario import Delegation, Said


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield tags that name no language; warn of what a delegation must read in another.

    A text is not missing where the delegation reads the first language, which all have.
    """
    languages = draft.scenario.languages
    for tag in languages:
        if not is_language(tag):
            well = written_well(tag)
            near = well if is_language(well) else ""
            message = "{tag} is no language tag (BCP 47), such as fr or zh-Hant"
            # The scenario itself stands at no place of its own: the key is whole.
            yield draft.problem(draft.scenario, "languages", message, near, tag=tag)
    for one in draft.scenario.delegations:
        if one.language:
            words = [one.language]
            yield from draft.strange(one, "language", "languages", words, languages)
        if one.language in languages[1:]:
            yield from _missing(draft, one)


def _missing(draft: Draft, home: Delegation) -> Iterator[Problem]:
    """Warn of each text that this delegation reads and its language has not."""
    yield from _warned(draft, home, "brief", home.brief, home)
    for inject in draft.scenario.injects:
        if home.id not in readers(draft, inject):
            continue
        own = (inject.variants or {}).get(home.id)
        title = (own and own.title) or inject.title
        body = (own and own.body) or inject.body
        yield from _warned(draft, inject, "title", title, home)
        yield from _warned(draft, inject, "body", body, home)
    for item in draft.scenario.items:
        if item.holder == home.id:
            yield from _warned(draft, item, "body", item.body, home)


def _warned(
    draft: Draft, part: object, key: str, text: Said, home: Delegation
) -> Iterator[Problem]:
    if isinstance(text, dict) and text.get(home.language):
        return
    message = "has no text in {language}, which {delegation} reads"
    values = {"language": home.language, "delegation": home.id}
    yield replace(draft.problem(part, key, message, **values), warning=True)
