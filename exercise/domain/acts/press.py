"""The public sphere: fact sheets, corrections, articles, questions of the press."""

from dataclasses import replace

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import (
    ASKED,
    CITATIONS,
    CLAIMS,
    EVIDENCE,
    REPLY_IN,
    SECTOR,
    SUBJECT,
    TEXT,
)
from exercise.domain.acts.instrument import MEDIA, Instrument

HEADLINE = replace(SUBJECT, label="Headline", required=True)
SOURCES = replace(
    EVIDENCE, label="Sources", open_to_all=True, hint="What everybody can read"
)

PRESS = (
    Instrument(
        id="fact_sheet",
        title="Fact sheet",
        rung=0,
        group="public",
        public=True,
        addressees="none",
        answers=True,
        fields=(SUBJECT, TEXT, CLAIMS),
        hint="What is confirmed, and nothing else: the press picks from it.",
    ),
    Instrument(
        id="correction",
        title="Correction",
        rung=0,
        group="public",
        public=True,
        addressees="none",
        corrects=True,
        fields=(TEXT, CLAIMS),
        hint="It stands beside what you said before; what it claims holds from now on.",
    ),
    Instrument(
        id="notify_victims",
        title="Notice to those affected",
        rung=0,
        group="inform",
        public=True,
        addressees="none",
        answers=True,
        fields=(
            SUBJECT,
            SECTOR,
            TEXT,
            FieldSpec(name="advice", label="What they should do", shape="text"),
            CITATIONS,
        ),
        hint="Tell the people whose data or supply is hit what happened.",
    ),
    Instrument(
        id="publish_article",
        title="Article",
        rung=0,
        group="public",
        public=True,
        addressees="none",
        answers=True,
        who=MEDIA,
        fields=(HEADLINE, TEXT, SOURCES),
        hint="Built on what is public; name the entries it rests on.",
    ),
    Instrument(
        id="press_question",
        title="Question from the press",
        rung=0,
        group="talk",
        request=True,
        who=MEDIA,
        fields=(ASKED, REPLY_IN),
        hint="An answer to the press is public.",
    ),
)
