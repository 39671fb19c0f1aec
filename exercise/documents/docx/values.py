"""What a template is given: every name that one may use is here."""

import re
from typing import Any

from docxtpl import DocxTemplate

from exercise.documents.cells import Cell, Table, cell, cites, strong
from exercise.documents.docx.headings import captions, contents, headings
from exercise.documents.docx.pictures import Draw, bars, figures
from exercise.documents.docx.runs import Xml, marked, run, runs
from exercise.documents.phrases import Phrases, phrases
from exercise.documents.saying import teller
from exercise.documents.tables import tables
from exercise.documents.titles import titles
from exercise.domain.report import Aar, Finding
from exercise.domain.scoring import number
from exercise.words import Words

_PAGES = re.compile(r"\{pages?\}")
# The colours that FIRST prints on black.
_TLP = {"TLP:GREEN": "33FF00", "TLP:CLEAR": "FFFFFF", "TLP:RED": "FF2B2B"}
_AMBER = "FFC000"


def values(template: DocxTemplate, words: Words, report: Aar) -> dict[str, Any]:
    """Return the values of a report, ready to be printed."""
    draw, says, heads = bars(template, words), phrases(words, report), headings(words)
    shown = tables(words, report)
    poured = {
        name: _poured(getattr(shown, name), draw) for name in shown.__dataclass_fields__
    }
    poured["evidence"]["rows"] = [
        [marked(time[0].evidence), *(runs(one, draw) for one in rest)]  # type: ignore[union-attr] # the first cell of this table is a citation
        for time, *rest in shown.evidence.rows
    ]
    return {
        "report": report,
        "says": says,
        "tlp": _tlp(says),
        "page": _page(words),
        "heads": heads,
        "captions": captions(words),
        "contents": contents(report, heads, says),
        "tables": poured,
        "figures": figures(template, words, report),
        "rulings": [runs(one, draw) for one in _rulings(words, report)],
        "costs": [runs(one, draw) for one in _costs(words, report)],
        "surprises": [runs(one, draw) for one in _surprises(words, report)],
        "strengths": [_finding(words, report, one, draw) for one in report.strengths],
        "improvements": [
            _finding(words, report, one, draw) for one in report.improvements
        ],
        "notes": [runs(cell(strong(by), f": {x}"), draw) for _, by, x in report.notes],
        "formulas": [runs(one, draw) for one in _formulas(words, report)],
    }


def _poured(table: Table, draw: Draw) -> dict[str, Any]:
    return {
        "title": table.title,
        "caption": table.caption,
        "nothing": table.nothing,
        "columns": table.columns,
        "rows": [[runs(one, draw) for one in row] for row in table.rows],
        "foot": [[runs(one, draw) for one in row] for row in table.foot],
    }


def _tlp(says: Phrases) -> Xml:
    colour = _TLP.get(says.tlp, _AMBER)
    looks = (
        f'<w:b/><w:color w:val="{colour}"/><w:sz w:val="24"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="000000"/><w:lang w:val="en-GB"/>'
    )
    return Xml(run(f" {says.tlp} ", looks))


def _page(words: Words) -> dict[str, str]:
    parts = _PAGES.split(words.gettext("Page {page} of {pages}"))
    before, between, after = (*parts, "", "")[:3]
    return {"before": before, "between": between, "after": after}


def _rulings(words: Words, report: Aar) -> list[Cell]:
    named = titles(words, report).rulings
    found: list[Cell] = [
        (
            *cites(report.cited((one.entry,))),
            *cell(f": {named[one.ruling]}. {one.reason}"),
        )
        for one in report.rulings
    ]
    awaits = words.gettext("awaits a second evaluator")
    found += [
        (
            *cell(strong(one.indicator)),
            *cell(f" {number(one.before)} → {number(one.after)}"),
            *cell(f", {awaits}. " if one.awaits else ". "),
            *cell(f"{one.reason} "),
            *cites(report.cited(one.entries)),
        )
        for one in report.score.overrides
    ]
    return found


def _costs(words: Words, report: Aar) -> list[Cell]:
    told = teller(words)
    found: list[Cell] = []
    for id_, one in report.score.influential:
        lost = words.gettext("%(points)s points", points=f"{one.loss:.1f}")
        by = f", {one.delegation}" if one.delegation else ""
        behind = report.cited(one.entries)
        shown = cell(" (", *cites(behind), ")") if behind else ()
        found.append((*cell(strong(id_), f" {told(one.what)}{by}: {lost}"), *shown))
    return found


def _surprises(words: Words, report: Aar) -> list[Cell]:
    told, told_late = teller(words), words.gettext("asked, but not waited for")
    return [
        (
            *cell(f"{told(one.what)} "),
            *cites(report.cited(one.entries[:1])),
            *cell(f", {told_late}" if one.earned else ""),
        )
        for one in report.surprises
    ]


def _finding(words: Words, report: Aar, one: Finding, draw: Draw) -> dict[str, Any]:
    behind = cites(report.cited(one.entries))
    return {
        "title": one.title,
        "observation": one.observation,
        "recommendation": one.recommendation,
        "evidence": runs(behind or cell(words.gettext("none given")), draw),
        "owners": [
            words.gettext("%(owner)s, by %(due)s", owner=line.owner, due=line.due)
            for line in one.plan
        ],
    }


def _formulas(words: Words, report: Aar) -> list[Cell]:
    told = teller(words)
    return [
        cell(strong(one.id), f"  {' '.join((one.formula, *map(told, one.notes)))}")
        for one in report.score.indicators
        if one.formula
    ]
