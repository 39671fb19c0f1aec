"""No edition in any format holds a word that it has no right to, whoever played how."""

import random
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import PdfObject, StreamObject

from exercise.documents import formats
from exercise.offline.reports import the_report
from tests import FULL, many
from tests.documents.planted import MARK, Planted, planted
from tests.documents.policy import Policy
from tests.random_runs import NAMES, a_run, draws

RECORDS = range(many(short=1, full=24))
# Short ones print in a second or two.
PLAYED = NAMES if FULL else ("ping", "small")
FORMS = tuple(formats.TYPES)
# What a line break or a hyphen may have put into a word.
BROKEN = re.compile(r"[\s\u00ad\u2010-]+")
# Entries that facilitators and evaluators wrote for every reader of a report.
FOR_READERS = {
    "finding_written",
    "plan_written",
    "pinned",
    "indicator_overridden",
    "plan_carried",
}


def parts(form: str, made: bytes) -> Iterator[str]:
    """Yield everything that a file holds, unpacked, piece by piece."""
    yield made.decode("latin-1")
    if form in {"docx", "xlsx"}:
        with zipfile.ZipFile(BytesIO(made)) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
    if form == "pdf":
        yield from pdf_parts(PdfReader(BytesIO(made)))
    if form in {"html", "json"}:
        yield made.decode()


def pdf_parts(reader: PdfReader) -> Iterator[str]:
    """Yield the text of each page, and every object with its unpacked stream."""
    for page in reader.pages:
        yield page.extract_text()
    yield str(reader.metadata)
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 2):
        found: PdfObject | None = reader.get_object(number)
        if found is None:
            continue
        yield str(found)
        if isinstance(found, StreamObject):
            yield found.get_data().decode("latin-1")


def marks(form: str, made: bytes) -> set[str]:
    """Return the marks in a file, those that are cut in two by a line included."""
    found: set[str] = set()
    for part in parts(form, made):
        found |= set(MARK.findall(part)) | set(MARK.findall(BROKEN.sub("", part)))
    return found


def editions(draw: random.Random, given: Planted) -> list[str]:
    """Return the three common editions, and those of a few delegations or of all."""
    assert given.scenario is not None
    ids = given.scenario.delegation_ids
    some = draw.sample(ids, many(short=1, full=min(3, len(ids))))
    return ["full", "participants", "anonymous", *(f"delegation:{x}" for x in some)]


@pytest.mark.parametrize("seed", RECORDS)
def test_no_edition_holds_a_word_outside_its_policy(seed: int) -> None:
    draw = draws(seed)
    given = planted(a_run(draw, PLAYED), draw)
    assert given.scenario is not None
    record, shown = given.record, set[str]()
    for edition in editions(draw, given):
        report = the_report(record, edition)
        policy = Policy(edition, given.scenario, record)
        for form in FORMS:
            made = formats.render(report, formats.Wish(form=form))
            found = marks(form, made)
            leaked = {
                m: given.origins[m] for m in found if not found_ok(policy, given, m)
            }
            assert not leaked, (seed, edition, form, leaked)
            assert found, (edition, form)
            shown |= {given.origins[one].kind for one in found}
    # The search does find what is there.
    assert {"inject_released", "finding_written", "exercise_opened"} <= shown


def found_ok(policy: Policy, given: Planted, mark: str) -> bool:
    return mark in given.origins and policy.allows(given.origins[mark])


@pytest.mark.parametrize("seed", range(many(short=4, full=200)))
def test_a_delegation_learns_of_no_entry_that_it_did_not_read(seed: int) -> None:
    """Not even that there was one: its id stands nowhere."""
    draw = draws(f"ids {seed}")
    given = planted(a_run(draw), draw)
    assert given.scenario is not None
    record = given.record
    reader = draw.choice(given.scenario.delegation_ids)
    made = formats.render(
        the_report(record, f"delegation:{reader}"), formats.Wish(form="json")
    ).decode()
    unread = [
        x
        for x in record.entries
        if reader not in x.audience and x.event.KIND not in FOR_READERS
    ]
    assert len(unread) > 10
    assert [x.event.KIND for x in unread if f'"{x.id}"' in made] == []
    policy = Policy(f"delegation:{reader}", given.scenario, record)
    leaked = {given.origins[m] for m in set(MARK.findall(made))}
    assert not [one for one in leaked if not policy.allows(one)]


def test_what_was_redacted_is_in_no_edition_of_no_format() -> None:
    draw = draws("redacted")
    given = planted(a_run(draw, ("ping",)), draw)
    gone = {mark for mark, one in given.origins.items() if one.redacted}
    assert len(gone) > 10
    text = b"\n".join(given.lines).decode()
    assert not {mark for mark in gone if mark in text}
    full = formats.render(
        the_report(given.record, "full"), formats.Wish(form="json")
    ).decode()
    assert not gone & set(MARK.findall(full))
