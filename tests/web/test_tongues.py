"""A paper in several languages as a desk shows it: its own first, the others beside."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain.commands import Release, ShareItem, Start
from exercise.domain.scenario import Scenario
from exercise.words import environment, tongues
from tests.domain.small import a_scenario
from tests.web.stage import Stage, a_stage

TITLE = {"en": "A draft", "fr": "Un projet", "ar": "مشروع"}
BODY = {"en": "FROM: Office\n\nSign it.", "fr": "Signez.", "ar": "CERT يوقّع النص."}
VOID = {"meta", "link", "input", "img", "br", "hr", "use"}
BRIEF = {"en": "Stay calm.", "fr": "Restez calmes.", "ar": "ابقوا هادئين."}


def in_three() -> Scenario:
    base = a_scenario()
    home = {"ORL": "fr", "KAS": "ar", "HGA": "fr"}
    return replace(
        base,
        languages=("en", "fr", "ar"),
        delegations=tuple(
            replace(one, language=home.get(one.id, ""), brief=BRIEF)
            for one in base.delegations
        ),
        injects=tuple(
            replace(one, title=TITLE, body=BODY) if one.id == "session" else one
            for one in base.injects
        ),
        items=tuple(
            replace(one, body={"en": "Hashes.", "fr": "Empreintes."})
            for one in base.items
        ),
    )


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage(in_three(), flood=False) as stage:
        fay = stage.by_link("facilitator").member
        stage.do(fay, Start(rate=1))
        for one in ("session", "beacon"):
            stage.do(fay, Release(inject=one))
        ves = stage.delegate("VES", "Vera")
        stage.do(ves.member, ShareItem(item="loader", to=("HGA", "KAS")))
        yield stage


class Spoken(HTMLParser):
    """Collects the words of a page with the language and direction around them."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str, str, bool]] = [("", "en", "ltr", False)]
        self.found: dict[str, tuple[str, str, bool]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        told = dict(attrs)
        _, language, runs, folded = self.around[-1]
        self.around.append(
            (
                tag,
                told.get("lang") or language,
                told.get("dir") or runs,
                folded or tag == "details",
            )
        )

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self.around) > 1:
            if self.around.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.setdefault(data.strip(), self.around[-1][1:])


def paper(stage: Stage, party: str, title: str) -> dict[str, tuple[str, str, bool]]:
    """Return what stands in a paper, with language, direction, and if it is folded."""
    browser = stage.delegate(party, "Reader")
    page = browser.get(f"/desk/{browser.member}").text
    sheets = page.split('class="paper-sheet"')[1:]
    spoken = Spoken()
    spoken.feed("<article" + next(one for one in sheets if title in one))
    return spoken.found


@pytest.mark.parametrize(
    ("party", "first", "others"),
    [
        ("VES", ("Sign it.", "en", "ltr"), [("Signez.", "fr"), (BODY["ar"], "ar")]),
        ("ORL", ("Signez.", "fr", "ltr"), [("Sign it.", "en"), (BODY["ar"], "ar")]),
        ("KAS", (BODY["ar"], "ar", "rtl"), [("Sign it.", "en"), ("Signez.", "fr")]),
    ],
)
def test_each_reads_its_own_first_and_the_others_are_one_press_away(
    stage: Stage, party: str, first: tuple[str, str, str], others: list[tuple[str, str]]
) -> None:
    found = paper(stage, party, "Sign it.")
    words, language, runs = first
    assert found[words] == (language, runs, False)
    for text, tag in others:
        assert found[text] == (tag, "rtl" if tag == "ar" else "ltr", True)


def test_a_card_has_the_title_that_its_reader_reads(stage: Stage) -> None:
    for party, language in (("VES", "en"), ("ORL", "fr"), ("KAS", "ar")):
        browser = stage.delegate(party, "Reader")
        page = browser.get(f"/desk/{browser.member}").text
        cards = page.split('class="mail"')[1:]
        card = next(
            one for one in cards if TITLE[language] in one.partition("</li>")[0]
        )
        for other in set(TITLE) - {language}:
            assert TITLE[other] not in card.partition("</li>")[0]


def test_a_brief_is_read_in_ones_own_language(stage: Stage) -> None:
    for party, language in (("VES", "en"), ("ORL", "fr"), ("KAS", "ar")):
        browser = stage.delegate(party, "Reader")
        spoken = Spoken()
        spoken.feed(browser.get(f"/desk/{browser.member}").text)
        runs = "rtl" if language == "ar" else "ltr"
        assert spoken.found[BRIEF[language]] == (language, runs, False)
        for other in set(BRIEF) - {language}:
            assert spoken.found[BRIEF[other]][2]


def test_an_item_is_whole_for_whoever_gets_it(stage: Stage) -> None:
    for party in ("HGA", "KAS"):
        found = paper(stage, party, "Hashes.")
        assert found["Hashes."][0] == "en"
        assert found["Empreintes."][0] == "fr"


def test_where_ones_language_is_missing_a_note_says_so() -> None:
    found = tongues("T", {"en": "B"}, ("fr", "en"), "en")
    assert (found.first.body, found.first.original) == ("B", True)
    assert found.missing == "français"
    assert not found.others
    note = environment("en").get_template("macros/attached.html").module
    html = note.in_tongues(found, caller=lambda form: form.body)  # type: ignore[attr-defined] # a macro
    assert "There is no text in français; this is the original." in html
    assert not tongues("T", "B", (), "en").missing
    assert tongues("T", "B", ("fr",), "en").missing == "français"
    assert not tongues("T", "B", ("", "fr"), "en").missing


TAGS = ("en", "fr", "ar", "zh-Hant", "de")
TEXTS = st.dictionaries(st.sampled_from(TAGS), st.text(min_size=1), min_size=1)


@given(TEXTS, TEXTS, st.sampled_from(("", *TAGS)), st.sampled_from(TAGS))
def test_nothing_is_lost_and_nothing_stands_twice(
    title: dict[str, str], body: dict[str, str], wanted: str, original: str
) -> None:
    found = tongues(title, body, (wanted,), original)
    forms = (found.first, *found.others)
    assert {one.language: one.body for one in forms} == body
    assert len(forms) == len(body)
    if wanted in body:
        assert found.first.language == wanted
    elif original in body:
        assert found.first.original
    assert all(one.title in title.values() for one in forms)
    assert bool(found.missing) == (wanted != "" and wanted not in body)
